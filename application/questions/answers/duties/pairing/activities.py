"""What is to be done about activities: the village is heard, and what is in dispute is settled."""

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
from domain.account.role import Role
from domain.pairing.activity import HEARD_WITHIN_DAYS, Attestation
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import pairings
from projections.kit.columns import known

_UNIT, _VILLAGE, _SUPERVISOR = Role.BRANCH_CLERK, Role.VILLAGE_CLERK, Role.SUPERVISOR
_TABLE = (
    Next(DutyKind.ACTIVITY_RECORDED, _VILLAGE, Seat.VILLAGE, "attest_activity"),
    Next(
        DutyKind.ACTIVITY_DISPUTED,
        _UNIT,
        Seat.UNIT,
        "maintain_activity",
        {_VILLAGE: "attest_activity", _SUPERVISOR: "settle_dispute"},
    ),
    Next(
        DutyKind.ACTIVITY_MAINTAINED,
        _SUPERVISOR,
        Seat.SUPERVISION,
        "settle_dispute",
        {_UNIT: "", _VILLAGE: "attest_activity"},
    ),
)
_KINDS = {
    Attestation.UNHEARD.value: DutyKind.ACTIVITY_RECORDED,
    Attestation.DISPUTED.value: DutyKind.ACTIVITY_DISPUTED,
    Attestation.MAINTAINED.value: DutyKind.ACTIVITY_MAINTAINED,
}


def _open(asker: Asker) -> Select[Any]:
    c = activities.c
    since = asker.look.today() - timedelta(days=HEARD_WITHIN_DAYS)
    disputed = c.attestation.in_((Attestation.DISPUTED.value, Attestation.MAINTAINED.value))
    unheard = and_(c.attestation == Attestation.UNHEARD.value, c.reported_on >= since)
    query = select(activities, pairings.c.branch, pairings.c.village).join(
        pairings, and_(pairings.c.pairing_id == c.pairing_id, known(pairings, asker.known_at))
    )
    return query.where(known(activities, asker.known_at), c.status != "voided", or_(disputed, unheard))


def _standing(asker: Asker) -> Iterator[Standing]:
    for row in asker.connection.execute(_open(asker)):
        asked = row.attestation == Attestation.UNHEARD.value
        yield Standing(
            kind=_KINDS[row.attestation],
            key=row.activity_id,
            since=row.reported_on if asked else row.attestation_on,
            owner=Owner(row.branch, row.village),
            matter=row.topic if asked else f"{row.topic}：{row.attestation_because}",
            year=row.held_on.year,
            due_on=row.reported_on + timedelta(days=HEARD_WITHIN_DAYS) if asked else None,
        )


ACTIVITIES = Process(
    "activity",
    "activity",
    followed_by_townships(_TABLE),
    _standing,
    (
        f"已确认、已作废、异议已认定，或者填报后 {HEARD_WITHIN_DAYS} 日内没有异议",
        f"confirmed, voided, settled, or not disputed within {HEARD_WITHIN_DAYS} days of the report",
    ),
    _open,
)
