"""What lists of pairings, of units and villages, and of what is done by them are narrowed by."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence

from interface.web.kit.context import Page
from interface.web.kit.listing import Chip, Filter, chips_of
from interface.words import label


def words(page: Page, group: str, members: type[enum.Enum]) -> list[tuple[str, str]]:
    """The choices of a filter, as (value, word)."""
    return [(str(each.value), page.t(label(group, str(each.value)))) for each in members]


def of_township(page: Page, townships: Sequence[str]) -> list[Filter]:
    """The filter by township, where there is a choice."""
    if len(townships) < 2:
        return []
    return [Filter("township", page.t("乡镇"), page.asked("township"), [(each, each) for each in townships])]


def chips(page: Page, name: str, parts: Iterable[tuple[str, str, int]], found: int) -> list[Chip]:
    """One for each part of a list, as (value, word, count), and one for all. ``found``: how many the list has, of the part asked
    for where one is."""
    counted, wanted = list(parts), page.asked(name)
    every = found if not wanted else sum(count for *_, count in counted)
    return chips_of(page, name, every, [(value, word, count, "") for value, word, count in counted])
