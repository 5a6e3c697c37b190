"""Pairings that are proposed: the list, and one on its way to the leading group's answer."""

from __future__ import annotations

from fastapi import APIRouter, Response

from application.questions.answers.pairing.proposals import list_proposals, show_proposal
from application.things import PROPOSAL
from application.verbs.pairing.pairings import (
    approve_proposal,
    propose_pairing,
    start_proposed,
)
from domain.pairing.proposal import Answer
from interface.web.kit.detail import next_steps, stations
from interface.web.kit.forms.steps import steps_of
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import ListView
from interface.web.kit.rendering import render
from interface.web.pairings.works import OfProposals, list_page
from interface.words import label

router = APIRouter()
add_verbs(router, PROPOSAL)
_STEPS = (approve_proposal.name, start_proposed.name)
"""What usually comes next."""


@router.get("/proposals")
def read_proposals(page: OfProposals) -> Response:
    """Proposals by what became of them, of a year."""
    listing = ListView(page, sorts=("-day",))
    return list_page(page, listing, list_proposals, "answer", "answer", (), propose_pairing)


@router.get("/proposals/{key}")
def read_proposal(key: str, page: OfProposals) -> Response:
    """A proposal on its way, and its next step."""
    shown = page.ask(show_proposal, key=key)
    ended = shown.answer in (Answer.REFUSED.value, Answer.WITHDRAWN.value)
    answered = page.t(label("answer", shown.answer)) if ended else page.t("领导小组审批")
    way = [(page.t("提出"), shown.proposed_on), (answered, shown.answered_on)]
    if not ended:
        way.append((page.t("登记结对"), shown.started_on))
    return render(
        page,
        "pairings/proposal.html",
        shown=shown,
        year=shown.proposed_on.year,
        stations=stations(way),
        steps=next_steps(steps_of(page, PROPOSAL, key), _STEPS),
    )
