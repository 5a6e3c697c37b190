"""Frozen runs: freezing, publishing, and looking at one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from interface.web.context import Form, Page, allow, text_of
from interface.web.pairings import find
from interface.web.rendering import render
from interface.web.year import year_of
from projections.assessment_board import runs
from projections.kit.columns import known

router = APIRouter()


@router.get("/runs")
def list_runs(page: Annotated[Page, Depends(allow("read_runs"))]) -> Response:
    """All runs of the year, newest first."""
    year = year_of(page)
    rows = page.connection.execute(
        select(runs).where(runs.c.year == year, known(runs, page.at)).order_by(runs.c.at_position.desc())
    ).all()
    return render(page, "runs.html", year=year, rows=rows)


@router.post("/runs")
def freeze_run(page: Annotated[Page, Depends(allow("freeze_run"))], form: Form) -> Response:
    """Pin all results as known now."""
    year = year_of(page)
    page.system.services.assessment.freeze_run(
        year, because=text_of(form, "because"), frozen_on=page.today, by=page.by
    )
    return RedirectResponse(f"/runs?year={year}", status_code=303)


@router.post("/runs/{run_id}/publish")
def publish_run(run_id: str, page: Annotated[Page, Depends(allow("publish_run"))], form: Form) -> Response:
    """Make a run public."""
    run = find(page, runs, run_id)
    page.system.services.results.publish_run(run_id, published_on=page.today, by=page.by)
    return RedirectResponse(f"/runs?year={run.year}", status_code=303)
