"""All sheets beside one another: the matrix of pairings and indicators, the health of indicators, the years."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.question import ALL, USUAL
from application.questions.answers.scoring.score_matrix import show_matrix
from application.questions.answers.scoring.trend import show_trend
from interface.web.kit.asking import answer_of
from interface.web.kit.context import Page, allow
from interface.web.kit.pictures.picture import said
from interface.web.kit.pictures.spreads import Spreading, spreads
from interface.web.kit.rendering import render
from interface.web.kit.year import year_of

router = APIRouter()


@router.get("/matrix")
def matrix(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """Every line of every sheet, with how each indicator is spread."""
    answer = answer_of(page, show_matrix, year=year_of(page), after=page.after, limit=USUAL)
    return render(page, "scores/matrix.html", answer=answer)


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
    return render(page, "scores/indicators.html", answer=answer, spreads=drawn)


@router.get("/trend")
def trend(page: Annotated[Page, Depends(allow("read_trend"))]) -> Response:
    """The years side by side; a clerk sees the own pairings only, and nothing of the others."""
    answer = answer_of(page, show_trend, after=None, limit=ALL)
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
    return render(page, "scores/trend.html", answer=answer, spreads=drawn)
