"""What published results lead to: what is proposed, ordered, reported, done; each with its light."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Row, select

from application.questions.results.run_results import GradedResult, RunResults, run_results, standing_of
from application.things import RESULT_USE
from application.verbs.result_uses import order_result_use
from domain.assessment.year.events import ResultUse
from domain.assessment.year.result_use import called_for, use_light
from domain.kernel.errors import Unknown
from interface.web.kit.context import Form, Page, allow, choice_of, day_of, text_of
from interface.web.kit.rendering import render
from interface.web.kit.sentences import history
from interface.web.kit.verb_pages import add_verbs, steps_of
from interface.web.kit.year import run_of, year_of
from interface.web.pairings.pairings import find, sees
from interface.words import LABELS
from projections.boards import trail
from projections.boards.assessment import published_last, runs_of_year
from projections.boards.result_uses import result_uses
from projections.kit.columns import known

router = APIRouter()
add_verbs(router, RESULT_USE)
STATES = ("open", "overdue", "done")
LIGHT_ORDER = ("red", "yellow", "green", "done")
USUAL_DAYS = 30
"""Default: so many days until something is to be done. [default]"""


@dataclass(frozen=True)
class Proposal:
    """What a result calls for and nobody has ordered yet."""

    graded: GradedResult
    uses: tuple[str, ...]


@router.get("/result-uses")
def list_result_uses(page: Annotated[Page, Depends(allow("read_result_uses"))]) -> Response:
    """All uses of the year by light; a clerk sees the own ones."""
    year = year_of(page)
    rows = [(row, light_of(page, row)) for row in uses_of_year(page, year) if sees(page, row)]
    kind, state = (page.request.query_params.get(name, "") for name in ("use", "state"))
    shown = [
        (row, light)
        for row, light in rows
        if (not kind or row.use == kind) and (not state or state in _states(row, light))
    ]
    shown.sort(key=lambda each: (LIGHT_ORDER.index(each[1]), each[0].due_on, each[0].use_id))
    found = newest_published(page, year) if page.may("order_result_use") else None
    return render(
        page,
        "results/result_uses.html",
        year=year,
        rows=shown,
        kind=kind,
        state=state,
        kinds=LABELS["use"],
        counts={each: sum(1 for row, light in rows if each in _states(row, light)) for each in STATES},
        found=found,
        proposals=proposals(page, found) if found else [],
        usual=lambda use: usual_measure(page, use),
        due_on=page.today + timedelta(days=USUAL_DAYS),
    )


def _states(row: Row[Any], light: str) -> tuple[str, ...]:
    """The states under which a use is found; ``kept``: all but what was withdrawn."""
    if row.status == "withdrawn":
        return ("done",)
    if light == "done":
        return ("kept", "done", "completed")
    return ("kept", "open", "overdue") if light == "red" else ("kept", "open")


def light_of(page: Page, row: Row[Any]) -> str:
    """The light of a use today."""
    return use_light(row.status, row.due_on, page.today)


def uses_of_year(page: Page, year: int) -> list[Row[Any]]:
    """All uses of a year's results as known at the page's position."""
    query = select(result_uses).where(result_uses.c.year == year, known(result_uses, page.at))
    return list(page.connection.execute(query.order_by(result_uses.c.due_on, result_uses.c.use_id)).all())


def newest_published(page: Page, year: int) -> RunResults | None:
    """The results that stand: those of the run published last."""
    run = published_last(runs_of_year(page.connection, year, page.at))
    return run_results(page.system.scoring, page.connection, run.run_id, page.at) if run else None


def proposals(page: Page, found: RunResults) -> list[Proposal]:
    """Pairings whose result calls for something that was not ordered: praise, or criticism or a talk."""
    ordered: dict[str, set[str]] = defaultdict(set)
    for row in uses_of_year(page, found.run.year):
        if row.status != "withdrawn":
            ordered[row.pairing_id].add(row.use)
    listed = []
    for each in found.graded:
        wanted = tuple(use.value for use in called_for(standing_of(found, each)))
        if wanted and not ordered[each.result.pairing] & set(wanted):
            listed.append(Proposal(each, wanted))
    return sorted(listed, key=lambda each: (each.uses, page.units.get(each.graded.result.branch, "")))


def usual_measure(page: Page, use: str) -> str:
    """What is usually done, to begin with."""
    return {
        "commendation": page.t("予以通报表扬，并作为评先评优的依据"),
        "criticism": page.t("予以通报批评，限期提交整改报告"),
        "talk": page.t("约谈单位主要负责人"),
    }.get(use, "")


@router.get("/result-uses/new")
def new_result_use(page: Annotated[Page, Depends(allow("order_result_use"))]) -> Response:
    """The form, filled in from the grade."""
    query = page.request.query_params
    found = run_of(page, query.get("run", ""))
    graded = found.of(query.get("pairing", ""))
    wanted = called_for(standing_of(found, graded))
    use = query.get("use", "") or (wanted[0].value if wanted else ResultUse.DUTY.value)
    if use not in LABELS["use"]:
        raise Unknown("use of results", use)
    return render(
        page,
        "results/result_use_new.html",
        found=found,
        graded=graded,
        use=use,
        called=[each.value for each in wanted],
        measure=usual_measure(page, use),
        due_on=page.today + timedelta(days=USUAL_DAYS),
    )


@router.post("/result-uses/proposed")
def order_proposed(page: Annotated[Page, Depends(allow("order_result_use"))], form: Form) -> Response:
    """Order the same for every pairing whose result calls for it and that has nothing ordered yet."""
    use: ResultUse = choice_of(form, "use", ResultUse)
    measure, due_on = text_of(form, "measure"), day_of(form, "due_on")
    found = run_of(page, text_of(form, "run_id"))
    same = {"run_id": found.run.run_id, "use": use, "measure": measure, "because": "", "due_on": due_on}
    wanted = [each.graded.result.pairing for each in proposals(page, found) if use.value in each.uses]
    page.use_on_all(order_result_use, [("", {**same, "pairing_id": pairing}) for pairing in wanted])
    return RedirectResponse(f"/result-uses?year={found.run.year}&use={use.value}", status_code=303)


@router.get("/result-uses/proposed")
def back_to_result_uses(page: Annotated[Page, Depends(allow("read_result_uses"))]) -> Response:
    """A form's address, which would else be taken for a number: its page is the list."""
    return RedirectResponse(page.link("/result-uses", **dict(page.request.query_params)), status_code=303)


@router.get("/result-uses/{use_id}")
def show_result_use(use_id: str, page: Annotated[Page, Depends(allow("read_result_uses"))]) -> Response:
    """One use with its trail and the next steps."""
    row = _own(page, "read_result_uses", use_id)
    page.call_as_on(row.ordered_on)
    wanted = trail.TrailFilter(thing_kind="use_id", thing=use_id, known_at=page.at)
    return render(
        page,
        "results/result_use.html",
        row=row,
        light=light_of(page, row),
        events=history(page, trail.page(page.connection, wanted, limit=100)),
        steps=steps_of(page, RESULT_USE, use_id),
    )


def _own(page: Page, verb: str, use_id: str) -> Row[Any]:
    row = find(page, result_uses, use_id)
    page.demand(verb, branch=row.branch, village=row.village)
    return row
