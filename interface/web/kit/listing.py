"""What a list is asked by its address: filters, order, size and place; and the addresses that change one of them."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from application.input.reading import Malformed as Unreadable
from application.question import Listing
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.saved_views import SavedView, SavedViews
from interface.web.kit.page.page import DRAFT, Page
from interface.web.kit.values import Malformed, day_in
from interface.words import label

SIZES = (25, 50, 100)
USUAL = 25
"""Rows of a page."""
PASSING = {"after", "before", "jump", "done", "of", "lang", "at", "about", DRAFT}
"""What an address states of the moment, and not of the list."""
LISTS = re.compile(
    "/(accesses(/refused)?|accounts|activities|anomalies|appeals|burden|cases|circulars|complaints|documents|evidence|findings|late|matrix"
    "|needs|nominations|notice/[^/]+|pairings|plans|policies|projects|ranking|resources|result-uses|results|runs/[^/]+/(grades|persons|service)|slips|trail"
    "|trend|units|verification|villages)"
)
"""The pages with a list that can be filtered, and so saved as a view."""
T = TypeVar("T")
E = TypeVar("E", bound=enum.Enum)


@dataclass(frozen=True)
class Chip:
    """A choice that matters most, with how many rows it leads to. ``light``: the class of its mark, if any."""

    title: str
    count: int | None
    href: str
    current: bool
    light: str = ""


@dataclass(frozen=True)
class Filter:
    """A field above a list: ``choices`` as (value, word), ``None`` for a text or, with ``day``, for a day. ``more``: it matters
    less, and stands folded with the others."""

    name: str
    title: str
    value: str
    choices: Sequence[tuple[str, str]] | None = None
    day: bool = False
    more: bool = False


@dataclass(frozen=True)
class SortLink:
    """Where a heading leads, and the arrow of the way in which the list is sorted by it now, if it is."""

    href: str
    way: str


@dataclass
class ListView:
    """A list as its address asks for it. ``sorts``: the names by which it can be sorted, the first without being asked;
    ``most``: the rows of a page at most, where a row is large.

    Raises ``Malformed`` for an order or a size that is not offered.
    """

    page: Page
    filters: Sequence[Filter] = ()
    sorts: Sequence[str] = ("",)
    most: int = SIZES[-1]

    @cached_property
    def sort(self) -> str:
        """By what: one of ``sorts``, after a minus the other way round."""
        asked = self.page.asked("sort") or self.sorts[0]
        if asked.removeprefix("-") not in [each.removeprefix("-") for each in self.sorts]:
            raise Malformed("sort", "不能按“%(value)s”排列", value=asked)
        return asked

    def order(self, of: type[E]) -> E:
        """The same as the question names it; what cannot be turned round stays as it is."""
        named = {str(each.value) for each in of}
        return of(self.sort if self.sort in named else self.sort.removeprefix("-"))

    @cached_property
    def limit(self) -> int:
        """Rows of a page."""
        asked = self.page.asked("limit") or str(USUAL)
        if asked not in map(str, SIZES):
            raise Malformed("limit", "每页行数只能是 25、50 或 100，不是“%(value)s”", value=asked)
        return min(int(asked), self.most)

    def shown(self, rows: Iterable[T], key: Callable[[T], str], most: int | None = None) -> Listing[T]:
        """A page of what the page itself has computed, of ``most`` rows where it is of one size; the first one where the row is
        gone behind which it was to begin."""
        every, limit = list(rows), most or self.limit
        try:
            return Listing.of(every, key, self.page.after, limit)
        except Unreadable:
            self.page.begun_anew = True
            return Listing.of(every, key, None, limit)

    def sorted_by(self, name: str) -> SortLink:
        """A heading's link: by it, or the other way round where the list is sorted by it already."""
        current, way = self.sort.removeprefix("-"), "↓" if self.sort.startswith("-") else "↑"
        wanted = name if current != name else name if way == "↓" else f"-{name}"
        return SortLink(self.page.here(sort=wanted, after=None, done=None), way if current == name else "")

    @property
    def sizes(self) -> list[tuple[int, str]]:
        """Sizes of a page with their addresses, an empty one for the page's own."""
        return [
            (size, "" if size == self.limit else self.page.here(limit=size, after=None, done=None))
            for size in SIZES
            if size <= self.most
        ]

    @property
    def begun(self) -> str:
        """The first page of the same list."""
        return self.page.here(after=None, done=None)

    @property
    def filtered(self) -> bool:
        """Whether a filter is set."""
        return any(each.value for each in self.filters)

    @property
    def cleared(self) -> str:
        """The list without its filters."""
        return self.page.here(**{each.name: None for each in self.filters}, after=None, done=None)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What else the address states, which the form of the filters must send along."""
        own = {"after", "before", "jump", "done", "lang", *(each.name for each in self.filters)}
        return [(name, value) for name, value in self.page.request.query_params.items() if name not in own]


def chips_of(
    page: Page, name: str, every: int | None, entries: Iterable[tuple[str, str, int | None, str]]
) -> list[Chip]:
    """The chips of the address's field ``name``: all of it, then every entry (value, word, count, light) that there is."""
    wanted = page.asked(name)

    def chip(value: str, title: str, count: int | None, light: str) -> Chip:
        href = page.here(**{name: value or None}, after=None, done=None)
        return Chip(title, count, href, wanted == value, light)

    shown = [each for each in entries if each[2] != 0 or each[0] == wanted]
    return [chip("", page.t("全部"), every, ""), *(chip(*each) for each in shown)]


def words(page: Page, group: str, members: type[enum.Enum]) -> list[tuple[str, str]]:
    """The choices of a filter, as (value, word)."""
    return [(str(each.value), page.t(label(group, str(each.value)))) for each in members]


def day_asked(page: Page) -> date | None:
    """The day as of which a page is asked for; ``None`` for as it is. Raises ``Malformed``."""
    asked = page.asked("on")
    return day_in("on", asked) if asked else None


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


def is_list(path: str) -> bool:
    """Whether what is at a path can be saved as a view."""
    return LISTS.fullmatch(path) is not None


def store_of(page: Page) -> SavedViews:
    """The saved views of all accounts."""
    accounts: Accounts = page.request.app.state.accounts
    return accounts.saved_views


def views_here(page: Page) -> list[SavedView]:
    """The views that the reader has saved of this list."""
    path = page.request.url.path
    return [each for each in page.session.views if each.path == path]


def address_here(page: Page) -> str:
    """This list as it is asked for, without where one has got to in it."""
    return page.here(**dict.fromkeys(PASSING))
