"""What is to be done about nominated cases: the office checks them, the unit revises what was returned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, and_, select

from application.actors.actor import Owner
from application.question import Asker
from application.questions.answers.duties.duty import DutyKind, Next, Process, Seat, Standing
from domain.account.role import Role
from domain.pairing.nomination import NominationState
from projections.boards.pairing.pairings import pairings
from projections.boards.pairing.recognitions import nominations
from projections.kit.columns import known

_UNIT, _SUPERVISOR = Role.BRANCH_CLERK, Role.SUPERVISOR
_TABLE = (
    Next(
        DutyKind.CASE_NOMINATED,
        _SUPERVISOR,
        Seat.SUPERVISION,
        "publish_nomination",
        {_UNIT: "revise_nomination"},
    ),
    Next(DutyKind.NOMINATION_RETURNED, _UNIT, Seat.UNIT, "revise_nomination", {_SUPERVISOR: ""}),
)


def _open(asker: Asker) -> Select[Any]:
    c = nominations.c
    paired = and_(pairings.c.pairing_id == c.pairing_id, known(pairings, asker.known_at))
    query = select(nominations, pairings.c.branch, pairings.c.village).join(pairings, paired)
    return query.where(known(nominations, asker.known_at), c.stands != NominationState.PUBLISHED.value)


def _standing(asker: Asker) -> Iterator[Standing]:
    for row in asker.connection.execute(_open(asker)):
        returned = row.stands == NominationState.RETURNED.value
        yield Standing(
            kind=DutyKind.NOMINATION_RETURNED if returned else DutyKind.CASE_NOMINATED,
            key=row.nomination_id,
            since=row.stands_on,
            owner=Owner(row.branch, row.village),
            matter=row.case_name,
            year=row.nominated_on.year,
        )


NOMINATIONS = Process("nomination", "nomination", _TABLE, _standing, ("已刊发", "published"), _open)
