"""Evidence to be looked at: the queue, verdicts one by one or many at once, the second person, samples."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.things import EVIDENCE, SAMPLES
from application.verb import Outcome, Verb
from application.verbs.evidence import review_evidence, review_evidence_again
from domain.assessment.year.events import (
    EvidenceReviewed,
    EvidenceReviewedAgain,
    EvidenceSampleDrawn,
    Verdict,
)
from domain.assessment.year.evidence import draw
from interface.web.evidence.attachments import attached
from interface.web.kit.context import Form, Page, allow, choice_of, text_of
from interface.web.kit.rendering import render
from interface.web.kit.sentences import tell
from interface.web.kit.values import Malformed, number_in
from interface.web.kit.verb_pages import add_verbs
from interface.web.kit.year import year_of
from projections.boards import trail
from projections.boards.year_work import cut_off_at
from projections.facts.supervision import finding_of
from projections.figures.evidence_queue import (
    OPEN,
    STATES,
    WAITING,
    counting,
    in_sight,
    population,
    samples_of,
)


def queue_of(_: Page, outcome: Outcome) -> str:
    """The evidence of the year that was spoken of."""
    event = outcome.events[0]
    assert isinstance(event, EvidenceReviewed | EvidenceReviewedAgain | EvidenceSampleDrawn)
    return f"/evidence?year={event.year}"


router = APIRouter()
add_verbs(router, EVIDENCE, SAMPLES, shown_at={"evidence": queue_of, "samples": queue_of})
SHOWN = 50
"""Items of a page."""


@router.get("/samples/{year}")
def show_samples(year: str, page: Annotated[Page, Depends(allow("read_evidence"))]) -> Response:
    """The page of a year's samples."""
    return RedirectResponse(page.link("/evidence", year=year), status_code=303)


@router.get("/evidence-items/{position}")
def show_item(position: int, page: Annotated[Page, Depends(allow("read_evidence"))]) -> Response:
    """The page of what was recorded at a position."""
    return RedirectResponse(page.link(f"/events/{position}"), status_code=303)


@router.get("/evidence")
def show_queue(page: Annotated[Page, Depends(allow("read_evidence"))]) -> Response:
    """What is to be reviewed, with its event and attachments; what was reviewed, with the verdicts."""
    year = year_of(page)
    query = page.request.query_params
    scheme = page.system.scoring.scheme(page.connection, year, page.at)
    everything = counting(page.connection, scheme, page.at, cut_off_at(page.connection, year, page.at))
    state, indicator, wanted = query.get("state", ""), query.get("indicator", ""), query.get("q", "").strip()
    item, sample = query.get("item", ""), query.get("sample", "")
    drawn = samples_of(page.connection, year, page.at)
    of_sample = {
        each for row in drawn if sample in (row.sample_id, row.sample_no) for each in row._mapping["items"]
    }
    queue = [each for each in everything if in_sight(each) or str(each.position) == item]
    chosen = [
        each
        for each in queue
        if (not state or each.state == state)
        and (not indicator or indicator in each.indicators)
        and (not item or str(each.position) == item)
        and (not sample or each.position in of_sample)
        and page.names.matches(wanted, each.village, each.branch)
    ]
    first = _from(query.get("from", ""))
    rows = chosen[first : first + SHOWN]
    page.numbers.read(each.reference for each in rows)
    events = trail.events_at(page.connection, {each.position for each in rows})
    return render(
        page,
        "evidence/evidence_queue.html",
        year=year,
        rows=rows,
        told={each.row.position: each for each in tell(page, events.values())},
        attachments={
            each.position: attached(page, "finding", finding_of(each.reference))
            for each in rows
            if each.kind.startswith("finding")
        },
        counts=Counter(each.state for each in queue),
        states=STATES,
        state=state,
        indicators=sorted({code for each in everything for code in each.indicators}),
        indicator=indicator,
        wanted=wanted,
        found=len(chosen),
        first=first,
        shown=SHOWN,
        samples=[
            (row, list(draw(row.seed, row.population, row.percent)) == row._mapping["items"]) for row in drawn
        ],
        settled={each.position for each in queue if each.state.startswith("settled")},
        population=len(population(everything)),
        seed=_seed(page),
        open_state=OPEN,
        waiting_state=WAITING,
    )


def _from(text: str) -> int:
    return number_in("from", text, high=10**8) if text else 0


def _seed(page: Page) -> str:
    """A seed nobody chose: the root of the log as it stands."""
    tree = page.system.log.tree
    return tree.root(tree.size()).hex()[:32]


def _positions(form: Form) -> list[int]:
    found = [name.partition(".")[2] for name in form if name.startswith("item.")]
    if not found:
        raise Malformed("item", "请先选择要审核的事项")
    return [number_in("item", each) for each in found]


def _judge(page: Page, form: Form, verb: Verb[Any, Any]) -> Response:
    """The verdict on all that was chosen, or on nothing."""
    year = year_of(page)
    stated = {
        "year": year,
        "verdict": choice_of(form, "verdict", Verdict),
        "because": text_of(form, "because", required=False),
    }
    page.use_on_all(verb, [(str(each), stated) for each in _positions(form)])
    return RedirectResponse(f"/evidence?year={year}", status_code=303)


@router.post("/evidence-reviews")
def post_review_evidence(page: Annotated[Page, Depends(allow("review_evidence"))], form: Form) -> Response:
    """A first verdict."""
    return _judge(page, form, review_evidence)


@router.post("/evidence-reviews/again")
def post_review_evidence_again(
    page: Annotated[Page, Depends(allow("review_evidence_again"))], form: Form
) -> Response:
    """A second person's verdict."""
    return _judge(page, form, review_evidence_again)
