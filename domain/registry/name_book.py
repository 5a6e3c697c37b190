"""What a written name means: by official names of the day, then by former ones, branches' names and aliases."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from domain.kernel.folding import folded
from domain.registry.events import EntryKind

ALIKE = 0.6
"""How near a name must be to be told as one that is meant, perhaps; 1 is equal."""
TINY = 1e-9
"""What rounding may take."""
MOST = 3
"""How many of those are told."""


class Nature(enum.Enum):
    """What a name is to its entry."""

    OFFICIAL = "official"
    BRANCH = "branch"
    """The Party branch's name, of a unit."""
    ALIAS = "alias"


@dataclass(frozen=True)
class KnownName:
    """A name on record; it holds from ``from_on`` (``None``: since ever) until before ``until_on`` (``None``: still)."""

    entry_kind: EntryKind
    entry: str
    township: str
    name: str
    nature: Nature
    from_on: date | None = None
    until_on: date | None = None

    def holds(self, on: date | None) -> bool:
        """Whether it holds on a day; ``None`` for now."""
        if on is None:
            return self.until_on is None
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on < self.until_on)

    def is_official(self, on: date | None, township: str | None) -> bool:
        """Whether it is the official name on a day, in the township where one is stated."""
        at_home = township is None or not self.township or folded(self.township) == folded(township)
        return self.nature is Nature.OFFICIAL and self.holds(on) and at_home


@dataclass(frozen=True)
class Merging:
    """What an entry is part of, and since when."""

    into: str
    merged_on: date


@dataclass(frozen=True)
class NameBearer:
    """An entry that a name leads to. ``standing``: what it is on the day asked about, another where it was merged."""

    known: KnownName
    standing: str

    @property
    def entry(self) -> str:
        return self.known.entry


@dataclass(frozen=True)
class NameLookup:
    """All that a name leads to, the nearest kind of name only; ``elsewhere``: those of that name in other townships."""

    meant: tuple[NameBearer, ...] = ()
    elsewhere: tuple[NameBearer, ...] = ()

    @property
    def one(self) -> NameBearer | None:
        """The one that is meant, where all lead to one; ``None`` where there is none, or a person must be asked."""
        return self.meant[0] if len({each.standing for each in self.meant}) == 1 else None


class NameBook:
    """Names on record, to be looked up many times; what is registered meanwhile is added."""

    def __init__(self, names: Iterable[KnownName] = (), merged: Mapping[str, Merging] | None = None) -> None:
        self._by_key: dict[tuple[EntryKind, str], list[KnownName]] = defaultdict(list)
        self._keys: dict[EntryKind, dict[str, None]] = defaultdict(dict)
        self._townships: dict[str, set[str]] = defaultdict(set)
        self._merged = dict(merged or {})
        for name in names:
            self.add(name)

    def add(self, name: KnownName) -> None:
        """Know one more."""
        key = folded(name.name)
        self._by_key[name.entry_kind, key].append(name)
        self._keys[name.entry_kind][key] = None
        if name.nature is Nature.OFFICIAL:
            self._townships[name.entry].add(folded(name.township))

    def standing(self, entry: str, on: date | None = None) -> str:
        """What the entry is on a day (``None``: now): itself, or what it was merged into by then, and so on."""
        while (merging := self._merged.get(entry)) and (on is None or merging.merged_on <= on):
            entry = merging.into
        return entry

    def absorbed(self, into: Collection[str], on: date | None = None) -> Iterator[str]:
        """The entries that were merged by a day and stand as one of these."""
        return (entry for entry in self._merged if self.standing(entry, on) in into)

    def found(
        self, kind: EntryKind, written: str, *, on: date | None = None, township: str | None = None
    ) -> NameLookup:
        """What ``written`` means on a day (``None``: now), within a township where one is stated.

        An official name of the day comes before former and later names, branches' names and aliases.
        """
        fitting = self._by_key.get((kind, folded(written)), [])
        at_home = [name for name in fitting if self._within(name, township)]
        of_the_day = [name for name in at_home if name.is_official(on, township)]
        chosen = of_the_day or at_home
        elsewhere = [name for name in fitting if name not in at_home]
        return NameLookup(self._meant(chosen, on), self._meant(elsewhere, on))

    def resembling(
        self, kind: EntryKind, written: str, *, township: str | None = None
    ) -> tuple[NameBearer, ...]:
        """Those whose names are near, the nearest first: what a name that leads nowhere may be meant for."""
        near = get_close_matches(
            folded(written), self._perhaps_near(kind, folded(written)), n=MOST, cutoff=ALIKE
        )
        names = [name for key in near for name in self._by_key[kind, key] if self._within(name, township)]
        return self._meant(names, None)

    def _perhaps_near(self, kind: EntryKind, written: str) -> list[str]:
        """The names that share enough letters to be near: of thousands, a few are compared in full."""
        own = letters(written)
        return [
            key
            for key in self._keys[kind]
            if 2 * len(own & letters(key)) + TINY >= ALIKE * (len(own) + len(letters(key)))
        ]

    def _within(self, name: KnownName, township: str | None) -> bool:
        """Whether the entry belongs or once belonged to the township."""
        of_county = township is None or name.entry_kind is EntryKind.BRANCH
        return of_county or folded(township or "") in self._townships[name.entry]

    def _meant(self, names: Iterable[KnownName], on: date | None) -> tuple[NameBearer, ...]:
        """One for each entry, in the order of the names."""
        by_entry: dict[str, NameBearer] = {}
        for name in names:
            by_entry.setdefault(name.entry, NameBearer(name, self.standing(name.entry, on)))
        return tuple(by_entry.values())


# Most books are never asked for near names; those that are, are asked again and again.
@lru_cache(maxsize=20_000)
def letters(word: str) -> frozenset[tuple[str, int]]:
    """The letters of a word, each with which of its kind it is: what two words share of them is the most that
    ``SequenceMatcher`` finds alike."""
    met: dict[str, int] = defaultdict(int)
    found = set[tuple[str, int]]()
    for letter in word:
        met[letter] += 1
        found.add((letter, met[letter]))
    return frozenset(found)
