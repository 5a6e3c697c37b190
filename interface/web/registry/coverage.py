"""How far the county's targets are covered on a day."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.questions.answers.registry.coverage import show_coverage
from domain.registry.events import TargetKind
from interface.web.kit.asking import answer_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import render

router = APIRouter()


@router.get("/coverage")
def read_coverage(page: Annotated[Page, Depends(allow("read_villages"))]) -> Response:
    """Townships by classes of targets, with what is uncovered, who holds more than one, and vacant posts."""
    answer = answer_of(page, show_coverage)
    cells = {(each.township, each.kind): each for each in answer.cells}
    return render(
        page,
        "registry/coverage.html",
        answer=answer,
        cells=cells,
        townships=sorted({each.township for each in answer.cells}),
        kinds=[kind for kind in TargetKind if any(each.kind is kind for each in answer.cells)],
    )
