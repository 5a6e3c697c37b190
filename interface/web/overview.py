"""The county at a glance: ten figures, rectification lights, the year's months, the newest events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from domain.kernel.errors import Unknown
from interface.web.assessment import steps_of
from interface.web.context import Page, allow
from interface.web.rendering import render
from interface.web.sentences import tell
from interface.web.todo import tasks
from interface.web.year import year_of
from projections import overview as board
from projections import trail
from projections.figures import figures

router = APIRouter()


@router.get("/")
def overview(page: Annotated[Page, Depends(allow("read_overview"))]) -> Response:
    """The first page."""
    year = year_of(page)
    grades: dict[str, int] = {}
    bands = []
    try:
        bands = list(page.system.scoring.scheme(page.connection, year, page.at).bands)
        for result in page.system.scoring.results(page.connection, year, page.at):
            grades[result.grade.grade] = grades.get(result.grade.grade, 0) + 1
    except Unknown:
        pass
    assessing = not page.is_past and (page.may("freeze_run") or page.may("open_notice"))
    newest = trail.page(page.connection, trail.TrailFilter(known_at=page.at), limit=8)
    return render(
        page,
        "overview.html",
        year=year,
        tasks=tasks(page, year),
        step=next((each for each in steps_of(page, year) if not each.done), None) if assessing else None,
        figures=figures(page.connection, year, page.at).as_dict(),
        lights=board.lights(
            page.connection, year, page.at, page.today, page.actor.branch, page.actor.village
        ),
        months=board.activities_by_month(page.connection, year, page.at),
        bands=bands,
        grades=grades,
        newest=tell(page, newest) if page.sees("read_trail") else [],
    )
