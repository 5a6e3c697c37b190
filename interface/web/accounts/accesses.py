"""Who looked: accesses to attachments, appeals and names."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from interface.web.kit.context import Page, allow, number_asked
from interface.web.kit.rendering import render
from projections.boards.numbers import things_numbered

router = APIRouter()
PAGE = 100
LAST = 2**31 - 1
"""The last number that a list of accesses can hold."""


@router.get("/accesses")
def list_accesses(page: Annotated[Page, Depends(allow("read_accesses"))]) -> Response:
    """Newest first, by kind and thing."""
    query = page.request.query_params
    written = query.get("thing", "").strip()
    found = things_numbered(page.connection, written)
    rows = page.system.accesses.list(
        kind=query.get("kind", ""),
        thing=found[0] if len(found) == 1 else written,
        before=number_asked(page.request, "before", LAST),
        limit=PAGE,
    )
    page.numbers.read(row.thing for row in rows)
    return render(page, "accounts/accesses.html", rows=rows, query=query, more=len(rows) == PAGE)


@router.get("/accesses/refused")
def list_refused_sign_ins(page: Annotated[Page, Depends(allow("read_accesses"))]) -> Response:
    """Sign-ins that were refused, counted."""
    return render(page, "accounts/refused_sign_ins.html", rows=page.system.accesses.refused(limit=500))
