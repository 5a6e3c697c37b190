"""What is done with policies, and by whom: the office that keeps the registers enters what was decided outside."""

from __future__ import annotations

from application.things import POLICY
from application.verb import Verb
from domain.account.role import Role
from domain.policy.policy import Policy

_SUPERVISOR = frozenset({Role.SUPERVISOR})


def _newest(policy: Policy) -> dict[str, object]:
    """A revision begins with what stands."""
    newest = policy.newest
    if newest is None:
        return {}
    return {name: getattr(newest, name) for name in ("title", "document_no", "issuing_body", "text")}


def _version(policy: Policy) -> dict[str, object]:
    return {"version": policy.newest.number} if policy.newest else {}


issue_policy = Verb(
    POLICY, Policy.issue_policy, _SUPERVISOR, begins=True, takes_files=True, then="place_policy"
)
revise_policy = Verb(
    POLICY,
    Policy.revise_policy,
    _SUPERVISOR,
    proposes=_newest,
    aside=True,
    takes_files=True,
    undone_by="void_policy_version",
)
place_policy = Verb(POLICY, Policy.place_policy, _SUPERVISOR, undone_by="take_policy_off")
take_policy_off = Verb(POLICY, Policy.take_policy_off, _SUPERVISOR, aside=True)
correct_policy = Verb(POLICY, Policy.correct_policy, _SUPERVISOR, proposes=_version, aside=True)
repeal_policy = Verb(POLICY, Policy.repeal_policy, _SUPERVISOR, aside=True, undone_by="restore_policy")
restore_policy = Verb(POLICY, Policy.restore_policy, _SUPERVISOR, aside=True)
void_policy_version = Verb(POLICY, Policy.void_policy_version, _SUPERVISOR, aside=True, irreversible=True)
void_policy = Verb(POLICY, Policy.void_policy, _SUPERVISOR, aside=True, irreversible=True)
