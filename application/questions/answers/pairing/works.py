"""Activities, needs and projects by themselves, whatever the pairing."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sqlalchemy import ColumnElement, case, select

from application.actors.actor import READERS
from application.input.keyset import After
from application.question import Asker, Limit, question
from application.questions.answers.alike.photographed import photographs_ahead
from application.questions.answers.pairing.work_listing import (
    Activity,
    Need,
    NeedState,
    Project,
    ProjectState,
    WorkListing,
    Works,
)
from application.questions.history import events_ahead, newest_steps
from application.questions.of_row import of_row
from application.questions.sentences import HistoryStep
from application.things import ACTIVITY, NEED, PROJECT
from domain.kernel.values import Key, OptionalLine, PairingKey, Whole, Year
from domain.livelihood.events import Category, FundSource
from domain.pairing.events import ActivityKind, ActivityTag
from projections.boards.livelihood import milestones, needs, project_funds, projects
from projections.boards.pairing.activities import activities
from projections.kit.columns import known
from projections.kit.memory import ask_ahead


@dataclass(frozen=True)
class ActivityShown(Activity):
    """An activity with what happened to it, the oldest first."""

    history: tuple[HistoryStep, ...]


@dataclass(frozen=True)
class NeedShown(Need):
    """A need with what happened to it, the oldest first."""

    history: tuple[HistoryStep, ...]


@dataclass(frozen=True)
class MilestoneRow:
    """A step of a project; ``reached_on`` is ``None`` until then."""

    milestone: int
    title: str
    due_on: date
    reached_on: date | None


@dataclass(frozen=True)
class FundRow:
    """What comes from one source, in 0.01 yuan."""

    source: FundSource
    amount_cents: int


@dataclass(frozen=True)
class ProjectShown(Project):
    """A project with its milestones, its funds by source, and what happened to it, the oldest first."""

    milestones: tuple[MilestoneRow, ...]
    funds: tuple[FundRow, ...]
    history: tuple[HistoryStep, ...]


class ActivityOrder(enum.Enum):
    """How activities are listed; after a minus the other way round."""

    HELD = "held"
    HELD_LAST = "-held"
    PARTICIPANTS = "participants"
    PARTICIPANTS_MOST = "-participants"


class NeedOrder(enum.Enum):
    """How needs are listed; after a minus the other way round."""

    RAISED = "raised"
    RAISED_LAST = "-raised"
    NUMBER = "number"
    NUMBER_LAST = "-number"


class ProjectOrder(enum.Enum):
    """How projects are listed; after a minus the other way round."""

    STARTED = "started"
    STARTED_LAST = "-started"
    PLANNED_END = "planned_end"
    PLANNED_END_LAST = "-planned_end"
    BUDGET = "budget"
    BUDGET_MOST = "-budget"


@question("/activities", READERS)
def list_activities(
    asker: Asker,
    *,
    year: Year | None,
    pairing_id: PairingKey | None,
    month: Annotated[int, Whole(1, 12)] | None,
    kind: ActivityKind | None,
    tag: ActivityTag | None,
    q: OptionalLine,
    township: OptionalLine,
    sort: ActivityOrder | None,
    after: After | None,
    limit: Limit | None,
) -> Works[Activity]:
    """Activities, those held last first where no order is stated; a clerk sees the own ones. ``month``: of the ``year``;
    ``tag``: what they belong to.
    """
    listing = WorkListing(asker, Activity, activities, activities.c.held_on, activities.c.kind)
    listing.narrow(year, pairing_id, q, township, month=month, tag=tag)
    order = (sort or ActivityOrder.HELD_LAST).value
    by = {"held": activities.c.held_on, "participants": activities.c.participants}
    return listing.page(kind, ActivityKind, order, by, after, limit)


@question("/activities/{key}", READERS, on=ACTIVITY)
def show_activity(asker: Asker, *, key: Key) -> ActivityShown:
    """One activity, with its history."""
    found = WorkListing(asker, Activity, activities, activities.c.held_on, activities.c.kind).one(key)
    return of_row(ActivityShown, found, history=newest_steps(asker, "activity_id", key)[::-1])


@question("/needs", READERS)
def list_needs(
    asker: Asker,
    *,
    year: Year | None,
    pairing_id: PairingKey | None,
    state: NeedState | None,
    category: Category | None,
    q: OptionalLine,
    township: OptionalLine,
    sort: NeedOrder | None,
    after: After | None,
    limit: Limit | None,
) -> Works[Need]:
    """Needs, those raised last first where no order is stated; a clerk sees the own ones, a unit's also those that nobody has
    matched.
    """
    c = needs.c
    listing = WorkListing(asker, Need, needs, c.raised_on, _need_state(), texts=("number", "content"))
    listing.narrow(year, pairing_id, q, township, category=category)
    order = (sort or NeedOrder.RAISED_LAST).value
    return listing.page(state, NeedState, order, {"raised": c.raised_on, "number": c.number}, after, limit)


@question("/needs/{key}", READERS, on=NEED)
def show_need(asker: Asker, *, key: Key) -> NeedShown:
    """One need, with its history."""
    found = WorkListing(asker, Need, needs, needs.c.raised_on, _need_state()).one(key)
    return of_row(NeedShown, found, history=newest_steps(asker, "need_id", key)[::-1])


@question("/projects", READERS)
def list_projects(
    asker: Asker,
    *,
    year: Year | None,
    pairing_id: PairingKey | None,
    state: ProjectState | None,
    category: Category | None,
    q: OptionalLine,
    township: OptionalLine,
    sort: ProjectOrder | None,
    after: After | None,
    limit: Limit | None,
) -> Works[Project]:
    """Projects, those begun last first where no order is stated; a clerk sees the own ones. ``year``: in which they began."""
    c = projects.c
    listing = WorkListing(
        asker, Project, projects, c.started_on, _project_state(asker), texts=("number", "name")
    )
    listing.narrow(year, pairing_id, q, township, category=category)
    order = (sort or ProjectOrder.STARTED_LAST).value
    by = {"started": c.started_on, "planned_end": c.planned_end_on, "budget": c.budget_cents}
    return listing.page(state, ProjectState, order, by, after, limit)


@question("/projects/{key}", READERS, on=PROJECT)
def show_project(asker: Asker, *, key: Key) -> ProjectShown:
    """One project, with its history."""
    found = WorkListing(asker, Project, projects, projects.c.started_on, _project_state(asker)).one(key)
    m, f = milestones.c, project_funds.c
    steps = select(milestones).where(known(milestones, asker.known_at), m.project_id == key)
    funds = select(project_funds).where(known(project_funds, asker.known_at), f.project_id == key)
    steps, funds = steps.order_by(m.milestone), funds.order_by(f.amount_cents.desc())
    ask_ahead(asker.connection, steps, funds)
    events_ahead(asker.connection, "project_id", key, asker.known_at)
    photographs_ahead(asker, key)
    read = asker.connection.execute
    return of_row(
        ProjectShown,
        found,
        milestones=tuple(of_row(MilestoneRow, row) for row in read(steps)),
        funds=tuple(FundRow(FundSource(row.source), row.amount_cents) for row in read(funds)),
        history=newest_steps(asker, "project_id", key)[::-1],
    )


def _need_state() -> ColumnElement[str]:
    c = needs.c
    return case(
        (c.withdrawn_on.is_not(None), NeedState.WITHDRAWN.value),
        (c.confirmed_on.is_not(None), NeedState.CONFIRMED.value),
        (c.met_on.is_not(None), NeedState.MET.value),
        (c.matched_on.is_not(None), NeedState.MATCHED.value),
        (c.claimed_on.is_not(None), NeedState.CLAIMED.value),
        else_=NeedState.RAISED.value,
    )


def _project_state(asker: Asker) -> ColumnElement[str]:
    c = projects.c
    return case(
        (c.voided_on.is_not(None), ProjectState.VOIDED.value),
        (c.accepted_on.is_not(None), ProjectState.ACCEPTED.value),
        (c.completed_on.is_not(None), ProjectState.COMPLETED.value),
        (c.planned_end_on < asker.look.today(), ProjectState.OVERDUE.value),
        else_=ProjectState.UNDER_WAY.value,
    )
