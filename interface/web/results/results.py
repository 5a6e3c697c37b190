"""The results of a year, unit by unit, and what is made of them: notices, circular, workbook, follow-up."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Row

from application.questions.results.run_results import (
    GradedResult,
    RunResults,
    UnitResult,
    standing_of,
    unit_results,
)
from domain.assessment.year.result_use import called_for
from domain.kernel.errors import Unknown
from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.year import run_of, year_of
from interface.web.pairings.pairings import sees
from projections.boards.assessment import runs_of_year
from projections.scores.run_statistics import lost

router = APIRouter()


def shown_run(page: Page, run_id: str) -> RunResults:
    """The results of a run, where the reader may see them: clerks only published ones."""
    found = run_of(page, run_id)
    if not found.published and not page.sees("read_runs"):
        raise Unknown("runs", run_id)
    return found


def visible_runs(page: Page, year: int) -> list[Row[Any]]:
    """The runs the reader may see: published ones first, those for comparing last, the newest of each first."""
    known_runs = runs_of_year(page.connection, year, page.at)
    rows = [row for row in known_runs if row.published_on or page.sees("read_runs")]
    return sorted(rows, key=lambda row: (row.published_on is None, row.for_comparison))


@router.get("/results")
def show_results(page: Annotated[Page, Depends(allow("read_results"))]) -> Response:
    """The units of a run with their results; without ``?run=`` the published run, else the newest.

    ``?grade=`` shows the pairings of one grade, ``?indicator=`` those that lost points in it,
    ``?use=`` those whose result calls for it (``criticism``).
    """
    query = page.request.query_params
    wanted, grade, indicator, use = (query.get(name, "") for name in ("run", "grade", "indicator", "use"))
    found = shown_run(page, wanted) if wanted else None
    year = found.run.year if found else year_of(page)
    choice = visible_runs(page, year)
    if found is None and choice:
        found = shown_run(page, choice[0].run_id)
    units = []
    if found is not None:
        shown = [each for each in found.graded if _matches(found, each, grade, indicator, use)]
        units = [
            UnitResult(unit.branch, unit.hundredths, own)
            for unit in unit_results(found)
            if (own := tuple(each for each in unit.graded if each in shown and sees(page, each.result)))
        ]
    units.sort(key=lambda unit: page.units.get(unit.branch, unit.branch))
    return render(
        page,
        "results/results.html",
        year=year,
        found=found,
        choice=choice,
        units=units,
        grade=grade,
        indicator=indicator,
        lost=lost,
    )


def _matches(found: RunResults, each: GradedResult, grade: str, indicator: str, use: str) -> bool:
    if grade and found.name_of(each.grade) != grade:
        return False
    if use and use not in {called.value for called in called_for(standing_of(found, each))}:
        return False
    if not indicator:
        return True
    lines = (line for line in each.result.sheet.lines if line.indicator.code == indicator)
    return any(lost(line, each.result.sheet) > 0 for line in lines)
