"""A unit's Party branch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.kernel.decisions import demand
from domain.registry import clauses
from domain.registry.events import (
    BranchRegistered,
    BranchRenamed,
    RegistryEvent,
    UnitClass,
    UnitLevel,
)


@dataclass(frozen=True)
class Branch:
    """``branch`` is empty until it is registered."""

    branch: str = ""
    unit_name: str = ""
    branch_name: str = ""

    def register_branch(
        self,
        *,
        branch: str,
        unit_name: str,
        branch_name: str,
        level: UnitLevel,
        unit_class: UnitClass,
    ) -> BranchRegistered:
        """Enter a unit and its branch in the registry."""
        demand(not self.branch, clauses.REGISTERED_ONCE, self.unit_name)
        demand(bool(unit_name.strip()) and bool(branch_name.strip()), clauses.NAME_GIVEN)
        return BranchRegistered(
            branch=branch,
            unit_name=unit_name,
            branch_name=branch_name,
            level=level,
            unit_class=unit_class,
        )

    def rename_branch(
        self, *, unit_name: str, branch_name: str, renamed_on: date, today: date
    ) -> BranchRenamed:
        """Give the unit another name; earlier records keep showing the name of their day."""
        demand(bool(self.branch), clauses.REGISTERED_FIRST)
        demand(renamed_on <= today, clauses.NOT_IN_THE_FUTURE, f"{renamed_on} > {today}")
        demand(bool(unit_name.strip()) and bool(branch_name.strip()), clauses.NAME_GIVEN)
        demand(
            (unit_name, branch_name) != (self.unit_name, self.branch_name),
            clauses.NAME_CHANGES,
            unit_name,
        )
        return BranchRenamed(
            branch=self.branch,
            unit_name=unit_name,
            branch_name=branch_name,
            renamed_on=renamed_on,
        )

    def after(self, event: RegistryEvent) -> Branch:
        match event:
            case BranchRegistered():
                return Branch(event.branch, event.unit_name, event.branch_name)
            case BranchRenamed():
                return replace(self, unit_name=event.unit_name, branch_name=event.branch_name)
        return self
