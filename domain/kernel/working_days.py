"""Working days: which days count, the n-th of them, and why it is that one.

A year's arrangement comes from the State Council's yearly notice: holidays off, and weekend days worked in exchange. A year
without one has plain weekends only; what is reckoned there is provisional and says so.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

_SATURDAY = 5
_LONGEST = 1000
"""No period is longer, in working days; what asks for more is a mistake in the caller."""


class Rest(enum.Enum):
    """Why a day is no working day."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class YearDays:
    """One year as arranged. ``version``: the county's import, 0 for what came with the software."""

    year: int
    off_days: frozenset[date]
    work_days: frozenset[date]
    source: str = ""
    version: int = 0


@dataclass(frozen=True)
class SkippedDay:
    """A day passed over while counting."""

    day: date
    rest: Rest


@dataclass(frozen=True)
class Reckoning:
    """The day found, and why: what was counted, what was skipped, which years nobody had arranged yet."""

    start: date
    working_days: int
    day: date
    counted: tuple[date, ...]
    skipped: tuple[SkippedDay, ...]
    exchanged: tuple[date, ...]
    """Weekend days among the counted ones: days worked in exchange for a holiday."""
    unarranged: tuple[int, ...]

    @property
    def provisional(self) -> bool:
        """Whether a notice still to come may say otherwise."""
        return bool(self.unarranged)

    @property
    def zh(self) -> str:
        """Why this date, in Chinese."""
        parts = [f"自{_zh(self.start)}起第{self.working_days}个工作日为{_zh(self.day)}"]
        for rest, name in ((Rest.HOLIDAY, "节假日"), (Rest.WEEKEND, "周末")):
            days = [each.day for each in self.skipped if each.rest is rest]
            if days:
                parts.append(f"跳过{name}{'、'.join(_runs(days, _zh, '至'))}")
        if self.exchanged:
            parts.append(f"{'、'.join(_runs(self.exchanged, _zh, '至'))}为调休上班日，计入")
        for year in self.unarranged:
            parts.append(f"{year}年节假日安排尚未导入，暂只除去周末")
        return "；".join(parts)

    @property
    def en(self) -> str:
        """Why this date, in English."""
        parts = [f"working day {self.working_days} from {self.start} is {self.day}"]
        for rest, name in ((Rest.HOLIDAY, "holidays"), (Rest.WEEKEND, "weekends")):
            days = [each.day for each in self.skipped if each.rest is rest]
            if days:
                parts.append(f"skipping {name} {', '.join(_runs(days, str, ' to '))}")
        if self.exchanged:
            parts.append(f"{', '.join(_runs(self.exchanged, str, ' to '))} is worked in exchange and counts")
        for year in self.unarranged:
            parts.append(f"the holidays of {year} are not imported yet, only weekends are left out for now")
        return "; ".join(parts)


@dataclass(frozen=True)
class WorkingDays:
    """The calendars known at some moment. ``version`` names exactly these, such as ``2025v1,2026v1``."""

    years: tuple[YearDays, ...] = ()
    version: str = ""
    _by_year: dict[int, YearDays] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_year.update({each.year: each for each in self.years})

    def of_year(self, year: int) -> YearDays | None:
        """The arrangement of a year, ``None`` where there is none yet."""
        return self._by_year.get(year)

    def rest(self, day: date) -> Rest | None:
        """Why nobody works on ``day``; ``None`` for a working day."""
        arranged = self._by_year.get(day.year)
        if arranged is not None:
            if day in arranged.off_days:
                return Rest.HOLIDAY
            if day in arranged.work_days:
                return None
        return Rest.WEEKEND if day.weekday() >= _SATURDAY else None

    def is_working_day(self, day: date) -> bool:
        """Whether one works on ``day``, as far as is known."""
        return self.rest(day) is None

    def add_working_days(self, start: date, n: int, *, counting_start: bool = False) -> Reckoning:
        """The ``n``-th working day after ``start``; with ``counting_start`` the start is the first where one works on it.

        ``n`` from 1. Raises ``ValueError`` for another number.
        """
        if not 1 <= n <= _LONGEST:
            raise ValueError(f"{n} working days; say 1 to {_LONGEST}")
        day = start if counting_start else start + timedelta(days=1)
        counted: list[date] = []
        skipped: list[SkippedDay] = []
        passed = {day.year}
        while True:
            passed.add(day.year)
            rest = self.rest(day)
            if rest is None:
                counted.append(day)
                if len(counted) == n:
                    break
            else:
                skipped.append(SkippedDay(day, rest))
            day += timedelta(days=1)
        return Reckoning(
            start=start,
            working_days=n,
            day=day,
            counted=tuple(counted),
            skipped=tuple(skipped),
            exchanged=tuple(each for each in counted if each.weekday() >= _SATURDAY),
            unarranged=tuple(year for year in sorted(passed) if year not in self._by_year),
        )


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _runs(days: Iterable[date], show: object, to: str) -> list[str]:
    """Days that follow each other as "first to last"."""
    assert callable(show)
    spans: list[list[date]] = []
    for day in days:
        if spans and day - spans[-1][-1] == timedelta(days=1):
            spans[-1].append(day)
        else:
            spans.append([day])
    return [show(span[0]) if len(span) == 1 else f"{show(span[0])}{to}{show(span[-1])}" for span in spans]
