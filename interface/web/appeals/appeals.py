"""Appeals: filing against a score line or a finding, admission, decision, and the run that came of it."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.input.reading import Written
from application.questions.answers.year_end.appeals import (
    AppealOrder,
    AppealShown,
    list_appeals,
    show_appeal,
    show_contestable,
)
from application.things import APPEAL
from application.verbs.assessment.appeals import admit_appeal, decide_appeal, file_appeal, refuse_appeal
from domain.appeal.appeal import Status
from domain.appeal.events import Outcome
from domain.kernel.parties import Side
from domain.supervision.light import Light
from interface.web.kit.asking import answer_of
from interface.web.kit.attached import attached
from interface.web.kit.detail import Station, next_steps
from interface.web.kit.forms.steps import steps_of
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import Filter, ListView, chips_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.posted import Form
from interface.web.kit.pictures.clock import Term, clock
from interface.web.kit.rendering import render
from interface.words import label

router = APIRouter()


def contestable(page: Page, _: str, written: Written) -> tuple[str, object] | None:
    """What the appeal that is being written is about, where that is stated."""
    found = page.ask_of_form(show_contestable, written)
    return None if found is None else ("appeals/contestable.html", found)


add_verbs(router, APPEAL, above={file_appeal.name: contestable})


@router.get("/appeals")
def read_appeals(page: Annotated[Page, Depends(allow("read_appeals"))]) -> Response:
    """The appeals the reader may see, the most urgent first."""
    listing = ListView(page, sorts=SORTS)
    answer = answer_of(page, list_appeals, sort=listing.order(AppealOrder), limit=listing.limit)
    listing.filters = _filters(page, answer.years)
    counts = [
        (each.status.value, page.t(label("appeal_status", each.status.value)), each.count, "")
        for each in answer.counts
    ]
    chips = chips_of(page, "status", sum(each.count for each in answer.counts), counts)
    return render(page, "appeals/appeals.html", answer=answer, listing=listing, chips=chips)


SORTS = ("urgency", "filed", "due", "number")


def _filters(page: Page, years: Sequence[int]) -> list[Filter]:
    def words(group: str, members: type[enum.Enum]) -> list[tuple[str, str]]:
        return [(each.value, page.t(label(group, each.value))) for each in members]

    return [
        Filter("q", page.t("查找"), page.asked("q")),
        Filter("year", page.t("年度"), page.asked("year"), [(str(each), str(each)) for each in years]),
        Filter("side", page.t("申诉方"), page.asked("side"), words("side", Side)),
        Filter("outcome", page.t("结论"), page.asked("outcome"), words("outcome", Outcome)),
        Filter("due_to", page.t("到期不晚于"), page.asked("due_to"), day=True),
    ]


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
        files={each.position: each for each in attached(page, "appeal", appeal_id)},
        steps=next_steps(steps_of(page, APPEAL, appeal_id, without=_not_offered(answer)), _way(answer)),
        stations=_stations(page, answer),
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


USUAL_WAY = (admit_appeal.name, decide_appeal.name)
"""What leads an appeal on."""


def _stations(page: Page, answer: AppealShown) -> list[Station]:
    """From filing to the effect of the decision; none where it ended before it was decided."""
    appeal = answer.appeal
    if appeal.status in (Status.REFUSED, Status.WITHDRAWN):
        return []
    decided = answer.decided_on is not None
    carried_out = decided and not answer.outstanding and answer.failure is None
    following = 1 if answer.admitted_on is None else 2 if not decided else 4 if not carried_out else 5
    done = appeal.counted_in or ""
    said = (appeal.filed_on, answer.admitted_on, None, answer.decided_on, done)
    titles = page.t("提出"), page.t("受理"), page.t("调查"), page.t("决定"), page.t("执行")

    def station(n: int, title: str, when: object) -> Station:
        if n < following:
            return Station(title, str(when) if when else "", "done")
        due = page.t("期限 %(day)s", day=appeal.due_on) if n == 2 and appeal.due_on else ""
        late = appeal.light is Light.RED
        return Station(title, due, ("over" if late else "now") if n == following else "")

    return [station(n, *each) for n, each in enumerate(zip(titles, said, strict=True))]


def _way(answer: AppealShown) -> tuple[str, ...]:
    """Where what it contests is gone, nothing is left but to end it."""
    return (refuse_appeal.name,) if answer.gone else USUAL_WAY


def _not_offered(answer: AppealShown) -> frozenset[str]:
    """An admitted appeal is ended without a decision only where what it contests is gone, and then it is not decided."""
    if answer.gone:
        return (
            frozenset(USUAL_WAY) if answer.appeal.status in (Status.FILED, Status.ADMITTED) else frozenset()
        )
    return frozenset({refuse_appeal.name} if answer.appeal.status is Status.ADMITTED else ())


@router.post("/appeals/{appeal_id}/carry-out")
def carry_out_appeal(
    appeal_id: str, page: Annotated[Page, Depends(allow("carry_out_appeal"))], form: Form
) -> Response:
    """Try once more what a decision leads to and could not be done; what was done already is not done again."""
    page.ask(show_appeal, key=appeal_id)
    page.system.policies.follow()
    return RedirectResponse(f"/appeals/{appeal_id}", status_code=303)
