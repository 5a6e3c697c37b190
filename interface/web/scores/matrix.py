"""All sheets beside one another: the matrix of pairings and indicators, the health of indicators, the years."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.questions.results.run_results import run_results
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scoring.sheet import Line
from domain.kernel.errors import Unknown
from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.values import Malformed
from interface.web.kit.year import year_of
from interface.web.pairings.pairings import sees
from projections.boards.assessment import published_last, runs_of_year
from projections.figures import overview as board
from projections.scores.indicator_health import indicator_health
from projections.scores.scores import Result
from projections.scores.spread import spread
from projections.scores.trend import Year, courses
from projections.scores.trend import year_of as trend_of

router = APIRouter()
HEATS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1))
"""From these shares of the maximum on, a cell is a shade darker."""


def heat(line: Line) -> str:
    """The shade of a cell: ``na``, or 0 to 4 by its share of the maximum; empty where there is no maximum."""
    if line.final is None:
        return "na"
    if not line.most:
        return ""
    share = Fraction(line.final, 100) / line.most
    return str(sum(share >= each for each in HEATS))


def _ordered(scheme: Scheme, results: Sequence[Result], by: str) -> list[Result]:
    """By total, the best first, or by one indicator, the lowest first: those are looked for."""
    if by in ("", "total"):
        return sorted(results, key=lambda r: (-r.sheet.total, r.pairing))
    if by not in {each.code for each in scheme.indicators}:
        codes = "、".join(each.code for each in scheme.indicators)
        raise Malformed("sort", "没有指标 “%(value)s”，可按 total、%(codes)s 排列", value=by, codes=codes)
    found = {
        r.pairing: next((line.final for line in r.sheet.lines if line.indicator.code == by), None)
        for r in results
    }
    return sorted(results, key=lambda r: (found[r.pairing] is None, found[r.pairing] or 0, r.pairing))


@router.get("/matrix")
def matrix(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """Every line of every sheet, with how each indicator is spread."""
    year = year_of(page)
    query = page.request.query_params
    scheme = page.system.scoring.scheme(page.connection, year, page.at)
    results = page.system.scoring.results(page.connection, year, page.at)
    rows = {row.pairing_id: row for row in board.pairing_rows(page.connection, year, page.at)}
    wanted, grade = query.get("q", "").strip(), query.get("grade", "")
    shown = [
        each
        for each in _ordered(scheme, results, query.get("sort", ""))
        if (not grade or each.grade.grade == grade)
        and (row := rows.get(each.pairing)) is not None
        and page.names.matches(wanted, row.village, row.branch)
    ]
    return render(
        page,
        "scores/matrix.html",
        year=year,
        scheme=scheme,
        results=shown,
        rows=rows,
        assessed=len(results),
        health=indicator_health(scheme, results),
        totals=spread([each.sheet.total for each in results]),
        heat=heat,
        wanted=wanted,
        grade=grade,
        sort=query.get("sort", "") or "total",
    )


@router.get("/indicators")
def indicators(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """Which indicators tell pairings apart, and which do not."""
    year = year_of(page)
    scheme = page.system.scoring.scheme(page.connection, year, page.at)
    results = page.system.scoring.results(page.connection, year, page.at)
    return render(
        page,
        "scores/indicators.html",
        year=year,
        scheme=scheme,
        assessed=len(results),
        health=indicator_health(scheme, results),
    )


def years_of(page: Page) -> list[Year]:
    """Every year with pairings and a scheme, oldest first: from its newest published run, else as known at the page."""
    found = []
    for year in reversed(board.years(page.connection, page.at, page.today.year)):
        run = published_last(runs_of_year(page.connection, year, page.at))
        if run is not None:
            public = run_results(page.system.scoring, page.connection, run.run_id, page.at)
            results = [each.result for each in public.graded]
            stand = {each.result.pairing: each.grade for each in public.graded if each.adjusted}
            found.append(trend_of(public.scheme, results, run.at_position, run.run_no, stand))
            continue
        try:
            scheme = page.system.scoring.scheme(page.connection, year, page.at)
        except Unknown:
            continue
        found.append(trend_of(scheme, page.system.scoring.results(page.connection, year, page.at), page.at))
    return found


@router.get("/trend")
def trend(page: Annotated[Page, Depends(allow("read_trend"))]) -> Response:
    """The years side by side; a clerk sees the own pairings only, and nothing of the others."""
    years = years_of(page)
    own = [each for each in courses(years) if sees(page, each)]
    wanted = page.request.query_params.get("q", "").strip()
    own = [each for each in own if page.names.matches(wanted, each.village, each.branch)]
    codes = sorted({code for year in years for code in year.shares})
    labels = {}
    for year in years:
        scheme = page.system.scoring.scheme(page.connection, year.year, year.known_at)
        labels.update({band.id: band.label for band in scheme.bands})
    return render(
        page,
        "scores/trend.html",
        years=years,
        courses=own,
        codes=codes,
        labels=labels,
        county=page.sees("read_ranking"),
        wanted=wanted,
    )
