"""The results of a year, unit by unit, and what is made of them: notices, circular, workbook, follow-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Row, select

from domain.kernel.errors import Unknown
from interface.results import Graded, RunResults, run_results
from interface.web.context import Page, allow
from interface.web.pairings import sees
from interface.web.rendering import render
from interface.web.year import year_of
from projections.assessment_board import runs
from projections.kit.columns import known
from projections.scores import branch_results

router = APIRouter()


@dataclass(frozen=True)
class UnitResult:
    """A unit with its weighted score in hundredths and its pairings."""

    branch: str
    hundredths: int
    graded: tuple[Graded, ...]


def shown_run(page: Page, run_id: str) -> RunResults:
    """The results of a run, where the reader may see them: clerks only published ones."""
    found = run_results(page.system.scoring, page.connection, run_id, page.at)
    if not found.published and not page.sees("read_runs"):
        raise Unknown("runs", run_id)
    return found


def runs_of_year(page: Page, year: int) -> list[Row[Any]]:
    """The runs the reader may see: published ones first, the newest of each first."""
    query = select(runs).where(runs.c.year == year, known(runs, page.at)).order_by(runs.c.at_position.desc())
    rows = [row for row in page.connection.execute(query) if row.published_on or page.sees("read_runs")]
    return sorted(rows, key=lambda row: row.published_on is None)


def unit_results(found: RunResults) -> list[UnitResult]:
    """Every unit with its weighted score and its pairings, by branch code."""
    by_pairing = {each.result.pairing: each for each in found.graded}
    return [
        UnitResult(unit.branch, unit.hundredths, tuple(by_pairing[each] for each in unit.pairings))
        for unit in branch_results([each.result for each in found.graded])
    ]


@router.get("/results")
def show_results(page: Annotated[Page, Depends(allow("read_results"))]) -> Response:
    """The units of a run with their results; without ``?run=`` the published run, else the newest."""
    wanted = page.request.query_params.get("run", "")
    found = shown_run(page, wanted) if wanted else None
    year = found.run.year if found else year_of(page)
    choice = runs_of_year(page, year)
    if found is None and choice:
        found = shown_run(page, choice[0].run_id)
    units = [unit for unit in unit_results(found) if _sees(page, unit)] if found else []
    units.sort(key=lambda unit: page.units.get(unit.branch, unit.branch))
    return render(page, "results.html", year=year, found=found, choice=choice, units=units)


def _sees(page: Page, unit: UnitResult) -> bool:
    return any(sees(page, each.result) for each in unit.graded)
