"""The score sheet of a pairing: each point unfolds to rule, measured value, facts, events, ledger rows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy import select

from domain.assessment.outlook import outlook
from domain.kernel.errors import Unknown
from interface.web.context import Page, allow
from interface.web.pairings import find
from interface.web.rendering import render
from projections import trail
from projections.assessment_board import runs
from projections.kit.columns import known
from projections.pairings_board import pairings
from projections.results_board import adjusted

router = APIRouter()


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
    run = page.connection.execute(
        select(runs)
        .where(runs.c.year == pairing.year, known(runs, page.newest))
        .order_by(runs.c.known_from.desc())
    ).first()
    changed = adjusted(page.connection, run.run_id, page.at).get(pairing_id) if run else None
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
        adjusted=scheme.band(changed.grade_after).label if changed else None,
        outlook=None if page.is_past else outlook(scheme, result.sheet, page.today),
    )
