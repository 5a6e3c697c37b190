"""Where on a line from the first record to the last the moments stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from application.questions.answers.moments import Moment, MomentsShown

WIDTH = 1000
"""Units of the line's length."""


@dataclass(frozen=True)
class Mark:
    """A moment at ``x`` of ``WIDTH``; ``level``: 0, or further from the line where others stand close by."""

    moment: Moment
    x: int
    level: int


@dataclass(frozen=True)
class Line:
    """The marks, and the first days of the months (or years, where there are many) with their places."""

    marks: tuple[Mark, ...]
    ticks: tuple[tuple[int, str], ...]


def line_of(answer: MomentsShown) -> Line:
    """Days to places in proportion; without any day no line."""
    if answer.first_on is None or answer.last_on is None:
        return Line((), ())
    first, days = answer.first_on, max((answer.last_on - answer.first_on).days, 1)

    def place(day: date) -> int:
        return round((day - first).days * WIDTH / days)

    marks: list[Mark] = []
    for moment in answer.rows:
        x = place(moment.recorded_on)
        close = [mark for mark in marks if x - mark.x < 14]
        marks.append(Mark(moment, x, len(close) % 4))
    return Line(tuple(marks), tuple((place(day), word) for day, word in _ticks(first, answer.last_on)))


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    by_year = (last - first).days > 800
    day, found = date(first.year, first.month, 1), []
    while day <= last:
        if day >= first and (not by_year or day.month == 1):
            found.append((day, f"{day:%Y}" if day.month == 1 else f"{day.month}"))
        day = (day + timedelta(days=32)).replace(day=1)
    return found
