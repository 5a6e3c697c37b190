"""The results of a year, unit by unit, and what is made of them: notices, circular, workbook, follow-up."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.question import ALL
from application.questions.answers.year_end.results import (
    ResultOrder,
    RunResultsShown,
    RunRow,
    list_runs,
    show_run_results,
)
from application.questions.results.run_results import RunResults
from domain.assessment.scheme.text import Text
from domain.kernel.errors import Unknown
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import exported
from interface.web.kit.listing import Chip, Filter, ListView, chips_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import run_of, year_of
from interface.web.kit.rendering import render

router = APIRouter()


def shown_run(page: Page, run_id: str) -> RunResults:
    """The results of a run, where the reader may see them: clerks only published ones."""
    found = run_of(page, run_id)
    if not found.published and not page.sees("read_runs"):
        raise Unknown("runs", run_id)
    return found


def visible_runs(page: Page, year: int) -> list[RunRow]:
    """The runs the reader may see: published ones first, those for comparing last, the newest of each first."""
    rows = page.ask(list_runs, year=year).rows
    return sorted(rows, key=lambda row: (row.published_on is None, row.for_comparison))


SORTS = ("unit", "village", "total")


def results_listed(page: Page, run_id: str) -> tuple[ListView, RunResultsShown]:
    """A page of a run's results as the address asks for it."""
    listing = ListView(page, [Filter("q", page.t("村或单位"), page.asked("q"))], SORTS)
    return listing, _found(page, run_id, listing, limit=listing.limit)


def _found(page: Page, run_id: str, listing: ListView, **known: object) -> RunResultsShown:
    return answer_of(page, show_run_results, key=run_id, sort=listing.order(ResultOrder), **known)


def grade_chips(page: Page, answer: RunResultsShown) -> list[Chip]:
    """The grades of a run, each with how many have it."""
    grades = ((each.grade, _said(page, each.name), each.count, "") for each in answer.grades)
    return chips_of(page, "grade", answer.every, grades)


def _said(page: Page, text: Text) -> str:
    return text.en if page.language == "en" else text.zh


@router.get("/results")
def show_results(page: Annotated[Page, Depends(allow("read_results"))]) -> Response:
    """The results of a run; without ``?run=`` the published run, else the newest.

    ``?grade=`` shows the pairings of one grade, ``?indicator=`` those that lost points in it,
    ``?use=`` those whose result calls for it (``criticism``).
    """
    wanted = page.asked("run")
    year = None if wanted else year_of(page)
    run_id = wanted or next((row.run_id for row in visible_runs(page, year or 0)), "")
    if not run_id:
        return render(page, "results/none.html", year=year)
    listing, answer = results_listed(page, run_id)
    page.call_as_of_year(answer.run.year)
    return render(
        page,
        "results/results.html",
        answer=answer,
        listing=listing,
        choice=visible_runs(page, answer.run.year),
        chips=grade_chips(page, answer) if page.sees("read_ranking") else [],
    )


@router.get("/runs/{run_id}/export")
def export_results(run_id: str, page: Annotated[Page, Depends(allow("read_results"))]) -> Response:
    """All rows of the same list as a workbook or a table."""
    answer = _found(page, run_id, ListView(page, (), SORTS), after=None, limit=ALL)
    t = page.t
    heading = [
        t("联建单位"),
        t("单位得分"),
        t("联建村（社区）"),
        t("总分"),
        t("等次"),
        t("计算的等次"),
        t("理由"),
    ]
    rows = (
        (
            *(each.unit_name, each.unit_points, each.village_name, each.total),
            *(_said(page, said) for said in (each.grade_name, each.computed, each.because)),
        )
        for each in answer.rows
    )
    return exported(page, "results", [heading, *rows])
