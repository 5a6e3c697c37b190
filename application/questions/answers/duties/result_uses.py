"""What is to be done about uses of published results."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from application.actors.actor import Owner
from application.question import Asker
from application.questions.answers.duties.duty import DutyKind, Next, Process, Seat, Standing
from domain.account.role import Role
from domain.assessment.year.result_use import UseStatus
from projections.boards.assessment.result_uses import result_uses
from projections.kit.columns import known

_UNIT, _ASSESSOR, _APPROVER = Role.BRANCH_CLERK, Role.ASSESSOR, Role.APPROVER
TABLE = (
    Next(DutyKind.USE_ORDERED, _UNIT, Seat.UNIT, "report_result_use", {_ASSESSOR: "", _APPROVER: ""}),
    # An assessor may have reported for the unit, and nobody judges an account of the own.
    Next(
        DutyKind.USE_REPORTED,
        _APPROVER,
        Seat.JOINT_OFFICE,
        "complete_result_use",
        {_UNIT: "", _ASSESSOR: "complete_result_use"},
    ),
)


def _standing(asker: Asker) -> Iterator[Standing]:
    c = result_uses.c
    open_ = c.status.in_((UseStatus.ORDERED.value, UseStatus.REPORTED.value))
    for row in asker.connection.execute(select(result_uses).where(known(result_uses, asker.known_at), open_)):
        reported = row.status == UseStatus.REPORTED.value
        yield Standing(
            kind=DutyKind.USE_REPORTED if reported else DutyKind.USE_ORDERED,
            key=row.use_id,
            since=row.known_from,
            owner=Owner(row.branch, row.village),
            matter=row.measure,
            year=row.year,
            due_on=row.due_on,
            barred=frozenset({row.reported_by} if reported else ()),
        )


RESULT_USES = Process(
    "result_use", "result_use", TABLE, _standing, ("已认定办结或已撤回", "found done or withdrawn")
)
