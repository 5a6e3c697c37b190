"""A complaint or a suggestion: filed, taken up, perhaps forwarded, answered, perhaps answered anew by somebody else."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated

from domain.complaint import clauses, events
from domain.complaint.events import Desk, Subject
from domain.kernel.decisions import demand
from domain.kernel.person import Persons
from domain.kernel.values import Actor, Key, OptionalLine, OptionalWords, Text, Today, Words

Content = Annotated[str, Text(2000, lines=True)]
HEARD_DAYS = 15
"""Days until it is taken up, answered or forwarded. [信访工作条例; default]"""
ANSWERED_DAYS = 60
"""Days from taking it up until it is answered. [信访工作条例; default]"""


class ComplaintState(enum.Enum):
    """``REOPENED``: the answer did not satisfy; ``SATISFIED``: it did; ``ANSWERED``: nobody has said, or it was the second."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    REOPENED = "reopened"
    SATISFIED = "satisfied"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({ComplaintState.WAITING, ComplaintState.ACCEPTED, ComplaintState.REOPENED})


@dataclass(frozen=True)
class Complaint:
    """``complaint_id`` is empty until it is filed. ``concerning``: accounts that it is kept from; ``doers``: those that handled
    it, ``answered_by``: those that answered. ``role`` in decisions: of whoever acts."""

    complaint_id: str = ""
    written_by: str = ""
    branch: str = ""
    village: str = ""
    concerning: tuple[str, ...] = ()
    desk: Desk = Desk.SUPERVISOR
    state: ComplaintState = ComplaintState.WAITING
    doers: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    rated: bool = False
    wants_answer: bool = True

    def file_complaint(
        self,
        *,
        complaint_id: Key,
        subject: Subject,
        content: Content,
        wants_answer: bool,
        thing: OptionalLine,
        concerning: tuple[str, ...],
        desk: Desk,
        branch: str,
        village: str,
        written_by: Actor,
        today: Today,
    ) -> events.ComplaintFiled:
        """Complain, or suggest something. ``concerning``: of whom, by account; ``desk``: who hears it."""
        demand(not self.complaint_id, clauses.FILED_ONCE)
        named = subject is not Subject.CONDUCT or bool(concerning)
        demand(named, clauses.CONDUCT_OF_SOMEBODY)
        return events.ComplaintFiled(
            complaint_id=complaint_id,
            written_by=written_by,
            branch=branch,
            village=village,
            subject=subject,
            content=content,
            wants_answer=wants_answer,
            thing=thing,
            concerning=concerning,
            desk=desk,
            filed_on=today,
            due_on=today + timedelta(days=HEARD_DAYS),
        )

    def accept_complaint(
        self, *, taken_up_by: Actor, role: str, persons: Persons, today: Today
    ) -> events.ComplaintAccepted:
        """Take it up."""
        self.accept_complaint_allowed()
        self._demand_handled(taken_up_by, role, persons)
        return events.ComplaintAccepted(
            complaint_id=self.complaint_id,
            taken_up_by=taken_up_by,
            taken_up_on=today,
            due_on=today + timedelta(days=ANSWERED_DAYS),
        )

    def accept_complaint_allowed(self) -> None:
        """Refuse what is not open, or was taken up."""
        self._demand_open()
        demand(self.state is not ComplaintState.ACCEPTED, clauses.TAKEN_UP_ONCE)

    def answer_complaint(
        self, *, answer: Content, answered_by: Actor, role: str, persons: Persons, today: Today
    ) -> events.ComplaintAnswered:
        """Answer it, taken up before or not."""
        self._demand_open()
        self._demand_handled(answered_by, role, persons)
        return events.ComplaintAnswered(
            complaint_id=self.complaint_id, answered_by=answered_by, answer=answer, answered_on=today
        )

    def forward_complaint(
        self, *, desk: Desk, because: Words, forwarded_by: Actor, role: str, heard_there: bool, today: Today
    ) -> events.ComplaintForwarded:
        """Have another desk hear it. ``heard_there``: whether somebody at that desk may handle it."""
        self._demand_open()
        demand(role in (self.desk.value, Desk.REVIEWER.value), clauses.AT_ITS_DESK)
        demand(desk is not self.desk and heard_there, clauses.FORWARDED_ELSEWHERE)
        return events.ComplaintForwarded(
            complaint_id=self.complaint_id,
            forwarded_by=forwarded_by,
            desk=desk,
            desk_before=self.desk,
            because=because,
            forwarded_on=today,
            due_on=today + timedelta(days=HEARD_DAYS),
        )

    def rate_answer(
        self, *, satisfied: bool, because: OptionalWords, rated_by: Actor, desk: Desk, today: Today
    ) -> events.AnswerRated:
        """Say whether the answer satisfies. ``desk``: at which somebody who has not answered it yet would do so."""
        self.rate_answer_allowed()
        demand(rated_by == self.written_by, clauses.BY_ITS_AUTHOR)
        demand(satisfied or bool(because), clauses.UNSATISFIED_BECAUSE)
        return events.AnswerRated(
            complaint_id=self.complaint_id,
            satisfied=satisfied,
            because=because,
            desk=self.desk if satisfied else desk,
            rated_on=today,
            due_on=today + timedelta(days=HEARD_DAYS),
        )

    def rate_answer_allowed(self) -> None:
        """Refuse where there is no answer, or one was rated."""
        demand(bool(self.complaint_id), clauses.FILED_FIRST)
        demand(not self.rated, clauses.RATED_ONCE)
        demand(self.state is ComplaintState.ANSWERED, clauses.ANSWERED_FIRST)

    def withdraw_complaint(self, *, withdrawn_by: Actor, today: Today) -> events.ComplaintWithdrawn:
        """Take it back while it is open."""
        self._demand_open()
        demand(withdrawn_by == self.written_by, clauses.BY_ITS_AUTHOR)
        return events.ComplaintWithdrawn(complaint_id=self.complaint_id, withdrawn_on=today)

    def _demand_open(self) -> None:
        demand(bool(self.complaint_id), clauses.FILED_FIRST)
        demand(self.state in OPEN, clauses.STILL_OPEN)

    answer_complaint_allowed = forward_complaint_allowed = withdraw_complaint_allowed = _demand_open

    def _demand_handled(self, by: str, role: str, persons: Persons) -> None:
        demand(role == self.desk.value, clauses.AT_ITS_DESK)
        demand(not persons.meet(by, self.written_by, *self.answered_by), clauses.HANDLED_BY_ANOTHER)

    def after(self, event: events.ComplaintEvent) -> Complaint:
        match event:
            case events.ComplaintFiled():
                return Complaint(
                    event.complaint_id,
                    event.written_by,
                    event.branch,
                    event.village,
                    event.concerning,
                    event.desk,
                    wants_answer=event.wants_answer,
                )
            case events.ComplaintAccepted():
                return replace(self._done(event.taken_up_by), state=ComplaintState.ACCEPTED)
            case events.ComplaintForwarded():
                return replace(self._done(event.forwarded_by), desk=event.desk, state=self._unheard)
            case events.ComplaintAnswered():
                answered = (*self.answered_by, event.answered_by)
                done = self._done(event.answered_by)
                return replace(done, answered_by=answered, state=ComplaintState.ANSWERED)
            case events.AnswerRated(satisfied=True):
                return replace(self, rated=True, state=ComplaintState.SATISFIED)
            case events.AnswerRated():
                return replace(self, rated=True, desk=event.desk, state=ComplaintState.REOPENED)
            case events.ComplaintWithdrawn():
                return replace(self, state=ComplaintState.WITHDRAWN)
        return self

    @property
    def _unheard(self) -> ComplaintState:
        return ComplaintState.REOPENED if self.rated else ComplaintState.WAITING

    def _done(self, by: str) -> Complaint:
        return self if by in self.doers else replace(self, doers=(*self.doers, by))
