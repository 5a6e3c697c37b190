"""Late entries of a year: reported after the cut-off by business date, or entered after the cut-off by record date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, or_, select, tuple_

from domain.assessment.scheme.scheme import Scheme
from projections.facts.fact_filter import NEVER_LATE
from projections.facts.fact_table import facts, known


@dataclass(frozen=True)
class LateFact:
    """A fact of the year that came late, by one day or by both."""

    record: int
    pairing_id: str
    branch: str
    village: str
    kind: str
    type: str
    occurred_on: date
    reported_on: date | None
    recorded_at: datetime
    reported_late: bool
    entered_late: bool


def late_entries(
    connection: Connection, scheme: Scheme, known_at: int, cut_off_at: int | None
) -> list[LateFact]:
    """The late facts that stand and happened in the year, of kinds the scheme looks at, by unit and day.

    ``cut_off_at``: the position after which entries are late, ``None`` where none was set. Each event is listed once,
    under the first of its facts: a visit states an activity and the persons visited.
    """
    c = facts.c
    kinds = {part.measure.facts.kind for part in scheme.parts} | {each.facts.kind for each in scheme.vetoes}
    reported: Any = c.reported_on > scheme.cut_off
    entered: Any = c.position > cut_off_at if cut_off_at is not None else None
    # Which they are, the index tells: of the year's many facts only these few are read.
    late = select(c.position, c.seq).where(
        known(known_at),
        c.kind.in_(sorted(kinds - NEVER_LATE)),
        c.occurred_on.between(scheme.first_day, scheme.last_day),
        reported if entered is None else or_(reported, entered),
    )
    rows = connection.execute(
        select(
            c.position,
            c.pairing,
            c.branch,
            c.village,
            c.kind,
            c.type,
            c.occurred_on,
            c.reported_on,
            c.recorded_at,
        )
        .where(tuple_(c.position, c.seq).in_(late))
        .order_by(c.branch, c.village, c.occurred_on, c.position, c.seq)
    )
    firsts: dict[int, tuple[Any, ...]] = {}
    for row in rows:
        firsts.setdefault(row.position, (*row, *_late(row, scheme, cut_off_at)))
    return [LateFact(*row) for row in firsts.values()]


def _late(row: Any, scheme: Scheme, cut_off_at: int | None) -> tuple[bool, bool]:
    """Whether it was reported late, and entered late."""
    reported = row.reported_on is not None and row.reported_on > scheme.cut_off
    return reported, cut_off_at is not None and row.position > cut_off_at
