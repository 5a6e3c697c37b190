"""A livelihood project (民生实事): opened, completed, accepted by the village."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from domain.kernel.decisions import demand, demanded
from domain.kernel.span import Span
from domain.kernel.values import Count, Happened, Key, Line, Money, PairingKey, Today
from domain.livelihood import clauses, events
from domain.livelihood.days import demand_happened, demand_within

Cents = Annotated[int, Money()]
"""An amount in 0.01 yuan."""


@dataclass(frozen=True)
class Project:
    """``project_id`` is empty until it is opened."""

    project_id: str = ""
    pairing_id: str = ""
    opened: events.ProjectOpened | None = None
    completed_on: date | None = None
    accepted_on: date | None = None

    def open_project(
        self,
        *,
        project_id: Key,
        number: Line,
        pairing_id: PairingKey,
        branch: str,
        village: str,
        name: Line,
        category: events.Category,
        budget_cents: Cents,
        started_on: Happened,
        planned_end_on: date,
        beneficiaries: Count,
        within: Span,
        today: Today,
    ) -> events.ProjectOpened:
        """Start a project. ``budget_cents`` in 0.01 yuan; the planned end is not before the start. ``within``: how
        long the pairing lasts.
        """
        demand(not self.project_id, clauses.RECORDED_ONCE, number)
        demand(
            planned_end_on >= started_on,
            clauses.IN_ORDER,
            f"{planned_end_on} < {started_on}",
        )
        demand_happened(started_on, today)
        demand_within(within, started_on)
        return events.ProjectOpened(
            project_id=project_id,
            number=number,
            pairing_id=pairing_id,
            branch=branch,
            village=village,
            name=name,
            category=category,
            budget_cents=budget_cents,
            started_on=started_on,
            planned_end_on=planned_end_on,
            beneficiaries=beneficiaries,
        )

    def complete_project(self, *, completed_on: Happened, today: Today) -> events.ProjectCompleted:
        """The work is done."""
        started_on = self.complete_project_allowed()
        demand(completed_on >= started_on, clauses.IN_ORDER, f"{completed_on} < {started_on}")
        demand_happened(completed_on, today)
        return events.ProjectCompleted(
            project_id=self.project_id,
            pairing_id=self.pairing_id,
            completed_on=completed_on,
        )

    def complete_project_allowed(self) -> date:
        """When it was started."""
        opened = demanded(self.opened, clauses.OPENED_FIRST)
        demand(self.completed_on is None, clauses.RECORDED_ONCE, f"{opened.number}: {self.completed_on}")
        return opened.started_on

    def accept_project(self, *, accepted_on: Happened, today: Today) -> events.ProjectAccepted:
        """The village accepts the work."""
        completed_on = self.accept_project_allowed()
        demand(accepted_on >= completed_on, clauses.IN_ORDER, f"{accepted_on} < {completed_on}")
        demand_happened(accepted_on, today)
        return events.ProjectAccepted(
            project_id=self.project_id,
            pairing_id=self.pairing_id,
            accepted_on=accepted_on,
        )

    def accept_project_allowed(self) -> date:
        """When it was completed."""
        opened = demanded(self.opened, clauses.OPENED_FIRST)
        completed_on = demanded(self.completed_on, clauses.COMPLETED_FIRST)
        demand(self.accepted_on is None, clauses.RECORDED_ONCE, f"{opened.number}: {self.accepted_on}")
        return completed_on

    def after(self, event: events.LivelihoodEvent) -> Project:
        match event:
            case events.ProjectOpened():
                return Project(event.project_id, event.pairing_id, event)
            case events.ProjectCompleted():
                return replace(self, completed_on=event.completed_on)
            case events.ProjectAccepted():
                return replace(self, accepted_on=event.accepted_on)
        return self
