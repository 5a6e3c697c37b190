"""The public notice of a run with its objections, and the service of published results."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.question import ALL
from application.questions.answers.year_end import notices
from interface.documents.common import written_day
from interface.web.documents.documents import sealed
from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render

router = APIRouter()


@router.get("/notice")
def list_notices(page: Annotated[Page, Depends(allow("read_notice"))]) -> Response:
    """Everything that is or was on public notice, the newest first."""
    return render(page, "notice/notices.html", answer=page.ask(notices.list_notices, after=None, limit=ALL))


@router.get("/notice/{run_id}")
def show_notice(run_id: str, page: Annotated[Page, Depends(allow("read_notice"))]) -> Response:
    """The notice as it is posted, nobody named; beneath it the objections."""
    answer = page.ask(notices.show_notice, key=run_id, after=None, limit=ALL)
    page.call_as_on(answer.notice.opened_on)
    return render(
        page,
        "notice/notice.html",
        answer=answer,
        first=written_day(page, answer.notice.opened_on),
        last=written_day(page, answer.notice.closes_on),
        **sealed(page),
    )


@router.get("/runs/{run_id}/service")
def show_service(run_id: str, page: Annotated[Page, Depends(allow("read_grades"))]) -> Response:
    """Which units were handed their result, and which were not."""
    return render(page, "notice/service.html", answer=page.ask(notices.show_service, key=run_id))
