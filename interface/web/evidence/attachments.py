"""Attachments of findings and appeals: up and down, each download noted."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import FileResponse, RedirectResponse
from sqlalchemy import Row
from starlette.datastructures import UploadFile

from application.look import look_of
from application.stores.attaching import attach
from domain.attachment.attachments import LARGEST
from domain.kernel.errors import Unknown
from interface.web.kit.context import Form, Page, allow
from interface.web.kit.forms.files import SLOW_LINE, plain_name
from interface.web.kit.values import Malformed
from interface.web.pairings.pairings import find
from projections.boards import trail
from projections.boards.assessment import appeals
from projections.boards.findings import findings

router = APIRouter()
ADDED = "attachment.AttachmentAdded"
FORM = 64 * 1024
"""Bytes that a form may have around its file."""


def attached(page: Page, kind: str, thing: str) -> list[Row[Any]]:
    """The trail rows of what is attached to a thing, as known at the page's position."""
    wanted = trail.TrailFilter(names=[ADDED], thing_kind=f"{kind}_id", thing=thing, known_at=page.at)
    return trail.page(page.connection, wanted, limit=200)[::-1]


@router.post("/attachments/{kind}/{thing}")
def add_attachment(
    kind: str,
    thing: str,
    page: Annotated[
        Page, Depends(allow("add_attachment", largest=LARGEST + FORM, files=1, within=SLOW_LINE))
    ],
    form: Form,
) -> Response:
    """Attach a file to a finding or an appeal."""
    if kind not in ("finding", "appeal"):
        raise Unknown("findings", thing)
    row = find(page, findings if kind == "finding" else appeals, thing)
    # What is attached to an appeal speaks for who filed it.
    side = row.side if kind == "appeal" else ""
    page.demand("add_attachment", branch=row.branch, village=row.village, side=side)
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Malformed("file", "此项必填")
    attach(
        look_of(page.system),
        file.file,
        name=plain_name(file),
        pairing_id=row.pairing_id,
        branch=row.branch,
        village=row.village,
        by=page.by,
        **{f"{kind}_id": thing},
    )
    return RedirectResponse(f"/{kind}s/{thing}", status_code=303)


@router.get("/attachments/{position}")
def download(position: int, page: Annotated[Page, Depends(allow("read_attachments"))]) -> Response:
    """The file of one event, as it was recorded; a changed or missing file is not handed out."""
    row = trail.event_at(page.connection, position) if 0 < position <= page.at else None
    if row is None or row.name != ADDED:
        raise Unknown("attachment", str(position))
    data = row.data
    page.demand("read_attachments", branch=data["branch"], village=data["village"])
    page.system.accesses.note(page.actor, "attachment", [data["digest"]], page.request.url.path)
    store = page.system.store
    if store.state(data["digest"], data["size"]) != "kept":
        raise Unknown("attachment as it was recorded", data["name"])
    return FileResponse(store.path(data["digest"]), media_type=data["media_type"], filename=data["name"])
