"""All sheets beside one another: the matrix of pairings and indicators, the health of indicators, the years."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.question import ALL
from application.questions.answers.scoring.score_matrix import show_matrix
from application.questions.answers.scoring.trend import TrendTotal, show_trend
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import exported
from interface.web.kit.listing import SIZES, Filter, ListView
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.pictures.picture import said
from interface.web.kit.pictures.spreads import Spreading, spreads
from interface.web.kit.rendering import render
from interface.web.scores.tabs import tabs

router = APIRouter()


@router.get("/matrix")
def matrix(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """Every line of every sheet, with how each indicator is spread."""
    year, listing = year_of(page), ListView(page, most=SIZES[1])
    answer = answer_of(page, show_matrix, year=year, sort=page.asked("sort"), limit=listing.limit)
    grades = [(each.grade, said(each.name, page.language)) for each in answer.grades]
    listing.filters = [
        Filter("q", page.t("村、单位或乡镇"), page.asked("q")),
        Filter("grade", page.t("等次"), page.asked("grade"), grades),
    ]
    return render(page, "scores/matrix.html", answer=answer, listing=listing, tabs=tabs(page, year))


@router.get("/indicators")
def indicators(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """Which indicators tell pairings apart, and which do not."""
    answer = page.ask(show_matrix, year=year_of(page), q="", grade="", sort="", after=None, limit=1)
    rows = [
        Spreading(
            f"{each.indicator} {said(each.title, page.language)}",
            page.link("/matrix", year=answer.year, sort=each.indicator),
            each.spread,
        )
        for each in answer.health
    ]
    total = Spreading(page.t("总分"), page.link("/matrix", year=answer.year), answer.totals)
    drawn = spreads(page.t("各指标得分分布"), page.t("指标"), [total, *rows], page.t)
    return render(page, "scores/indicators.html", answer=answer, spreads=drawn, tabs=tabs(page, answer.year))


@router.get("/trend")
def trend(page: Annotated[Page, Depends(allow("read_trend"))]) -> Response:
    """The years side by side; a clerk sees the own pairings only, and nothing of the others."""
    listing = ListView(page, [Filter("q", page.t("村或单位"), page.asked("q"))])
    answer = answer_of(page, show_trend, limit=listing.limit)
    rows = [
        Spreading(
            page.t("%(year)s 年", year=each.year),
            page.link("/matrix", year=each.year, at=each.known_at),
            each.county.totals,
        )
        for each in answer.years
        if each.county is not None
    ]
    drawn = spreads(page.t("历年总分分布"), page.t("年度"), rows, page.t)
    return render(page, "scores/trend.html", answer=answer, listing=listing, spreads=drawn)


@router.get("/trend/export")
def export_trend(page: Annotated[Page, Depends(allow("read_trend"))]) -> Response:
    """The courses of the same list as a workbook or a table."""
    answer = answer_of(page, show_trend, after=None, limit=ALL)
    heading = [page.t("联建村（社区）"), page.t("联建单位")]
    for year in answer.years:
        heading += [str(year.year), page.t("%(year)s 年度等次", year=year.year)]
    rows = (
        (each.village_name, each.unit_name, *(cell for total in each.totals for cell in _cells(page, total)))
        for each in answer.rows
    )
    return exported(page, "trend", [heading, *rows])


def _cells(page: Page, total: TrendTotal | None) -> tuple[str, str]:
    return ("", "") if total is None else (total.points, said(total.grade_name, page.language))
