"""A village or urban community."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Self

from domain.kernel.decisions import demand
from domain.kernel.folding import folded
from domain.kernel.values import Happened, Key, KeyOf, Today, VillageKey, Words
from domain.registry import clauses, events
from domain.registry.entry import Entry, EntryName, demand_name, demand_since
from domain.registry.splitting import GoesAlong, Moves, VillageParts, split_into


@dataclass(frozen=True)
class Village(Entry):
    """Its name is the only one within its township."""

    KIND: ClassVar[events.EntryKind] = events.EntryKind.VILLAGE

    kind: events.TargetKind = events.TargetKind.VILLAGE
    of_township: str = ""

    @property
    def township(self) -> str:
        return self.of_township

    def register_village(
        self,
        *,
        village: Key,
        name: EntryName,
        kind: events.TargetKind,
        township: EntryName,
        since: date | None,
        split_from: Annotated[str, KeyOf("village", may_be_empty=True)],
        today: Today,
    ) -> events.VillageRegistered:
        """Enter a village or community in the registry; it bears this name from ``since``, or since ever."""
        demand(not self.entry, clauses.REGISTERED_ONCE, self.name)
        demand_since(since, split_from, today)
        demand_name(name)
        demand_name(township)
        return events.VillageRegistered(
            village=village, name=name, kind=kind, township=township, since=since, split_from=split_from
        )

    rename_village_allowed = move_village_allowed = Entry.demand_standing
    reclassify_village_allowed = merge_village_allowed = Entry.demand_standing
    split_village_allowed = Entry.demand_standing

    def rename_village(self, *, name: EntryName, renamed_on: Happened, today: Today) -> events.VillageRenamed:
        """Give the village another name; earlier records keep showing the name of their day."""
        self.demand_may_change(renamed_on, today, self.named_on)
        demand_name(name)
        demand(name != self.name, clauses.NAME_CHANGES, name)
        return events.VillageRenamed(village=self.entry, name=name, renamed_on=renamed_on)

    def move_village(self, *, township: EntryName, moved_on: Happened, today: Today) -> events.VillageMoved:
        """Let it belong to another township from a day on."""
        self.demand_may_change(moved_on, today, self.named_on)
        demand_name(township)
        demand(folded(township) != folded(self.township), clauses.TOWNSHIP_CHANGES, township)
        return events.VillageMoved(village=self.entry, township=township, moved_on=moved_on)

    def reclassify_village(
        self, *, kind: events.TargetKind, reclassified_on: Happened, today: Today
    ) -> events.VillageReclassified:
        """State from a day on whether it is a village or a community."""
        self.demand_may_change(reclassified_on, today, self.classed_on)
        demand(kind is not self.kind, clauses.CLASS_CHANGES, kind)
        return events.VillageReclassified(village=self.entry, kind=kind, reclassified_on=reclassified_on)

    def merge_village(self, *, into: VillageKey, merged_on: Happened, today: Today) -> events.EntryMerged:
        """Become part of another village or community from a day on."""
        return self.merged(into, merged_on, today)

    def split_village(
        self,
        *,
        split_on: Happened,
        because: Words,
        parts: VillageParts,
        moves: Moves,
        part_ids: tuple[str, ...],
        held: tuple[str, ...],
        along: tuple[GoesAlong, ...],
        today: Today,
    ) -> Sequence[events.EntrySplit]:
        """Set up new villages out of this one, which goes on, as for a unit."""
        return split_into(self, len(parts), part_ids, moves, held, along, split_on, because, today)

    def after(self, event: events.RegistryEvent) -> Self:
        match event:
            case events.VillageRegistered():
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
            case events.VillageRenamed():
                return replace(self, name=event.name)._named(event.renamed_on)
            case events.VillageMoved():
                return replace(self, of_township=event.township)._named(event.moved_on)
            case events.VillageReclassified():
                return replace(self, kind=event.kind)._classed(event.reclassified_on)
        return super().after(event)
