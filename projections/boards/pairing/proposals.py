"""Pairings that are proposed, and what became of them, with row versions."""

from __future__ import annotations

from functools import partial

from sqlalchemy import (
    Column,
    Connection,
    Date,
    String,
    select,
)

from domain.pairing.events import (
    PairingProposed,
    ProposalApproved,
    ProposalCarriedOut,
    ProposalRefused,
    ProposalWithdrawn,
)
from domain.pairing.proposal import Answer
from projections.kit.columns import known, said, versioned_table
from projections.kit.projection import Projection

proposals = versioned_table(
    "proposal",
    Column("proposal_id", String(40), nullable=False),
    *said(PairingProposed, "pairing_id", "branch", "village", "starts_on", "proposed_on", "proposed_by"),
    Column("because", String(500), nullable=False),
    Column("answer", String(12), nullable=False),
    Column("answered_on", Date),
    Column("started_on", Date),
    Column("answer_because", String(500), nullable=False),
)
proposals_board = Projection("proposals_board", 1, [proposals], small=[proposals])
proposals_board.adds(PairingProposed, proposals, answer=Answer.OPEN.value, answer_because="")


_answers = partial(
    proposals_board.stands, table=proposals, column="answer", on="answered_on", because="answer_because"
)
_answers(ProposalApproved, state=Answer.APPROVED)
_answers(ProposalRefused, state=Answer.REFUSED)
_answers(ProposalWithdrawn, state=Answer.WITHDRAWN)
proposals_board.changes(
    ProposalCarriedOut, proposals, "pairing_id", "started_on", answer=Answer.CARRIED_OUT.value
)


def proposal_waiting(connection: Connection, branch: str, village: str) -> str:
    """The id of a proposal of the two that waits for its answer, or to be carried out; empty where there is none."""
    c = proposals.c
    of_two = known(proposals, None), c.branch == branch, c.village == village
    waits = c.answer.in_((Answer.OPEN.value, Answer.APPROVED.value))
    return connection.execute(select(c.proposal_id).where(*of_two, waits)).scalar() or ""
