"""An entry of a unit's resource list."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel.decisions import demand
from domain.kernel.values import BranchKey, Happened, Key, Today, Words
from domain.livelihood import clauses
from domain.livelihood.days import demand_happened
from domain.livelihood.events import LivelihoodEvent, ResourceCategory, ResourceOffered


@dataclass(frozen=True)
class Resource:
    """``branch`` is empty until it is offered."""

    branch: str = ""

    def offer_resource(
        self,
        *,
        resource_id: Key,
        branch: BranchKey,
        category: ResourceCategory,
        content: Words,
        offered_on: Happened,
        today: Today,
    ) -> ResourceOffered:
        """Put something on the unit's resource list."""
        demand(not self.branch, clauses.RECORDED_ONCE, content)
        demand_happened(offered_on, today)
        return ResourceOffered(
            resource_id=resource_id,
            branch=branch,
            category=category,
            content=content,
            offered_on=offered_on,
        )

    def after(self, event: LivelihoodEvent) -> Resource:
        return Resource(event.branch) if isinstance(event, ResourceOffered) else self
