"""Evidence to be looked at, and the samples that were drawn of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from application.actors.actor import OFFICES
from application.input.keyset import After, Place
from application.question import Asker, Limit, Listing, question
from application.questions.of_row import of_row
from domain.assessment.year.events import Verdict
from domain.assessment.year.evidence import draw
from domain.kernel.values import OptionalLine, Position, Text, Year
from projections.boards import trail
from projections.boards.assessment.year_work import cut_off_at
from projections.boards.registry.names import Names
from projections.facts.supervision import finding_of
from projections.figures.evidence_queue import (
    EvidenceState,
    QueuedEvent,
    counting,
    in_sight,
    population,
    samples_of,
)
from projections.figures.overview import villages_of_year

ATTACHED = "attachment.AttachmentAdded"


@dataclass(frozen=True)
class VerdictGiven:
    """What a reviewer said of it."""

    verdict: Verdict
    because: str
    reviewed_by: str
    reviewed_on: date


@dataclass(frozen=True)
class AttachedFile:
    """A file that is attached to what the evidence is about, by the record that says so."""

    record: int
    name: str


@dataclass(frozen=True)
class EvidenceItem:
    """What was recorded as ``record`` and counts where evidence is demanded. ``on_request``: it counts unless somebody looks
    and says otherwise; ``sampled``: drawn for a second person."""

    record: int
    pairing_id: str
    branch: str
    unit_name: str
    village: str
    village_name: str
    kind: str
    reference: str
    occurred_on: date
    indicators: tuple[str, ...]
    on_request: bool
    sampled: bool
    state: EvidenceState
    verdicts: tuple[VerdictGiven, ...]
    attached: tuple[AttachedFile, ...]


@dataclass(frozen=True)
class EvidenceCount:
    """How many are in a state, whatever else is asked for."""

    state: EvidenceState
    count: int


@dataclass(frozen=True)
class EvidenceQueue:
    """Evidence of a year, by pairing and day. ``found``: how many fit; ``indicators``: those that have any; ``population``:
    how many a sample would be drawn from; ``next``: what to state as ``after`` for those that follow."""

    year: int
    counts: tuple[EvidenceCount, ...]
    indicators: tuple[str, ...]
    population: int
    found: int
    rows: tuple[EvidenceItem, ...]
    next: str | None


@question("/evidence-items", OFFICES)
def list_evidence(
    asker: Asker,
    *,
    year: Year,
    state: EvidenceState | None,
    indicator: Annotated[str, Text(40, may_be_empty=True)],
    q: OptionalLine,
    item: Position | None,
    sample: OptionalLine,
    after: After | None,
    limit: Limit | None,
) -> EvidenceQueue:
    """What is to be reviewed and what was. ``q``: part of a village's or unit's name; ``item``: a record, also one that is
    looked at on request only; ``sample``: the number of a sample that drew it."""
    connection, at = asker.connection, asker.known_at
    scheme = asker.look.system.scoring.scheme(connection, year, at)
    everything = counting(connection, scheme, at, cut_off_at(connection, year, at))
    queue = [each for each in everything if in_sight(each) or each.position == item]
    names, drawn = Names(connection, at), _drawn(asker, year, sample)
    chosen = [
        each
        for each in queue
        if (state is None or each.state is state)
        and (not indicator or indicator in each.indicators)
        and (item is None or each.position == item)
        and (not sample or each.position in drawn)
        and names.matches(q, each.village, each.branch)
    ]
    page = Listing.placed(chosen, _place, after, limit)
    counts = Counter(each.state for each in queue)
    return EvidenceQueue(
        year=year,
        counts=tuple(EvidenceCount(each, counts[each]) for each in EvidenceState),
        indicators=tuple(sorted({code for each in everything for code in each.indicators})),
        population=len(population(everything)),
        found=len(chosen),
        rows=_items(asker, year, names, page.rows),
        next=page.next,
    )


def _drawn(asker: Asker, year: int, sample: str) -> set[int]:
    rows = samples_of(asker.connection, year, asker.known_at) if sample else []
    return {
        each for row in rows if sample in (row.sample_id, row.sample_no) for each in row._mapping["items"]
    }


def _place(each: QueuedEvent) -> Place:
    return each.pairing_id, each.occurred_on.isoformat(), each.position


def _items(asker: Asker, year: int, names: Names, rows: Sequence[QueuedEvent]) -> tuple[EvidenceItem, ...]:
    last_day = date(year, 12, 31)
    units = names.units(last_day)
    villages = names.villages(last_day, villages_of_year(asker.connection, year, asker.known_at))
    return tuple(
        of_row(
            EvidenceItem,
            each,
            record=each.position,
            unit_name=units.get(each.branch, each.branch),
            village_name=villages.get(each.village, each.village),
            verdicts=_verdicts(each),
            attached=_attached(asker, each),
        )
        for each in rows
    )


def _verdicts(each: QueuedEvent) -> tuple[VerdictGiven, ...]:
    row = each.review
    if row is None:
        return ()
    first = VerdictGiven(Verdict(row.verdict), row.because, row.reviewed_by, row.reviewed_on)
    if not row.second_verdict:
        return (first,)
    second = Verdict(row.second_verdict), row.second_because, row.second_by, row.second_on
    return first, VerdictGiven(*second)


def _attached(asker: Asker, each: QueuedEvent) -> tuple[AttachedFile, ...]:
    if not each.kind.startswith("finding"):
        return ()
    about = trail.TrailFilter(
        names=[ATTACHED],
        thing_kind="finding_id",
        thing=finding_of(each.reference),
        known_at=asker.known_at,
    )
    rows = trail.page(asker.connection, about, limit=200)[::-1]
    return tuple(AttachedFile(row.position, row.data["name"]) for row in rows)


@dataclass(frozen=True)
class SampleDrawn:
    """A sample. ``drawn_again``: whether the seed draws the same of the same population now."""

    sample_id: str
    number: str
    seed: str
    percent: int
    population: int
    items: tuple[int, ...]
    drawn_by: str
    drawn_on: date
    drawn_again: bool


@question("/samples", OFFICES)
def list_samples(asker: Asker, *, year: Year) -> Listing[SampleDrawn]:
    """The samples of a year, the newest first."""
    rows = samples_of(asker.connection, year, asker.known_at)
    return Listing(
        tuple(
            of_row(
                SampleDrawn,
                row,
                number=row.sample_no,
                population=len(row.population),
                items=tuple(row._mapping["items"]),
                drawn_again=list(draw(row.seed, row.population, row.percent)) == row._mapping["items"],
            )
            for row in rows
        ),
        None,
    )
