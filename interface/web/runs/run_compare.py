"""Two runs, positions or days side by side: who moved, and which event or rule moved which point."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.questions.answers.year_end.comparison import show_comparison
from interface.web.kit.asking import answer_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.rendering import render
from interface.web.runs.runs import runs_of
from projections.facts.fact_filter import REASONS

router = APIRouter()
SHOWN = 10
"""So many pairings are on a page, those that moved furthest first."""


@router.get("/runs/compare")
def compare_runs(page: Annotated[Page, Depends(allow("read_runs"))]) -> Response:
    """The comparison, or the form alone where two sides are still to be chosen."""
    first, second, year = page.asked("from"), page.asked("to"), year_of(page)
    answer = None
    if first and second:
        answer = answer_of(page, show_comparison, first=first, second=second, year=year, limit=SHOWN)
        year = answer.year
        page.call_as_of_year(year)
    rows = runs_of(page, year)
    if not first and not second and len(rows) > 1:
        first, second = rows[1].run_no, rows[0].run_no
    return render(
        page,
        "runs/run_compare.html",
        year=year,
        rows=rows,
        chosen={"from": first, "to": second},
        answer=answer,
        reasons=REASONS,
    )
