"""Working days as known at a position: what the county imported, and what came with the software for other years."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, Connection, Integer, String, Text, select

from domain.kernel.working_days import WorkingDays, YearDays
from domain.system.calendars import with_imported
from domain.system.events import CalendarImported
from projections.kit.columns import known, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

calendars = versioned_table(
    "calendar",
    Column("year", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("off_days", Text, nullable=False),
    Column("work_days", Text, nullable=False),
    Column("source", String(200), nullable=False),
)
calendar_board = Projection("calendar_board", 1, [calendars], small=[calendars])


@calendar_board.on(CalendarImported)
def _imported(write: Writer, event: CalendarImported) -> None:
    days = {"off_days": _joined(event.off_days), "work_days": _joined(event.work_days)}
    write.put(calendars, source=event.source[:200], **days)


def _joined(days: tuple[date, ...]) -> str:
    return " ".join(day.isoformat() for day in days)


def _days(joined: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(each) for each in joined.split())


def working_days(connection: Connection, known_at: int | None) -> WorkingDays:
    """The calendar as known at a position, ``None`` for now; its ``version`` says which."""
    rows = connection.execute(select(calendars).where(known(calendars, known_at)).order_by(calendars.c.year))
    return with_imported(
        tuple(
            YearDays(row.year, _days(row.off_days), _days(row.work_days), row.source, row.version)
            for row in rows
        )
    )
