"""What an account is for."""

from __future__ import annotations

import enum


class Role(enum.Enum):
    """An administrator keeps accounts and has no business rights; an approver decides on what assessors prepare and
    prepares nothing; a township's office looks on what concerns the villages of its township."""

    ADMIN = "admin"
    BRANCH_CLERK = "branch_clerk"
    VILLAGE_CLERK = "village_clerk"
    SUPERVISOR = "supervisor"
    ASSESSOR = "assessor"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"
    APPROVER = "approver"
    TOWNSHIP_OFFICE = "township_office"


BY_TWO = frozenset({Role.ADMIN, Role.ASSESSOR, Role.APPROVER, Role.REVIEWER})
"""Roles that sign or decide, granted by two administrators; the administrator's too, or one could make up the second."""
DEPUTISED = frozenset(Role) - {Role.ADMIN, Role.AUDITOR, Role.TOWNSHIP_OFFICE}
"""Roles in which somebody may act for another: neither that which gives roles away, nor those which only look on."""
