"""What can happen to an attachment."""

from __future__ import annotations

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
