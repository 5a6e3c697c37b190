"""Facts that assessors state for one indicator; same table, same projection as ``projections.facts.facts``.

Their ``reference`` is the indicator's code, their ``year`` that of the sheet. What is stated again for a year replaces what
was stated before for it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from domain.assessment.year.events import (
    EvidenceReviewedAgain,
    LineVerified,
    RatingsRecorded,
    SatisfactionSurveyed,
    SuperiorRanked,
    SuperiorScored,
    Verdict,
)
from projections.facts.fact_table import facts
from projections.facts.facts import OfPairing, facts_projection, retract_fact, state_fact
from projections.kit.writer import Writer


class OfSheet(OfPairing, Protocol):
    """An event that names its pairing and the year whose sheet it is about."""

    @property
    def year(self) -> int: ...


def _state_again(
    write: Writer,
    event: OfSheet,
    kind: str,
    occurred_on: date,
    indicator: str,
    quantity: int,
    type: str = "",
) -> None:
    """Replaces the fact of the same pairing, year, indicator and type."""
    own: dict[str, Any] = {"reference": indicator, "year": event.year, "type": type}
    retract_fact(write, kind=kind, pairing=event.pairing_id, **own)
    state_fact(write, event, kind, occurred_on, quantity=quantity, **own)


@facts_projection.on(LineVerified)
def _verified(write: Writer, event: LineVerified) -> None:
    _state_again(write, event, "verified_points", event.verified_on, event.indicator, event.points_hundredths)


@facts_projection.on(SuperiorScored)
def _scored(write: Writer, event: SuperiorScored) -> None:
    _state_again(
        write, event, "superior_score", event.scored_on, event.indicator, event.score_hundredths, event.issuer
    )


@facts_projection.on(SuperiorRanked)
def _placed(write: Writer, event: SuperiorRanked) -> None:
    _state_again(write, event, "superior_rank", event.ranked_on, event.indicator, event.place, event.issuer)


@facts_projection.on(RatingsRecorded)
def _rated(write: Writer, event: RatingsRecorded) -> None:
    # The event has all ballots of the group, so it replaces those recorded before.
    retract_fact(
        write,
        kind="rating",
        pairing=event.pairing_id,
        reference=event.indicator,
        year=event.year,
        level=event.group,
    )
    for seq, ballot in enumerate(event.ballots):
        state_fact(
            write,
            event,
            "rating",
            event.rated_on,
            seq=seq,
            level=event.group,
            quantity=ballot,
            reference=event.indicator,
            year=event.year,
        )


@facts_projection.on(SatisfactionSurveyed)
def _surveyed(write: Writer, event: SatisfactionSurveyed) -> None:
    totals = {
        "survey_issued": event.issued,
        "survey_returned": event.returned,
        "survey_valid": event.valid,
    }
    counted = [(kind, "", n) for kind, n in totals.items()]
    counted += [("survey_option", option, n) for option, n in event.options]
    for kind in (*totals, "survey_option"):
        # A batch recorded once more replaces itself; other batches add up.
        retract_fact(
            write,
            kind=kind,
            pairing=event.pairing_id,
            reference=event.indicator,
            year=event.year,
            type=event.survey_id,
        )
    for seq, (kind, option, n) in enumerate(counted):
        state_fact(
            write,
            event,
            kind,
            event.surveyed_on,
            seq=seq,
            type=event.survey_id,
            level=option,
            quantity=n,
            reference=event.indicator,
            year=event.year,
        )


@facts_projection.on(EvidenceReviewedAgain)
def _reviewed(write: Writer, event: EvidenceReviewedAgain) -> None:
    # Without a reference nothing can be told apart. What a unit states anew afterwards is a new item to be reviewed.
    if event.verdict is Verdict.ACCEPTED or not event.reference:
        return
    # Only what the item stated falls, also where it was restated since: a need whose confirmation is rejected stays a need
    # that is not met, and a case a higher level published stays published where the lower one did.
    of = {"reference": event.reference, "pairing": event.pairing_id}
    for kind, level in write.distinct(facts, ("kind", "level"), position=event.item, **of):
        retract_fact(write, kind=kind, level=level, **of)
