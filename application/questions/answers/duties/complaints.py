"""What is to be done about complaints and suggestions, by whoever hears them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Select, select

from application.actors.actor import EVERYBODY, Actor, Owner
from application.actors.complaint_readers import hears
from application.question import Asker
from application.questions.answers.duties.duty import DutyKind, Next, Process, Seat, Standing
from domain.account.role import Role
from domain.complaint.complaint import OPEN, ComplaintState
from domain.complaint.events import Desk
from domain.kernel.person import Persons
from projections.boards.complaints import complaints
from projections.boards.people.accounts import persons
from projections.kit.columns import known

_KINDS = {
    Desk.SUPERVISOR: DutyKind.COMPLAINT_TO_SUPERVISOR,
    Desk.REVIEWER: DutyKind.COMPLAINT_TO_REVIEWER,
    Desk.APPROVER: DutyKind.COMPLAINT_TO_APPROVER,
    Desk.ASSESSOR: DutyKind.COMPLAINT_TO_ASSESSOR,
}
_SEATS = {
    Desk.SUPERVISOR: Seat.SUPERVISION,
    Desk.REVIEWER: Seat.REVIEW_GROUP,
    Desk.APPROVER: Seat.LEADING_GROUP,
    Desk.ASSESSOR: Seat.SCORING_GROUP,
}
_TABLE = tuple(
    Next(
        kind,
        Role(desk.value),
        _SEATS[desk],
        "answer_complaint",
        dict.fromkeys(sorted(EVERYBODY - {Role(desk.value)}, key=lambda role: role.value), ""),
    )
    for desk, kind in _KINDS.items()
)


def _open(asker: Asker) -> Select[Any]:
    states = [each.value for each in OPEN]
    return select(complaints).where(known(complaints, asker.known_at), complaints.c.state.in_(states))


def _standing(asker: Asker) -> Iterator[Standing]:
    rows = asker.connection.execute(_open(asker)).all()
    behind = persons(asker.connection) if rows else Persons()
    for row in rows:
        # What was taken up and wants no answer waits for nobody.
        if row.state == ComplaintState.ACCEPTED.value and not row.wants_answer:
            continue
        yield Standing(
            kind=_KINDS[Desk(row.desk)],
            key=row.complaint_id,
            since=row.stands_on,
            owner=Owner(row.branch, row.village, only=_whose(row, behind)),
            matter=row.content,
            year=row.filed_on.year,
            due_on=row.due_on,
            barred=frozenset({row.written_by, *row.answered_by}),
        )


def _whose(row: Any, behind: Persons) -> Callable[[Actor], bool]:
    return lambda actor: hears(actor, row, Desk(row.desk), behind)


COMPLAINTS = Process(
    "complaint",
    "complaint",
    _TABLE,
    _standing,
    (
        "已答复、满意或已撤回；受理后不要求答复的，无须再办",
        "answered, satisfied or withdrawn; one taken up that wants no answer waits for nobody",
    ),
    _open,
)
