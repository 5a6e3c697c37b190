"""Forms as they are sent: read within bounds, kept as drafts when they cannot be taken."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from application.input.reading import sounding
from application.stores.accounts.accounts import ACTING, Accounts
from application.stores.accounts.drafts import Typed
from interface.http.desk import Desk
from interface.http.gate import COMES_WITHIN, OF_A_STRANGER
from interface.web.kit.page.page import DRAFT
from interface.web.kit.values import Malformed, demand_sound

CARRIED = {"csrf", "draft_of", "drawn_at", "confirmed"}
"""What a form carries that nobody has typed."""
FIELDS = 300
"""Fields of a form at most: a table of lines has several for each."""
LARGEST_FIELD = 4_000_000
"""Encoded bytes of one field of a form: a scheme in Chinese takes three times what it does as a file."""
LARGEST_FORM = LARGEST_FIELD + 200_000
"""Encoded bytes of a form: one long field, and what stands around it."""


def form_address(request: Request) -> str:
    """The address of the request, without what only asks for a draft."""
    query = urlencode([each for each in request.query_params.multi_items() if each[0] != DRAFT])
    return request.url.path + (f"?{query}" if query else "")


def draft_address(draft: str) -> str:
    """Where a draft leads to its form."""
    return f"/me/drafts/{draft}"


def keep_draft(request: Request, form: FormData, address: str = "") -> tuple[str, str]:
    """Keep what is in a form for the account whose form it was, as its token tells: that account, and the draft's id.

    Both are empty where no account can be told, the id also where it is too much. Secrets are not kept, nor are files.
    """
    accounts: Accounts = request.app.state.accounts
    writer = accounts.drafts.writer(str(form.get("csrf", "")).partition(ACTING)[0])
    if not writer:
        return "", ""
    typed = [
        Typed(name, value) if isinstance(value, str) else Typed(name, value.filename or "", is_file=True)
        for name, value in form.multi_items()
        if name not in CARRIED and not name.startswith("password")
    ]
    return writer, accounts.drafts.keep(writer, address or form_address(request), typed)


@asynccontextmanager
async def posted(
    request: Request, *, largest: int = OF_A_STRANGER, files: int = 0, within: float = COMES_WITHIN
) -> AsyncIterator[FormData]:
    """The form of a POST, every name and value of it sound. Raises ``Malformed``, ``TooLarge``, ``TooSlow``, ``Busy``."""
    _, options = parse_options_header(request.headers.get("content-type"))
    if options.get(b"charset", b"utf-8").lower() not in (b"utf-8", b"utf8"):
        raise HTTPException(415, "forms are UTF-8")
    request.state.largest, request.state.within = largest, within
    desk: Desk = request.app.state.desk
    with desk.reading():
        form = await request.form(max_files=files, max_fields=FIELDS, max_part_size=LARGEST_FIELD)
    try:
        texts = [
            (name, value if isinstance(value, str) else value.filename or "")
            for name, value in form.multi_items()
        ]
        # Kept so that a refusal can show the form again with all that was entered.
        request.state.entered = [(sounding(n), sounding(text)) for n, text in texts if n != "csrf"]
        for name, text in texts:
            demand_sound("form", name)
            demand_sound(name, text)
        request.state.form = form
        yield form
    finally:
        await form.close()


def checked_form(request: Request) -> FormData:
    """The form that the route's guard (``allow``) has read, its token compared with the session's."""
    form: FormData = request.state.form
    return form


Form = Annotated[FormData, Depends(checked_form)]


def text_of(form: FormData, name: str, *, required: bool = True, limit: int = 500) -> str:
    """A line of text, trimmed."""
    value = str(form.get(name, "")).strip()
    if required and not value:
        raise Malformed(name, "此项必填")
    if len(value) > limit:
        raise Malformed(name, "最多 %(limit)s 字，现有 %(length)s 字", limit=limit, length=len(value))
    return value
