"""What is to be done about findings."""

from __future__ import annotations

from collections.abc import Iterator, Set
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
from domain.supervision.finding_history import Status
from projections.boards.findings import findings
from projections.boards.people.accounts import units_that_sign
from projections.kit.columns import known

_UNIT, _VILLAGE, _SUPERVISOR = Role.BRANCH_CLERK, Role.VILLAGE_CLERK, Role.SUPERVISOR
_SEEN = {_UNIT: "", _VILLAGE: ""}
_REMINDED = {_SUPERVISOR: "remind_unit", _VILLAGE: ""}
TABLE = (
    Next(DutyKind.FINDING_RAISED, _SUPERVISOR, Seat.SUPERVISION, "order_rectification", _SEEN),
    Next(DutyKind.FINDING_RELAPSED, _SUPERVISOR, Seat.SUPERVISION, "order_rectification", _SEEN),
    Next(DutyKind.ORDER_GIVEN, _SUPERVISOR, Seat.SUPERVISION, "serve_order", _SEEN),
    Next(DutyKind.ORDER_SENT, _UNIT, Seat.UNIT, "acknowledge_order", _REMINDED),
    Next(DutyKind.ORDER_SERVED, _UNIT, Seat.UNIT, "acknowledge_order", _REMINDED),
    Next(DutyKind.ORDER_ACKNOWLEDGED, _UNIT, Seat.UNIT, "submit_rectification", _REMINDED),
    Next(DutyKind.EXTENSION_REQUESTED, _SUPERVISOR, Seat.SUPERVISION, "grant_extension", _SEEN),
    Next(DutyKind.REPORT_SUBMITTED, _SUPERVISOR, Seat.SUPERVISION, "reinspect", _SEEN),
    Next(DutyKind.REPORT_RETURNED, _UNIT, Seat.UNIT, "submit_rectification", _REMINDED),
    Next(DutyKind.REINSPECTION_FAILED, _UNIT, Seat.UNIT, "submit_rectification", _REMINDED),
    Next(DutyKind.FINDING_ACCEPTED, _SUPERVISOR, Seat.SUPERVISION, "close_finding", _SEEN),
)
_OVER = (Status.CLOSED.value, Status.WITHDRAWN.value)
_BY_STATUS = {
    Status.RAISED.value: DutyKind.FINDING_RAISED,
    Status.RELAPSED.value: DutyKind.FINDING_RELAPSED,
    Status.ACKNOWLEDGED.value: DutyKind.ORDER_ACKNOWLEDGED,
    Status.SUBMITTED.value: DutyKind.REPORT_SUBMITTED,
    Status.RETURNED.value: DutyKind.REPORT_RETURNED,
    Status.REINSPECTED_FAILED.value: DutyKind.REINSPECTION_FAILED,
    Status.ACCEPTED.value: DutyKind.FINDING_ACCEPTED,
}
_WITH_OFFICE = (DutyKind.REPORT_SUBMITTED, DutyKind.FINDING_ACCEPTED)
"""Once it is reported, a request for more time is past, and the day by which to report is kept or not."""


def _open(asker: Asker) -> Select[Any]:
    return select(findings).where(known(findings, asker.known_at), findings.c.status.not_in(_OVER))


def _standing(asker: Asker) -> Iterator[Standing]:
    signing = units_that_sign(asker.connection, asker.look.today(), asker.known_at)
    for row in asker.connection.execute(_open(asker)):
        kind = _kind(row, signing)
        yield Standing(
            kind=kind,
            key=row.finding_id,
            since=row.known_from,
            owner=Owner(row.branch, row.village),
            number=row.number,
            matter=row.description,
            year=row.found_on.year,
            due_on=None if kind in _WITH_OFFICE else row.due_on,
        )


def _kind(row: Row[Any], signing: Set[str]) -> DutyKind:
    kind = _BY_STATUS.get(row.status)
    if row.extension_wanted is not None and kind not in _WITH_OFFICE:
        return DutyKind.EXTENSION_REQUESTED
    if kind is None:
        # What a unit can sign for by its own account is handed over only where there is none.
        sent = DutyKind.ORDER_SENT if row.branch in signing else DutyKind.ORDER_GIVEN
        return sent if row.served_on is None else DutyKind.ORDER_SERVED
    return kind


FINDINGS = Process(
    "finding",
    "finding",
    followed_by_townships(TABLE),
    _standing,
    ("已销号或已撤销", "closed or withdrawn"),
    _open,
)
