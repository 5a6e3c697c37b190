"""What is done with pairings, their posts and agreements, activities, model cases and meetings, and by whom.

The office's supervisors keep the list of pairings; clerks of branches record what these do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

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
from application.things import BRANCH, CASE, MEETING, PAIRING, PROPOSAL
from application.verb import Verb
from domain.account.role import Role
from domain.burden.events import Burden
from domain.kernel.decisions import demand
from domain.kernel.span import Span
from domain.kernel.values import BranchKey, Happened, Key, Today, VillageKey
from domain.pairing.clauses import PROPOSED_ONCE
from domain.pairing.pairing import Pairing
from domain.pairing.proposal import Proposal
from domain.pairing.recognition import Meeting, ModelCase
from projections.boards.pairing.proposals import proposal_waiting
from projections.facts.fact_table import facts

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


def _agreed(pairing: Pairing) -> dict[str, object]:
    """What is agreed already; the whole is stated each time."""
    newest = max(pairing.agreements, key=lambda each: each.signed_on, default=None)
    if newest is None:
        return {}
    return {"others": newest.others, "duties": newest.duties, "ends_on": newest.ends_on}


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
void_renewal = Verb(PAIRING, Pairing.void_renewal, _SUPERVISOR, aside=True)
correct_agreement = Verb(PAIRING, Pairing.correct_agreement, _SUPERVISOR, aside=True, bears="agreement_no")
void_agreement = Verb(PAIRING, Pairing.void_agreement, _SUPERVISOR, aside=True, irreversible=True)
correct_term = Verb(PAIRING, Pairing.correct_term, _SUPERVISOR, aside=True)
void_term = Verb(PAIRING, Pairing.void_term, _SUPERVISOR, aside=True, irreversible=True)
