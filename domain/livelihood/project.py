"""A livelihood project (民生实事): opened, completed, accepted by the village."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from domain.kernel.decisions import demand, demanded
from domain.kernel.errors import Rejected
from domain.kernel.parties import parties
from domain.kernel.span import Span
from domain.kernel.values import Count, Happened, Key, Line, Money, PairingKey, Today, Words
from domain.livelihood import clauses, events
from domain.livelihood.days import demand_happened, demand_steps, demand_within

Cents = Annotated[int, Money()]
"""An amount in 0.01 yuan."""


@dataclass(frozen=True)
class Project:
    """``project_id`` is empty until it is opened."""

    project_id: str = ""
    pairing_id: str = ""
    number: str = ""
    opened: events.ProjectOpened | events.ProjectCorrected | None = None
    completed_on: date | None = None
    accepted_on: date | None = None
    voided: events.ProjectVoided | None = None

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
        opened = self.correct_project_allowed()
        demand(self.completed_on is None, clauses.RECORDED_ONCE, f"{self.number}: {self.completed_on}")
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
        self.correct_project_allowed()
        completed_on = demanded(self.completed_on, clauses.COMPLETED_FIRST)
        demand(self.accepted_on is None, clauses.RECORDED_ONCE, f"{self.number}: {self.accepted_on}")
        return completed_on

    def correct_project(
        self,
        *,
        name: Line,
        category: events.Category,
        budget_cents: Cents,
        started_on: Happened,
        planned_end_on: date,
        completed_on: date | None,
        accepted_on: date | None,
        beneficiaries: Count,
        because: Words,
        within: Span,
        today: Today,
    ) -> events.ProjectCorrected:
        """State the right values, with a reason. The steps stay those that were taken."""
        wrong = self.correct_project_allowed()
        demand(planned_end_on >= started_on, clauses.IN_ORDER, f"{planned_end_on} < {started_on}")
        demand_happened(started_on, today)
        demand_within(within, started_on)
        demand_steps(((self.completed_on, completed_on), (self.accepted_on, accepted_on)), started_on, today)
        before = (
            wrong.name,
            wrong.category.value,
            wrong.budget_cents,
            wrong.started_on,
            wrong.planned_end_on,
        )
        days = (self.completed_on, self.accepted_on, wrong.beneficiaries)
        return events.ProjectCorrected(
            project_id=self.project_id,
            **parties(wrong),
            name=name,
            category=category,
            budget_cents=budget_cents,
            started_on=started_on,
            planned_end_on=planned_end_on,
            completed_on=completed_on,
            accepted_on=accepted_on,
            beneficiaries=beneficiaries,
            before=", ".join(str(each) for each in (*before, *days) if each is not None),
            because=because,
        )

    def correct_project_allowed(self) -> events.ProjectOpened | events.ProjectCorrected:
        """What is on record."""
        if self.opened is None:
            raise Rejected(clauses.OPENED_FIRST)
        demand(self.voided is None, clauses.VOIDED_ONCE, self.number)
        return self.opened

    def void_project(self, *, because: Words, today: Today, batch: str = "") -> events.ProjectVoided:
        """It was entered wrongly, with its steps. ``batch``: of the reversed import."""
        self.correct_project_allowed()
        return events.ProjectVoided(
            project_id=self.project_id,
            pairing_id=self.pairing_id,
            because=because,
            voided_on=today,
            batch=batch,
        )

    void_project_allowed = correct_project_allowed

    def after(self, event: events.LivelihoodEvent) -> Project:
        match event:
            case events.ProjectOpened():
                return Project(event.project_id, event.pairing_id, event.number, event)
            case events.ProjectCorrected():
                right = replace(self, opened=event, completed_on=event.completed_on)
                return replace(right, accepted_on=event.accepted_on)
            case events.ProjectVoided():
                return replace(self, voided=event)
            case events.ProjectCompleted():
                return replace(self, completed_on=event.completed_on)
            case events.ProjectAccepted():
                return replace(self, accepted_on=event.accepted_on)
        return self
