"""The county at a glance: ten figures, rectification lights, the year's months, the newest events."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.sentences import tell
from interface.web.kit.standing import standing_if_any
from interface.web.kit.year import year_of
from interface.web.overview.todo import tasks
from interface.web.year_work.assessment import next_of, steps_of
from projections.boards import trail
from projections.figures import overview as board
from projections.figures.county import figures

router = APIRouter()


@router.get("/")
def overview(page: Annotated[Page, Depends(allow("read_overview"))]) -> Response:
    """The first page."""
    year = year_of(page)
    stands = standing_if_any(page, year)
    assessing = not page.is_past and (page.may("freeze_run") or page.may("open_notice"))
    newest = trail.page(page.connection, trail.TrailFilter(known_at=page.at), limit=8)
    return render(
        page,
        "overview/overview.html",
        year=year,
        tasks=tasks(page, year),
        step=next_of(steps_of(page, year)) if assessing else None,
        figures=figures(page.connection, year, page.at).as_dict(),
        lights=board.lights(
            page.connection, year, page.at, page.today, page.actor.branch, page.actor.village
        ),
        months=board.activities_by_month(page.connection, year, page.at),
        stands=stands,
        grades=Counter(each.grade for each in stands.graded) if stands else {},
        newest=tell(page, newest) if page.sees("read_trail") else [],
    )
