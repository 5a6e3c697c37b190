"""Work plans: their task force, their tasks, and what each was done by; the county's templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Date, Integer, Select, String, literal, select

from domain.pairing.events import (
    DeedKind,
    NewerTemplateTaken,
    PlanAdopted,
    PlanEvent,
    PlanTemplatePublished,
    TaskDropped,
    TaskForceJoined,
    TaskForceLeft,
    TaskLinked,
    TaskPlanned,
    TaskRevised,
    TaskUnlinked,
)
from projections.boards.livelihood import needs, projects
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import pairings
from projections.boards.pairing.recognitions import recognitions
from projections.kit.columns import known, said, versioned_table
from projections.kit.memory import ask_ahead
from projections.kit.projection import Projection
from projections.kit.writer import Writer

plans = versioned_table(
    "plan",
    Column("plan_id", String(80), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(PlanAdopted, "year", "goal", "template_version", "adopted_on"),
)
plan_tasks = versioned_table(
    "plan_task",
    Column("task_id", String(90), nullable=False),
    Column("plan_id", String(80), nullable=False, index=True),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(TaskPlanned, "year", "task", "content", "side", "due_on", "kind"),
    Column("deed_kind", String(20), nullable=False),
    Column("deed", String(80), nullable=False),
)
plan_members = versioned_table(
    "plan_member",
    Column("member_id", String(90), nullable=False),
    Column("plan_id", String(80), nullable=False, index=True),
    Column("person_ref", String(60), nullable=False),
    *said(TaskForceJoined, "member", "office", "force_role", "joined_on"),
    Column("left_on", Date),
)
"""``left_on``: the day on which somebody left; ``None`` for who belongs to it."""
plan_templates = versioned_table(
    "plan_template", Column("year", Integer, nullable=False), *said(PlanTemplatePublished, "version")
)
plans_board = Projection("plans_board", 3, [plans, plan_tasks, plan_members, plan_templates])


def _plan_id(event: PlanEvent) -> str:
    return f"{event.year}-{event.pairing_id}"


def _task_id(event: TaskPlanned | TaskRevised | TaskDropped | TaskLinked | TaskUnlinked) -> str:
    return f"{_plan_id(event)}/{event.task}"


@plans_board.on(PlanAdopted)
def _adopted(write: Writer, event: PlanAdopted) -> None:
    write.add(plans, plan_id=_plan_id(event))


@plans_board.on(NewerTemplateTaken)
def _follows(write: Writer, event: NewerTemplateTaken) -> None:
    write.change(plans, _plan_id(event), "template_version")


@plans_board.on(TaskPlanned)
def _planned(write: Writer, event: TaskPlanned) -> None:
    write.add(plan_tasks, task_id=_task_id(event), plan_id=_plan_id(event), deed_kind="", deed="")


@plans_board.on(TaskRevised)
def _revised(write: Writer, event: TaskRevised) -> None:
    write.change(plan_tasks, _task_id(event), "content", "side", "due_on", "kind")


@plans_board.on(TaskDropped)
def _dropped(write: Writer, event: TaskDropped) -> None:
    write.end(plan_tasks, _task_id(event))


@plans_board.on(TaskLinked)
def _linked(write: Writer, event: TaskLinked) -> None:
    write.change(plan_tasks, _task_id(event), "deed_kind", "deed")


@plans_board.on(TaskUnlinked)
def _unlinked(write: Writer, event: TaskUnlinked) -> None:
    write.change(plan_tasks, _task_id(event), deed_kind="", deed="")


@plans_board.on(TaskForceJoined)
def _joined(write: Writer, event: TaskForceJoined) -> None:
    write.add(
        plan_members,
        member_id=f"{_plan_id(event)}/{event.member}",
        plan_id=_plan_id(event),
        person_ref=event.person.ref,
        left_on=None,
    )


@plans_board.on(TaskForceLeft)
def _left(write: Writer, event: TaskForceLeft) -> None:
    write.change(plan_members, f"{_plan_id(event)}/{event.member}", "left_on")


@plans_board.on(PlanTemplatePublished)
def _published(write: Writer, event: PlanTemplatePublished) -> None:
    write.put(plan_templates)


@dataclass(frozen=True)
class DeedRow:
    """What a pairing has done, as it stands on record. ``matter``: what it is in words, empty for an agreement or a meeting."""

    kind: DeedKind
    key: str
    matter: str
    done_on: date


def deeds(
    connection: Connection, pairing_id: str | None, known_at: int | None, *, linked_in: int | None = None
) -> Iterator[DeedRow]:
    """What a pairing, or every one, has done and what stands: not what was voided, withdrawn or returned. ``linked_in``: only
    what does a task of a plan of the year.
    """
    linked = select(plan_tasks.c.deed).where(known(plan_tasks, known_at), plan_tasks.c.year == linked_in)

    def asked(key: Any, day: Any, matter: Any, *where: Any) -> Select[Any]:
        table = key.table
        query = select(key, day, matter).where(known(table, known_at), day.is_not(None), *where)
        if pairing_id is not None:
            query = query.where(table.c.pairing_id == pairing_id)
        if linked_in is not None:
            query = query.where(key.in_(linked))
        return query.order_by(day, key)

    a, n, p, r = activities.c, needs.c, projects.c, recognitions.c
    queries = {
        DeedKind.ACTIVITY: asked(a.activity_id, a.held_on, a.topic, a.status != "voided"),
        DeedKind.NEED: asked(n.need_id, n.met_on, n.content, n.withdrawn_on.is_(None)),
        DeedKind.PROJECT: asked(p.project_id, p.completed_on, p.name, p.voided_on.is_(None)),
        DeedKind.AGREEMENT: asked(pairings.c.pairing_id, pairings.c.signed_on, literal("").label("matter")),
        DeedKind.RECOGNITION: asked(r.recognition_id, r.occurred_on, r.name),
    }
    ask_ahead(connection, *queries.values())
    for kind, query in queries.items():
        for key, day, matter in connection.execute(query):
            yield DeedRow(kind, key, matter, day)


def deeds_linked(
    connection: Connection, year: int, known_at: int | None, pairing_id: str | None = None
) -> Mapping[tuple[str, str], DeedRow]:
    """What does the tasks of the year's plans, by kind and id."""
    found = deeds(connection, pairing_id, known_at, linked_in=year)
    return {(each.kind.value, each.key): each for each in found}
