"""A unit with its Party branch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Self

from domain.kernel.decisions import demand
from domain.kernel.values import BranchKey, Happened, Key, KeyOf, Today
from domain.registry import clauses, events
from domain.registry.entry import Entry, EntryName, demand_name, demand_since


@dataclass(frozen=True)
class Branch(Entry):
    """``name`` is the unit's."""

    KIND: ClassVar[events.EntryKind] = events.EntryKind.BRANCH

    branch_name: str = ""
    level: events.UnitLevel = events.UnitLevel.COUNTY
    unit_class: events.UnitClass = events.UnitClass.AGENCY

    def register_branch(
        self,
        *,
        branch: Key,
        unit_name: EntryName,
        branch_name: EntryName,
        level: events.UnitLevel,
        unit_class: events.UnitClass,
        since: date | None,
        split_from: Annotated[str, KeyOf("branch", may_be_empty=True)],
        today: Today,
    ) -> events.BranchRegistered:
        """Enter a unit and its branch in the registry; it bears these names from ``since``, or since ever."""
        demand(not self.entry, clauses.REGISTERED_ONCE, self.name)
        demand_since(since, split_from, today)
        demand_name(unit_name)
        demand_name(branch_name)
        return events.BranchRegistered(
            branch=branch,
            unit_name=unit_name,
            branch_name=branch_name,
            level=level,
            unit_class=unit_class,
            since=since,
            split_from=split_from,
        )

    rename_branch_allowed = reclassify_branch_allowed = merge_branch_allowed = Entry.demand_standing

    def rename_branch(
        self, *, unit_name: EntryName, branch_name: EntryName, renamed_on: Happened, today: Today
    ) -> events.BranchRenamed:
        """Give the unit another name; earlier records keep showing the name of their day."""
        self.demand_may_change(renamed_on, today, self.named_on)
        demand_name(unit_name)
        demand_name(branch_name)
        changes = (unit_name, branch_name) != (self.name, self.branch_name)
        demand(changes, clauses.NAME_CHANGES, unit_name)
        return events.BranchRenamed(
            branch=self.entry, unit_name=unit_name, branch_name=branch_name, renamed_on=renamed_on
        )

    def reclassify_branch(
        self,
        *,
        level: events.UnitLevel,
        unit_class: events.UnitClass,
        reclassified_on: Happened,
        today: Today,
    ) -> events.BranchReclassified:
        """State the unit's level and class from a day on."""
        self.demand_may_change(reclassified_on, today, self.classed_on)
        changes = (level, unit_class) != (self.level, self.unit_class)
        demand(changes, clauses.CLASS_CHANGES, f"{level.value}, {unit_class.value}")
        return events.BranchReclassified(
            branch=self.entry, level=level, unit_class=unit_class, reclassified_on=reclassified_on
        )

    def merge_branch(self, *, into: BranchKey, merged_on: Happened, today: Today) -> events.EntryMerged:
        """Become part of another unit from a day on."""
        return self.merged(into, merged_on, today)

    def after(self, event: events.RegistryEvent) -> Self:
        match event:
            case events.BranchRegistered():
                return replace(
                    self,
                    entry=event.branch,
                    name=event.unit_name,
                    branch_name=event.branch_name,
                    level=event.level,
                    unit_class=event.unit_class,
                    since=event.since,
                    named_on=event.since,
                    classed_on=event.since,
                    changed_on=event.since,
                )
            case events.BranchRenamed():
                renamed = replace(self, name=event.unit_name, branch_name=event.branch_name)
                return renamed._named(event.renamed_on)
            case events.BranchReclassified():
                classed = replace(self, level=event.level, unit_class=event.unit_class)
                return classed._classed(event.reclassified_on)
        return super().after(event)
