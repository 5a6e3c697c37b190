"""The table of all sheets, for those who assess; never public."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from interface.web.context import Page, allow
from interface.web.rendering import render
from interface.web.year import year_of

router = APIRouter()


@router.get("/ranking")
def ranking(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """By place; vetoed pairings last."""
    year = year_of(page)
    scheme = page.system.scoring.scheme(page.connection, year, page.at)
    results = page.system.scoring.results(page.connection, year, page.at)
    ordered = sorted(results, key=lambda r: (r.grade.rank is None, r.grade.rank or 0, -r.sheet.total))
    return render(page, "ranking.html", year=year, scheme=scheme, results=ordered)


@router.get("/ranking.csv")
def ranking_csv(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """The same as CSV, as ``lianjian scores`` prints it."""
    year = year_of(page)
    text = page.system.scoring.csv(year, page.at)
    name = f"scores-{year}-at-{page.at}.csv"
    return Response(
        "\ufeff" + text,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
