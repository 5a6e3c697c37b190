"""Units and villages: the lists, and one of them with all its names and codes."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from application.actors.actor import OFFICES, TOWNSHIPS, Owner
from application.input.keyset import After, Places
from application.question import Asker, Limit, Listing, question
from application.things import BRANCH, VILLAGE
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, OptionalLine
from domain.registry.events import EntryKind, TargetKind, UnitClass
from projections.boards.registry.listing import EntryListing, listed, listed_on
from projections.boards.registry.names import Names
from projections.boards.registry.parents import ParentOfTime, parents_of


class EntryOrder(enum.Enum):
    """How units and villages are listed; after a minus the other way round."""

    REGISTERED = "registered"
    REGISTERED_LAST = "-registered"
    NAME = "name"
    NAME_LAST = "-name"


@dataclass(frozen=True)
class EntriesShown:
    """A page of units or villages. ``found``: how many the filters find; ``townships``: of all there are; ``parents``: the id and
    name of each unit under which others stand; ``orphans``: those whose parent is in the registry no more."""

    found: int
    townships: tuple[str, ...]
    parents: tuple[tuple[str, str], ...]
    orphans: tuple[EntryListing, ...]
    rows: tuple[EntryListing, ...]
    next: str | None


@dataclass(frozen=True)
class ParentsShown:
    """Under which units one stood, the first first."""

    rows: tuple[ParentOfTime, ...]


@question("/units", OFFICES)
def list_units(
    asker: Asker,
    *,
    q: OptionalLine,
    unit_class: UnitClass | None,
    parent: OptionalLine,
    on: date | None,
    sort: EntryOrder | None,
    after: After | None,
    limit: Limit | None,
) -> EntriesShown:
    """All units, in the order of registration where no order is stated. ``q``: part of a name that it bears or bore, of its
    branch or an alias; ``parent``: those that stand under this one; ``on``: those that were there on a day, with name, class
    and parent of that day."""
    classes = {} if unit_class is None else {"unit_class": unit_class.value}
    return _page(asker, EntryKind.BRANCH, on, q, "", parent, classes, sort, after, limit)


@question("/villages", OFFICES | TOWNSHIPS)
def list_villages(
    asker: Asker,
    *,
    q: OptionalLine,
    township: OptionalLine,
    village_kind: TargetKind | None,
    on: date | None,
    sort: EntryOrder | None,
    after: After | None,
    limit: Limit | None,
) -> EntriesShown:
    """All villages and communities, a township's office its own, in the order of registration where no order is stated.
    ``q``: part of a name that it bears or bore, or an alias; ``on``: those that were there on a day, with name, township and
    class of that day."""
    classes = {} if village_kind is None else {"kind": village_kind.value}
    return _page(asker, EntryKind.VILLAGE, on, q, township, "", classes, sort, after, limit)


def _page(
    asker: Asker,
    kind: EntryKind,
    on: date | None,
    q: str,
    township: str,
    parent: str,
    classes: Mapping[str, str],
    sort: EntryOrder | None,
    after: str | None,
    limit: int | None,
) -> EntriesShown:
    every, names = list(_of(asker, kind, on)), Names(asker.connection, asker.known_at)
    registered = {row.entry: n for n, row in enumerate(every)}
    places: Places[EntryListing] = {
        "registered": lambda row: (registered[row.entry],),
        "name": lambda row: (row.name, row.entry),
    }

    def wanted(row: EntryListing) -> bool:
        return (
            (not township or row.township == township)
            and (not parent or row.parent == parent)
            and classes.items() <= row.classes.items()
            and (not q or names.matches(q, row.entry))
        )

    found = list(filter(wanted, every))
    page = Listing.ordered(found, places, sort or EntryOrder.REGISTERED, after, limit)
    return EntriesShown(
        found=len(found),
        townships=tuple(sorted({row.township for row in every} - {""})),
        parents=tuple(
            sorted({(row.parent, row.parent_name) for row in every if row.parent}, key=itemgetter(1))
        ),
        orphans=tuple(row for row in every if row.parent_ended_on and not row.ended_on),
        rows=page.rows,
        next=page.next,
    )


@question("/units/{key}", OFFICES, on=BRANCH)
def show_unit(asker: Asker, *, key: Key, on: date | None) -> EntryListing:
    """A unit; as it was on a day, where one is stated."""
    return _one(asker, EntryKind.BRANCH, key, on)


@question("/units/{key}/parents", OFFICES, on=BRANCH)
def show_unit_parents(asker: Asker, *, key: Key) -> ParentsShown:
    """Under which units it stood, from when to when, and who stated it; a merged one is followed into the one that goes on."""
    _one(asker, EntryKind.BRANCH, key, None)
    return ParentsShown(tuple(parents_of(asker.connection, key, asker.known_at)))


@question("/villages/{key}", OFFICES | TOWNSHIPS, on=VILLAGE)
def show_village(asker: Asker, *, key: Key, on: date | None) -> EntryListing:
    """A village, community or another target; as it was on a day, where one is stated."""
    return _one(asker, EntryKind.VILLAGE, key, on)


def _of(asker: Asker, kind: EntryKind, on: date | None) -> Iterator[EntryListing]:
    connection, at = asker.connection, asker.known_at
    every = listed(connection, at) if on is None else listed_on(connection, on, at)
    return (each for each in every if each.kind is kind and _sees(asker, each))


def _sees(asker: Asker, row: EntryListing) -> bool:
    of_unit = row.kind is EntryKind.BRANCH
    return asker.sees(Owner(branch=row.entry) if of_unit else Owner(village=row.entry))


def _one(asker: Asker, kind: EntryKind, key: str, on: date | None) -> EntryListing:
    for each in _of(asker, kind, on):
        if each.entry == key:
            return each
    raise Unknown(kind.value, key)
