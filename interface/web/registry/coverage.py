"""How far the county's targets are covered on a day."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.questions.answers.registry.coverage import show_coverage
from domain.registry.events import TargetKind
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import exported
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import render
from interface.words import label

router = APIRouter()
Reader = Annotated[Page, Depends(allow("read_villages"))]


@router.get("/coverage")
def read_coverage(page: Reader) -> Response:
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


@router.get("/coverage/export")
def export_coverage(page: Reader) -> Response:
    """The same as a file: a row for each township and class of targets, with the names of those that nobody is paired with."""
    answer = answer_of(page, show_coverage)
    heading = [page.t(each) for each in ("乡镇", "类别", "合计", "已结对", "尚未结对")]
    rows = [
        [
            cell.township or page.t("未填乡镇"),
            page.t(label("target_kind", cell.kind.value)),
            *(cell.targets, cell.covered),
            page.t("、").join(
                each.name
                for each in answer.uncovered
                if (each.township, each.kind) == (cell.township, cell.kind)
            ),
        ]
        for cell in answer.cells
    ]
    return exported(page, f"coverage-{answer.on}", [heading, *rows])
