"""The calendars a county imported: one stream for each year, a version for each import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.kernel.decisions import demand
from domain.kernel.values import Actor, Day, Many, Today, Words, YearKey
from domain.system import clauses
from domain.system.events import CalendarImported, SystemEvent

OffDays = Annotated[tuple[date, ...], Many(Day(), most=366)]
"""The holidays of a year."""
WorkDays = Annotated[tuple[date, ...], Many(Day(), least=0, most=366)]
"""Weekend days that are worked in exchange; there may be none."""


@dataclass(frozen=True)
class ImportedCalendar:
    """The newest version of a year; version 0: none yet."""

    version: int = 0
    off_days: tuple[date, ...] = ()
    work_days: tuple[date, ...] = ()
    source: str = ""

    def import_calendar(
        self,
        *,
        year: YearKey,
        off_days: OffDays,
        work_days: WorkDays,
        source: Words,
        imported_by: Actor,
        imported_on: Today,
    ) -> CalendarImported:
        """Enter the year's holidays, or their next version. Dates that were fixed before stay as they are."""
        astray = [day for day in (*off_days, *work_days) if day.year != year]
        demand(not astray, clauses.CALENDAR_WITHIN_YEAR, ", ".join(map(str, astray)))
        both = sorted(set(off_days) & set(work_days))
        demand(not both, clauses.OFF_OR_WORKED, ", ".join(map(str, both)))
        plain = [day for day in work_days if day.weekday() < 5]
        demand(not plain, clauses.EXCHANGED_ON_WEEKENDS, ", ".join(map(str, plain)))
        off, work = tuple(sorted(set(off_days))), tuple(sorted(set(work_days)))
        same = (off, work, source) == (self.off_days, self.work_days, self.source)
        demand(not same, clauses.CALENDAR_DIFFERS, f"{year} v{self.version}")
        return CalendarImported(
            year=year,
            version=self.version + 1,
            off_days=off,
            work_days=work,
            source=source,
            imported_by=imported_by,
            imported_on=imported_on,
        )

    def after(self, event: SystemEvent) -> ImportedCalendar:
        match event:
            case CalendarImported():
                return ImportedCalendar(event.version, event.off_days, event.work_days, event.source)
        return self
