"""Evidence to be looked at: the queue, verdicts one by one or many at once, the second person, samples."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.question import ALL
from application.questions.answers.year_end.evidence import list_evidence, list_samples
from application.things import EVIDENCE, SAMPLES
from application.verb import Outcome
from application.verbs.assessment.evidence import draw_sample, review_evidence, review_evidence_again
from domain.assessment.year.events import EvidenceReviewed, EvidenceReviewedAgain, EvidenceSampleDrawn
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import exported
from interface.web.kit.forms.at_once import add_at_once, drawn_at_once
from interface.web.kit.forms.drawn import drawn
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import Filter, ListView, chips_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.rendering import render
from interface.web.kit.sentences import tell_records
from interface.words import label
from projections.figures.evidence_queue import EvidenceState


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
    year, listing = year_of(page), ListView(page)
    answer = answer_of(page, list_evidence, year=year, limit=listing.limit)
    page.numbers.read(each.reference for each in answer.rows)
    indicators = [(code, code) for code in answer.indicators]
    listing.filters = [
        Filter("indicator", page.t("指标"), page.asked("indicator"), indicators),
        Filter("q", page.t("村或单位"), page.asked("q")),
        Filter("item", page.t("记录号"), page.asked("item")),
    ]
    states = [
        (each.state.value, page.t(label("evidence_state", each.state.value)), each.count, _LIGHTS[each.state])
        for each in answer.counts
    ]
    return render(
        page,
        "evidence/evidence_queue.html",
        answer=answer,
        listing=listing,
        chips=chips_of(page, "state", sum(each.count for each in answer.counts), states),
        lights=_LIGHTS,
        samples=page.ask(list_samples, year=year),
        told=tell_records(page, page.connection, (each.record for each in answer.rows)),
        review=drawn_at_once(page, review_evidence, {"year": year}),
        again=drawn_at_once(page, review_evidence_again, {}),
        draw=drawn(page, draw_sample, str(year), SAMPLES.initial, {"seed": _seed(page), "percent": "10"}),
    )


_LIGHTS = {
    EvidenceState.OPEN: "waiting",
    EvidenceState.WAITING: "yellow",
    EvidenceState.ACCEPTED: "green",
    EvidenceState.SETTLED_ACCEPTED: "done",
    EvidenceState.SETTLED_REJECTED: "red",
}


@router.get("/evidence/export")
def export_queue(page: Annotated[Page, Depends(allow("read_evidence"))]) -> Response:
    """All rows of the same list as a workbook or a table."""
    answer = answer_of(page, list_evidence, year=year_of(page), after=None, limit=ALL)
    t = page.t
    heading = [
        t("记录号"),
        t("联建村（社区）"),
        t("联建单位"),
        t("事实"),
        t("发生"),
        t("指标"),
        t("状态"),
        t("初审"),
        t("复审"),
    ]
    rows = (
        (
            *(each.record, each.village_name, each.unit_name, t(label("fact_kind", each.kind))),
            *(each.occurred_on, " ".join(each.indicators), t(label("evidence_state", each.state.value))),
            *(f"{t(label('verdict', given.verdict.value))} {given.because}" for given in each.verdicts),
        )
        for each in answer.rows
    )
    return exported(page, "evidence", [heading, *rows])


def _seed(page: Page) -> str:
    """A seed nobody chose: the root of the log as it stands."""
    tree = page.system.log.tree
    return tree.root(tree.size()).hex()[:32]
