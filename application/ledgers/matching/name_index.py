"""Whom a name in a ledger means: the registry's names of one kind, and those that this import adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from domain.kernel.folding import folded
from domain.registry.events import EntryKind
from domain.registry.name_book import KnownName, NameBook, Nature

NEAR: Final = 0.75
"""How like two folded names must be for somebody to be asked whether they mean one thing (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A thing on record whose name is like one that is not."""

    thing: str
    name: str
    near: bool


def labelled(name: str, township: str) -> str:
    """A name with its township, where it has one: what villages of one name are told apart by."""
    return f"{name}（{township}）" if township else name


class NameIndex:
    """Units, or villages, by every name they have, had, or are also called.

    A name leads to its ``bearers``, the ids under which they were registered; what one of these is on a day, itself or what
    it was merged into, is its ``standing``; ``akin`` are all that are one with it. ``things`` is the shortest way: what the
    bearers of a day stand as. ``alike`` are others, whose names only resemble it.
    """

    def __init__(self, kind: EntryKind, book: NameBook, known: Iterable[KnownName]) -> None:
        self.kind = kind
        self._book = book
        self._known: dict[str, list[KnownName]] = {}
        self._by_name: dict[str, list[KnownName]] = {}
        self._place: dict[str, int] = {}
        for name in known:
            self._keep(name)
        self._before = frozenset(self._known)

    def _keep(self, name: KnownName) -> None:
        self._known.setdefault(name.entry, []).append(name)
        self._by_name.setdefault(folded(name.name), []).append(name)
        self._place.setdefault(name.entry, len(self._place))

    def learn(self, thing: str, name: str, township: str, nature: Nature = Nature.OFFICIAL) -> None:
        """From here on the name means this thing."""
        known = KnownName(self.kind, thing, township, name, nature)
        self._book.add(known)
        self._keep(known)

    def __iter__(self) -> Iterator[KnownName]:
        for of_thing in self._known.values():
            yield from of_thing

    def by_standing(self) -> dict[str, list[str]]:
        """Every name of a thing and of all that is one with it, by what it stands as today."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self:
            found[self._book.standing(name.entry)].append(name.name)
        return found

    def label(self, thing: str) -> str:
        """What a thing is called, with its township."""
        of_thing = [name for name in self._known.get(thing, ()) if name.nature is Nature.OFFICIAL]
        if not of_thing:
            return thing
        newest = max(of_thing, key=lambda name: (name.until_on is None, name.from_on or date.min))
        return labelled(newest.name, newest.township)

    def things(self, name: str, on: date, township: str | None = None) -> list[str]:
        """Who is meant by a name on a day, in a township or in any: one where that is clear, several, or none."""
        found = self._book.found(self.kind, name, on=on, township=township)
        return list(dict.fromkeys(each.standing for each in found.meant))

    def bearers(self, name: str) -> list[str]:
        """Everybody who bears the name, bore it, or is also called so; merged or not, as they were registered."""
        return list(dict.fromkeys(each.entry for each in self._by_name.get(folded(name), ())))

    def bearers_on(self, name: str, on: date) -> list[str]:
        """What the bearers of a name are on a day."""
        return list(dict.fromkeys(self._book.standing(each, on) for each in self.bearers(name)))

    def standing(self, thing: str, on: date | None = None) -> str:
        """What a thing is on a day (``None``: today): itself, or what it is part of by then."""
        return self._book.standing(thing, on)

    def akin(self, things: Iterable[str], on: date | None = None) -> list[str]:
        """These, and all that is one with them on a day (``None``: today) through merging."""
        stand = {self._book.standing(thing, on) for thing in things}
        known = {*stand, *self._book.absorbed(stand, on)} & self._known.keys()
        return sorted(known, key=self._place.__getitem__)

    def is_there(self, thing: str, on: date) -> bool:
        """Whether it has a name of its own on the day: none before it was, or after it ended."""
        of_thing = self._known.get(thing, ())
        return any(name.nature is Nature.OFFICIAL and name.holds(on) for name in of_thing)

    def bears(self, name: str) -> bool:
        """Whether anything bears the name, or bore it."""
        return folded(name) in self._by_name

    def is_free(self, name: str, thing: str) -> bool:
        """Whether no other of the thing's township bears the name now, so that it may be called so too."""
        at = {folded(each.township) for each in self._known.get(thing, ()) if each.is_official(None, None)}
        of_name = self._by_name.get(folded(name), ())
        return not any(
            each.entry != thing and each.is_official(None, None) and folded(each.township) in at
            for each in of_name
        )

    def called(self, written: str) -> list[str]:
        """What was on record before this import and is meant by an id, a label or a name, as it stands today."""
        if written in self._before:
            return [self.standing(written)]
        labelled = [thing for thing in self._before if folded(self.label(thing)) == folded(written)]
        found = labelled or [thing for thing in self.bearers(written) if thing in self._before]
        return sorted({self.standing(thing) for thing in found}, key=self._place.__getitem__)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was on record before this import."""
        return not self._before

    def elsewhere(self, name: str, township: str) -> list[str]:
        """Who bears the name in other townships."""
        found = self._book.found(self.kind, name, township=township)
        return list(dict.fromkeys(each.standing for each in found.elsewhere))

    def alike(self, name: str, township: str | None = None) -> list[Likeness]:
        """What was on record before this import and has a name like this one, the most like first."""
        if not self._before:
            return []
        found = self._book.resembling(self.kind, name, township=township)
        return [
            Likeness(each.standing, each.known.name, _ratio(each.known.name, name) >= NEAR)
            for each in found
            if each.entry in self._before
        ]


def _ratio(a: str, b: str) -> float:
    return SequenceMatcher(None, folded(a), folded(b), autojunk=False).ratio()
