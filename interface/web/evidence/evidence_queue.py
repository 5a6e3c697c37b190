"""Evidence to be looked at: the queue, verdicts one by one or many at once, the second person, samples."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.questions.answers.year_end.evidence import list_evidence, list_samples
from application.things import EVIDENCE, SAMPLES
from application.verb import Outcome
from application.verbs.evidence import draw_sample, review_evidence, review_evidence_again
from domain.assessment.year.events import EvidenceReviewed, EvidenceReviewedAgain, EvidenceSampleDrawn
from interface.web.kit.asking import answer_of
from interface.web.kit.at_once import add_at_once, drawn_at_once
from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.sentences import tell_records
from interface.web.kit.verb_pages import add_verbs, drawn
from interface.web.kit.year import year_of


def queue_of(_: Page, outcome: Outcome) -> str:
    """The evidence of the year that was spoken of."""
    event = outcome.events[0]
    assert isinstance(event, EvidenceReviewed | EvidenceReviewedAgain | EvidenceSampleDrawn)
    return f"/evidence?year={event.year}"


router = APIRouter()
add_at_once(router, review_evidence, review_evidence_again, shown_at=queue_of)
add_verbs(router, EVIDENCE, SAMPLES, shown_at={"evidence": queue_of, "samples": queue_of})


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
    answer = answer_of(page, list_evidence, year=year)
    page.numbers.read(each.reference for each in answer.rows)
    samples = SAMPLES.initial
    return render(
        page,
        "evidence/evidence_queue.html",
        answer=answer,
        samples=page.ask(list_samples, year=year),
        told=tell_records(page, page.connection, (each.record for each in answer.rows)),
        review=drawn_at_once(page, review_evidence, {"year": year}),
        again=drawn_at_once(page, review_evidence_again, {}),
        draw=drawn(page, draw_sample, str(year), samples, {"seed": _seed(page), "percent": "10"}),
    )


def _seed(page: Page) -> str:
    """A seed nobody chose: the root of the log as it stands."""
    tree = page.system.log.tree
    return tree.root(tree.size()).hex()[:32]
