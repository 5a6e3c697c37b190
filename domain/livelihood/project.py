"""A livelihood project (民生实事): opened, step by step completed, accepted by the village or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated

from domain.kernel.decisions import demand, demanded
from domain.kernel.errors import Rejected
from domain.kernel.parties import parties
from domain.kernel.span import Span
from domain.kernel.values import (
    Count,
    Happened,
    Key,
    Line,
    Money,
    OptionalWords,
    PairingKey,
    Rows,
    Today,
    Whole,
    Words,
)
from domain.livelihood import clauses, events
from domain.livelihood.days import demand_happened, demand_next, demand_steps, demand_within

Cents = Annotated[int, Money()]
"""An amount, written in yuan and held in 0.01 yuan."""
MilestoneNo = Annotated[int, Whole(1, 99)]
"""The number of a milestone in its project."""


@dataclass(frozen=True)
class Fund:
    """What comes from a source."""

    source: events.FundSource
    amount_cents: Cents


Funds = Annotated[tuple[Fund, ...], Rows(Fund, least=1, most=6, once="source")]


@dataclass(frozen=True)
class Project:
    """``project_id`` is empty until it is opened. ``opened``: as it was recorded, or put right; ``milestones``: their words, by
    number, of which those in ``reached`` are.
    """

    project_id: str = ""
    pairing_id: str = ""
    number: str = ""
    opened: events.ProjectOpened | events.ProjectCorrected | None = None
    completed_on: date | None = None
    accepted_on: date | None = None
    voided: events.ProjectVoided | None = None
    milestones: Mapping[int, str] = field(default_factory=dict)
    reached: frozenset[int] = frozenset()

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
        demand_next(completed_on, started_on, today)
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
        demand_next(accepted_on, completed_on, today)
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

    def refuse_project(self, *, refused_on: Happened, because: Words, today: Today) -> events.ProjectRefused:
        """The village does not accept the work and says what is lacking; the project goes on."""
        completed_on = self.accept_project_allowed()
        demand_next(refused_on, completed_on, today)
        return events.ProjectRefused(
            project_id=self.project_id,
            pairing_id=self.pairing_id,
            completed_before=completed_on,
            because=because,
            refused_on=refused_on,
        )

    refuse_project_allowed = accept_project_allowed

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

    def plan_milestone(self, *, title: Line, due_on: date, today: Today) -> events.MilestonePlanned:
        """A step that is to be reached by ``due_on``, which is not before the start."""
        started_on = self.complete_project_allowed()
        demand(due_on >= started_on, clauses.IN_ORDER, f"{due_on} < {started_on}")
        return events.MilestonePlanned(
            project_id=self.project_id,
            pairing_id=self.pairing_id,
            milestone=len(self.milestones) + 1,
            title=title,
            due_on=due_on,
            planned_on=today,
        )

    plan_milestone_allowed = complete_project_allowed

    def reach_milestone(
        self, *, milestone: MilestoneNo, reached_on: Happened, today: Today
    ) -> events.MilestoneReached:
        """A step is reached, once."""
        started_on = self.correct_project_allowed().started_on
        title = demanded(self.milestones.get(milestone), clauses.MILESTONE_OF_THE_PROJECT, str(milestone))
        demand(milestone not in self.reached, clauses.RECORDED_ONCE, title)
        demand_next(reached_on, started_on, today)
        return events.MilestoneReached(
            project_id=self.project_id,
            pairing_id=self.pairing_id,
            milestone=milestone,
            title=title,
            reached_on=reached_on,
        )

    reach_milestone_allowed = correct_project_allowed

    def state_funds(
        self, *, funds: Funds, because: OptionalWords, today: Today
    ) -> Sequence[events.FundsStated | events.FundOfSource]:
        """Say where the money comes from, in place of what was said before; it comes to the budget, or ``because`` says why
        not.
        """
        budget = self.correct_project_allowed().budget_cents
        total = sum(each.amount_cents for each in funds)
        demand(
            total == budget or bool(because),
            clauses.FUNDS_COME_TO_THE_BUDGET,
            f"{_yuan(total)} ≠ {_yuan(budget)}",
        )
        stated = events.FundsStated(
            project_id=self.project_id,
            pairing_id=self.pairing_id,
            total_cents=total,
            budget_cents=budget,
            because=because,
            stated_on=today,
        )
        of_sources = (
            events.FundOfSource(
                project_id=self.project_id,
                pairing_id=self.pairing_id,
                source=each.source,
                amount_cents=each.amount_cents,
                stated_on=today,
            )
            for each in funds
        )
        return [stated, *of_sources]

    state_funds_allowed = correct_project_allowed

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
            case events.ProjectRefused():
                return replace(self, completed_on=None)
            case events.MilestonePlanned():
                return replace(self, milestones={**self.milestones, event.milestone: event.title})
            case events.MilestoneReached():
                return replace(self, reached=self.reached | {event.milestone})
        return self


def _yuan(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
