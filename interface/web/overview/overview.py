"""The county at a glance: what waits, ten figures, rectification lights, the year's months, the newest events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.questions.answers.overview import show_overview
from interface.web.kit.context import Page, allow
from interface.web.kit.pictures.columns import Series, columns
from interface.web.kit.rendering import render
from interface.web.kit.year import year_of
from interface.web.overview.duties import duties
from interface.web.year_work.assessment import next_of, steps_of

router = APIRouter()


@router.get("/")
def overview(page: Annotated[Page, Depends(allow("read_overview"))]) -> Response:
    """The first page."""
    year = year_of(page)
    assessing = not page.is_past and (page.may("freeze_run") or page.may("open_notice"))
    return render(
        page,
        "overview/overview.html",
        answer=page.ask(show_overview, year=year),
        duties=duties(page),
        step=next_of(steps_of(page, year)) if assessing else None,
    )


@router.get("/overview")
def county(page: Annotated[Page, Depends(allow("read_overview"))]) -> Response:
    """The county at a glance: its figures, lights, months and grades."""
    year = year_of(page)
    answer = page.ask(show_overview, year=year)
    counted = page.link("/facts", figure="activities", year=year)
    leads = counted if page.sees("read_reports") else page.link("/cadence", year=year)
    held = Series(page.t("活动"), "activities", answer.activities, [leads] * 12)
    drawn = columns(page.t, page.t("各月活动"), year, (held,))
    return render(page, "overview/county.html", answer=answer, activities=drawn)
