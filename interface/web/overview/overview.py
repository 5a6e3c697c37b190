"""The county at a glance: ten figures, rectification lights, the year's months, the newest events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.questions.answers.overview import show_overview
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.pictures.columns import Series, columns
from interface.web.kit.rendering import render

router = APIRouter()


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
