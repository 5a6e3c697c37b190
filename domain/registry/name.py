"""Who bears an official name in an area, from which day until which."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.kernel.decisions import demand
from domain.registry import clauses
from domain.registry.events import EntryKind, NameFreed, NameTaken, RegistryEvent


@dataclass(frozen=True)
class Holding:
    """From a day (``None``: since ever) until the day from which it is no more (``None``: still)."""

    entry: str
    from_on: date | None
    until_on: date | None = None

    def lasts_after(self, on: date | None) -> bool:
        """Whether it holds on that day or later; ``None`` for since ever."""
        if self.until_on is None:
            return True
        return self.from_on != self.until_on if on is None else self.until_on > max(on, self.from_on or on)


@dataclass(frozen=True)
class Name:
    """All who bear or bore one name in one area, told by its folded form."""

    holdings: tuple[Holding, ...] = ()

    def take_name(
        self, *, entry_kind: EntryKind, entry: str, township: str, name: str, from_on: date | None
    ) -> NameTaken:
        """Let the entry bear it from a day on. Refused where another bears it on that day or a later one."""
        other = next(
            (each for each in self.holdings if each.entry != entry and each.lasts_after(from_on)), None
        )
        demand(other is None, clauses.NAME_OF_ONE, _told(name, other))
        return NameTaken(entry_kind=entry_kind, entry=entry, township=township, name=name, from_on=from_on)

    def free_name(
        self, *, entry_kind: EntryKind, entry: str, township: str, name: str, until_on: date
    ) -> NameFreed:
        """Let go of it from a day on."""
        return NameFreed(entry_kind=entry_kind, entry=entry, township=township, name=name, until_on=until_on)

    def lend_name(self, *, entry: str, name: str) -> list[RegistryEvent]:
        """Nothing, where no other bears the name now: it may be an alias of the entry."""
        other = next((each for each in self.holdings if each.entry != entry and each.until_on is None), None)
        demand(other is None, clauses.ALIAS_OF_NO_OTHER, _told(name, other))
        return []

    def after(self, event: RegistryEvent) -> Name:
        match event:
            case NameTaken():
                return Name((*self.holdings, Holding(event.entry, event.from_on)))
            case NameFreed():
                return Name(tuple(_freed(each, event) for each in self.holdings))
        return self


def _freed(holding: Holding, event: NameFreed) -> Holding:
    if holding.entry == event.entry and holding.until_on is None:
        return replace(holding, until_on=event.until_on)
    return holding


def _told(name: str, holding: Holding | None) -> str:
    if holding is None:
        return name
    return f"{name}: {holding.entry}, {holding.from_on or '…'} – {holding.until_on or '…'}"
