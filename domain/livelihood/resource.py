"""An entry of a unit's resource list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.kernel.decisions import demand
from domain.livelihood import clauses
from domain.livelihood.days import demand_happened
from domain.livelihood.events import LivelihoodEvent, ResourceCategory, ResourceOffered


@dataclass(frozen=True)
class Resource:
    recorded: bool = False

    def offer_resource(
        self,
        *,
        resource_id: str,
        branch: str,
        category: ResourceCategory,
        content: str,
        offered_on: date,
        today: date,
    ) -> ResourceOffered:
        """Put something on the unit's resource list."""
        demand(not self.recorded, clauses.RECORDED_ONCE, content)
        demand_happened(offered_on, today)
        return ResourceOffered(
            resource_id=resource_id,
            branch=branch,
            category=category,
            content=content,
            offered_on=offered_on,
        )

    def after(self, event: LivelihoodEvent) -> Resource:
        return Resource(recorded=True)
