"""A unit with its Party branch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from domain.kernel.decisions import demand
from domain.registry import clauses
from domain.registry.entry import Entry, demand_name, demand_since
from domain.registry.events import (
    BranchReclassified,
    BranchRegistered,
    BranchRenamed,
    EntryKind,
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
        branch: str,
        unit_name: str,
        branch_name: str,
        level: UnitLevel,
        unit_class: UnitClass,
        since: date | None = None,
        split_from: str = "",
        today: date | None = None,
    ) -> BranchRegistered:
        """Enter a unit and its branch in the registry; it bears these names from ``since``, or since ever."""
        demand(not self.entry, clauses.REGISTERED_ONCE, self.name)
        demand_since(since, today)
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

    def rename_branch(
        self, *, unit_name: str, branch_name: str, renamed_on: date, today: date
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
        self, *, level: UnitLevel, unit_class: UnitClass, reclassified_on: date, today: date
    ) -> BranchReclassified:
        """State the unit's level and class from a day on."""
        self.demand_may_change(reclassified_on, today, self.classed_on)
        changes = (level, unit_class) != (self.level, self.unit_class)
        demand(changes, clauses.CLASS_CHANGES, f"{level.value}, {unit_class.value}")
        return BranchReclassified(
            branch=self.entry, level=level, unit_class=unit_class, reclassified_on=reclassified_on
        )

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
