"""Importing the working days of a year."""

from __future__ import annotations

from datetime import date

from application.eventlog.log import Log
from domain.kernel.recorded import By
from domain.system.calendar import ImportedCalendar, stream_of
from domain.system.calendar_text import read_calendar
from domain.system.events import CalendarImported


class Calendars:
    """Streams ``calendar-<year>``."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def calendar(self, year: int) -> ImportedCalendar:
        """What was imported for a year; version 0 when nothing was."""
        return self._log.state(stream_of(year), ImportedCalendar())

    def import_calendar(self, *, text: str, imported_on: date, by: By) -> tuple[int, int]:
        """Enter a calendar file; its year and its version. ``Rejected`` for one that is wrong or changes nothing."""
        read = read_calendar(text)
        events = self._log.decide(
            stream_of(read.year),
            ImportedCalendar(),
            lambda calendar: calendar.import_calendar(
                year=read.year,
                off_days=read.off_days,
                work_days=read.work_days,
                source=read.source,
                imported_by=by.actor,
                imported_on=imported_on,
            ),
            by,
        )
        assert isinstance(events[0], CalendarImported)
        return read.year, events[0].version
