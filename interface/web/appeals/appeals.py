"""Appeals: filing against a score line or a finding, admission, decision, and the run that came of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.question import ALL
from application.questions.answers.year_end.appeals import (
    AppealShown,
    list_appeals,
    show_appeal,
    show_contestable,
)
from application.reading import Written
from application.things import APPEAL
from application.verbs.appeals import file_appeal, refuse_appeal
from domain.appeal.appeal import Status
from interface.web.evidence.attachments import attached
from interface.web.kit.context import Form, Page, allow
from interface.web.kit.pictures.clock import Term, clock
from interface.web.kit.rendering import render
from interface.web.kit.verb_pages import add_verbs, steps_of

router = APIRouter()


def contestable(page: Page, _: str, written: Written) -> tuple[str, object] | None:
    """What the appeal that is being written is about, where that is stated."""
    found = page.ask_of_form(show_contestable, written)
    return None if found is None else ("appeals/contestable.html", found)


add_verbs(router, APPEAL, above={file_appeal.name: contestable})


@router.get("/appeals")
def read_appeals(page: Annotated[Page, Depends(allow("read_appeals"))]) -> Response:
    """All appeals the reader may see, newest first."""
    answer = page.ask(list_appeals, after=None, limit=ALL)
    return render(page, "appeals/appeals.html", answer=answer)


@router.get("/appeals/{appeal_id}")
def read_appeal(appeal_id: str, page: Annotated[Page, Depends(allow("read_appeals"))]) -> Response:
    """What is contested as it was known then, the steps, the decision and its run."""
    answer = page.ask(show_appeal, key=appeal_id)
    page.call_as_on(answer.appeal.filed_on)
    page.system.accesses.note(page.actor, "appeal", [appeal_id], page.request.url.path)
    return render(
        page,
        "appeals/appeal.html",
        answer=answer,
        attached=attached(page, "appeal", appeal_id),
        steps=steps_of(page, APPEAL, appeal_id, without=_not_offered(answer)),
        clock=clock(
            Term(
                answer.appeal.filed_on,
                answer.admitted_on,
                answer.appeal.due_on,
                answer.ended_on,
                page.about or page.today,
            ),
            page.t,
            f"{page.link(f'/appeals/{appeal_id}')}#trail",
        ),
    )


def _not_offered(answer: AppealShown) -> frozenset[str]:
    """An admitted appeal is ended without a decision only where what it contests is gone."""
    ended = answer.appeal.status is Status.ADMITTED and not answer.gone
    return frozenset({refuse_appeal.name} if ended else ())


@router.post("/appeals/{appeal_id}/carry-out")
def carry_out_appeal(
    appeal_id: str, page: Annotated[Page, Depends(allow("carry_out_appeal"))], form: Form
) -> Response:
    """Try once more what a decision leads to and could not be done; what was done already is not done again."""
    page.ask(show_appeal, key=appeal_id)
    page.system.policies.follow()
    return RedirectResponse(f"/appeals/{appeal_id}", status_code=303)
