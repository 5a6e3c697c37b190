"""What can happen to an attachment."""

from __future__ import annotations

import enum
from datetime import date

from domain.kernel.event import Event


class AttachmentEvent(Event, context="attachment"):
    """Base of the attachment events."""


class AttachmentAdded(AttachmentEvent, occurred="added_on"):
    """A file belongs to a finding, an appeal, an activity, a need, a project, a nominated case or a policy, or to the pairing
    itself, such as its signed agreement. ``digest`` is its SHA-256 in hex, ``size`` in bytes; ``name`` as uploaded.

    ``digest`` and ``size`` are all that the log knows of the content; the file stands in the store under its digest.
    """

    digest: str
    size: int
    media_type: str
    name: str
    pairing_id: str
    branch: str
    village: str
    finding_id: str
    appeal_id: str
    added_on: date
    activity_id: str = ""
    need_id: str = ""
    policy_id: str = ""
    project_id: str = ""
    nomination_id: str = ""


class PhotographVerdict(enum.Enum):
    """What a photograph is that stands at two things: right at both, or attached wrongly to this one or to the other."""

    RIGHT_AT_BOTH = "right_at_both"
    WRONG_HERE = "wrong_here"
    WRONG_THERE = "wrong_there"


class PhotographJudged(AttachmentEvent, occurred="judged_on"):
    """Somebody decided what the photograph is that stands at this thing and at ``other_thing``, whose kind and id that is
    (``project-<id>``); the other one's attachments say the same, seen from there."""

    pairing_id: str
    branch: str
    village: str
    other_thing: str
    photograph_verdict: PhotographVerdict
    because: str
    judged_on: date
    activity_id: str = ""
    project_id: str = ""
    nomination_id: str = ""
