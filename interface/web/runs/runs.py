"""Frozen runs: freezing, consenting, what one rests on, working one out again."""

from __future__ import annotations

import json
from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Row

from application.ledgers.recording.recorder import OFFICE
from application.look import look_of
from application.questions.results.left_behind import left_behind
from application.questions.results.reproducing import reproduce
from application.things import RESULTS
from application.verb import use
from application.verbs import runs as verbs
from application.verbs.results import SIGNING
from domain.assessment.year.events import RunFrozen
from domain.assessment.year.run_result import CHAIN
from domain.kernel.clause import Clause
from domain.kernel.errors import Unknown
from interface.web.kit.context import Form, Page, acknowledged, allow, position_of, text_of
from interface.web.kit.rendering import render
from interface.web.kit.year import run_of, year_of
from interface.web.pairings.pairings import find
from projections.boards.assessment import frozen_last, runs, runs_of_year
from projections.boards.results import notice_of, signatures_of

router = APIRouter()


def runs_of(page: Page, year: int) -> list[Row[Any]]:
    """All runs of the year as known at the page's position, newest first."""
    return list(runs_of_year(page.connection, year, page.at))


def awaits_consent(run: Row[Any], others: list[Row[Any]]) -> bool:
    """Whether the run would replace a published one and nobody consented to that yet."""
    return (
        run.published_on is None
        and not run.for_comparison
        and run.consented_on is None
        and any(each.published_on is not None and each.frozen_at < run.frozen_at for each in others)
    )


def unsignable(page: Page, run: Row[Any]) -> Clause | None:
    """What forbids to sign a run now, whoever would; nothing is offered that is refused."""
    results = RESULTS.state(look_of(page.system), str(run.year))
    step = results.run(run.run_id).next_step
    refused = SIGNING[step].guard(results, run.run_id) if step else None
    return refused.clause if refused else None


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
        left=_left_behind(page, year) if page.may("freeze_run") else (),
    )


def _left_behind(page: Page, year: int) -> tuple[tuple[str, int], ...]:
    """What a run frozen now would leave behind; nothing where no scheme was published."""
    scoring = page.system.scoring
    try:
        scheme = scoring.scheme(page.connection, year, page.at)
    except Unknown:
        return ()
    left = left_behind(page.connection, scheme, scoring.results(page.connection, year, page.at), page.at)
    return (*left, *RESULTS.state(look_of(page.system), str(year)).overtaken)


@router.post("/runs")
def freeze_run(page: Annotated[Page, Depends(allow("freeze_run"))], form: Form) -> Response:
    """Pin all results as known now, or at an earlier position or day."""
    year = year_of(page)
    wanted = text_of(form, "known_at", required=False, limit=20)
    stated = {
        "because": text_of(form, "because"),
        "acknowledged": acknowledged(form),
        "known_at": position_of(page.system, page.newest, "known_at", wanted) if wanted else None,
    }
    run, *_ = use(look_of(page.system), verbs.freeze_run, str(year), page.by, page.actor, stated).events
    assert isinstance(run, RunFrozen)
    return RedirectResponse(f"/runs/{run.run_id}", status_code=303)


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


@router.post("/runs/{run_id}/consent")
def consent_to_run(
    run_id: str, page: Annotated[Page, Depends(allow("consent_to_run"))], form: Form
) -> Response:
    """Let a run replace the published one."""
    stated = {
        "consenter": page.system.vault.person(text_of(form, "person", limit=40), OFFICE),
        "because": text_of(form, "because"),
    }
    use(look_of(page.system), verbs.consent_to_run, run_id, page.by, page.actor, stated)
    return RedirectResponse(f"/runs/{run_id}", status_code=303)


@router.get("/runs/{run_id}/reproduce")
def reproduce_run(run_id: str, page: Annotated[Page, Depends(allow("read_runs"))]) -> Response:
    """The run worked out again, part by part beside what was frozen."""
    return render(
        page, "runs/run_reproduced.html", run=find(page, runs, run_id), found=reproduce(page.system, run_id)
    )
