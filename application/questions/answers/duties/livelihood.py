"""What is to be done about needs and livelihood projects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, Select, select

from application.actors.actor import Owner
from application.question import Asker
from application.questions.answers.duties.duty import (
    DutyKind,
    Next,
    Process,
    Seat,
    Standing,
    followed_by_townships,
)
from domain.account.role import Role
from domain.kernel.parties import Side
from projections.boards.livelihood import needs, projects
from projections.boards.pairing.pairings import pairings
from projections.kit.columns import known

_UNIT, _VILLAGE, _SUPERVISOR = Role.BRANCH_CLERK, Role.VILLAGE_CLERK, Role.SUPERVISOR
OF_NEEDS = (
    Next(DutyKind.NEED_RAISED, _SUPERVISOR, Seat.SUPERVISION, "match_need", {_VILLAGE: "claim_need"}),
    Next(DutyKind.NEED_CLAIMED, _VILLAGE, Seat.VILLAGE, "accept_claim", {_UNIT: "", _SUPERVISOR: ""}),
    Next(DutyKind.UNIT_CALLED_ON, _UNIT, Seat.UNIT, "accept_claim", {_VILLAGE: "", _SUPERVISOR: ""}),
    Next(DutyKind.NEED_MATCHED, _UNIT, Seat.UNIT, "meet_need", {_VILLAGE: "", _SUPERVISOR: ""}),
    Next(DutyKind.NEED_MET, _VILLAGE, Seat.VILLAGE, "confirm_need", {_UNIT: "", _SUPERVISOR: ""}),
)
OF_PROJECTS = (
    Next(DutyKind.PROJECT_OPENED, _UNIT, Seat.UNIT, "complete_project", {_VILLAGE: "", _SUPERVISOR: ""}),
    Next(DutyKind.PROJECT_COMPLETED, _VILLAGE, Seat.VILLAGE, "accept_project", {_UNIT: "", _SUPERVISOR: ""}),
)


def _open_needs(asker: Asker) -> Select[Any]:
    query = select(needs).where(known(needs, asker.known_at), needs.c.confirmed_on.is_(None))
    return query.where(needs.c.withdrawn_on.is_(None))


def _needs(asker: Asker) -> Iterator[Standing]:
    for row in asker.connection.execute(_open_needs(asker)):
        yield Standing(
            kind=_need_kind(row),
            key=row.need_id,
            since=row.met_on or row.matched_on or row.claimed_on or row.raised_on,
            owner=Owner(row.claim_branch or row.branch, row.village),
            number=row.number,
            matter=row.content,
            year=row.raised_on.year,
        )


def _need_kind(row: Row[Any]) -> DutyKind:
    if row.met_on:
        return DutyKind.NEED_MET
    if row.matched_on:
        return DutyKind.NEED_MATCHED
    if row.claimed_on:
        return DutyKind.NEED_CLAIMED if row.claim_side == Side.UNIT.value else DutyKind.UNIT_CALLED_ON
    return DutyKind.NEED_RAISED


def _open_projects(asker: Asker) -> Select[Any]:
    query = select(projects, pairings.c.branch, pairings.c.village).join(
        pairings, pairings.c.pairing_id == projects.c.pairing_id
    )
    at = known(projects, asker.known_at), known(pairings, asker.known_at)
    return query.where(*at, projects.c.accepted_on.is_(None), projects.c.voided_on.is_(None))


def _projects(asker: Asker) -> Iterator[Standing]:
    for row in asker.connection.execute(_open_projects(asker)):
        yield Standing(
            kind=DutyKind.PROJECT_COMPLETED if row.completed_on else DutyKind.PROJECT_OPENED,
            key=row.project_id,
            since=row.completed_on or row.started_on,
            owner=Owner(row.branch, row.village),
            number=row.number,
            matter=row.name,
            year=row.started_on.year,
            due_on=None if row.completed_on else row.planned_end_on,
        )


NEEDS = Process(
    "need",
    "need",
    followed_by_townships(OF_NEEDS),
    _needs,
    ("已确认或者已撤回", "confirmed or withdrawn"),
    _open_needs,
)
PROJECTS = Process(
    "project",
    "project",
    followed_by_townships(OF_PROJECTS),
    _projects,
    ("已验收", "accepted"),
    _open_projects,
)
