"""Who looked: accesses to attachments, appeals and names."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from interface.web.context import Malformed, Page, allow
from interface.web.rendering import render

router = APIRouter()
PAGE = 100


@router.get("/accesses")
def list_accesses(page: Annotated[Page, Depends(allow("read_accesses"))]) -> Response:
    """Newest first, by kind and thing."""
    query = page.request.query_params
    before = query.get("before", "")
    if before and not (before.isascii() and before.isdecimal() and len(before) <= 18):
        raise Malformed("before", "“%(value)s”不是整数", value=before)
    rows = page.system.accesses.list(
        kind=query.get("kind", ""),
        thing=query.get("thing", ""),
        before=int(before) if before else None,
        limit=PAGE,
    )
    return render(page, "accesses.html", rows=rows, query=query, more=len(rows) == PAGE)
