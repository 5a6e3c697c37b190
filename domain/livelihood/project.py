"""A livelihood project (民生实事): opened, completed, accepted by the village."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.kernel.decisions import demand
from domain.kernel.span import Span
from domain.livelihood import clauses
from domain.livelihood.days import demand_happened, demand_within
from domain.livelihood.events import (
    Category,
    LivelihoodEvent,
    ProjectAccepted,
    ProjectCompleted,
    ProjectOpened,
)


@dataclass(frozen=True)
class Project:
    """``project_id`` is empty until it is opened."""

    project_id: str = ""
    pairing_id: str = ""
    opened: ProjectOpened | None = None
    completed_on: date | None = None
    accepted_on: date | None = None

    def open_project(
        self,
        *,
        project_id: str,
        number: str,
        pairing_id: str,
        branch: str,
        village: str,
        name: str,
        category: Category,
        budget_cents: int,
        started_on: date,
        planned_end_on: date,
        beneficiaries: int,
        within: Span,
        today: date,
    ) -> ProjectOpened:
        """Start a project. ``budget_cents`` in 0.01 yuan; the planned end is not before the start. ``within``: how
        long the pairing lasts.
        """
        demand(not self.project_id, clauses.RECORDED_ONCE, number)
        demand(
            budget_cents >= 0 and beneficiaries >= 0,
            clauses.NOT_NEGATIVE,
            f"{budget_cents}, {beneficiaries}",
        )
        demand(
            planned_end_on >= started_on,
            clauses.IN_ORDER,
            f"{planned_end_on} < {started_on}",
        )
        demand_happened(started_on, today)
        demand_within(within, started_on)
        return ProjectOpened(
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

    def complete_project(self, *, completed_on: date, today: date) -> ProjectCompleted:
        """The work is done."""
        demand(self.opened is not None, clauses.OPENED_FIRST)
        assert self.opened is not None
        demand(
            self.completed_on is None,
            clauses.RECORDED_ONCE,
            f"{self.opened.number}: {self.completed_on}",
        )
        demand(
            completed_on >= self.opened.started_on,
            clauses.IN_ORDER,
            f"{completed_on} < {self.opened.started_on}",
        )
        demand_happened(completed_on, today)
        return ProjectCompleted(
            project_id=self.project_id,
            pairing_id=self.pairing_id,
            completed_on=completed_on,
        )

    def accept_project(self, *, accepted_on: date, today: date) -> ProjectAccepted:
        """The village accepts the work."""
        demand(self.opened is not None, clauses.OPENED_FIRST)
        demand(self.completed_on is not None, clauses.COMPLETED_FIRST)
        assert self.opened is not None and self.completed_on is not None
        demand(
            self.accepted_on is None,
            clauses.RECORDED_ONCE,
            f"{self.opened.number}: {self.accepted_on}",
        )
        demand(
            accepted_on >= self.completed_on,
            clauses.IN_ORDER,
            f"{accepted_on} < {self.completed_on}",
        )
        demand_happened(accepted_on, today)
        return ProjectAccepted(
            project_id=self.project_id,
            pairing_id=self.pairing_id,
            accepted_on=accepted_on,
        )

    def after(self, event: LivelihoodEvent) -> Project:
        match event:
            case ProjectOpened():
                return Project(event.project_id, event.pairing_id, event)
            case ProjectCompleted():
                return replace(self, completed_on=event.completed_on)
            case ProjectAccepted():
                return replace(self, accepted_on=event.accepted_on)
        return self
