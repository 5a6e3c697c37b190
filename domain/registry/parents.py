"""Under which unit another stands (上级单位), from which day on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Protocol


@dataclass(frozen=True)
class Under:
    """From ``from_on`` (``None``: since ever) the unit stands under ``parent``; under none where that is empty."""

    parent: str
    from_on: date | None = None


def under_on(parents: Iterable[Under], on: date) -> str:
    """The parent stated for a day; empty for none."""
    stated = [each.parent for each in parents if (each.from_on or date.min) <= on]
    return stated[-1] if stated else ""


@dataclass(frozen=True)
class Stood:
    """From ``from_on`` (``None``: since ever) until before ``until_on`` (``None``: still) the unit stood under ``parent``."""

    parent: str
    from_on: date | None
    until_on: date | None


class Standing(Protocol):
    """What is asked of a unit: under which units it stood, and what it is part of since when."""

    @property
    def parents(self) -> tuple[Under, ...]: ...
    @property
    def merged_into(self) -> str: ...
    @property
    def ended_on(self) -> date | None: ...


def then_under(before: Iterable[Under], newest: Under) -> tuple[Under, ...]:
    """What holds once another parent is stated from a day on; what was stated of that very day falls."""
    kept = (each for each in before if (each.from_on or date.min) < (newest.from_on or date.min))
    return (*kept, newest)


def stood_under(unit: Callable[[str], Standing], entry: str) -> tuple[Stood, ...]:
    """Under which units it stood, in the order of days: what one was merged into from then on."""
    parents = unit(entry).parents
    ends = (each.from_on for each in parents[1:])
    found: list[Stood] = []
    for each, end in zip_longest(parents, ends):
        above, begins = each.parent, each.from_on
        while above:
            of = unit(above)
            merged_on = of.ended_on if of.merged_into else None
            if merged_on is None or (end is not None and merged_on >= end):
                found.append(Stood(above, begins, end))
                break
            if merged_on > (begins or date.min):
                found.append(Stood(above, begins, merged_on))
                begins = merged_on
            above = of.merged_into
    return tuple(found)


def stands_above_itself(unit: Callable[[str], Standing], entry: str) -> bool:
    """Whether on any one day the way up from the unit leads back to it. What a unit was merged into stands for it; one that was
    retired still stands where it stood, for it may be restored.
    """
    seen: set[tuple[str, date, date]] = set()
    left = [*_right_above(unit(entry), date.min, date.max)]
    while left:
        place = left.pop()
        if place[0] == entry:
            return True
        if place not in seen:
            seen.add(place)
            left += _right_above(unit(place[0]), *place[1:])
    return False


def _right_above(unit: Standing, since: date, until: date) -> Iterator[tuple[str, date, date]]:
    """The units right above on any day from ``since`` until before ``until``, each with the days on which it is."""
    merged_on = unit.ended_on if unit.merged_into and unit.ended_on else date.max
    ends = [*(each.from_on or date.min for each in unit.parents[1:]), date.max]
    stated = [
        (each.parent, each.from_on or date.min, min(end, merged_on))
        for each, end in zip(unit.parents, ends, strict=False)
    ]
    for above, begins, ends_on in (*stated, (unit.merged_into, merged_on, date.max)):
        first, last = max(since, begins), min(until, ends_on)
        if above and first < last:
            yield above, first, last
