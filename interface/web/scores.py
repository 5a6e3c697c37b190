"""The score sheet of a pairing: each point unfolds to rule, measured value, facts, events, ledger rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Row

from domain.assessment.outlook import outlook
from domain.kernel.errors import Unknown
from interface.web.context import Page, allow
from interface.web.pairings import find
from interface.web.rendering import render
from projections import trail
from projections.assessment_board import frozen_last, published_last, runs_of_year
from projections.pairings_board import pairings
from projections.results_board import adjusted, notice_of

router = APIRouter()


def run_of_sheet(page: Page, rows: Sequence[Row[Any]]) -> Row[Any] | None:
    """Which of the year's runs the sheet belongs to: the one frozen as known at the page's position, else the one
    published last, else the newest. Whoever may not look into runs is told of published ones only.
    """
    seen = [row for row in rows if row.published_on is not None or page.sees("read_runs")]
    here = [row for row in seen if row.at_position == page.at]
    return published_last(here) or next(iter(here), None) or published_last(seen) or frozen_last(seen)


def shows_places(page: Page, run: Row[Any] | None) -> bool:
    """Whether places may be named: to those who assess, and where the notice of a published run named a basis."""
    if page.sees("read_ranking"):
        return True
    if run is None or run.published_on is None:
        return False
    notice = notice_of(page.connection, run.run_id, page.newest)
    return notice is not None and bool(notice.ranking_basis)


@router.get("/scores/{pairing_id}")
def show_sheet(pairing_id: str, page: Annotated[Page, Depends(allow("read_scores"))]) -> Response:
    """The sheet as known at the page's position."""
    pairing = find(page, pairings, pairing_id)
    page.demand("read_scores", branch=pairing.branch, village=pairing.village)
    scoring = page.system.scoring
    scheme = scoring.scheme(page.connection, pairing.year, page.at)
    results = scoring.results(page.connection, pairing.year, page.at)
    result = next((r for r in results if r.pairing == pairing_id), None)
    if result is None:
        raise Unknown("score sheet", pairing_id)
    told = scoring.explain_sheet(page.connection, pairing.year, pairing_id, page.at)
    rows = runs_of_year(page.connection, pairing.year, page.newest)
    run = run_of_sheet(page, rows)
    frozen_here = run is not None and run.at_position == page.at
    changed = None
    if run is not None:
        # What was decided on a run comes after the position it rests on.
        decided = adjusted(page.connection, run.run_id, page.newest if frozen_here else page.at)
        changed = decided.get(pairing_id)
    return render(
        page,
        "sheet.html",
        pairing=pairing,
        scheme=scheme,
        result=result,
        told=told.lines,
        events=trail.events_at(page.connection, told.positions),
        subjects=len(results),
        run=run,
        contestable=bool(rows),
        public=frozen_here and run is not None and run.published_on is not None,
        with_places=shows_places(page, run if frozen_here else None),
        adjusted=scheme.band(changed.grade_after).label if changed else None,
        outlook=outlook(scheme, result.sheet, page.today, pairing.ended_on),
    )
