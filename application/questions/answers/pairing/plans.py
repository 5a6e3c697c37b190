"""Work plans of a year: how far each has come, and one with its tasks and its task force."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, select

from application.actors.actor import READERS, Owner
from application.input.keyset import After
from application.question import Asker, Limit, Listing, question
from application.questions.answers.pairing.work_listing import Part
from application.questions.history import steps_of
from application.questions.sentences import HistoryStep
from application.things import WORK_PLAN, key_of_sheet, pairing_of_sheet, year_of_sheet
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, OptionalLine, Year
from domain.pairing.events import ActivityKind, TaskForceRole
from projections.boards import trail
from projections.boards.pairing.plans import (
    DeedRow,
    deeds_linked,
    plan_members,
    plan_tasks,
    plan_templates,
    plans,
)
from projections.boards.registry.names import Names
from projections.figures.overview import PairingListing, pairing_rows
from projections.kit.columns import known
from projections.kit.memory import ask_ahead

SOON_DAYS = 14
"""Days before its end from which a task is shown, and listed as work to be done, as due soon."""


class TaskLight(enum.Enum):
    """How a task stands on a day: done by what is linked and stands, or by when it is to be done."""

    DONE = "done"
    OPEN = "open"
    SOON = "soon"
    OVERDUE = "overdue"


class PlanState(enum.Enum):
    """How a pairing's plan stands: there is none, a task is overdue, none is, or all are done."""

    LACKING = "lacking"
    OVERDUE = "overdue"
    IN_TIME = "in_time"
    DONE = "done"


@dataclass(frozen=True)
class PlanRow:
    """A pairing's plan. ``tasks``: how many; ``next_due_on``: of those to be done the first day, ``None`` for none."""

    plan_id: str
    pairing_id: str
    branch: str
    unit_name: str
    village: str
    village_name: str
    township: str
    state: PlanState
    tasks: int
    done: int
    overdue: int
    next_due_on: date | None
    members: int


@dataclass(frozen=True)
class Plans:
    """A page of the plans. ``parts``: of all that the other filters find, by state; ``found``: of the one asked for;
    ``template_version``: of the county's template, 0 for none."""

    found: int
    parts: tuple[Part, ...]
    townships: tuple[str, ...]
    template_version: int
    rows: tuple[PlanRow, ...]
    next: str | None


@dataclass(frozen=True)
class TaskRow:
    """A task. ``kind``: of the activity that is planned with it, empty for none; ``deed_kind``, ``deed``, ``matter`` and
    ``done_on``: what did it; where that stands no more, the light says that the task is to be done."""

    task: int
    content: str
    side: str
    due_on: date
    kind: ActivityKind | None
    light: TaskLight
    deed_kind: str
    deed: str
    matter: str
    done_on: date | None


@dataclass(frozen=True)
class MemberRow:
    """Somebody of the task force."""

    member: int
    person_ref: str
    office: str
    force_role: TaskForceRole
    joined_on: date


@dataclass(frozen=True)
class PlanShown:
    """A plan, or that there is none yet (``adopted_on``). ``newest_version``: of the county's template by now."""

    plan_id: str
    pairing_id: str
    year: int
    branch: str
    unit_name: str
    village: str
    village_name: str
    adopted_on: date | None
    goal: str
    template_version: int
    newest_version: int
    tasks: tuple[TaskRow, ...]
    members: tuple[MemberRow, ...]
    history: tuple[HistoryStep, ...]


def light_of(done: DeedRow | None, due_on: date, today: date) -> TaskLight:
    """How a task stands."""
    if done is not None:
        return TaskLight.DONE
    if due_on < today:
        return TaskLight.OVERDUE
    return TaskLight.SOON if due_on <= today + timedelta(days=SOON_DAYS) else TaskLight.OPEN


@question("/plans", READERS)
def list_plans(
    asker: Asker,
    *,
    year: Year,
    state: PlanState | None,
    q: OptionalLine,
    township: OptionalLine,
    after: After | None,
    limit: Limit | None,
) -> Plans:
    """The plans of all pairings of a year, also of those that have none, by township and village; a clerk sees the own ones."""
    names = Names(asker.connection, asker.known_at)
    seen = [
        each
        for each in pairing_rows(asker.connection, year, asker.known_at, names)
        if asker.sees(Owner(each.branch, each.village))
    ]
    wanted = (each for each in seen if township in ("", each.township))
    rows = list(_rows(asker, year, [each for each in wanted if names.matches(q, each.village, each.branch)]))
    counts = Counter(row.state for row in rows)
    of_state = [row for row in rows if state in (None, row.state)]
    listed = Listing.placed(
        of_state, lambda row: (row.township, row.village_name, row.pairing_id), after, limit
    )
    return Plans(
        found=len(of_state),
        parts=tuple(Part(each.value, counts[each]) for each in PlanState),
        townships=tuple(sorted({each.township for each in seen})),
        template_version=_template_version(asker, year),
        rows=listed.rows,
        next=listed.next,
    )


