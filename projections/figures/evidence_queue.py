"""What is to be reviewed: the events that count for indicators whose evidence the scheme demands, with what reviewers said.

Nothing is stored: what counts is asked of the facts at the position, with the very filters the figures are measured by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Date, FromClause, Row, Select, and_, bindparam, case, select, union

from domain.assessment.scheme.measures import Measure, MeasureKind
from domain.assessment.scheme.scheme import Demand, Scheme
from domain.assessment.scheme.vocabulary import OF_INDICATOR
from projections.boards.assessment.year_work import reviews, samples
from projections.boards.registry.units_and_villages import unit_classes
from projections.facts.fact_filter import Filters, Scope
from projections.facts.fact_table import facts
from projections.kit.columns import known
from projections.kit.memory import ask_ahead
from projections.measuring.measuring import bound


class EvidenceState(StrEnum):
    """Not looked at; waiting for the second person; accepted by one, which suffices; settled by the second either way."""

    OPEN = "open"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    SETTLED_ACCEPTED = "settled_accepted"
    SETTLED_REJECTED = "settled_rejected"

    @property
    def waits(self) -> bool:
        """Whether somebody must look at it yet."""
        return self in (EvidenceState.OPEN, EvidenceState.WAITING)


LAST_DAY = bindparam("last_day", type_=Date)


@dataclass(frozen=True)
class QueuedEvent:
    """An event whose evidence is looked at. ``on_request``: it counts unless somebody looks and says otherwise."""

    position: int
    pairing_id: str
    branch: str
    village: str
    kind: str
    reference: str
    occurred_on: date
    indicators: tuple[str, ...]
    on_request: bool
    sampled: bool
    review: Row[Any] | None

    @property
    def state(self) -> EvidenceState:
        """What stands of it."""
        if self.review is None:
            return EvidenceState.OPEN
        if self.review.second_verdict:
            accepted = self.review.second_verdict == "accepted"
            return EvidenceState.SETTLED_ACCEPTED if accepted else EvidenceState.SETTLED_REJECTED
        waits = self.sampled or self.review.verdict == "rejected"
        return EvidenceState.WAITING if waits else EvidenceState.ACCEPTED


def counting(
    connection: Connection,
    scheme: Scheme,
    known_at: int,
    cut_off_at: int | None = None,
    pairings: Sequence[str] | None = None,
) -> list[QueuedEvent]:
    """All events that count where evidence is demanded, or that were reviewed, by pairing and day."""
    filters = Filters(scheme, Scope(pairings is not None, cut_off=cut_off_at is not None))
    reviewed = {row.item: row for row in _reviews(connection, scheme.year, known_at, pairings)}
    drawn = sampled(connection, scheme.year, known_at)
    found: dict[int, QueuedEvent] = {}
    classes = unit_classes(connection, known_at, date(scheme.year, 12, 31)) if scheme.by_class else {}
    for indicator in scheme.indicators:
        demand, group = indicator.evidence.demand, scheme.group(indicator.group)
        if demand is Demand.NONE:
            continue
        for part in indicator.parts:
            only = part.measure.facts
            if only.kind in OF_INDICATOR:
                continue
            values = bound(known_at, pairings, (), cut_off_at) | {"last_day": scheme.last_day}
            for row in connection.execute(union(*_evidence(filters, part.measure)), values):
                if not group.is_for(classes.get(row.branch, "")):
                    continue
                before = found.get(row.position)
                codes = (indicator.code,) if before is None else (*before.indicators, indicator.code)
                found[row.position] = QueuedEvent(
                    row.position,
                    row.pairing,
                    row.branch,
                    row.village,
                    row.kind,
                    row.reference,
                    row.occurred_on,
                    tuple(dict.fromkeys(codes)),
                    demand is Demand.ON_REQUEST and (before is None or before.on_request),
                    row.position in drawn,
                    reviewed.get(row.position),
                )
    gone = [row for item, row in reviewed.items() if item not in found]
    return sorted(
        [*found.values(), *_no_longer_counting(connection, gone, drawn)],
        key=lambda each: (each.pairing_id, each.occurred_on, each.position),
    )


def _evidence(filters: Filters, measure: Measure) -> Iterator[Select[Any]]:
    """The facts that speak for the unit: those counted; of a share those that meet it, since to strike what it is a share of
    would raise it.
    """

    def of(t: FromClause) -> Select[Any]:
        c = t.c
        # What lasts and ended after the year is shown by the event that began it, as it stood in the year.
        position = case((c.until_on > LAST_DAY, c.began_at), else_=c.position).label("position")
        return select(position, c.kind, c.pairing, c.branch, c.village, c.reference, c.occurred_on)

    counted = filters.counted(facts, measure.facts)
    if measure.kind is MeasureKind.DAYS_COVERED:
        counted = and_(counted, filters.lasts_into_the_year(facts))
    if not measure.met:
        yield of(facts).where(counted)
    for condition in measure.met:
        m = facts.alias()
        yield of(m).where(counted, filters.meets(m, facts, condition))


def _reviews(
    connection: Connection, year: int, known_at: int, pairings: Sequence[str] | None
) -> Iterable[Row[Any]]:
    query = _reviewed(year, known_at)
    return connection.execute(query if pairings is None else query.where(reviews.c.pairing_id.in_(pairings)))


def _reviewed(year: int, known_at: int) -> Select[Any]:
    return select(reviews).where(reviews.c.year == year, known(reviews, known_at))


def reviews_ahead(connection: Connection, year: int, known_at: int) -> None:
    """Say that all that was reviewed of a year will be asked."""
    ask_ahead(connection, _reviewed(year, known_at))


def _no_longer_counting(
    connection: Connection, gone: Sequence[Row[Any]], drawn: frozenset[int]
) -> Iterable[QueuedEvent]:
    """What was reviewed stays in sight, above all what was rejected."""
    if not gone:
        return
    c = facts.c
    query = select(c.position, c.kind, c.occurred_on).where(c.position.in_([row.item for row in gone]))
    kinds = {row.position: row for row in connection.execute(query.order_by(c.seq.desc()))}
    for row in gone:
        fact = kinds.get(row.item)
        if fact is not None:
            yield QueuedEvent(
                row.item,
                row.pairing_id,
                row.branch,
                row.village,
                fact.kind,
                row.reference,
                fact.occurred_on,
                (row.indicator,),
                False,
                row.item in drawn,
                row,
            )


def sampled(connection: Connection, year: int, known_at: int) -> frozenset[int]:
    """All items that samples of the year have drawn."""
    query = select(samples.c["items"]).where(samples.c.year == year, known(samples, known_at))
    return frozenset(item for items in connection.execute(query).scalars() for item in items)


def samples_of(connection: Connection, year: int, known_at: int) -> list[Row[Any]]:
    """The samples of the year, the newest first."""
    query = select(samples).where(samples.c.year == year, known(samples, known_at))
    return list(connection.execute(query.order_by(samples.c.known_from.desc())).all())


def population(queue: Iterable[QueuedEvent]) -> list[int]:
    """What a sample is drawn from: accepted by one person, or counting on request without anybody having asked."""
    return [
        each.position
        for each in queue
        if not each.sampled
        and (each.state is EvidenceState.ACCEPTED or (each.state is EvidenceState.OPEN and each.on_request))
    ]


def in_sight(each: QueuedEvent) -> bool:
    """Whether the queue shows it: required, drawn, or opened by hand."""
    return not each.on_request or each.sampled or each.review is not None
