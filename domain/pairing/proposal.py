"""A pairing that somebody proposes, until the leading group has answered and it is started."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.kernel.decisions import demand
from domain.kernel.person import Persons
from domain.kernel.values import Actor, BranchKey, Happened, Key, Today, VillageKey, Words
from domain.pairing import clauses, events
from domain.pairing.days import demand_happened


class Answer(enum.Enum):
    """How far a proposal has come. ``OPEN``: nobody has answered; ``CARRIED_OUT``: the pairing is started."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CARRIED_OUT = "carried_out"


@dataclass(frozen=True)
class Proposal:
    """``proposal_id`` is empty until it is made."""

    proposal_id: str = ""
    branch: str = ""
    village: str = ""
    starts_on: date = date.min
    proposed_by: str = ""
    answer: Answer = Answer.OPEN

    def propose_pairing(
        self,
        *,
        proposal_id: Key,
        branch: BranchKey,
        village: VillageKey,
        starts_on: date,
        because: Words,
        paired: str,
        proposed: str,
        proposed_by: Actor,
        today: Today,
    ) -> events.PairingProposed:
        """Propose to pair the two from a day on. ``paired``: the id of a pairing of the two on that day or later, ``proposed``:
        that of a proposal of theirs that waits; both empty where there is none.
        """
        demand(not self.proposal_id, clauses.RECORDED_ONCE, proposal_id)
        demand(not paired, clauses.PAIRED_ONCE, paired)
        demand(not proposed, clauses.PROPOSED_ONCE)
        return events.PairingProposed(
            proposal_id=proposal_id,
            pairing_id="",
            branch=branch,
            village=village,
            starts_on=starts_on,
            because=because,
            proposed_by=proposed_by,
            proposed_on=today,
        )

    def approve_proposal(
        self, *, approved_by: Actor, persons: Persons, today: Today
    ) -> events.ProposalApproved:
        """The leading group agrees; whoever proposed it is somebody else."""
        self.approve_proposal_allowed()
        demand(not persons.meet(approved_by, self.proposed_by), clauses.ANSWERED_BY_ANOTHER, approved_by)
        return events.ProposalApproved(**self._own, approved_on=today)

    def approve_proposal_allowed(self) -> None:
        """Refuse where there is none, or it was answered."""
        self._demand_proposed()
        demand(self.answer is Answer.OPEN, clauses.PROPOSAL_ANSWERED_ONCE)

    def refuse_proposal(
        self, *, because: Words, refused_by: Actor, persons: Persons, today: Today
    ) -> events.ProposalRefused:
        """The leading group does not agree; the two may be proposed anew."""
        self.refuse_proposal_allowed()
        demand(not persons.meet(refused_by, self.proposed_by), clauses.ANSWERED_BY_ANOTHER, refused_by)
        return events.ProposalRefused(**self._own, because=because, refused_on=today)

    refuse_proposal_allowed = approve_proposal_allowed

    def withdraw_proposal(self, *, because: Words, today: Today) -> events.ProposalWithdrawn:
        """It is not wanted any more, approved or not."""
        self.withdraw_proposal_allowed()
        return events.ProposalWithdrawn(**self._own, because=because, withdrawn_on=today)

    def withdraw_proposal_allowed(self) -> None:
        """Refuse where there is none, or it was refused, withdrawn or carried out."""
        self._demand_proposed()
        waits = self.answer in (Answer.OPEN, Answer.APPROVED)
        demand(waits, clauses.PROPOSAL_ANSWERED_ONCE)

    def start_proposed(
        self, *, started_on: Happened, pairing_id: str, paired: str, today: Today
    ) -> events.ProposalCarriedOut:
        """Start what was approved, on the day on which it really began. ``paired`` as for ``propose_pairing``."""
        self.start_proposed_allowed()
        demand(not paired, clauses.PAIRED_ONCE, paired)
        demand_happened(started_on, today)
        return events.ProposalCarriedOut(**(self._own | {"pairing_id": pairing_id}), started_on=started_on)

    def start_proposed_allowed(self) -> None:
        """Refuse what was not approved, or was carried out."""
        self._demand_proposed()
        demand(self.answer is not Answer.CARRIED_OUT, clauses.PROPOSAL_ANSWERED_ONCE)
        demand(self.answer is Answer.APPROVED, clauses.APPROVED_FIRST)

    def _demand_proposed(self) -> None:
        demand(bool(self.proposal_id), clauses.RECORDED_FIRST)

    @property
    def _own(self) -> dict[str, Any]:
        names = ("proposal_id", "branch", "village")
        return {"pairing_id": "", **{name: getattr(self, name) for name in names}}

    def after(self, event: events.PairingEvent) -> Proposal:
        match event:
            case events.PairingProposed():
                return Proposal(
                    event.proposal_id, event.branch, event.village, event.starts_on, event.proposed_by
                )
            case events.ProposalApproved():
                return replace(self, answer=Answer.APPROVED)
            case events.ProposalRefused():
                return replace(self, answer=Answer.REFUSED)
            case events.ProposalWithdrawn():
                return replace(self, answer=Answer.WITHDRAWN)
            case events.ProposalCarriedOut():
                return replace(self, answer=Answer.CARRIED_OUT)
        return self
