"""Complaints and suggestions as a list, with what was written of each."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Date, String, Table, Text

from domain.complaint.complaint import ComplaintState
from domain.complaint.events import (
    AnswerRated,
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintFiled,
    ComplaintForwarded,
    ComplaintWithdrawn,
)
from projections.kit.columns import said, versioned_table
from projections.kit.projection import Projection
from projections.kit.tables import metadata
from projections.kit.writer import Writer

complaints = versioned_table(
    "complaint",
    Column("complaint_id", String(40), nullable=False),
    *said(ComplaintFiled, "written_by", "branch", "village", "subject", "content", "wants_answer", "thing"),
    *said(ComplaintFiled, "concerning", "desk", "filed_on", "due_on"),
    Column("state", String(12), nullable=False),
    Column("stands_on", Date, nullable=False),
    Column("doers", JSON, nullable=False),
    Column("answered_by", JSON, nullable=False),
    Column("rated", String(12), nullable=False),
)
"""``due_on``: until when it is heard, or answered where it was taken up; ``rated``: yes, no, or empty."""
complaint_words = Table(
    "complaint_words",
    metadata,
    Column("complaint_id", String(40), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("step", String(12), nullable=False),
    Column("words", Text, nullable=False),
    Column("said_on", Date, nullable=False),
    Column("said_by", String(60), nullable=False),
    Column("office", String(120), nullable=False),
)
"""What was answered, why it was forwarded, why an answer does not satisfy."""
complaints_board = Projection("complaints_board", 1, [complaints, complaint_words])


@complaints_board.on(ComplaintFiled)
def _filed(write: Writer, event: ComplaintFiled) -> None:
    state = ComplaintState.WAITING.value
    write.add(complaints, state=state, stands_on=event.filed_on, doers=[], answered_by=[], rated="")


@complaints_board.on(ComplaintAccepted)
def _accepted(write: Writer, event: ComplaintAccepted) -> None:
    state, doers = ComplaintState.ACCEPTED.value, _doers(write, event.complaint_id, event.taken_up_by)
    write.change(
        complaints, event.complaint_id, "due_on", state=state, stands_on=event.taken_up_on, doers=doers
    )


@complaints_board.on(ComplaintForwarded)
def _forwarded(write: Writer, event: ComplaintForwarded) -> None:
    rated = (write.get(complaints, event.complaint_id) or {}).get("rated")
    state = ComplaintState.REOPENED if rated else ComplaintState.WAITING
    doers = _doers(write, event.complaint_id, event.forwarded_by)
    stands = {"state": state.value, "stands_on": event.forwarded_on}
    write.change(complaints, event.complaint_id, "desk", "due_on", doers=doers, **stands)
    _say(write, event, "forwarded", event.because)


@complaints_board.on(ComplaintAnswered)
def _answered(write: Writer, event: ComplaintAnswered) -> None:
    before = write.get(complaints, event.complaint_id) or {}
    answered = [*before.get("answered_by", ()), event.answered_by]
    doers = _doers(write, event.complaint_id, event.answered_by)
    stands = {"state": ComplaintState.ANSWERED.value, "stands_on": event.answered_on}
    write.change(complaints, event.complaint_id, answered_by=answered, doers=doers, **stands)
    _say(write, event, "answered", event.answer)


@complaints_board.on(AnswerRated)
def _rated(write: Writer, event: AnswerRated) -> None:
    state = ComplaintState.SATISFIED if event.satisfied else ComplaintState.REOPENED
    stands = {"state": state.value, "stands_on": event.rated_on, "rated": "yes" if event.satisfied else "no"}
    write.change(complaints, event.complaint_id, "desk", "due_on", **stands)
    if event.because:
        _say(write, event, "satisfied" if event.satisfied else "unsatisfied", event.because)


@complaints_board.on(ComplaintWithdrawn)
def _withdrawn(write: Writer, event: ComplaintWithdrawn) -> None:
    state = ComplaintState.WITHDRAWN.value
    write.change(complaints, event.complaint_id, state=state, stands_on=event.withdrawn_on)


def _doers(write: Writer, key: str, by: str) -> list[str]:
    before = list((write.get(complaints, key) or {}).get("doers", ()))
    return before if by in before else [*before, by]


def _say(
    write: Writer, event: ComplaintForwarded | ComplaintAnswered | AnswerRated, step: str, words: str
) -> None:
    by = write.recorded.by
    write.insert(
        complaint_words,
        complaint_id=event.complaint_id,
        position=write.recorded.position,
        step=step,
        words=words,
        said_on=event.occurred_on,
        said_by=by.actor,
        office=by.office,
    )
