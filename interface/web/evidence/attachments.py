"""Attachments of findings, appeals, activities, needs, pairings and policies: up and down, each download noted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import FileResponse, RedirectResponse
from starlette.datastructures import UploadFile

from application.look import look_of
from application.stores.attaching import attach, pairing_of
from application.things import BEARERS, PAIRING, POLICY
from application.verbs.policies import correct_policy
from domain.attachment.attachments import LARGEST
from domain.kernel.errors import Unknown
from interface.web.kit.attached import ADDED
from interface.web.kit.forms.files import SLOW_LINE, plain_name
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.posted import Form
from interface.web.kit.values import Malformed
from projections.boards import trail

router = APIRouter()
FORM = 64 * 1024
"""Bytes that a form may have around its file."""


@router.post("/attachments/{kind}/{thing}")
def add_attachment(
    kind: str,
    thing: str,
    page: Annotated[
        Page, Depends(allow("add_attachment", largest=LARGEST + FORM, files=1, within=SLOW_LINE))
    ],
    form: Form,
) -> Response:
    """Attach a file to what bears attachments."""
    if kind not in BEARERS:
        raise Unknown("findings", thing)
    look = look_of(page.system)
    owner = BEARERS[kind].owner(look, thing)
    # What is attached to an appeal speaks for who filed it.
    page.demand("add_attachment", branch=owner.branch, village=owner.village, side=owner.side)
    if kind == POLICY.kind:
        # It is nobody's own: who keeps it attaches its scan.
        page.demand(correct_policy.name)
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Malformed("file", "此项必填")
    attach(
        look,
        file.file,
        name=plain_name(file),
        pairing_id=pairing_of(look, kind, thing),
        branch=owner.branch,
        village=owner.village,
        by=page.by,
        **({} if kind == PAIRING.kind else {f"{kind}_id": thing}),
    )
    return RedirectResponse(f"{BEARERS[kind].path}/{thing}", status_code=303)


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
