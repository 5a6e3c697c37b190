"""Complaints and suggestions: the log of those that whoever asks may read, and one with all that was written."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from application.actors.complaint_readers import reads
from application.input.keyset import After, Places
from application.question import Asker, Limit, Listing, question
from application.questions.answers.pairing.work_listing import Part
from application.questions.history import steps_of
from application.questions.of_row import of_row
from application.questions.sentences import HistoryStep
from application.things import COMPLAINT
from domain.complaint.complaint import OPEN, ComplaintState
from domain.complaint.events import Desk, Subject
from domain.kernel.errors import Forbidden, Unknown
from domain.kernel.values import Key, OptionalLine, Year
from projections.boards import trail
from projections.boards.complaints import complaint_words, complaints
from projections.boards.people.accounts import persons
from projections.boards.registry.names import Names
from projections.kit.columns import known

_OPEN = {each.value for each in OPEN}


class ComplaintOrder(enum.Enum):
    """By the day, or by how many days it has been or was open."""

    DAY = "day"
    DAY_LAST = "-day"
    AGE = "age"
    AGE_LAST = "-age"


@dataclass(frozen=True)
class _ComplaintRow:
    complaint_id: str
    subject: str
    content: str
    wants_answer: bool
    filed_on: date
    desk: str
    state: str
    stands_on: date
    rated: str


@dataclass(frozen=True)
class ComplaintListed(_ComplaintRow):
    """A complaint. ``unit_name``, ``village_name``: whose clerk wrote it, empty for an office; ``days``: for how many it has been
    open, or was; ``due_on``: while it waits for somebody, until when; ``late``: whether that is over; ``own``: whether whoever
    asks wrote it."""

    written_by: str
    unit_name: str
    village_name: str
    days: int
    due_on: date | None
    late: bool
    own: bool


@dataclass(frozen=True)
class Complaints:
    """A page of the log. ``parts``: of all that the other filters find, by state; ``open``: how many wait for somebody, ``late``:
    of them too long."""

    found: int
    open: int
    late: int
    parts: tuple[Part, ...]
    rows: tuple[ComplaintListed, ...]
    next: str | None


@dataclass(frozen=True)
class Written:
    """What was written about it: an answer (``answered``), why it was ``forwarded``, why an answer does not satisfy
    (``unsatisfied``) or what was said of one that does (``satisfied``)."""

    step: str
    words: str
    said_on: date
    said_by: str
    office: str


@dataclass(frozen=True)
class ComplaintShown(ComplaintListed):
    """The same, with what it is about (``thing``: kind and id), of whom it complains, all that was written, and its history,
    the oldest first. ``handles``: whether it lies with the role of whoever asks, ``answers``: whether they may answer it, too."""

    thing: str
    concerning: tuple[str, ...]
    handles: bool
    answers: bool
    written: tuple[Written, ...]
    history: tuple[HistoryStep, ...]


_PLACES: Places[ComplaintListed] = {
    "day": lambda each: (each.filed_on.isoformat(), each.complaint_id),
    "age": lambda each: (each.days, each.complaint_id),
}


@question("/complaints")
def list_complaints(
    asker: Asker,
    *,
    year: Year | None,
    state: ComplaintState | None,
    subject: Subject | None,
    q: OptionalLine,
    sort: ComplaintOrder | None,
    after: After | None,
    limit: Limit | None,
) -> Complaints:
    """Complaints and suggestions, the last first where no order is stated; each reader sees the own ones and those that lay with
    them, auditors and reviewers all, nobody what is about themselves."""
    names = Names(asker.connection, asker.known_at)
    told = [
        _told(asker, row, names)
        for row in _readable(asker)
        if (year is None or row.filed_on.year == year)
        and (subject is None or row.subject == subject.value)
        and q.casefold() in row.content.casefold()
    ]
    counts = Counter(each.state for each in told)
    wanted = [each for each in told if state is None or each.state == state.value]
    listed = Listing.ordered(wanted, _PLACES, sort or ComplaintOrder.DAY_LAST, after, limit)
    return Complaints(
        found=len(wanted),
        open=sum(each.due_on is not None for each in told),
        late=sum(each.late for each in told),
        parts=tuple(Part(each.value, counts[each.value]) for each in ComplaintState),
        rows=listed.rows,
        next=listed.next,
    )


@question("/complaints/{key}", on=COMPLAINT)
def show_complaint(asker: Asker, *, key: Key) -> ComplaintShown:
    """One complaint, with its answers."""
    row = next((each for each in _readable(asker) if each.complaint_id == key), None)
    if row is None:
        there = select(complaints.c.complaint_id).where(complaints.c.complaint_id == key)
        if asker.connection.scalar(there.where(known(complaints, asker.known_at))) is None:
            raise Unknown("complaint", key)
        raise Forbidden("show_complaint", asker.actor.role.value)
    handles = row.state in _OPEN and asker.actor.role.value == row.desk
    took_part = persons(asker.connection).meet(asker.actor.username, row.written_by, *row.answered_by)
    c = complaint_words.c
    said = select(complaint_words).where(c.complaint_id == key, c.position <= asker.known_at)
    stream = COMPLAINT.stream(asker.look, key)
    return of_row(
        ComplaintShown,
        _told(asker, row, Names(asker.connection, asker.known_at)),
        thing=row.thing,
        concerning=tuple(row.concerning),
        handles=handles,
        answers=handles and not took_part,
        written=tuple(of_row(Written, each) for each in asker.connection.execute(said.order_by(c.position))),
        history=steps_of(asker, trail.of_streams(asker.connection, [stream], asker.known_at)),
    )


def _readable(asker: Asker) -> Iterator[Row[Any]]:
    """Those that whoever asks may read."""
    query = select(complaints).where(known(complaints, asker.known_at))
    rows, behind = asker.connection.execute(query).all(), persons(asker.connection)
    return (row for row in rows if reads(asker.actor, row, Desk(row.desk), behind))


def _told(asker: Asker, row: Row[Any], names: Names) -> ComplaintListed:
    today, open_ = asker.look.today(), row.state in _OPEN
    waits = open_ and not (row.state == ComplaintState.ACCEPTED.value and not row.wants_answer)
    due_on = row.due_on if waits else None
    return of_row(
        ComplaintListed,
        row,
        unit_name=names.units(row.filed_on).get(row.branch, "") if row.branch else "",
        village_name=names.villages(row.filed_on).get(row.village, "") if row.village else "",
        days=((today if open_ else row.stands_on) - row.filed_on).days,
        due_on=due_on,
        late=due_on is not None and due_on < today,
        own=row.written_by == asker.actor.username,
    )
