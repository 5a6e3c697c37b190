"""What units and villages are called on a day, as known at any position: every page, paper and table asks here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from domain.kernel.folding import folded
from domain.registry.events import EntryKind
from domain.registry.name_book import KnownName, Merging, Nature
from projections.boards.registry.units_and_villages import found_by_name, known_names, registered, registry
from projections.kit.memory import Reading

NOW = 2**62
"""A position beyond every log."""
DAYS = 100
"""Of so many days, and lists of those that stand together, the names are kept."""


@dataclass(frozen=True)
class NameOfDay:
    """What an entry is called on a day, by itself or as part of another (``part_of``)."""

    name: str
    township: str
    branch_name: str = ""
    part_of: str = ""


@dataclass(frozen=True)
class OtherName:
    """Another name than that of a day: a former one until before ``until_on``, or a later one from ``from_on``."""

    name: str
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class _Book:
    """What is on record: entries in the order of registration, what each is found by, the days on which any name changes, the
    names of each by nature in their order, what is part of what; and what all are called on days that were asked for.
    """

    order: Mapping[EntryKind, list[str]]
    words: Mapping[str, set[str]]
    changes: Sequence[date]
    names: Mapping[tuple[str, Nature], list[KnownName]]
    mergings: Mapping[str, Merging]
    days: dict[tuple[EntryKind, date | None, frozenset[str] | None], Mapping[str, str]]

    def __len__(self) -> int:
        return len(self.names)


class Names:
    """The names of units and villages on any day, as known at a position (``None``: now); read once, when first asked for.

    Before an entry was there it has its first name, after its end its last. One that was merged by the day has the name
    of the one that goes on, with its own last one in brackets: both may stand in one list.
    """

    def __init__(self, connection: Connection, known_at: int | None = None) -> None:
        self._connection = connection
        self._known_at = known_at

    def units(self, on: date | None = None) -> Mapping[str, str]:
        """Branch id to unit name on a day (``None``: the newest), in the order of registration."""
        return self._of_kind(EntryKind.BRANCH, on, None)

    def villages(self, on: date | None = None, among: Collection[str] | None = None) -> Mapping[str, str]:
        """Village id to name on a day (``None``: the newest), in the order of registration.

        Those that bear one name on the day have their township behind it; ``among``: those that stand together, all
        there are by default.
        """
        return self._of_kind(EntryKind.VILLAGE, on, None if among is None else frozenset(among))

    def called(self, entry: str, on: date | None = None) -> NameOfDay:
        """Name and township on a day. ``KeyError`` for what is no unit or village."""
        merging = self._merging(entry, on)
        if merging is None:
            return self._own(entry, on)
        return replace(self.called(merging.into, on), part_of=merging.into)

    def others(self, entry: str, on: date | None = None) -> list[OtherName]:
        """The other names than that of the day, in order: those before it until when, those after it from when."""
        if not self._book.names.get((entry, Nature.OFFICIAL), []):
            return []
        course = self._course(entry)
        here = max(n for n, (since, _) in enumerate(course) if n == 0 or on is None or since <= on)
        before = [OtherName(name, until_on=course[n + 1][0]) for n, (_, name) in enumerate(course[:here])]
        return [*before, *(OtherName(name, from_on=since) for since, name in course[here + 1 :])]

    def _course(self, entry: str) -> list[tuple[date, str]]:
        """All names from the first to the last, each with its first day; what it was merged into goes on with its own."""
        days = [date.min, *self._book.changes]
        named = [(day, self.called(entry, day).name) for day in days]
        return [each for n, each in enumerate(named) if not n or each[1] != named[n - 1][1]]

    def matches(self, wanted: str, *entries: str) -> bool:
        """Whether part of a name that one of them bears or bore, of its branch, of an alias or a township is ``wanted``,
        however it is spelt; everything is where nothing is wanted.
        """
        key = folded(wanted)
        meant = {each for entry in entries for each in self._whole(entry)}
        return not key or any(key in word for entry in meant for word in self._book.words.get(entry, ()))

    def _whole(self, entry: str) -> Iterator[str]:
        """The entry, and what it is part of by now."""
        yield entry
        if merging := self._book.mergings.get(entry):
            yield from self._whole(merging.into)

    def named(self, written: str, kind: EntryKind | None = None) -> list[str]:
        """The ids of all units and villages that bear or bore the name, as official one, of the branch or as alias."""
        key = folded(written)
        bearing = [
            name.entry
            for names in self._book.names.values()
            for name in names
            if kind in (None, name.entry_kind) and key in _keys(name)
        ]
        return list(dict.fromkeys(bearing)) if key else []

    def parts_of(self, entry: str) -> Iterator[str]:
        """What was merged into it, directly or not."""
        for part, merging in self._book.mergings.items():
            if merging.into == entry:
                yield part
                yield from self.parts_of(part)

    def _of_kind(self, kind: EntryKind, on: date | None, among: frozenset[str] | None) -> Mapping[str, str]:
        # From one change of any name to the next, all days are alike.
        since = (
            None if on is None else max((day for day in self._book.changes if day <= on), default=date.min)
        )
        key = (kind, since, among)
        days = self._book.days
        found = days.get(key)
        if found is None:
            found = self._on(kind, since, among)
            if len(days) >= DAYS:
                days.clear()
            days[key] = found
        return found

    def _on(self, kind: EntryKind, on: date | None, among: frozenset[str] | None) -> Mapping[str, str]:
        called = {entry: self.called(entry, on) for entry in self.entries(kind)}
        together = [each for entry, each in called.items() if among is None or entry in among]
        borne = Counter(folded(each.name) for each in together if not each.part_of)
        return {entry: self._shown(entry, each, borne) for entry, each in called.items()}

    def _shown(self, entry: str, called: NameOfDay, borne: Mapping[str, int]) -> str:
        if called.part_of:
            return f"{called.name}（原{self._own(entry, None).name}）"
        apart = called.township and borne[folded(called.name)] > 1
        return f"{called.name}（{called.township}）" if apart else called.name

    def _own(self, entry: str, on: date | None) -> NameOfDay:
        """Its own name on the day, or its last before it, or its first; as the entry was, were it never merged."""
        names = self._book.names.get((entry, Nature.OFFICIAL), [])
        if not names:
            raise KeyError(entry)
        official = _nearest(names, on)
        branches = self._book.names.get((entry, Nature.BRANCH), [])
        branch_name = _nearest(branches, on).name if branches else ""
        return NameOfDay(official.name, official.township, branch_name)

    def _merging(self, entry: str, on: date | None) -> Merging | None:
        merging = self._book.mergings.get(entry)
        return merging if merging and (on is None or merging.merged_on <= on) else None

    def entries(self, kind: EntryKind) -> list[str]:
        """The ids of all of a kind, in the order of registration."""
        return self._book.order[kind]

    @cached_property
    def _book(self) -> _Book:
        """What is on record; of whoever only looks, what is remembered of it."""
        if isinstance(self._connection, Reading):
            at = NOW if self._known_at is None else self._known_at
            return self._connection.made_of([registry], at, "names", self._read)
        return self._read()

    def _read(self) -> _Book:
        order: dict[EntryKind, list[str]] = {kind: [] for kind in EntryKind}
        mergings: dict[str, Merging] = {}
        for kind, entry, merging in registered(self._connection, self._known_at):
            order[kind].append(entry)
            if merging is not None:
                mergings[entry] = merging
        words: dict[str, set[str]] = defaultdict(set)
        names: dict[tuple[str, Nature], list[KnownName]] = defaultdict(list)
        for name in known_names(self._connection, self._known_at):
            names[name.entry, name.nature].append(name)
            words[name.entry] |= _keys(name) | {folded(name.township)}
        for each in names.values():
            each.sort(key=lambda name: (name.from_on or date.min, name.until_on or date.max))
        days = {
            day for each in names.values() for name in each for day in (name.from_on, name.until_on) if day
        }
        changes = sorted({each.merged_on for each in mergings.values()} | days)
        return _Book(order, dict(words), changes, dict(names), mergings, {})


def _keys(name: KnownName) -> set[str]:
    """What a name is found by: as it is, and as it is shown beside another like it."""
    return {folded(name.name), *([folded(f"{name.name}（{name.township}）")] if name.township else [])}


def _nearest(names: list[KnownName], on: date | None) -> KnownName:
    """Of an entry's names, from the first to the last, the one that it bears on the day, or else bore last, or bears first."""
    begun = [name for name in names if on is None or name.from_on is None or name.from_on <= on]
    return begun[-1] if begun else names[0]


