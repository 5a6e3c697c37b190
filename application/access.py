"""Who may do which verb on what. What is not listed is denied."""

from __future__ import annotations

from dataclasses import dataclass

from domain.account.role import Role as Role
from domain.appeal.events import Side
from domain.kernel.errors import Forbidden


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who is signed in. ``branch`` and ``village`` bound what a clerk may see and do; empty elsewhere;
    ``person`` is the reference of the one registered person behind the account."""

    username: str
    person: str
    display_name: str
    office: str
    role: Role
    branch: str = ""
    village: str = ""


SIDES = {Role.BRANCH_CLERK: Side.UNIT, Role.VILLAGE_CLERK: Side.VILLAGE}
"""Whom a clerk acts for: one side of the pairing, never the other."""
_CLERKS = set(SIDES)
_OFFICE = {Role.SUPERVISOR, Role.ASSESSOR, Role.REVIEWER, Role.AUDITOR, Role.APPROVER}
_ALL = _CLERKS | _OFFICE

VERBS: dict[str, frozenset[Role]] = {
    verb: frozenset(roles)
    for verb, roles in {
        "keep_accounts": {Role.ADMIN},
        "open_account": {Role.ADMIN},
        "name_person": {Role.ADMIN},
        "grant_role": {Role.ADMIN},
        "approve_role": {Role.ADMIN},
        "refuse_role": {Role.ADMIN},
        "reset_password": {Role.ADMIN},
        "disable_account": {Role.ADMIN},
        "enable_account": {Role.ADMIN},
        "read_own_account": _ALL | {Role.ADMIN},
        "change_password": _ALL | {Role.ADMIN},
        "end_session": _ALL | {Role.ADMIN},
        "read_overview": _ALL,
        "read_pairings": _ALL,
        "read_findings": _ALL,
        "read_scores": _ALL,
        "read_appeals": _ALL,
        "add_attachment": {Role.BRANCH_CLERK, Role.VILLAGE_CLERK, Role.SUPERVISOR, Role.REVIEWER},
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
        "read_runs": _OFFICE,
        "record_activity": {Role.BRANCH_CLERK},
        "void_activity": {Role.BRANCH_CLERK, Role.SUPERVISOR},
        "correct_activity": {Role.BRANCH_CLERK, Role.SUPERVISOR},
        "meet_need": {Role.BRANCH_CLERK},
        "confirm_need": {Role.VILLAGE_CLERK},
        "raise_finding": {Role.SUPERVISOR},
        "order_rectification": {Role.SUPERVISOR},
        "acknowledge_order": {Role.BRANCH_CLERK},
        "request_extension": {Role.BRANCH_CLERK},
        "grant_extension": {Role.SUPERVISOR},
        "refuse_extension": {Role.SUPERVISOR},
        "submit_rectification": {Role.BRANCH_CLERK},
        "return_rectification": {Role.SUPERVISOR},
        "reinspect": {Role.SUPERVISOR},
        "close_finding": {Role.SUPERVISOR},
        "report_relapse": {Role.SUPERVISOR},
        "withdraw_finding": {Role.SUPERVISOR},
        "strike_step": {Role.ASSESSOR},
        "package_evidence": {Role.SUPERVISOR, Role.REVIEWER, Role.AUDITOR},
        "read_schemes": _ALL,
        "read_drafts": _OFFICE,
        "draft_scheme": {Role.ASSESSOR},
        "return_scheme": {Role.APPROVER},
        "approve_scheme": {Role.APPROVER},
        "publish_scheme": {Role.ASSESSOR},
        "self_score": {Role.BRANCH_CLERK},
        "verify_line": {Role.ASSESSOR},
        "record_ratings": {Role.ASSESSOR},
        "record_survey": {Role.ASSESSOR},
        "record_superior_score": {Role.ASSESSOR},
        "record_superior_rank": {Role.ASSESSOR},
        "review_evidence": {Role.ASSESSOR},
        "review_evidence_again": {Role.ASSESSOR},
        "draw_sample": {Role.ASSESSOR},
        "set_cut_off": {Role.ASSESSOR},
        "freeze_run": {Role.ASSESSOR},
        "consent_to_run": {Role.APPROVER},
        "publish_run": {Role.ASSESSOR},
        "read_grades": _OFFICE,
        "read_persons": {Role.ASSESSOR, Role.APPROVER, Role.AUDITOR, Role.REVIEWER},
        "exclude_pairing": {Role.APPROVER},
        "include_pairing": {Role.APPROVER},
        "propose_adjustment": {Role.ASSESSOR},
        "approve_adjustment": {Role.APPROVER},
        "refuse_adjustment": {Role.APPROVER},
        "sign_run": {Role.ASSESSOR, Role.APPROVER},
        "sign_scoring_group": {Role.ASSESSOR},
        "sign_office": {Role.APPROVER},
        "sign_leading_group": {Role.APPROVER},
        "open_notice": {Role.ASSESSOR, Role.APPROVER},
        "read_notice": _ALL,
        "file_objection": {Role.BRANCH_CLERK, Role.VILLAGE_CLERK, Role.ASSESSOR},
        "answer_objection": {Role.ASSESSOR, Role.APPROVER},
        "close_notice": {Role.ASSESSOR, Role.APPROVER},
        "serve_result": {Role.ASSESSOR},
        "read_results": _ALL,
        "read_result_uses": _ALL,
        "read_notices": _OFFICE | {Role.BRANCH_CLERK},
        "read_reports": _OFFICE,
        "order_result_use": {Role.ASSESSOR, Role.APPROVER},
        "report_result_use": {Role.BRANCH_CLERK, Role.ASSESSOR},
        "complete_result_use": {Role.ASSESSOR, Role.APPROVER},
        "withdraw_result_use": {Role.ASSESSOR, Role.APPROVER},
        "file_appeal": {Role.BRANCH_CLERK, Role.VILLAGE_CLERK},
        "withdraw_appeal": {Role.BRANCH_CLERK, Role.VILLAGE_CLERK},
        "admit_appeal": {Role.REVIEWER},
        "refuse_appeal": {Role.REVIEWER},
        "decide_appeal": {Role.REVIEWER},
        "carry_out_appeal": {Role.REVIEWER},
    }.items()
}
"""Verb to the roles that may use it; a verb is spelt like its service method."""


def may(actor: Actor, verb: str, *, branch: str = "", village: str = "", side: str = "") -> bool:
    """Whether ``actor`` may use ``verb`` on what belongs to ``branch`` and ``village`` (empty: on nothing of anybody).

    ``side``: on what one side of the pairing began, which the clerk of the other has no say in.
    """
    if actor.role not in VERBS.get(verb, frozenset()):
        return False
    if side and actor.role in SIDES and SIDES[actor.role].value != side:
        return False
    if actor.role is Role.BRANCH_CLERK and branch:
        return branch == actor.branch
    if actor.role is Role.VILLAGE_CLERK and village:
        return village == actor.village
    return True


def demand_access(actor: Actor, verb: str, *, branch: str = "", village: str = "", side: str = "") -> None:
    """Raise ``Forbidden`` unless ``may``."""
    if not may(actor, verb, branch=branch, village=village, side=side):
        raise Forbidden(verb, actor.role.value)
