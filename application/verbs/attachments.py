"""What is done with attachments, and by whom. The bytes stand beside the log: application/stores/attaching.py."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from application.eventlog.pending import Claim
from application.look import Look
from application.things import ACTIVITY, ATTACHMENTS, CASE, NOMINATION, PROJECT
from application.verb import Verb
from domain.account.role import Role
from domain.attachment.attachments import Attachments, OtherThing
from domain.attachment.events import PhotographVerdict
from domain.kernel.values import Key, Today, Words

SEEN_FROM_THERE = {
    PhotographVerdict.RIGHT_AT_BOTH: PhotographVerdict.RIGHT_AT_BOTH,
    PhotographVerdict.WRONG_HERE: PhotographVerdict.WRONG_THERE,
    PhotographVerdict.WRONG_THERE: PhotographVerdict.WRONG_HERE,
}
"""A verdict as the other thing has it."""


def _stands(look: Look, key: str) -> bool:
    kind, _, thing = key.partition("-")
    if kind == ACTIVITY.kind:
        activity = ACTIVITY.state(look, thing)
        return bool(activity.activity_id) and not activity.voided
    if kind == PROJECT.kind:
        project = PROJECT.state(look, thing)
        return bool(project.project_id) and project.voided is None
    if kind == NOMINATION.kind:
        nomination = NOMINATION.state(look, thing)
        voided = bool(nomination.case_id) and CASE.state(look, nomination.case_id).voided
        return bool(nomination.nomination_id) and not voided
    return False


def _tells_of(look: Look, case: str, other: str) -> bool:
    """Whether it is a nominated case of the other's pairing: it tells what that did, in the pictures of that."""
    kind, _, thing = case.partition("-")
    of, _, told = other.partition("-")
    if kind != NOMINATION.kind or of not in (ACTIVITY.kind, PROJECT.kind):
        return False
    state = ACTIVITY.state(look, told) if of == ACTIVITY.kind else PROJECT.state(look, told)
    return state.pairing_id == NOMINATION.state(look, thing).pairing_id


def _alike(look: Look, *, other: OtherThing, key: Key) -> bool:
    """Whether both stand and have one photograph of which is asked. Two activities are judged as entries that may be one."""
    of_activities = all(each.startswith(f"{ACTIVITY.kind}-") for each in (key, other))
    if key == other or of_activities or not (_stands(look, key) and _stands(look, other)):
        return False
    if _tells_of(look, key, other) or _tells_of(look, other, key):
        return False
    own, theirs = (ATTACHMENTS.state(look, each).pictures for each in (key, other))
    near = look.system.pictures.near()
    return any(not theirs.isdisjoint({digest, *near.get(digest, ())}) for digest in own)


def _at_the_other(
    look: Look,
    *,
    other: OtherThing,
    verdict: PhotographVerdict,
    because: Words,
    key: Key,
    today: Today,
) -> Sequence[Claim]:
    """The same at the other thing, whose page and history tell it, too."""
    judge = partial(
        Attachments.judge_photograph,
        other=key,
        verdict=SEEN_FROM_THERE[verdict],
        because=because,
        alike=True,
        today=today,
    )
    return [Claim(ATTACHMENTS.stream(look, other), ATTACHMENTS.initial, judge)]


add_attachment = Verb(
    ATTACHMENTS,
    Attachments.add_attachment,
    frozenset({Role.BRANCH_CLERK, Role.VILLAGE_CLERK, Role.SUPERVISOR, Role.REVIEWER}),
    beside_log=True,
)
judge_photograph = Verb(
    ATTACHMENTS,
    Attachments.judge_photograph,
    frozenset({Role.SUPERVISOR}),
    given={"alike": _alike},
    claims=_at_the_other,
    aside=True,
)
