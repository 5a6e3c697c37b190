"""What can happen to a complaint or a suggestion. What was written stands in the event and on its own page, not in the trail."""

from __future__ import annotations

import enum
from datetime import date

from domain.kernel.event import Event


class Subject(enum.Enum):
    """What it is about. ``BURDEN``: what is asked of the grass roots; ``CONDUCT``: how somebody behaved."""

    BURDEN = "burden"
    PAIRING = "pairing"
    SYSTEM = "system"
    CONDUCT = "conduct"
    OTHER = "other"


class Desk(enum.Enum):
    """Who hears it, by the role of the account; in the order in which one is sought."""

    SUPERVISOR = "supervisor"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    ASSESSOR = "assessor"


class ComplaintEvent(Event, context="complaint"):
    """Base of the events of a complaint."""

    complaint_id: str


class ComplaintFiled(
    ComplaintEvent, occurred="filed_on", sealed=("subject", "content", "thing", "concerning", "desk")
):
    """Somebody complains or suggests something.

    ``thing``: what it is about, by kind and id (``finding-f-1``), empty for none. ``concerning``: the accounts of whom it
    complains, who neither read nor handle it. ``branch``, ``village``: whose clerk wrote it, empty for an office.
    """

    written_by: str
    branch: str
    village: str
    subject: Subject
    content: str
    wants_answer: bool
    thing: str
    concerning: tuple[str, ...]
    desk: Desk
    filed_on: date
    due_on: date


class ComplaintAccepted(ComplaintEvent, occurred="taken_up_on"):
    """The desk takes it up; it is answered until ``due_on``."""

    taken_up_by: str
    taken_up_on: date
    due_on: date


class ComplaintForwarded(ComplaintEvent, occurred="forwarded_on", sealed=("desk", "desk_before", "because")):
    """Another desk is to hear it."""

    forwarded_by: str
    desk: Desk
    desk_before: Desk
    because: str
    forwarded_on: date
    due_on: date


class ComplaintAnswered(ComplaintEvent, occurred="answered_on", sealed=("answer",)):
    """It is answered."""

    answered_by: str
    answer: str
    answered_on: date


class AnswerRated(ComplaintEvent, occurred="rated_on", sealed=("because", "desk")):
    """Whoever wrote it says whether the answer satisfies; where it does not, ``desk`` has somebody else answer anew."""

    satisfied: bool
    because: str
    desk: Desk
    rated_on: date
    due_on: date


class ComplaintWithdrawn(ComplaintEvent, occurred="withdrawn_on"):
    """Whoever wrote it takes it back."""

    withdrawn_on: date