@question("/plans/{key}", READERS, on=WORK_PLAN)
def show_plan(asker: Asker, *, key: Key) -> PlanShown:
    """The plan of a pairing and year, by both."""
    year, pairing = year_of_sheet(key), pairing_of_sheet(key)
    found = [
        each for each in pairing_rows(asker.connection, year, asker.known_at) if each.pairing_id == pairing
    ]
    if not found:
        raise Unknown("pairing of the year", pairing)
    paired, today = found[0], asker.look.today()
    t, m = plan_tasks.c, plan_members.c

    def of(table: Table, *where: ColumnElement[bool]) -> Select[Any]:
        return select(table).where(known(table, asker.known_at), table.c.plan_id == key, *where)

    asked = (
        of(plans),
        of(plan_tasks).order_by(t.due_on, t.task),
        of(plan_members, m.left_on.is_(None)).order_by(m.joined_on),
    )
    ask_ahead(asker.connection, *asked, _newest_template(asker, year))
    linked = deeds_linked(asker.connection, year, asker.known_at, pairing)
    plan, tasks, members = (asker.connection.execute(each).all() for each in asked)
    stream = WORK_PLAN.stream(asker.look, key)
    return PlanShown(
        plan_id=key,
        pairing_id=pairing,
        year=year,
        branch=paired.branch,
        unit_name=paired.unit_name,
        village=paired.village,
        village_name=paired.name,
        adopted_on=plan[0].adopted_on if plan else None,
        goal=plan[0].goal if plan else "",
        template_version=plan[0].template_version if plan else 0,
        newest_version=_template_version(asker, year),
        tasks=tuple(_task(row, linked.get((row.deed_kind, row.deed)), today) for row in tasks),
        members=tuple(
            MemberRow(row.member, row.person_ref, row.office, TaskForceRole(row.force_role), row.joined_on)
            for row in members
        ),
        history=steps_of(asker, trail.of_streams(asker.connection, [stream], asker.known_at)),
    )


def _task(row: Row[Any], done: DeedRow | None, today: date) -> TaskRow:
    return TaskRow(
        task=row.task,
        content=row.content,
        side=row.side,
        due_on=row.due_on,
        kind=ActivityKind(row.kind) if row.kind else None,
        light=light_of(done, row.due_on, today),
        deed_kind=row.deed_kind,
        deed=row.deed,
        matter=done.matter if done else "",
        done_on=done.done_on if done else None,
    )


def _template_version(asker: Asker, year: int) -> int:
    return asker.connection.execute(_newest_template(asker, year)).scalar() or 0


def _newest_template(asker: Asker, year: int) -> Select[Any]:
    at = known(plan_templates, asker.known_at), plan_templates.c.year == year
    return select(plan_templates.c.version).where(*at)


def _rows(asker: Asker, year: int, pairings: list[PairingListing]) -> Iterator[PlanRow]:
    today, linked = asker.look.today(), deeds_linked(asker.connection, year, asker.known_at)
    t = plan_tasks.c
    tasks: defaultdict[str, list[tuple[TaskLight, date]]] = defaultdict(list)
    query = select(t.plan_id, t.due_on, t.deed_kind, t.deed).where(
        known(plan_tasks, asker.known_at), t.year == year
    )
    for row in asker.connection.execute(query):
        light = light_of(linked.get((row.deed_kind, row.deed)), row.due_on, today)
        tasks[row.plan_id].append((light, row.due_on))
    adopted = set(
        asker.connection.execute(
            select(plans.c.plan_id).where(known(plans, asker.known_at), plans.c.year == year)
        ).scalars()
    )
    members = Counter(
        asker.connection.execute(
            select(plan_members.c.plan_id).where(
                known(plan_members, asker.known_at), plan_members.c.left_on.is_(None)
            )
        ).scalars()
    )
    for each in pairings:
        plan_id = key_of_sheet(year, each.pairing_id)
        lights = Counter(light for light, _ in tasks[plan_id])
        open_on = [due_on for light, due_on in tasks[plan_id] if light is not TaskLight.DONE]
        yield PlanRow(
            plan_id=plan_id,
            pairing_id=each.pairing_id,
            branch=each.branch,
            unit_name=each.unit_name,
            village=each.village,
            village_name=each.name,
            township=each.township,
            state=_state(plan_id in adopted, lights),
            tasks=lights.total(),
            done=lights[TaskLight.DONE],
            overdue=lights[TaskLight.OVERDUE],
            next_due_on=min(open_on, default=None),
            members=members[plan_id],
        )


def _state(adopted: bool, lights: Counter[TaskLight]) -> PlanState:
    if not adopted:
        return PlanState.LACKING
    if lights[TaskLight.OVERDUE]:
        return PlanState.OVERDUE
    return PlanState.DONE if lights and lights.keys() == {TaskLight.DONE} else PlanState.IN_TIME
