"""Pairings that are proposed, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.actors.actor import EVERYBODY
from application.input.keyset import After
from application.question import Asker, Limit, question
from application.questions.answers.pairing.statements import DayOrder
from application.questions.answers.pairing.work_listing import Owned, WorkListing, Works
from application.questions.history import newest_steps
from application.questions.of_row import of_row
from application.questions.sentences import HistoryStep
from application.things import PROPOSAL
from domain.kernel.values import Key, OptionalLine, Year
from domain.pairing.proposal import Answer
from projections.boards.pairing.proposals import proposals


@dataclass(frozen=True)
class _ProposalRow:
    proposal_id: str
    starts_on: date
    proposed_on: date
    because: str
    answer: str
    answered_on: date | None
    started_on: date | None
    answer_because: str


@dataclass(frozen=True)
class ProposedPairing(Owned, _ProposalRow):
    """A proposal and who is to be paired; ``pairing_id`` is empty until it is carried out. ``answer_because``: why it was refused
    or withdrawn."""


@dataclass(frozen=True)
class ProposalShown(ProposedPairing):
    """A proposal with what happened to it, the oldest first."""

    history: tuple[HistoryStep, ...]


def _listing(asker: Asker) -> WorkListing[ProposedPairing]:
    c = proposals.c
    return WorkListing(asker, ProposedPairing, proposals, c.proposed_on, c.answer, texts=("because",))


@question("/proposals")
def list_proposals(
    asker: Asker,
    *,
    year: Year | None,
    answer: Answer | None,
    q: OptionalLine,
    township: OptionalLine,
    sort: DayOrder | None,
    after: After | None,
    limit: Limit | None,
) -> Works[ProposedPairing]:
    """Pairings proposed, those of the last days first where no order is stated; a clerk sees the own ones."""
    listing = _listing(asker)
    listing.narrow(year, None, q, township)
    order = (sort or DayOrder.DAY_LAST).value
    return listing.page(answer, Answer, order, {"day": proposals.c.proposed_on}, after, limit)


@question("/proposals/{key}", EVERYBODY, on=PROPOSAL)
def show_proposal(asker: Asker, *, key: Key) -> ProposalShown:
    """One proposal, with its history."""
    found = _listing(asker).one(key)
    return of_row(ProposalShown, found, history=newest_steps(asker, "proposal_id", key)[::-1])
