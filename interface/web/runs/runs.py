"""Frozen runs: those of a year, what one rests on, working one out again."""

from __future__ import annotations

import json
from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Row

from application.questions.answers.year_end.results import show_reproduction
from domain.assessment.year.run_result import CHAIN
from interface.web.documents.issued import documents_of
from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.year import run_of, year_of
from projections.boards.assessment import awaits_consent, frozen_last, runs_of_year
from projections.boards.results import notice_of, signatures_of

router = APIRouter()


def runs_of(page: Page, year: int) -> list[Row[Any]]:
    """All runs of the year as known at the page's position, newest first."""
    return list(runs_of_year(page.connection, year, page.at))


@router.get("/runs")
def list_runs(page: Annotated[Page, Depends(allow("read_runs"))]) -> Response:
    """All runs of the year, newest first."""
    year = year_of(page)
    rows = runs_of(page, year)
    return render(
        page,
        "runs/runs.html",
        year=year,
        rows=rows,
        waiting={row.run_id for row in rows if awaits_consent(row, rows)},
        current=next((row.run_id for row in rows if row.published_on), ""),
    )


@router.get("/runs/{run_id}")
def show_run(run_id: str, page: Annotated[Page, Depends(allow("read_runs"))]) -> Response:
    """What a run rests on, what it comes to, and how far it has come."""
    found = run_of(page, run_id)
    run = found.run
    rows = runs_of(page, run.year)
    earlier = [row for row in rows if row.frozen_at < run.frozen_at]
    signed = signatures_of(page.connection, run_id, page.at)
    spread = Counter(each.grade for each in found.graded)
    labels = {each.grade: each.label for each in found.graded}
    return render(
        page,
        "runs/run.html",
        run=run,
        documents=documents_of(page, run_id=run_id),
        left=json.loads(run.leaves_behind),
        scheme=found.scheme,
        spread=[
            (grade, labels[grade], spread[grade])
            for grade in (*(band.id for band in found.scheme.bands), "")
            if grade in labels
        ],
        before=earlier[0] if earlier else None,
        published=next((row for row in earlier if row.published_on), None),
        newest=(going := frozen_last(rows)) is not None and going.run_id == run_id,
        waiting=awaits_consent(run, rows),
        signed=sum(step.value in signed for step in CHAIN),
        steps=len(CHAIN),
        notice=notice_of(page.connection, run_id, page.at),
        people=page.people([run.consenter] if run.consenter else []),
    )


@router.get("/runs/{run_id}/reproduce")
def reproduce_run(run_id: str, page: Annotated[Page, Depends(allow("read_runs"))]) -> Response:
    """The run worked out again, part by part beside what was frozen."""
    return render(page, "runs/run_reproduced.html", answer=page.ask(show_reproduction, key=run_id))
