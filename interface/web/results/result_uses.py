"""What published results lead to: what is proposed, ordered, reported, done; each with its light."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.question import ALL
from application.questions.answers.year_end.result_uses import (
    ProposedUses,
    list_proposed_uses,
    list_result_uses,
    show_result_use,
)
from application.questions.results.run_results import standing_of
from application.things import RESULT_USE
from application.verb import Outcome
from application.verbs.result_uses import order_result_use
from domain.assessment.year.events import ResultUse, ResultUseOrdered
from domain.assessment.year.result_use import called_for
from domain.kernel.errors import Unknown
from interface.web.kit.asking import answer_of
from interface.web.kit.at_once import add_at_once, drawn_at_once
from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.verb_pages import DrawnVerb, add_verbs, steps_of
from interface.web.kit.year import run_of, year_of
from interface.words import LABELS

router = APIRouter()
LIGHT_ORDER = ("red", "yellow", "green", "done")
USUAL_DAYS = 30
"""Default: so many days until something is to be done. [default]"""
NONE_PROPOSED = ProposedUses(None, (), None)


def _uses_of_year(_: Page, outcome: Outcome) -> str:
    ordered = outcome.events[0]
    assert isinstance(ordered, ResultUseOrdered)
    return f"/result-uses?year={ordered.year}&use={ordered.use.value}"


add_at_once(router, order_result_use, shown_at=_uses_of_year)
add_verbs(router, RESULT_USE)


@router.get("/result-uses")
def read_result_uses(page: Annotated[Page, Depends(allow("read_result_uses"))]) -> Response:
    """All uses of the year by light; a clerk sees the own ones."""
    year = year_of(page)
    answer = answer_of(page, list_result_uses, year=year, after=None, limit=ALL)
    orders = page.may(order_result_use.name)
    proposed = page.ask(list_proposed_uses, year=year, after=None, limit=ALL) if orders else NONE_PROPOSED
    return render(
        page,
        "results/result_uses.html",
        answer=answer,
        rows=sorted(answer.rows, key=lambda row: LIGHT_ORDER.index(row.light)),
        kind=page.request.query_params.get("use", ""),
        state=page.request.query_params.get("state", ""),
        kinds=LABELS["use"],
        orders=orders,
        proposed=proposed,
        at_once=[(use, _for_all(page, proposed, use)) for use in ResultUse if _called(proposed, use)],
    )


def _called(proposed: ProposedUses, use: ResultUse) -> list[str]:
    return [row.pairing_id for row in proposed.rows if use in row.uses]


def _for_all(page: Page, proposed: ProposedUses, use: ResultUse) -> tuple[DrawnVerb, list[str]]:
    """The form that orders one use for every pairing whose result calls for it."""
    run = proposed.run.run_id if proposed.run else ""
    form = drawn_at_once(page, order_result_use, {"run_id": run, "use": use.value, **_usual(page, use)})
    return form.with_known(use=use.value), _called(proposed, use)


def _usual(page: Page, use: ResultUse) -> dict[str, str]:
    """What is usually done, and until when, to begin with."""
    measures = {
        ResultUse.COMMENDATION: page.t("予以通报表扬，并作为评先评优的依据"),
        ResultUse.CRITICISM: page.t("予以通报批评，限期提交整改报告"),
        ResultUse.TALK: page.t("约谈单位主要负责人"),
    }
    due_on = page.today + timedelta(days=USUAL_DAYS)
    return {"measure": measures.get(use, ""), "due_on": due_on.isoformat()}


@router.get("/result-uses/new")
def new_result_use(page: Annotated[Page, Depends(allow("order_result_use"))]) -> Response:
    """The form, filled in from the grade."""
    query = page.request.query_params
    found = run_of(page, query.get("run", ""))
    graded = found.of(query.get("pairing", ""))
    wanted = called_for(standing_of(found, graded))
    named = query.get("use", "") or (wanted[0] if wanted else ResultUse.DUTY).value
    if named not in LABELS["use"]:
        raise Unknown("use of results", named)
    return render(
        page,
        "results/result_use_new.html",
        found=found,
        graded=graded,
        called=[each.value for each in wanted],
        usual={"use": named, **_usual(page, ResultUse(named))},
    )


@router.get("/result-uses/{use_id}")
def read_result_use(use_id: str, page: Annotated[Page, Depends(allow("read_result_uses"))]) -> Response:
    """One use with its trail and the next steps."""
    answer = page.ask(show_result_use, key=use_id)
    page.call_as_on(answer.ordered_on)
    steps = steps_of(page, RESULT_USE, use_id)
    return render(page, "results/result_use.html", answer=answer, steps=steps)
