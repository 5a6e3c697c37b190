"""Facts of supervision, assessment and appeals; same table, same projection as ``projections.facts.facts``."""

from __future__ import annotations

from datetime import date

from domain.assessment.year.events import PointsRuled
from domain.supervision.events import (
    CircularCorrected,
    CircularIssued,
    CircularVoided,
    ExtensionGranted,
    FindingClosed,
    FindingRaised,
    FindingReinspected,
    FindingRelapsed,
    FindingVoided,
    FindingWithdrawn,
    RectificationOrdered,
    RectificationReturned,
    RectificationSubmitted,
    SlipCorrected,
    SlipIssued,
    SlipVoided,
    StepStruck,
)
from projections.facts.fact_table import facts
from projections.facts.facts import facts_projection, retract_fact, state_fact, states
from projections.kit.writer import Writer

OF_FINDING = (
    "finding_raised",
    "finding_due",
    "finding_submitted",
    "finding_reinspected",
    "finding_closed",
    "finding_relapsed",
)
"""Every kind of fact a finding states. Each order is judged by its own report: from the second round on, ``reference`` is
the finding's id with the round behind it, so that no report of an earlier round counts for it."""
OfRound = (
    RectificationOrdered
    | ExtensionGranted
    | RectificationSubmitted
    | RectificationReturned
    | FindingReinspected
    | FindingClosed
)


def reference_of(finding_id: str, round: int) -> str:
    """The reference of the facts of a round: ``f-1``, then ``f-1#2``."""
    return finding_id if round == 1 else f"{finding_id}#{round}"


def finding_of(reference: str) -> str:
    """The id of the finding whose fact has this reference."""
    return reference.partition("#")[0]


def _retract(write: Writer, event: ExtensionGranted | RectificationReturned, kind: str) -> None:
    reference = reference_of(event.finding_id, event.round)
    retract_fact(write, kind=kind, pairing=event.pairing_id, reference=reference)


def _state(write: Writer, event: OfRound, kind: str, occurred_on: date, level: str = "") -> None:
    reference = reference_of(event.finding_id, event.round)
    state_fact(write, event, kind, occurred_on, level=level, reference=reference)


states(FindingRaised, "finding_raised", "found_on", "finding_id", type="finding_type", level="severity")


@facts_projection.on(RectificationOrdered)
def _ordered(write: Writer, event: RectificationOrdered) -> None:
    _state(write, event, "finding_due", event.due_on)


@facts_projection.on(ExtensionGranted)
def _extended(write: Writer, event: ExtensionGranted) -> None:
    _retract(write, event, "finding_due")
    _state(write, event, "finding_due", event.due_on)


@facts_projection.on(RectificationSubmitted)
def _submitted(write: Writer, event: RectificationSubmitted) -> None:
    _state(write, event, "finding_submitted", event.submitted_on)


@facts_projection.on(RectificationReturned)
def _returned(write: Writer, event: RectificationReturned) -> None:
    # What was returned does not count as submitted.
    _retract(write, event, "finding_submitted")


@facts_projection.on(FindingReinspected)
def _reinspected(write: Writer, event: FindingReinspected) -> None:
    level = "passed" if event.passed else "failed"
    _state(write, event, "finding_reinspected", event.reinspected_on, level)


@facts_projection.on(FindingClosed)
def _closed(write: Writer, event: FindingClosed) -> None:
    _state(write, event, "finding_closed", event.closed_on)


# The scheme counts a relapse with its finding, in the year the finding was made.
states(FindingRelapsed, "finding_relapsed", "found_on", "finding_id")


@facts_projection.on(FindingWithdrawn, FindingVoided)
def _withdrawn(write: Writer, event: FindingWithdrawn | FindingVoided) -> None:
    for round in range(1, event.round + 1):
        reference = reference_of(event.finding_id, round)
        for kind in OF_FINDING:
            retract_fact(write, kind=kind, pairing=event.pairing_id, reference=reference)


@facts_projection.on(StepStruck)
def _struck(write: Writer, event: StepStruck) -> None:
    write.retract(facts, pairing=event.pairing_id, position=event.record)
    if event.struck == FindingReinspected.NAME and not event.overtaken:
        # The number was cancelled on the strength of it.
        reference = reference_of(event.finding_id, event.round)
        retract_fact(write, kind="finding_closed", pairing=event.pairing_id, reference=reference)


@facts_projection.on(SlipIssued, SlipCorrected)
def _slip(write: Writer, event: SlipIssued | SlipCorrected) -> None:
    if isinstance(event, SlipCorrected):
        retract_fact(write, kind="slip_issued", pairing=event.pairing_id, reference=event.slip_id)
    state_fact(
        write, event, "slip_issued", event.issued_on, level=event.colour.value, reference=event.slip_id
    )


states(CircularIssued, "circular_issued", "issued_on", "circular_id", type="kind")


@facts_projection.on(SlipVoided)
def _slip_voided(write: Writer, event: SlipVoided) -> None:
    retract_fact(write, kind="slip_issued", pairing=event.pairing_id, reference=event.slip_id)


@facts_projection.on(CircularCorrected, CircularVoided)
def _circular_righted(write: Writer, event: CircularCorrected | CircularVoided) -> None:
    kind, thing = "circular_issued", event.circular_id
    retract_fact(write, kind=kind, pairing=event.pairing_id, reference=thing)
    if isinstance(event, CircularCorrected):
        state_fact(write, event, kind, event.issued_on, type=event.kind.value, reference=thing)


@facts_projection.on(PointsRuled)
def _ruled(write: Writer, event: PointsRuled) -> None:
    retract_fact(write, kind="ruling", pairing=event.pairing_id, reference=event.indicator, year=event.year)
    state_fact(
        write,
        event,
        "ruling",
        event.ruled_on,
        quantity=event.points_hundredths,
        reference=event.indicator,
        year=event.year,
    )
