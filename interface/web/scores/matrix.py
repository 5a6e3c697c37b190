"""All sheets beside one another: the matrix of pairings and indicators, the health of indicators, the years."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.question import ALL
from application.questions.answers.scoring.score_matrix import show_matrix
from application.questions.answers.scoring.trend import show_trend
from interface.web.kit.asking import answer_of
from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.year import year_of

router = APIRouter()


@router.get("/matrix")
def matrix(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """Every line of every sheet, with how each indicator is spread."""
    answer = answer_of(page, show_matrix, year=year_of(page), after=None, limit=ALL)
    return render(page, "scores/matrix.html", answer=answer)


@router.get("/indicators")
def indicators(page: Annotated[Page, Depends(allow("read_ranking"))]) -> Response:
    """Which indicators tell pairings apart, and which do not."""
    answer = page.ask(show_matrix, year=year_of(page), q="", grade="", sort="", after=None, limit=1)
    return render(page, "scores/indicators.html", answer=answer)


@router.get("/trend")
def trend(page: Annotated[Page, Depends(allow("read_trend"))]) -> Response:
    """The years side by side; a clerk sees the own pairings only, and nothing of the others."""
    return render(page, "scores/trend.html", answer=answer_of(page, show_trend, after=None, limit=ALL))
