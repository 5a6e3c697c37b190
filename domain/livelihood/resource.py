"""An entry of a unit's resource list."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.kernel.decisions import demand, demanded
from domain.kernel.values import BranchKey, Happened, Key, Today, Words
from domain.livelihood import clauses
from domain.livelihood.days import demand_happened
from domain.livelihood.events import (
    LivelihoodEvent,
    ResourceCategory,
    ResourceOffered,
    ResourceRevised,
    ResourceVoided,
    ResourceWithdrawn,
)


@dataclass(frozen=True)
class Resource:
    """``branch`` is empty until it is offered."""

    resource_id: str = ""
    branch: str = ""
    category: ResourceCategory | None = None
    content: str = ""
    withdrawn: bool = False
    voided: bool = False

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

    def revise_resource(self, *, category: ResourceCategory, content: Words, today: Today) -> ResourceRevised:
        """Say otherwise what is offered."""
        before = self.revise_resource_allowed()
        return ResourceRevised(
            resource_id=self.resource_id,
            branch=self.branch,
            category=category,
            content=content,
            category_before=before,
            content_before=self.content,
            revised_on=today,
        )

    def revise_resource_allowed(self) -> ResourceCategory:
        """Of what category it is."""
        category: ResourceCategory = demanded(self.category, clauses.OFFERED_FIRST)
        demand(not self.withdrawn, clauses.STILL_OFFERED)
        return category

    def withdraw_resource(self, *, because: Words, today: Today) -> ResourceWithdrawn:
        """Take it off the list."""
        self.withdraw_resource_allowed()
        return ResourceWithdrawn(
            resource_id=self.resource_id, branch=self.branch, because=because, withdrawn_on=today
        )

    withdraw_resource_allowed = revise_resource_allowed

    def void_resource(self, *, because: Words, today: Today) -> ResourceVoided:
        """It was entered wrongly."""
        self.void_resource_allowed()
        return ResourceVoided(
            resource_id=self.resource_id, branch=self.branch, because=because, voided_on=today
        )

    def void_resource_allowed(self) -> None:
        """Refuse what was not offered, or is voided."""
        demand(self.category is not None, clauses.OFFERED_FIRST)
        demand(not self.voided, clauses.VOIDED_ONCE)

    def after(self, event: LivelihoodEvent) -> Resource:
        match event:
            case ResourceOffered():
                return Resource(event.resource_id, event.branch, event.category, event.content)
            case ResourceRevised():
                return replace(self, category=event.category, content=event.content)
            case ResourceWithdrawn():
                return replace(self, withdrawn=True)
            case ResourceVoided():
                return replace(self, withdrawn=True, voided=True)
        return self
