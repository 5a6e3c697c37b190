"""What is done with pairings, their posts and agreements, activities, model cases and meetings, and by whom.

The office's supervisors keep the list of pairings; clerks of branches record what these do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated

from sqlalchemy import select

from application.claims.succeeding import paired_already, succeeding, successor
from application.eventlog.pending import Claim
from application.look import Look
from application.look_ups import (
    branch_of_pairing,
    persons_behind_accounts,
    span_of_pairing,
    village_of_pairing,
)
from application.things import ACTIVITY, BRANCH, CASE, MEETING, PAIRING, PROPOSAL
from application.verb import Verb
from domain.account.role import Role
from domain.burden.events import Burden
from domain.kernel.decisions import demand
from domain.kernel.span import Span
from domain.kernel.values import BranchKey, Happened, Key, KeyOf, PairingKey, Tick, Today, VillageKey
from domain.pairing.activity import Activity, Others, Topic, likeness
from domain.pairing.clauses import ASKED_IF_SAME, PROPOSED_ONCE
from domain.pairing.events import ActivityKind
from domain.pairing.pairing import Pairing
from domain.pairing.proposal import Proposal
from domain.pairing.recognition import Meeting, ModelCase
from projections.boards.pairings import activities, proposal_waiting
from projections.facts.fact_table import facts
from projections.kit.columns import known

_BRANCH = frozenset({Role.BRANCH_CLERK})
_VILLAGE = frozenset({Role.VILLAGE_CLERK})
_APPROVER = frozenset({Role.APPROVER})
_SUPERVISOR = frozenset({Role.SUPERVISOR})
_CORRECTS = frozenset({Role.BRANCH_CLERK, Role.SUPERVISOR})
_OF_PAIRING = {
    "branch": branch_of_pairing,
    "village": village_of_pairing,
    "within": span_of_pairing,
}
_PAIRED = ("pairing_id", PAIRING)
SHOWN = 20
"""So much of what rests on a pairing is named at a time."""
Another = Annotated[bool, Tick(asked_by=(ASKED_IF_SAME.id,))]
"""Somebody says that it is another activity than the one it is like."""


def _paired(look: Look, *, branch: BranchKey, village: VillageKey, started_on: Happened, today: Today) -> str:
    """The pairing of the two on the day or later. Raises ``Rejected`` where one of them was not there on the day."""
    return paired_already(look, branch, village, started_on, today)


def _paired_later(
    look: Look, *, branch: BranchKey, village: VillageKey, starts_on: date, today: Today
) -> str:
    """The same of a day that may be yet to come: that the two are there is asked as of today then."""
    return _paired(look, branch=branch, village=village, started_on=min(starts_on, today), today=today)


def _proposed(look: Look, *, branch: BranchKey, village: VillageKey) -> str:
    """The proposal of the two that waits; empty where there is none."""
    with look.system.reading() as connection:
        return proposal_waiting(connection, branch, village)


def _paired_directly(
    look: Look, *, branch: BranchKey, village: VillageKey, started_on: Happened, today: Today
) -> str:
    """The same where nobody was asked: refused while a proposal of the two waits."""
    demand(not _proposed(look, branch=branch, village=village), PROPOSED_ONCE)
    return _paired(look, branch=branch, village=village, started_on=started_on, today=today)


def _pairing_drawn(look: Look) -> str:
    return look.ids(PAIRING.drawn)


def _paired_by_then(look: Look, *, key: Key, started_on: Happened, today: Today) -> str:
    proposal = PROPOSAL.state(look, key)
    proposal.start_proposed_allowed()
    return _paired(look, branch=proposal.branch, village=proposal.village, started_on=started_on, today=today)


def _carried_out(
    look: Look, *, key: Key, pairing_id: str, started_on: Happened, paired: str, today: Today
) -> Sequence[Claim]:
    """The pairing begins."""
    proposal = PROPOSAL.state(look, key)
    start = partial(
        Pairing.start_pairing,
        pairing_id=pairing_id,
        branch=proposal.branch,
        village=proposal.village,
        started_on=started_on,
        paired=paired,
        today=today,
    )
    return [Claim(PAIRING.stream(look, pairing_id), PAIRING.initial, start)]


def _successor(
    look: Look, *, branch: BranchKey, replaced_on: Happened, key: Key, today: Today
) -> Sequence[Claim]:
    """The pairing of the branch that takes over."""
    return [succeeding(look, successor(look, key, branch, replaced_on, today), replaced_on, today)]


def _like(
    look: Look,
    *,
    pairing_id: PairingKey,
    kind: ActivityKind,
    topic: Topic,
    held_on: Happened,
    another: Another,
) -> str:
    """The topic of an activity that stands and is like this one; empty where there is none, or this is another."""
    if another:
        return ""
    c = activities.c
    of_day = known(activities, None), c.pairing_id == pairing_id, c.kind == kind.value, c.held_on == held_on
    with look.system.reading() as connection:
        topics = connection.execute(select(c.topic).where(*of_day, c.status != "voided")).scalars()
        return next((each for each in topics if likeness(each) == likeness(topic)), "")


def _reported_today(look: Look) -> date | None:
    """Whoever enters it reports it with that."""
    return look.today()


def _stands(look: Look, *, other: Annotated[str, KeyOf("activity")]) -> bool:
    activity = ACTIVITY.state(look, other)
    return bool(activity.activity_id) and not activity.voided


def _of_unit(look: Look, *, pairings: Others, key: Key) -> bool:
    branch = ACTIVITY.state(look, key).branch
    return all(PAIRING.owner(look, pairing).branch == branch for pairing in pairings)


def _held_already(look: Look, *, pairings: Others, key: Key) -> bool:
    """Whether one of the pairings has an activity that is like it on its day."""
    held = ACTIVITY.state(look, key).describe_activity_allowed()
    return any(
        _like(look, pairing_id=pairing, kind=held.kind, topic=held.topic, held_on=held.held_on, another=False)
        for pairing in pairings
    )


def _entry_ids(look: Look, *, pairings: Others) -> tuple[str, ...]:
    return tuple(look.ids(ACTIVITY.drawn) for _ in pairings)


def _entries(
    look: Look, *, pairings: Others, into: tuple[str, ...], key: Key, today: Today
) -> Sequence[Claim]:
    """The same entry in each of the pairings."""
    activity = ACTIVITY.state(look, key)
    held = activity.describe_activity_allowed()
    claims = []
    for pairing_id, activity_id in zip(pairings, into, strict=True):
        owner = PAIRING.owner(look, pairing_id)
        record = partial(
            Activity.record_activity,
            activity_id=activity_id,
            pairing_id=pairing_id,
            branch=owner.branch,
            village=owner.village,
            kind=held.kind,
            topic=held.topic,
            held_on=held.held_on,
            participants=held.participants,
            persons_visited=held.persons_visited,
            reported_on=today,
            within=span_of_pairing(look, pairing_id=pairing_id),
            near="",
            today=today,
        )
        claims.append(Claim(ACTIVITY.stream(look, activity_id), ACTIVITY.initial, record))
    return claims


def _agreed(pairing: Pairing) -> dict[str, object]:
    """What is agreed already; the whole is stated each time."""
    newest = max(pairing.agreements, key=lambda each: each.signed_on, default=None)
    if newest is None:
        return {}
    return {"others": newest.others, "duties": newest.duties, "ends_on": newest.ends_on}


def _description(activity: Activity) -> dict[str, object]:
    """What is described already, for whoever adds to it: the whole is stated each time."""
    described = activity.described
    names = ("venue", "host", "notes", "quantity", "measure_unit", "distinct_persons", "tags")
    return {} if described is None else {name: getattr(described, name) for name in names}


def _taught(activity: Activity) -> dict[str, object]:
    """What is stated already, but for the name, which no form shows."""
    said = activity.taught
    names = ("hours_hundredths", "teacher_office")
    return {} if said is None else {name: getattr(said, name) for name in names}


def _span_of_activity(look: Look, *, key: Key) -> Span:
    return span_of_pairing(look, pairing_id=ACTIVITY.state(look, key).pairing_id)


def _span_of_case(look: Look, *, key: Key) -> Span:
    return span_of_pairing(look, pairing_id=CASE.state(look, key).correct_case_allowed().pairing_id)


def _span_of_meeting(look: Look, *, key: Key) -> Span:
    return span_of_pairing(look, pairing_id=MEETING.state(look, key).correct_meeting_allowed().pairing_id)


# Whoever proposes asks the leading group; a pairing that it has decided on outside is started directly.
propose_pairing = Verb(
    PROPOSAL,
    Proposal.propose_pairing,
    _BRANCH | _SUPERVISOR,
    given={"paired": _paired_later, "proposed": _proposed},
    begins=True,
    within=("branch", BRANCH),
    alone=True,
    undone_by="withdraw_proposal",
)
approve_proposal = Verb(
    PROPOSAL, Proposal.approve_proposal, _APPROVER, given={"persons": persons_behind_accounts}
)
refuse_proposal = Verb(
    PROPOSAL, Proposal.refuse_proposal, _APPROVER, given={"persons": persons_behind_accounts}
)
start_proposed = Verb(
    PROPOSAL,
    Proposal.start_proposed,
    _SUPERVISOR,
    given={"pairing_id": _pairing_drawn, "paired": _paired_by_then},
    claims=_carried_out,
    alone=True,
    proposes=lambda its: {"started_on": its.starts_on},
)
withdraw_proposal = Verb(PROPOSAL, Proposal.withdraw_proposal, _CORRECTS)
OWN_KINDS = ("paired", "agreement_signed", "post_held")
"""Facts of a pairing that fall with it."""


def _resting(look: Look, key: str, before: date | None) -> str:
    """What stands of a pairing, by day and kind; of what is dated before a day, where one is given."""
    c = facts.c
    of = c.pairing == key, c.retracted_at.is_(None), c.kind.not_in(OWN_KINDS)
    dated = () if before is None else (c.occurred_on < before,)
    with look.system.reading() as connection:
        rows = connection.execute(
            select(c.occurred_on, c.kind).where(*of, *dated).order_by(c.occurred_on).limit(SHOWN)
        )
        return ", ".join(f"{row.occurred_on} {row.kind}" for row in rows)


def _rests(look: Look, *, key: Key) -> str:
    return _resting(look, key, None)


def _rests_before(look: Look, *, key: Key, started_on: Happened) -> str:
    return _resting(look, key, started_on)


start_pairing = Verb(
    PAIRING, Pairing.start_pairing, _SUPERVISOR, given={"paired": _paired_directly}, begins=True, alone=True
)
# Each once or twice in the life of a pairing.
sign_agreement = Verb(
    PAIRING,
    Pairing.sign_agreement,
    _SUPERVISOR,
    aside=True,
    takes_files=True,
    bears="agreement_no",
    then="amend_agreement",
)
amend_agreement = Verb(
    PAIRING, Pairing.amend_agreement, _SUPERVISOR, aside=True, takes_files=True, proposes=_agreed
)
renew_agreement = Verb(PAIRING, Pairing.renew_agreement, _SUPERVISOR, aside=True, takes_files=True)
end_agreement = Verb(PAIRING, Pairing.end_agreement, _SUPERVISOR, aside=True, irreversible=True)
appoint_to_post = Verb(PAIRING, Pairing.appoint_to_post, _SUPERVISOR, aside=True)
leave_post = Verb(PAIRING, Pairing.leave_post, _SUPERVISOR, aside=True)
renew_pairing = Verb(PAIRING, Pairing.renew_pairing, _SUPERVISOR, aside=True)
replace_pairing = Verb(
    PAIRING,
    Pairing.replace_pairing,
    _SUPERVISOR,
    claims=_successor,
    alone=True,
    aside=True,
    irreversible=True,
)
end_pairing = Verb(PAIRING, Pairing.end_pairing, _SUPERVISOR, aside=True, irreversible=True)
# What ledgers state of the past, for whoever enters a paper of which no ledger tells.
state_pairing_day = Verb(PAIRING, Pairing.state_pairing_day, _SUPERVISOR, aside=True)
state_appointment = Verb(PAIRING, Pairing.state_appointment, _SUPERVISOR, aside=True)
record_activity = Verb(
    ACTIVITY,
    Activity.record_activity,
    _BRANCH,
    given={**_OF_PAIRING, "reported_on": _reported_today, "near": _like},
    begins=True,
    within=_PAIRED,
    undone_by="void_activity",
    burdens=(Burden.VISITS, Burden.REQUESTS),
    then="describe_activity",
)
correct_activity = Verb(ACTIVITY, Activity.correct_activity, _CORRECTS, given={"within": _span_of_activity})
void_activity = Verb(ACTIVITY, Activity.void_activity, _CORRECTS, irreversible=True)
describe_activity = Verb(ACTIVITY, Activity.describe_activity, _CORRECTS, proposes=_description)
describe_training = Verb(ACTIVITY, Activity.describe_training, _CORRECTS, aside=True, proposes=_taught)
share_activity = Verb(
    ACTIVITY,
    Activity.share_activity,
    _BRANCH,
    given={"into": _entry_ids, "of_unit": _of_unit, "already": _held_already},
    claims=_entries,
    aside=True,
)
judge_likeness = Verb(
    ACTIVITY,
    Activity.judge_likeness,
    _SUPERVISOR,
    given={"other_stands": _stands},
    aside=True,
    irreversible=True,
)
# What the unit claims, the village confirms or disputes; what they cannot settle between them, the office does.
attest_activity = Verb(ACTIVITY, Activity.attest_activity, _VILLAGE, undone_by="dispute_activity")
dispute_activity = Verb(ACTIVITY, Activity.dispute_activity, _VILLAGE, undone_by="attest_activity")
maintain_activity = Verb(ACTIVITY, Activity.maintain_activity, _BRANCH)
settle_dispute = Verb(ACTIVITY, Activity.settle_dispute, _SUPERVISOR, irreversible=True)
publish_case = Verb(
    CASE,
    ModelCase.publish_case,
    _SUPERVISOR,
    given=_OF_PAIRING,
    begins=True,
    within=_PAIRED,
    undone_by="correct_case",
)
correct_case = Verb(CASE, ModelCase.correct_case, _SUPERVISOR, given={"within": _span_of_case})
host_meeting = Verb(
    MEETING,
    Meeting.host_meeting,
    _SUPERVISOR,
    given=_OF_PAIRING,
    begins=True,
    within=_PAIRED,
    undone_by="correct_meeting",
    burdens=(Burden.VISITS,),
)
correct_meeting = Verb(MEETING, Meeting.correct_meeting, _SUPERVISOR, given={"within": _span_of_meeting})
void_case = Verb(CASE, ModelCase.void_case, _SUPERVISOR, irreversible=True)
void_meeting = Verb(MEETING, Meeting.void_meeting, _SUPERVISOR, irreversible=True)
# What was entered wrongly of a pairing itself.
correct_pairing_day = Verb(
    PAIRING,
    Pairing.correct_pairing_day,
    _SUPERVISOR,
    given={"rests": _rests_before},
    aside=True,
)
void_pairing = Verb(
    PAIRING, Pairing.void_pairing, _SUPERVISOR, given={"rests": _rests}, aside=True, irreversible=True
)
correct_agreement = Verb(PAIRING, Pairing.correct_agreement, _SUPERVISOR, aside=True, bears="agreement_no")
void_agreement = Verb(PAIRING, Pairing.void_agreement, _SUPERVISOR, aside=True, irreversible=True)
correct_term = Verb(PAIRING, Pairing.correct_term, _SUPERVISOR, aside=True)
void_term = Verb(PAIRING, Pairing.void_term, _SUPERVISOR, aside=True, irreversible=True)
