"""Resource lists, need lists and livelihood projects, with row versions."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Integer, String

from domain.kernel.recorded import Recorded
from domain.livelihood.events import (
    NeedConfirmed,
    NeedMatched,
    NeedMet,
    NeedRaised,
    ProjectAccepted,
    ProjectCompleted,
    ProjectOpened,
    ResourceOffered,
)
from projections.kit.columns import versioned_table
from projections.kit.projection import Projection
from projections.kit.tables import metadata
from projections.kit.writer import Writer

resources = versioned_table(
    "resource",
    metadata,
    "resource_id",
    Column("resource_id", String(40), nullable=False),
    Column("branch", String(20), nullable=False, index=True),
    Column("category", String(30), nullable=False),
    Column("content", String(300), nullable=False),
    Column("offered_on", Date, nullable=False),
)
needs = versioned_table(
    "need",
    metadata,
    "need_id",
    Column("need_id", String(40), nullable=False),
    Column("number", String(120), nullable=False),
    Column("village", String(20), nullable=False, index=True),
    Column("pairing_id", String(60), nullable=False, index=True),
    Column("branch", String(20), nullable=False),
    Column("category", String(30), nullable=False),
    Column("content", String(300), nullable=False),
    Column("raised_on", Date, nullable=False),
    Column("matched_on", Date),
    Column("met_on", Date),
    Column("confirmed_on", Date),
    Column("rating", Integer),
)
projects = versioned_table(
    "project",
    metadata,
    "project_id",
    Column("project_id", String(40), nullable=False),
    Column("number", String(120), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("category", String(30), nullable=False),
    Column("budget_cents", BigInteger, nullable=False),
    Column("beneficiaries", Integer, nullable=False),
    Column("started_on", Date, nullable=False),
    Column("planned_end_on", Date, nullable=False),
    Column("completed_on", Date),
    Column("accepted_on", Date),
)
livelihood_board = Projection("livelihood_board", 2, [resources, needs, projects])


@livelihood_board.on(ResourceOffered)
def _offered(write: Writer, recorded: Recorded, event: ResourceOffered) -> None:
    write.add(
        resources,
        recorded.position,
        resource_id=event.resource_id,
        branch=event.branch,
        category=event.category.value,
        content=event.content,
        offered_on=event.offered_on,
    )


@livelihood_board.on(NeedRaised)
def _raised(write: Writer, recorded: Recorded, event: NeedRaised) -> None:
    write.add(
        needs,
        recorded.position,
        need_id=event.need_id,
        number=event.number,
        village=event.village,
        pairing_id=event.pairing_id,
        branch="",
        category=event.category.value,
        content=event.content,
        raised_on=event.raised_on,
        matched_on=None,
        met_on=None,
        confirmed_on=None,
        rating=None,
    )


@livelihood_board.on(NeedMatched)
def _matched(write: Writer, recorded: Recorded, event: NeedMatched) -> None:
    write.change(
        needs,
        recorded.position,
        event.need_id,
        pairing_id=event.pairing_id,
        branch=event.branch,
        matched_on=event.matched_on,
    )


@livelihood_board.on(NeedMet)
def _met(write: Writer, recorded: Recorded, event: NeedMet) -> None:
    write.change(needs, recorded.position, event.need_id, met_on=event.met_on)


@livelihood_board.on(NeedConfirmed)
def _confirmed(write: Writer, recorded: Recorded, event: NeedConfirmed) -> None:
    write.change(
        needs,
        recorded.position,
        event.need_id,
        confirmed_on=event.confirmed_on,
        rating=event.rating,
    )


@livelihood_board.on(ProjectOpened)
def _opened(write: Writer, recorded: Recorded, event: ProjectOpened) -> None:
    write.add(
        projects,
        recorded.position,
        project_id=event.project_id,
        number=event.number,
        pairing_id=event.pairing_id,
        name=event.name,
        category=event.category.value,
        budget_cents=event.budget_cents,
        beneficiaries=event.beneficiaries,
        started_on=event.started_on,
        planned_end_on=event.planned_end_on,
        completed_on=None,
        accepted_on=None,
    )


@livelihood_board.on(ProjectCompleted)
def _completed(write: Writer, recorded: Recorded, event: ProjectCompleted) -> None:
    write.change(projects, recorded.position, event.project_id, completed_on=event.completed_on)


@livelihood_board.on(ProjectAccepted)
def _accepted(write: Writer, recorded: Recorded, event: ProjectAccepted) -> None:
    write.change(projects, recorded.position, event.project_id, accepted_on=event.accepted_on)
