"""Who may use which verb on what. What is not listed is denied.

A verb says itself which roles may use it; here stand those of the pages, and of verbs that are no ``Verb`` yet.
"""

from __future__ import annotations

from application.actors.actor import EVERYBODY, NOBODY, OFFICES, READERS, TOWNSHIPS, Actor, Owner, admits
from application.verbs import VERBS as DECLARED
from domain.account.role import DEPUTISED, Role
from domain.kernel.errors import Forbidden

ROLES: dict[str, frozenset[Role]] = {verb.name: frozenset(verb.roles) for verb in DECLARED.values()} | {
    name: frozenset(roles)
    for name, roles in {
        "keep_accounts": {Role.ADMIN},
        "read_own_account": READERS | {Role.ADMIN},
        "end_session": READERS | {Role.ADMIN},
        "act_as_deputy": DEPUTISED,
        "keep_drafts": READERS | {Role.ADMIN},
        "read_duties": READERS | {Role.ADMIN},
        "keep_views": READERS | {Role.ADMIN},
        "read_overview": EVERYBODY,
        "read_search": READERS | {Role.ADMIN},
        "read_pairings": READERS,
        "read_proposals": EVERYBODY,
        "read_findings": READERS,
        "read_policies": READERS | {Role.ADMIN},
        "read_scores": READERS,
        "read_documents": EVERYBODY,
        "read_appeals": EVERYBODY,
        "read_complaints": EVERYBODY,
        "read_burden": READERS,
        "read_attachments": READERS,
        "compare_moments": EVERYBODY,
        "read_accesses": {Role.AUDITOR, Role.REVIEWER},
        "read_ranking": OFFICES,
        "read_trend": EVERYBODY,
        "read_assessment": EVERYBODY,
        "read_self_scores": {Role.BRANCH_CLERK} | OFFICES,
        "read_verification": OFFICES,
        "read_evidence": OFFICES,
        "read_late": OFFICES,
        "read_trail": OFFICES,
        "read_ledgers": OFFICES,
        # The supervisor keeps the register and the findings; no other role may do most of what a ledger states.
        "import_ledgers": {Role.SUPERVISOR},
        "read_data": READERS,
        "read_registry": OFFICES,
        "read_villages": OFFICES | TOWNSHIPS,
        "read_runs": OFFICES,
        "package_evidence": {Role.SUPERVISOR, Role.REVIEWER, Role.AUDITOR},
        "read_schemes": READERS,
        "read_drafts": OFFICES,
        "read_grades": OFFICES,
        "read_persons": {Role.ASSESSOR, Role.APPROVER, Role.AUDITOR, Role.REVIEWER},
        "read_person_records": OFFICES | {Role.ADMIN},
        "read_notice": EVERYBODY,
        "read_results": READERS,
        "read_result_uses": EVERYBODY,
        "read_notices": OFFICES | {Role.BRANCH_CLERK},
        "read_reports": OFFICES,
        "carry_out_appeal": {Role.REVIEWER},
    }.items()
}
"""Name of a verb to the roles that may use it."""


IN_OWN_NAME_ONLY = {"import_ledgers", *(verb.name for verb in DECLARED.values() if verb.in_own_name)}
"""What a deputy does not do for another: an import says whose it is by the account that confirmed it, and of the own references
nobody says that they are one, nor of those of whom one acts for."""


def may(actor: Actor, verb: str, owner: Owner = NOBODY) -> bool:
    """Whether ``actor`` may use ``verb`` on what belongs to ``owner``."""
    if actor.acting_for and verb in IN_OWN_NAME_ONLY:
        return False
    return admits(ROLES.get(verb, frozenset()), actor, owner)


def demand_access(actor: Actor, verb: str, owner: Owner = NOBODY) -> None:
    """Raise ``Forbidden`` unless ``may``."""
    if not may(actor, verb, owner):
        raise Forbidden(verb, actor.role.value)
