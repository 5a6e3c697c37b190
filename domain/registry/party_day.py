"""The day of the month on which a branch holds its themed party day (主题党日)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

GRACE_DAYS = 3
"""Days after the fixed one within which nobody is reminded (practice; the plan fixes a day, and no penalty for another)."""


@dataclass(frozen=True)
class FixedDay:
    """From the month that begins on ``from_month`` the day is the ``day``-th; in a month without one, its last."""

    from_month: date
    day: int

    def of(self, month: date) -> date:
        """The day in the month that begins then."""
        return month.replace(day=min(self.day, last_of(month).day))


def first_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def last_of(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def then_fixed(before: Iterable[FixedDay], newest: FixedDay) -> tuple[FixedDay, ...]:
    """What holds once another day is fixed from a month on: what was fixed of that month and later ones falls."""
    return (*(each for each in before if each.from_month < newest.from_month), newest)


def fixed_in(days: Iterable[FixedDay], month: date) -> date | None:
    """The day fixed in the month that begins then; ``None`` where none is."""
    last = max(
        (each for each in days if each.from_month <= month), key=lambda it: it.from_month, default=None
    )
    return None if last is None else last.of(month)


def reminded_from(fixed: date) -> date:
    """From when the branch is reminded of a day that was not held: some days later, but within the month."""
    return min(fixed + timedelta(days=GRACE_DAYS), last_of(fixed))
