"""Units and villages: the lists, and one of them with all its names and codes."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import dropwhile

from application.actor import OFFICES
from application.question import USUAL, Asker, Limit, no_row, question
from application.things import BRANCH, VILLAGE
from domain.kernel.errors import Unknown
from domain.kernel.values import BranchKey, Key, OptionalLine, VillageKey
from domain.registry.events import EntryKind, TargetKind, UnitClass
from projections.boards.names import Names
from projections.boards.registry_listing import EntryListing, listed


class EntryOrder(enum.Enum):
    """How units and villages are listed; after a minus the other way round."""

    REGISTERED = "registered"
    REGISTERED_LAST = "-registered"
    NAME = "name"
    NAME_LAST = "-name"


@dataclass(frozen=True)
class EntriesShown:
    """A page of units or villages. ``found``: how many the filters find; ``townships``: of all there are."""

    found: int
    townships: tuple[str, ...]
    rows: tuple[EntryListing, ...]
    next: str | None


@question("/units", OFFICES)
def list_units(
    asker: Asker,
    *,
    q: OptionalLine,
    unit_class: UnitClass | None,
    sort: EntryOrder | None,
    after: BranchKey | None,
    limit: Limit | None,
) -> EntriesShown:
    """All units, in the order of registration where no order is stated. ``q``: part of a name that it bears or bore, of its
    branch or an alias."""
    classes = {} if unit_class is None else {"unit_class": unit_class.value}
    return _page(asker, EntryKind.BRANCH, q, "", classes, sort, after, limit)


@question("/villages", OFFICES)
def list_villages(
    asker: Asker,
    *,
    q: OptionalLine,
    township: OptionalLine,
    village_kind: TargetKind | None,
    sort: EntryOrder | None,
    after: VillageKey | None,
    limit: Limit | None,
) -> EntriesShown:
    """All villages and communities, in the order of registration where no order is stated. ``q``: part of a name that it bears
    or bore, or an alias."""
    classes = {} if village_kind is None else {"kind": village_kind.value}
    return _page(asker, EntryKind.VILLAGE, q, township, classes, sort, after, limit)


def _page(
    asker: Asker,
    kind: EntryKind,
    q: str,
    township: str,
    classes: Mapping[str, str],
    sort: EntryOrder | None,
    after: str | None,
    limit: int | None,
) -> EntriesShown:
    every, names = list(_of(asker, kind)), Names(asker.connection, asker.known_at)
    order = (sort or EntryOrder.REGISTERED).value
    if order.endswith("name"):
        every.sort(key=lambda row: (row.name, row.entry))
    if order.startswith("-"):
        every.reverse()

    def wanted(row: EntryListing) -> bool:
        return (
            (not township or row.township == township)
            and classes.items() <= row.classes.items()
            and (not q or names.matches(q, row.entry))
        )

    begun = every
    if after is not None:
        begun = list(dropwhile(lambda row: row.entry != after, every))[1:]
        if all(row.entry != after for row in every):
            raise no_row(after)
    left, most = [row for row in begun if wanted(row)], limit or USUAL
    return EntriesShown(
        found=sum(map(wanted, every)),
        townships=tuple(sorted({row.township for row in every} - {""})),
        rows=tuple(left[:most]),
        next=left[most - 1].entry if len(left) > most else None,
    )


@question("/units/{key}", OFFICES, on=BRANCH)
def show_unit(asker: Asker, *, key: Key) -> EntryListing:
    """A unit."""
    return _one(asker, EntryKind.BRANCH, key)


@question("/villages/{key}", OFFICES, on=VILLAGE)
def show_village(asker: Asker, *, key: Key) -> EntryListing:
    """A village or community."""
    return _one(asker, EntryKind.VILLAGE, key)


def _of(asker: Asker, kind: EntryKind) -> Iterator[EntryListing]:
    return (each for each in listed(asker.connection, asker.known_at) if each.kind is kind)


def _one(asker: Asker, kind: EntryKind, key: str) -> EntryListing:
    for each in _of(asker, kind):
        if each.entry == key:
            return each
    raise Unknown(kind.value, key)
