"""What is done with attachments, and by whom. The bytes stand beside the log: application/stores/attaching.py."""

from __future__ import annotations

from application.things import ATTACHMENTS
from application.verb import Verb
from domain.account.role import Role
from domain.attachment.attachments import Attachments

add_attachment = Verb(
    ATTACHMENTS,
    Attachments.add_attachment,
    frozenset({Role.BRANCH_CLERK, Role.VILLAGE_CLERK, Role.SUPERVISOR, Role.REVIEWER}),
    beside_log=True,
)
