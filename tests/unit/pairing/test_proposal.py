"""A pairing that is proposed starts once somebody of the leading group has agreed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.kernel.person import Persons
from domain.pairing import clauses
from domain.pairing.events import (
    PairingEvent,
    PairingProposed,
    ProposalApproved,
    ProposalCarriedOut,
    ProposalRefused,
    ProposalWithdrawn,
)
from domain.pairing.proposal import Proposal
from tests.kit.given import given

TODAY, LATER = date(2025, 12, 20), date(2026, 1, 1)
WHO: dict[str, Any] = {"proposal_id": "pp-1", "branch": "b", "village": "v"}
OWN: dict[str, Any] = {**WHO, "pairing_id": ""}
SAID: dict[str, Any] = {"starts_on": LATER, "because": "产业对口", "proposed_by": "danwei"}
PROPOSED = PairingProposed(**OWN, **SAID, proposed_on=TODAY)
APPROVED = ProposalApproved(**OWN, approved_on=TODAY)
REFUSED = ProposalRefused(**OWN, because="已有两家", refused_on=TODAY)
WITHDRAWN = ProposalWithdrawn(**OWN, because="单位改革", withdrawn_on=TODAY)
CARRIED_OUT = ProposalCarriedOut(**{**OWN, "pairing_id": "pr-1"}, started_on=LATER)


def propose(paired: str = "", proposed: str = "") -> Any:
    return lambda p: p.propose_pairing(**WHO, **SAID, paired=paired, proposed=proposed, today=TODAY)


def approve(who: str) -> Any:
    return lambda p: p.approve_proposal(approved_by=who, persons=Persons(), today=TODAY)


def start(today: date = LATER, paired: str = "") -> Any:
    return lambda p: p.start_proposed(started_on=LATER, pairing_id="pr-1", paired=paired, today=today)


def test_what_was_agreed_to_is_started() -> None:
    given(Proposal()).when(propose()).then(PROPOSED)
    given(Proposal(), PROPOSED).when(approve("lingdao")).then(APPROVED)
    given(Proposal(), PROPOSED, APPROVED).when(start()).then(CARRIED_OUT)


def test_the_two_are_proposed_once_and_only_while_they_are_not_paired() -> None:
    given(Proposal()).when(propose(paired="pr-9")).refused(clauses.PAIRED_ONCE, "pr-9")
    given(Proposal()).when(propose(proposed="pp-9")).refused(clauses.PROPOSED_ONCE)


def test_nobody_answers_the_own_proposal() -> None:
    given(Proposal(), PROPOSED).when(approve("danwei")).refused(clauses.ANSWERED_BY_ANOTHER, "danwei")
    given(Proposal(), PROPOSED).when(
        lambda p: p.refuse_proposal(because="已有两家", refused_by="danwei", persons=Persons(), today=TODAY)
    ).refused(clauses.ANSWERED_BY_ANOTHER, "danwei")


@pytest.mark.parametrize("answered", [(), (REFUSED,), (WITHDRAWN,), (APPROVED, WITHDRAWN)])
def test_only_what_was_agreed_to_starts(answered: tuple[PairingEvent, ...]) -> None:
    given(Proposal(), PROPOSED, *answered).when(start()).refused(clauses.APPROVED_FIRST)


@pytest.mark.parametrize("ended", [REFUSED, WITHDRAWN, CARRIED_OUT])
def test_what_is_settled_is_not_settled_again(ended: PairingEvent) -> None:
    settled = given(Proposal(), PROPOSED, ended)
    settled.when(approve("lingdao")).refused(clauses.PROPOSAL_ANSWERED_ONCE)
    settled.when(lambda p: p.withdraw_proposal(because="单位改革", today=TODAY)).refused(
        clauses.PROPOSAL_ANSWERED_ONCE
    )


def test_it_starts_neither_twice_nor_beside_another_nor_before_its_day() -> None:
    given(Proposal(), PROPOSED, APPROVED, CARRIED_OUT).when(start()).refused(clauses.PROPOSAL_ANSWERED_ONCE)
    agreed = given(Proposal(), PROPOSED, APPROVED)
    agreed.when(start(paired="pr-9")).refused(clauses.PAIRED_ONCE, "pr-9")
    agreed.when(start(today=TODAY)).refused(clauses.NOT_IN_THE_FUTURE)
