"""What is to be done about pairings: the leading group answers a proposal, and what it agreed to is started."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from application.actors.actor import Owner
from application.question import Asker
from application.questions.answers.duties.duty import DutyKind, Next, Process, Seat, Standing
from domain.account.role import Role
from domain.pairing.proposal import Answer
from projections.boards.pairing.proposals import proposals
from projections.kit.columns import known

_UNIT, _SUPERVISOR, _APPROVER = Role.BRANCH_CLERK, Role.SUPERVISOR, Role.APPROVER
OF_PROPOSALS = (
    Next(
        DutyKind.PAIRING_PROPOSED,
        _APPROVER,
        Seat.LEADING_GROUP,
        "approve_proposal",
        {_UNIT: "withdraw_proposal", _SUPERVISOR: "withdraw_proposal"},
    ),
    Next(
        DutyKind.PROPOSAL_APPROVED,
        _SUPERVISOR,
        Seat.SUPERVISION,
        "start_proposed",
        {_UNIT: "withdraw_proposal", _APPROVER: ""},
    ),
)


def _proposals(asker: Asker) -> Iterator[Standing]:
    c = proposals.c
    waits = c.answer.in_((Answer.OPEN.value, Answer.APPROVED.value))
    for row in asker.connection.execute(select(proposals).where(known(proposals, asker.known_at), waits)):
        approved = row.answer == Answer.APPROVED.value
        yield Standing(
            kind=DutyKind.PROPOSAL_APPROVED if approved else DutyKind.PAIRING_PROPOSED,
            key=row.proposal_id,
            since=row.answered_on if approved else row.proposed_on,
            owner=Owner(row.branch, row.village),
            matter=row.because,
            year=row.starts_on.year,
            from_on=row.starts_on if approved else None,
            barred=frozenset(() if approved else {row.proposed_by}),
        )


PROPOSALS = Process(
    "proposal",
    "proposal",
    OF_PROPOSALS,
    _proposals,
    ("已结对、未同意或者已撤回", "started, refused or withdrawn"),
)
