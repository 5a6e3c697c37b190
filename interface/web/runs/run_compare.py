"""Two runs, positions or days side by side: who moved, and which event or rule moved which point."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.questions.results.comparing import Standpoint, compared, standpoint_of
from domain.kernel.errors import Unknown
from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.sentences import tell
from interface.web.kit.values import Malformed
from interface.web.kit.year import year_of
from interface.web.runs.runs import runs_of
from projections.boards import trail
from projections.facts.fact_filter import REASONS
from projections.figures.overview import pairing_rows

router = APIRouter()
SHOWN = 50
"""So many pairings are unfolded on a page, those that moved furthest; all of them are asked for by a link."""
FACTS = 40
"""So many facts are listed for a line; the sheets on both sides list all."""


def _side(page: Page, field: str, asked: str) -> tuple[Standpoint, int | None]:
    try:
        return standpoint_of(page.system, page.connection, asked)
    except Unknown:
        raise Malformed(
            field, "“%(value)s”不是核定编号、记录号或日期（如 2026-01-31）", value=asked[:40]
        ) from None


@router.get("/runs/compare")
def compare_runs(page: Annotated[Page, Depends(allow("read_runs"))]) -> Response:
    """The comparison, or the form alone where two sides are still to be chosen."""
    wanted = [page.request.query_params.get(name, "").strip() for name in ("from", "to")]
    sides = [_side(page, field, text) for field, text in zip(("from", "to"), wanted, strict=True) if text]
    years = sorted({year for _, year in sides if year is not None})
    if len(years) > 1:
        raise Malformed("to", "两次核定不属同一年度：%(years)s", years=" / ".join(map(str, years)))
    year = years[0] if years else year_of(page)
    page.call_as_of_year(year)
    rows = runs_of(page, year)
    chosen = {"from": wanted[0], "to": wanted[1]}
    if not any(wanted) and len(rows) > 1:
        chosen = {"from": rows[1].run_no, "to": rows[0].run_no}
    if len(sides) < 2:
        return render(page, "runs/run_compare.html", year=year, rows=rows, chosen=chosen, found=None)
    first, second = sides[0][0], sides[1][0]
    found = compared(page.system, page.connection, year, first, second)
    every = page.request.query_params.get("all") == "1"
    shown = found.changed if every else found.changed[:SHOWN]
    positions = {
        at
        for each in shown
        for told in (
            *(line.facts[:FACTS] for line in each.lines),
            each.regraded.vetoes if each.regraded else (),
        )
        for change in told
        for at in (change.position, change.by)
    }
    events = trail.events_at(page.connection, positions)
    return render(
        page,
        "runs/run_compare.html",
        year=year,
        rows=rows,
        chosen=chosen,
        found=found,
        first=first,
        second=second,
        shown=shown,
        limit=FACTS,
        pairings={
            row.pairing_id: row
            for at in (first.known_at, second.known_at)
            for row in pairing_rows(page.connection, year, at)
        },
        said={each.record: each.sentence for each in tell(page, [events[at] for at in sorted(events)])},
        reasons=REASONS,
    )
