"""Who looked: accesses to attachments, appeals and names."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.access_records import LAST
from application.question import MOST
from application.questions.answers.people.accesses import list_accesses, list_refused_sign_ins
from interface.web.kit.context import Page, allow, number_asked
from interface.web.kit.rendering import render

router = APIRouter()
PAGE = 100


@router.get("/accesses")
def read_accesses(page: Annotated[Page, Depends(allow("read_accesses"))]) -> Response:
    """Newest first, by kind and thing."""
    query, before = page.request.query_params, number_asked(page.request, "before", LAST)
    answer = page.ask(
        list_accesses,
        kind=query.get("kind", ""),
        thing=query.get("thing", "").strip(),
        after=before,
        limit=PAGE,
    )
    page.numbers.read(row.thing for row in answer.rows)
    return render(page, "accounts/accesses.html", answer=answer)


@router.get("/accesses/refused")
def read_refused_sign_ins(page: Annotated[Page, Depends(allow("read_accesses"))]) -> Response:
    """Sign-ins that were refused, counted."""
    answer = page.ask(list_refused_sign_ins, after=page.after or "", limit=MOST)
    return render(page, "accounts/refused_sign_ins.html", answer=answer)
