"""The table of all sheets, for those who assess; never public."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.questions.results.run_results import GradedResult
from interface.web.kit.context import Page, allow
from interface.web.kit.pictures.band_strip import band_strip, bands_of
from interface.web.kit.rendering import render
from interface.web.kit.standing import standing
from interface.web.kit.year import year_of
from projections.scores.scores import scores_csv, table_names

router = APIRouter()


@router.get("/ranking")
def ranking(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """By place; vetoed pairings last. Published results once there are any; ``?provisional=1`` for what is computed."""
    year = year_of(page)
    stands = standing(page, year)
    ordered = sorted(stands.graded, key=_place)
    return render(
        page,
        "scores/ranking.html",
        year=year,
        stands=stands,
        scheme=stands.scheme,
        results=ordered,
        bands=band_strip(
            bands_of(stands.scheme, page.language, page.link, matrix=True),
            [each.result.sheet.total / 100 for each in ordered],
            page.t,
        ),
    )


def _place(each: GradedResult) -> tuple[bool, int, int]:
    rank = each.result.grade.rank
    return rank is None, rank or 0, -each.result.sheet.total


@router.get("/ranking.csv")
def ranking_csv(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """The same as CSV, as ``lianjian scores`` prints it."""
    year = year_of(page)
    stands = standing(page, year)
    results = [each.result for each in stands.graded]
    text = scores_csv(
        stands.scheme,
        results,
        table_names(page.connection, year, results, stands.at),
        {each.result.pairing: each.label for each in stands.graded},
    )
    name = f"scores-{year}-{stands.run.run_no if stands.run else f'at-{page.at}'}.csv"
    return Response(
        "\ufeff" + text,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
