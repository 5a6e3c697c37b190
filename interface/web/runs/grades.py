"""Who has which grade in a run, and why: exclusions, adjustments, the sign-off chain, and results of persons."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.question import ALL
from application.questions.answers.year_end.grades import list_exclusions, show_grades, show_persons
from application.things import RESULTS, RUN
from application.verb import Outcome
from domain.assessment.year.events import (
    NoticeOpened,
    ObjectionAnswered,
    ObjectionFiled,
    ResultServed,
    RunConsented,
    RunFrozen,
)
from domain.document.events import DocumentIssued
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import exported
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import Filter, ListView
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.rendering import render
from interface.web.results.results import grade_chips, results_listed
from interface.words import label
from projections.boards.assessment.runs import frozen_last, runs_of_year


def way_on(_: Page, outcome: Outcome) -> str:
    """Where what was done with a run is seen."""
    match outcome.events[0]:
        case NoticeOpened() | ObjectionFiled() | ObjectionAnswered():
            return f"/notice/{outcome.key}"
        case ResultServed():
            return f"/runs/{outcome.key}/service"
        case RunConsented():
            return f"/runs/{outcome.key}"
        case DocumentIssued():
            return f"/runs/{outcome.key}#documents"
        case _:
            return f"/runs/{outcome.key}/grades"


def year_on(_: Page, outcome: Outcome) -> str:
    """Where what was done with the results of a year is seen: a new run, or who takes part in no grade."""
    event = outcome.events[0]
    return f"/runs/{event.run_id}" if isinstance(event, RunFrozen) else f"/exclusions?year={outcome.key}"


router = APIRouter()
add_verbs(router, RUN, RESULTS, shown_at={"run": way_on, "results": year_on})


def newest_run(page: Page, year: int) -> str:
    """The id of the run frozen last as known at the page's position; empty where there is none."""
    row = frozen_last(runs_of_year(page.connection, year, page.at))
    return "" if row is None else str(row.run_id)


@router.get("/runs/{run_id}/grades")
def read_grades(run_id: str, page: Annotated[Page, Depends(allow("read_grades"))]) -> Response:
    """A run on its way to the public: who has which grade, step by step, with what may be done next."""
    answer = page.ask(show_grades, key=run_id)
    page.call_as_of_year(answer.run.year)
    listing, results = results_listed(page, run_id)
    return render(
        page,
        "runs/run_grades.html",
        answer=answer,
        listing=listing,
        results=results,
        chips=grade_chips(page, results),
    )


@router.get("/results/{year}")
def show_year(year: str, page: Annotated[Page, Depends(allow("read_grades"))]) -> Response:
    """The page of a year's results, as the forms of what is done with them name it: who takes part in no grade."""
    return RedirectResponse(page.link("/exclusions", year=year), status_code=303)


@router.get("/exclusions")
def read_exclusions(page: Annotated[Page, Depends(allow("read_grades"))]) -> Response:
    """Who takes part in no grade of the year."""
    year, listing = year_of(page), ListView(page)
    answer = answer_of(page, list_exclusions, year=year, limit=listing.limit)
    return render(page, "runs/exclusions.html", year=year, answer=answer, listing=listing)


@router.get("/exclusions/export")
def export_exclusions(page: Annotated[Page, Depends(allow("read_grades"))]) -> Response:
    """The same as a workbook or a table."""
    answer = answer_of(page, list_exclusions, year=year_of(page), after=None, limit=ALL)
    heading = [page.t(each) for each in ("联建村（社区）", "联建单位", "理由", "依据", "日期")]
    rows = (
        (each.pairing.village_name, each.pairing.unit_name, each.because, each.basis, each.excluded_on)
        for each in answer.rows
    )
    return exported(page, "exclusions", [heading, *rows])


@router.get("/runs/{run_id}/persons")
def read_persons(run_id: str, page: Annotated[Page, Depends(allow("read_persons"))]) -> Response:
    """Results of the persons in the two posts, by unit and village; their names are noted as looked at."""
    listing = ListView(page, [Filter("q", page.t("村或单位"), page.asked("q"))])
    answer = answer_of(page, show_persons, key=run_id, limit=listing.limit)
    return render(page, "runs/persons.html", answer=answer, listing=listing)


@router.get("/runs/{run_id}/persons/export")
def export_persons(run_id: str, page: Annotated[Page, Depends(allow("read_persons"))]) -> Response:
    """All rows of the same list as a workbook or a table, one for each pairing; the names are noted as looked at."""
    answer = answer_of(page, show_persons, key=run_id, after=None, limit=ALL)
    page.call_as_of_year(answer.run.year)
    people = page.people(each.person for each in answer.rows)
    titles = [page.t(each) for each in ("姓名", "加权得分", "联建村（社区）", "联建单位", "职务")]
    titles += [page.t("任职天数"), page.t("结对总分")]
    rows = (
        (
            *(people.get(each.person, ""), each.points, held.pairing.village_name, held.pairing.unit_name),
            *(page.t("、").join(page.t(label("post", post)) for post in held.posts), held.days, held.total),
        )
        for each in answer.rows
        for held in each.held
    )
    return exported(page, "persons", [titles, *rows])
