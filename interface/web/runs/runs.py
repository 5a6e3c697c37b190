"""Frozen runs: those of a year, what one rests on, working one out again."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Row

from application.questions.answers.year_end.results import show_reproduction
from application.questions.results.reproducing import frozen_parts, frozen_run
from domain.assessment.year import events
from domain.assessment.year.run_result import CHAIN
from interface.web.documents.issued import documents_of
from interface.web.kit.detail import Station
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import run_of, year_of
from interface.web.kit.rendering import render
from interface.web.kit.sentences import tell
from projections.boards import trail
from projections.boards.assessment.results import notice_of, signatures_of
from projections.boards.assessment.runs import awaits_consent, frozen_last, runs_of_year

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
    going = frozen_last(rows)
    is_newest = going is not None and going.run_id == run_id
    spread = Counter(each.grade for each in found.graded)
    labels = {each.grade: each.label for each in found.graded}
    trail.page_ahead(page.connection, _way_of(page, run_id), limit=100)
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
        newest=is_newest,
        waiting=(waiting := awaits_consent(run, rows)),
        stations=_stations(page, run, on_its_way=is_newest, waiting=waiting),
        told=tell(page, trail.page(page.connection, _way_of(page, run_id), limit=100)[::-1]),
        people=page.people([run.consenter] if run.consenter else []),
    )


def _way_of(page: Page, run_id: str) -> trail.TrailFilter:
    """What led a run on; adjustments, objections and services have pages of their own."""
    names = [
        each.NAME
        for each in (
            events.RunFrozen,
            events.RunConsented,
            events.RunSigned,
            events.NoticeOpened,
            events.NoticeClosed,
            events.RunPublished,
        )
    ]
    return trail.TrailFilter(names=names, thing_kind="run_id", thing=run_id, known_at=page.at)


def _stations(page: Page, run: Row[Any], *, on_its_way: bool, waiting: bool) -> list[Station]:
    """From the freezing to the publication; ``waiting``: another person has to consent first."""
    signed = signatures_of(page.connection, run.run_id, page.at)
    notice = notice_of(page.connection, run.run_id, page.at)
    steps = sum(step.value in signed for step in CHAIN)

    def station(title: str, said: str, done: bool, now: bool) -> Station:
        return Station(title, said, "done" if done else "now" if on_its_way and now else "")

    def day(of: date | None) -> str:
        return of.isoformat() if of else ""

    found = [station(page.t("核定"), day(run.frozen_on), True, False)]
    if waiting or run.consented_on:
        found.append(station(page.t("同意更正"), day(run.consented_on), bool(run.consented_on), waiting))
    term = f"{day(notice.opened_on)} – {day(notice.closes_on)}" if notice else ""
    closed = notice is not None and notice.closed_on is not None
    return [
        *found,
        station(page.t("签署"), f"{steps} / {len(CHAIN)}", steps == len(CHAIN), not waiting),
        station(page.t("公示"), term, closed, notice is not None),
        station(page.t("公布"), day(run.published_on), run.published_on is not None, closed),
    ]


@router.get("/runs/{run_id}/reproduce")
def show_frozen(run_id: str, page: Annotated[Page, Depends(allow("read_runs"))]) -> Response:
    """What was frozen of a run, part by part, and the button that works it out again: that takes seconds in a county."""
    run, _ = frozen_run(page.system, run_id, page.at)
    return render(page, "runs/run_reproduced.html", run=run, parts=frozen_parts(run), answer=None)


@router.post("/runs/{run_id}/reproduce")
def reproduce_run(run_id: str, page: Annotated[Page, Depends(allow("read_runs"))]) -> Response:
    """The run worked out again now, part by part beside what was frozen; nothing of it is kept."""
    run, _ = frozen_run(page.system, run_id, page.at)
    answer = page.ask(show_reproduction, key=run.run_id)
    made = page.local(page.system.clock())
    return render(page, "runs/run_reproduced.html", run=run, parts=answer.parts, answer=answer, made=made)
