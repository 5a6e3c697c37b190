"""A complaint: heard at its desk, answered by somebody else than its author, rated once, answered anew by another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from domain.complaint import clauses
from domain.complaint.complaint import ANSWERED_DAYS, HEARD_DAYS, Complaint, ComplaintState
from domain.complaint.events import (
    AnswerRated,
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintFiled,
    ComplaintForwarded,
    ComplaintWithdrawn,
    Desk,
    Subject,
)
from domain.kernel.person import Persons
from tests.kit.given import given

TODAY = date(2025, 5, 2)
HEARD, ANSWERED_BY = TODAY + timedelta(days=HEARD_DAYS), TODAY + timedelta(days=ANSWERED_DAYS)
PERSONS = Persons({"ducha": frozenset({"p-1"}), "ducha2": frozenset({"p-1"}), "cun": frozenset({"p-2"})})
SAID: dict[str, Any] = {
    "complaint_id": "cp-1",
    "subject": Subject.BURDEN,
    "content": "一周三次检查",
    "wants_answer": True,
    "thing": "",
    "concerning": (),
    "desk": Desk.SUPERVISOR,
    "branch": "",
    "village": "v",
}
FILED = ComplaintFiled(**SAID, written_by="cun", filed_on=TODAY, due_on=HEARD)
ACCEPTED = ComplaintAccepted(complaint_id="cp-1", taken_up_by="ducha", taken_up_on=TODAY, due_on=ANSWERED_BY)
ANSWERED = ComplaintAnswered(complaint_id="cp-1", answered_by="ducha", answer="合并为一次", answered_on=TODAY)
UNSATISFIED = AnswerRated(
    complaint_id="cp-1",
    satisfied=False,
    because="何时起",
    desk=Desk.REVIEWER,
    rated_on=TODAY,
    due_on=HEARD,
)


def filed(**stated: object) -> Callable[[Complaint], Any]:
    return lambda c: c.file_complaint(**{**SAID, "written_by": "cun", "today": TODAY, **stated})


def accept(by: str = "ducha", role: str = "supervisor") -> Callable[[Complaint], Any]:
    return lambda c: c.accept_complaint(taken_up_by=by, role=role, persons=PERSONS, today=TODAY)


def answer(by: str = "ducha", role: str = "supervisor") -> Callable[[Complaint], Any]:
    return lambda c: c.answer_complaint(
        answer="合并为一次", answered_by=by, role=role, persons=PERSONS, today=TODAY
    )


def forward(desk: Desk, *, role: str = "supervisor", heard_there: bool = True) -> Callable[[Complaint], Any]:
    return lambda c: c.forward_complaint(
        desk=desk,
        because="涉及考核",
        forwarded_by="ducha",
        role=role,
        heard_there=heard_there,
        today=TODAY,
    )


def rate(satisfied: bool, because: str = "", by: str = "cun") -> Callable[[Complaint], Any]:
    return lambda c: c.rate_answer(
        satisfied=satisfied, because=because, rated_by=by, desk=Desk.REVIEWER, today=TODAY
    )


def test_it_is_filed_once_and_of_conduct_says_of_whom() -> None:
    given(Complaint()).when(filed()).then(FILED)
    given(Complaint(), FILED).when(filed()).refused(clauses.FILED_ONCE)
    given(Complaint()).when(filed(subject=Subject.CONDUCT)).refused(clauses.CONDUCT_OF_SOMEBODY)


def test_it_is_handled_where_it_lies_by_somebody_else_than_its_author() -> None:
    given(Complaint()).when(answer()).refused(clauses.FILED_FIRST)
    open_ = given(Complaint(), FILED)
    open_.when(accept()).then(ACCEPTED)
    open_.when(answer()).then(ANSWERED)
    open_.when(answer(role="reviewer")).refused(clauses.AT_ITS_DESK)
    open_.when(answer(by="cun")).refused(clauses.HANDLED_BY_ANOTHER)
    given(Complaint(), FILED, ACCEPTED).when(accept("other")).refused(clauses.TAKEN_UP_ONCE)
    given(Complaint(), FILED, ANSWERED).when(accept()).refused(clauses.STILL_OPEN)


def test_it_is_forwarded_to_another_desk_at_which_it_is_heard() -> None:
    open_ = given(Complaint(), FILED, ACCEPTED)
    to_assessor = ComplaintForwarded(
        complaint_id="cp-1",
        forwarded_by="ducha",
        desk=Desk.ASSESSOR,
        desk_before=Desk.SUPERVISOR,
        because="涉及考核",
        forwarded_on=TODAY,
        due_on=HEARD,
    )
    open_.when(forward(Desk.ASSESSOR)).then(to_assessor)
    open_.when(forward(Desk.ASSESSOR, role="reviewer")).then(to_assessor)
    open_.when(forward(Desk.ASSESSOR, role="assessor")).refused(clauses.AT_ITS_DESK)
    open_.when(forward(Desk.ASSESSOR, heard_there=False)).refused(clauses.FORWARDED_ELSEWHERE)
    open_.when(forward(Desk.SUPERVISOR)).refused(clauses.FORWARDED_ELSEWHERE)
    there = given(Complaint(), FILED, ACCEPTED, to_assessor)
    there.when(answer()).refused(clauses.AT_ITS_DESK)
    assert Complaint().after(FILED).after(ACCEPTED).after(to_assessor).state is ComplaintState.WAITING


def test_its_author_rates_the_answer_once_and_another_person_answers_anew() -> None:
    given(Complaint(), FILED).when(rate(True)).refused(clauses.ANSWERED_FIRST)
    answered = given(Complaint(), FILED, ANSWERED)
    answered.when(rate(False)).refused(clauses.UNSATISFIED_BECAUSE)
    answered.when(rate(True, by="danwei")).refused(clauses.BY_ITS_AUTHOR)
    answered.when(rate(False, "何时起")).then(UNSATISFIED)
    reopened = given(Complaint(), FILED, ANSWERED, UNSATISFIED)
    reopened.when(answer("ducha2", "reviewer")).refused(clauses.HANDLED_BY_ANOTHER)
    again = ComplaintAnswered(complaint_id="cp-1", answered_by="fuhe", answer="合并为一次", answered_on=TODAY)
    reopened.when(answer("fuhe", "reviewer")).then(again)
    given(Complaint(), FILED, ANSWERED, UNSATISFIED, again).when(rate(True)).refused(clauses.RATED_ONCE)


def test_its_author_withdraws_it_while_it_is_open() -> None:
    withdrawn = ComplaintWithdrawn(complaint_id="cp-1", withdrawn_on=TODAY)

    def withdraw(by: str) -> Callable[[Complaint], Any]:
        return lambda c: c.withdraw_complaint(withdrawn_by=by, today=TODAY)

    open_ = given(Complaint(), FILED)
    open_.when(withdraw("cun")).then(withdrawn)
    open_.when(withdraw("ducha")).refused(clauses.BY_ITS_AUTHOR)
    given(Complaint(), FILED, withdrawn).when(answer()).refused(clauses.STILL_OPEN)
