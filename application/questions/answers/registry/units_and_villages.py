"""Units and villages: the lists, and one of them with all its names and codes."""

from __future__ import annotations

from collections.abc import Iterator

from application.actor import OFFICES
from application.question import Asker, Limit, Listing, question
from application.things import BRANCH, VILLAGE
from domain.kernel.errors import Unknown
from domain.kernel.values import BranchKey, Key, VillageKey
from domain.registry.events import EntryKind
from projections.boards.registry_listing import EntryListing, listed


@question("/units", OFFICES)
def list_units(asker: Asker, *, after: BranchKey | None, limit: Limit | None) -> Listing[EntryListing]:
    """All units, in the order of registration."""
    return Listing.of(_of(asker, EntryKind.BRANCH), lambda row: row.entry, after, limit)


@question("/villages", OFFICES)
def list_villages(asker: Asker, *, after: VillageKey | None, limit: Limit | None) -> Listing[EntryListing]:
    """All villages and communities, in the order of registration."""
    return Listing.of(_of(asker, EntryKind.VILLAGE), lambda row: row.entry, after, limit)


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
