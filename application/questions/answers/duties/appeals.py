"""What is to be done about appeals. What a decision leads to is done by the system itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, Select, select

from application.actors.actor import Owner
from application.question import Asker
from application.questions.answers.duties.duty import DutyKind, Next, Process, Seat, Standing
from domain.account.role import Role
from domain.kernel.errors import Unknown
from domain.supervision.finding_history import Status
from projections.boards.assessment.runs import appeals
from projections.boards.findings import findings
from projections.figures.appeals_in_force import OPEN
from projections.kit.columns import known

_SIDES = {Role.BRANCH_CLERK: "", Role.VILLAGE_CLERK: ""}
TABLE = (
    Next(DutyKind.APPEAL_FILED, Role.REVIEWER, Seat.REVIEW_GROUP, "admit_appeal", _SIDES),
    Next(DutyKind.APPEAL_ADMITTED, Role.REVIEWER, Seat.REVIEW_GROUP, "decide_appeal", _SIDES),
    # What it contests was withdrawn meanwhile: it can only be ended.
    Next(DutyKind.APPEAL_MOOT, Role.REVIEWER, Seat.REVIEW_GROUP, "refuse_appeal", _SIDES),
)


def _open(asker: Asker) -> Select[Any]:
    contested = known(findings, asker.known_at) & (findings.c.finding_id == appeals.c.finding_id)
    query = select(appeals, findings.c.status.label("contested")).outerjoin(findings, contested)
    return query.where(known(appeals, asker.known_at), appeals.c.status.in_(OPEN))


def _standing(asker: Asker) -> Iterator[Standing]:
    for row in asker.connection.execute(_open(asker)):
        kind = DutyKind.APPEAL_FILED if row.status == "filed" else DutyKind.APPEAL_ADMITTED
        yield Standing(
            kind=kind if _stands(asker, row) else DutyKind.APPEAL_MOOT,
            key=row.appeal_id,
            since=row.known_from,
            owner=Owner(row.branch, row.village, row.side),
            number=row.number,
            matter=row.grounds,
            year=row.year,
            due_on=row.due_on,
        )


def _stands(asker: Asker, row: Row[Any]) -> bool:
    """Whether what it contests is there still: the finding, or the line in the scheme of its year."""
    if row.finding_id:
        return bool(row.contested != Status.WITHDRAWN.value)
    try:
        scheme = asker.look.system.scoring.scheme(asker.connection, row.year, asker.known_at)
    except Unknown:
        return False
    return any(each.code == row.indicator for each in scheme.indicators)


APPEALS = Process(
    "appeal",
    "appeal",
    TABLE,
    _standing,
    (
        "不予受理、已决定或已撤回；决定由系统自行执行",
        "refused, decided or withdrawn; a decision is carried out by itself",
    ),
    _open,
)
