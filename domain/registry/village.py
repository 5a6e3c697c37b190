"""A village or urban community."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from domain.kernel.decisions import demand
from domain.kernel.folding import folded
from domain.registry import clauses
from domain.registry.entry import Entry, demand_name, demand_since
from domain.registry.events import (
    EntryKind,
    RegistryEvent,
    TargetKind,
    VillageMoved,
    VillageReclassified,
    VillageRegistered,
    VillageRenamed,
)


@dataclass(frozen=True)
class Village(Entry):
    """Its name is the only one within its township."""

    KIND: ClassVar[EntryKind] = EntryKind.VILLAGE

    kind: TargetKind = TargetKind.VILLAGE
    of_township: str = ""

    @property
    def township(self) -> str:
        return self.of_township

    def register_village(
        self,
        *,
        village: str,
        name: str,
        kind: TargetKind,
        township: str,
        since: date | None = None,
        split_from: str = "",
        today: date | None = None,
    ) -> VillageRegistered:
        """Enter a village or community in the registry; it bears this name from ``since``, or since ever."""
        demand(not self.entry, clauses.REGISTERED_ONCE, self.name)
        demand_since(since, today)
        demand_name(name)
        demand_name(township)
        return VillageRegistered(
            village=village, name=name, kind=kind, township=township, since=since, split_from=split_from
        )

    def rename_village(self, *, name: str, renamed_on: date, today: date) -> VillageRenamed:
        """Give the village another name; earlier records keep showing the name of their day."""
        self.demand_may_change(renamed_on, today, self.named_on)
        demand_name(name)
        demand(name != self.name, clauses.NAME_CHANGES, name)
        return VillageRenamed(village=self.entry, name=name, renamed_on=renamed_on)

    def move_village(self, *, township: str, moved_on: date, today: date) -> VillageMoved:
        """Let it belong to another township from a day on."""
        self.demand_may_change(moved_on, today, self.named_on)
        demand_name(township)
        demand(folded(township) != folded(self.township), clauses.TOWNSHIP_CHANGES, township)
        return VillageMoved(village=self.entry, township=township, moved_on=moved_on)

    def reclassify_village(
        self, *, kind: TargetKind, reclassified_on: date, today: date
    ) -> VillageReclassified:
        """State from a day on whether it is a village or a community."""
        self.demand_may_change(reclassified_on, today, self.classed_on)
        demand(kind is not self.kind, clauses.CLASS_CHANGES, kind.value)
        return VillageReclassified(village=self.entry, kind=kind, reclassified_on=reclassified_on)

    def after(self, event: RegistryEvent) -> Self:
        match event:
            case VillageRegistered():
                return replace(
                    self,
                    entry=event.village,
                    name=event.name,
                    kind=event.kind,
                    of_township=event.township,
                    since=event.since,
                    named_on=event.since,
                    classed_on=event.since,
                    changed_on=event.since,
                )
            case VillageRenamed():
                return replace(self, name=event.name)._named(event.renamed_on)
            case VillageMoved():
                return replace(self, of_township=event.township)._named(event.moved_on)
            case VillageReclassified():
                return replace(self, kind=event.kind)._classed(event.reclassified_on)
        return super().after(event)
