"""Who may use which verb on what. What is not listed is denied.

A verb says itself which roles may use it; here stand those of the pages, and of verbs that are no ``Verb`` yet.
"""

from __future__ import annotations

from application.actor import NOBODY, SIDES, Actor, Owner, admits
from application.verbs import VERBS as DECLARED
from domain.account.role import Role
from domain.kernel.errors import Forbidden

_CLERKS = set(SIDES)
_OFFICE = {Role.SUPERVISOR, Role.ASSESSOR, Role.REVIEWER, Role.AUDITOR, Role.APPROVER}
_ALL = _CLERKS | _OFFICE

ROLES: dict[str, frozenset[Role]] = {verb.name: frozenset(verb.roles) for verb in DECLARED.values()} | {
    name: frozenset(roles)
    for name, roles in {
        "keep_accounts": {Role.ADMIN},
        "read_own_account": _ALL | {Role.ADMIN},
        "end_session": _ALL | {Role.ADMIN},
        "read_overview": _ALL,
        "read_pairings": _ALL,
        "read_findings": _ALL,
        "read_scores": _ALL,
        "read_appeals": _ALL,
        "read_attachments": _ALL,
        "compare_moments": _ALL,
        "read_accesses": {Role.AUDITOR, Role.REVIEWER},
        "read_ranking": _OFFICE,
        "read_trend": _ALL,
        "read_assessment": _ALL,
        "read_self_scores": {Role.BRANCH_CLERK} | _OFFICE,
        "read_verification": _OFFICE,
        "read_evidence": _OFFICE,
        "read_late": _OFFICE,
        "read_trail": _OFFICE,
        "read_ledgers": _OFFICE,
        "read_registry": _OFFICE,
        "read_runs": _OFFICE,
        "package_evidence": {Role.SUPERVISOR, Role.REVIEWER, Role.AUDITOR},
        "read_schemes": _ALL,
        "read_drafts": _OFFICE,
        "read_grades": _OFFICE,
        "read_persons": {Role.ASSESSOR, Role.APPROVER, Role.AUDITOR, Role.REVIEWER},
        "read_notice": _ALL,
        "read_results": _ALL,
        "read_result_uses": _ALL,
        "read_notices": _OFFICE | {Role.BRANCH_CLERK},
        "read_reports": _OFFICE,
        "carry_out_appeal": {Role.REVIEWER},
    }.items()
}
"""Name of a verb to the roles that may use it."""


def may(actor: Actor, verb: str, owner: Owner = NOBODY) -> bool:
    """Whether ``actor`` may use ``verb`` on what belongs to ``owner``."""
    return admits(ROLES.get(verb, frozenset()), actor, owner)


def demand_access(actor: Actor, verb: str, owner: Owner = NOBODY) -> None:
    """Raise ``Forbidden`` unless ``may``."""
    if not may(actor, verb, owner):
        raise Forbidden(verb, actor.role.value)
