"""A village or urban community."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.kernel.decisions import demand
from domain.registry import clauses
from domain.registry.events import (
    RegistryEvent,
    TargetKind,
    VillageRegistered,
    VillageRenamed,
)


@dataclass(frozen=True)
class Village:
    """``village`` is empty until it is registered."""

    village: str = ""
    name: str = ""

    def register_village(
        self, *, village: str, name: str, kind: TargetKind, township: str
    ) -> VillageRegistered:
        """Enter a village or community in the registry."""
        demand(not self.village, clauses.REGISTERED_ONCE, self.name)
        demand(bool(name.strip()), clauses.NAME_GIVEN)
        return VillageRegistered(village=village, name=name, kind=kind, township=township)

    def rename_village(self, *, name: str, renamed_on: date, today: date) -> VillageRenamed:
        """Give the village another name; earlier records keep showing the name of their day."""
        demand(bool(self.village), clauses.REGISTERED_FIRST)
        demand(renamed_on <= today, clauses.NOT_IN_THE_FUTURE, f"{renamed_on} > {today}")
        demand(bool(name.strip()), clauses.NAME_GIVEN)
        demand(name != self.name, clauses.NAME_CHANGES, name)
        return VillageRenamed(village=self.village, name=name, renamed_on=renamed_on)

    def after(self, event: RegistryEvent) -> Village:
        match event:
            case VillageRegistered():
                return Village(event.village, event.name)
            case VillageRenamed():
                return replace(self, name=event.name)
        return self
