"""What is to be done by work plans: each task by the side that it is for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select

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
from application.questions.answers.pairing.plans import SOON_DAYS
from domain.account.role import Role
from domain.kernel.parties import Side
from projections.boards.pairing.pairings import pairings
from projections.boards.pairing.plans import deeds_linked, plan_tasks
from projections.kit.columns import known

_UNIT, _VILLAGE, _SUPERVISOR = Role.BRANCH_CLERK, Role.VILLAGE_CLERK, Role.SUPERVISOR
_TABLE = (
    Next(DutyKind.TASK_OF_UNIT, _UNIT, Seat.UNIT, "link_task", {_VILLAGE: "link_task", _SUPERVISOR: ""}),
    Next(
        DutyKind.TASK_OF_VILLAGE, _VILLAGE, Seat.VILLAGE, "link_task", {_UNIT: "link_task", _SUPERVISOR: ""}
    ),
)


def _open(asker: Asker) -> Select[Any]:
    """What is due within a fortnight, or is overdue, in pairings that last."""
    t, today = plan_tasks.c, asker.look.today()
    paired = and_(pairings.c.pairing_id == t.pairing_id, known(pairings, asker.known_at))
    lasts = or_(pairings.c.ended_on.is_(None), pairings.c.ended_on >= today)
    return (
        select(plan_tasks, pairings.c.branch, pairings.c.village)
        .join(pairings, paired)
        .where(known(plan_tasks, asker.known_at), t.due_on <= today + timedelta(days=SOON_DAYS), lasts)
    )


def _standing(asker: Asker) -> Iterator[Standing]:
    rows = asker.connection.execute(_open(asker)).all()
    linked = {
        year: deeds_linked(asker.connection, year, asker.known_at)
        for year in {row.year for row in rows if row.deed}
    }
    for row in rows:
        if (row.deed_kind, row.deed) in linked.get(row.year, {}):
            continue
        yield Standing(
            kind=DutyKind.TASK_OF_UNIT if row.side == Side.UNIT.value else DutyKind.TASK_OF_VILLAGE,
            key=row.plan_id,
            since=row.due_on - timedelta(days=SOON_DAYS),
            owner=Owner(row.branch, row.village),
            matter=row.content,
            year=row.year,
            due_on=row.due_on,
            stated={"task": str(row.task)},
        )


PLANS = Process(
    "work_plan",
    "work_plan",
    followed_by_townships(_TABLE),
    _standing,
    (
        "已关联办成的事项、已取消，或者结对已经结束",
        "linked to what did it, dropped, or the pairing has ended",
    ),
    _open,
)