def entries_named(
    connection: Connection,
    kind: EntryKind,
    written: str,
    *,
    on: date | None = None,
    township: str | None = None,
    known_at: int | None = None,
) -> list[str]:
    """The ids of those that a name may mean: who bears it on the day (``None``: now), else who bore or will bear it or has
    it as an alias, however it is spelt; also as pages show it where two have one name, with the township behind it.
    """
    found = found_by_name(connection, kind, written, on=on, township=township, known_at=known_at)
    if found.meant or township is not None:
        return [each.entry for each in found.meant]
    return Names(connection, known_at).named(written, kind)


def names_on(
    connection: Connection, kind: EntryKind, on: date | None = None, known_at: int | None = None
) -> dict[str, str]:
    """Each entry's bare name on a day (``None``: now), that of what it was merged into by then; in the order of registration."""
    names = Names(connection, known_at)
    return {entry: names.called(entry, on).name for entry in names.entries(kind)}


def villages_of_township(connection: Connection, township: str, on: date) -> frozenset[str]:
    """The villages that are of a township on a day, as is known by now: whatever was moved to it or merged into one of it by
    then, and nothing that has gone elsewhere."""
    names = Names(connection)
    every = names.entries(EntryKind.VILLAGE)
    return frozenset(each for each in every if names.called(each, on).township == township)


def townships_on(connection: Connection, on: date) -> list[str]:
    """The townships that have a village on a day, as is known by now."""
    names = Names(connection)
    called = (names.called(each, on) for each in names.entries(EntryKind.VILLAGE))
    return sorted({each.township for each in called} - {""})
