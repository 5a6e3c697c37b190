"""A unit with its Party branch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Self

from domain.kernel.decisions import demand
from domain.kernel.values import BranchKey, Happened, Key, KeyOf, Today
from domain.registry import clauses
from domain.registry.entry import Entry, EntryName, demand_name, demand_since
from domain.registry.events import (
    BranchReclassified,
    BranchRegistered,
    BranchRenamed,
    EntryKind,
    EntryMerged,
    RegistryEvent,
    UnitClass,
    UnitLevel,
)


@dataclass(frozen=True)
class Branch(Entry):
    """``name`` is the unit's."""

    KIND: ClassVar[EntryKind] = EntryKind.BRANCH

    branch_name: str = ""
    level: UnitLevel = UnitLevel.COUNTY
    unit_class: UnitClass = UnitClass.AGENCY

    def register_branch(
        self,
        *,
        branch: Key,
        unit_name: EntryName,
        branch_name: EntryName,
        level: UnitLevel,
        unit_class: UnitClass,
        since: date | None,
        split_from: Annotated[str, KeyOf("branch", may_be_empty=True)],
        today: Today,
    ) -> BranchRegistered:
        """Enter a unit and its branch in the registry; it bears these names from ``since``, or since ever."""
        demand(not self.entry, clauses.REGISTERED_ONCE, self.name)
        demand_since(since, split_from, today)
        demand_name(unit_name)
        demand_name(branch_name)
        return BranchRegistered(
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
    ) -> BranchRenamed:
        """Give the unit another name; earlier records keep showing the name of their day."""
        self.demand_may_change(renamed_on, today, self.named_on)
        demand_name(unit_name)
        demand_name(branch_name)
        changes = (unit_name, branch_name) != (self.name, self.branch_name)
        demand(changes, clauses.NAME_CHANGES, unit_name)
        return BranchRenamed(
            branch=self.entry, unit_name=unit_name, branch_name=branch_name, renamed_on=renamed_on
        )

    def reclassify_branch(
        self, *, level: UnitLevel, unit_class: UnitClass, reclassified_on: Happened, today: Today
    ) -> BranchReclassified:
        """State the unit's level and class from a day on."""
        self.demand_may_change(reclassified_on, today, self.classed_on)
        changes = (level, unit_class) != (self.level, self.unit_class)
        demand(changes, clauses.CLASS_CHANGES, f"{level.value}, {unit_class.value}")
        return BranchReclassified(
            branch=self.entry, level=level, unit_class=unit_class, reclassified_on=reclassified_on
        )

    def merge_branch(self, *, into: BranchKey, merged_on: Happened, today: Today) -> EntryMerged:
        """Become part of another unit from a day on."""
        return self.merged(into, merged_on, today)

    def after(self, event: RegistryEvent) -> Self:
        match event:
            case BranchRegistered():
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
            case BranchRenamed():
                renamed = replace(self, name=event.unit_name, branch_name=event.branch_name)
                return renamed._named(event.renamed_on)
            case BranchReclassified():
                classed = replace(self, level=event.level, unit_class=event.unit_class)
                return classed._classed(event.reclassified_on)
        return super().after(event)
