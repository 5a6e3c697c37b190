"""Attachments of findings, appeals, activities, needs, pairings and policies: up and down, each download noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import FileResponse, RedirectResponse
from starlette.datastructures import UploadFile

from application.input.reading import Written
from application.look import look_of
from application.questions.answers.alike.shared_photographs import list_shared_photographs
from application.questions.history import ADDED
from application.stores.attaching import attach_to
from application.stores.pictures import EDGES
from application.things import ATTACHMENTS, BEARERS
from application.verb import Outcome
from application.verbs.attachments import judge_photograph
from domain.attachment.attachments import LARGEST, PICTURES
from domain.kernel.errors import Unknown
from interface.http.gate import SLOW_LINE
from interface.web.kit.forms.about import shown_thing
from interface.web.kit.forms.files import plain_name
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.posted import Form
from interface.web.kit.sentences import bearer_called
from interface.web.kit.values import Malformed
from projections.boards import trail


def _shown_at(_: Page, outcome: Outcome) -> str:
    thing, bearer = shown_thing(ATTACHMENTS, outcome.key)
    return f"{thing.path}/{bearer}"


def _two_things(page: Page, key: str, written: Written) -> tuple[str, object] | None:
    """The thing and the other that the address names, with the photograph as it stands at each."""
    other = str(written.get("other", "")).partition("-")[2]
    shared = page.ask(list_shared_photographs, key=key)
    found = [each for each in shared if each.other.thing == other]
    return ("evidence/shared_photograph.html", found[0]) if found else None


def _the_other(page: Page, _: str, written: Written) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The other thing that the address names, as people know it."""
    other = str(written.get("other", ""))
    return {"other": [(other, bearer_called(page, page.connection, other))]} if other else {}


router = APIRouter()
add_verbs(
    router,
    ATTACHMENTS,
    shown_at={ATTACHMENTS.kind: _shown_at},
    above={judge_photograph.name: _two_things},
    offered={judge_photograph.name: _the_other},
)
KEPT = {"appeal_id": "read_appeals", "nomination_id": "read_proposals"}
"""What an attachment is of, where not everybody who sees the rest of its village does; and who does."""
NOTHING_RUNS = {"Content-Security-Policy": "default-src 'none'; sandbox"}
"""What is shown is a picture, whatever a browser takes it for."""
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
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Malformed("file", "此项必填")
    attach_to(look_of(page.system), page.actor, kind, thing, file.file, name=plain_name(file), by=page.by)
    return RedirectResponse(f"{BEARERS[kind].path}/{thing}", status_code=303)


@router.get("/attachments/{position}")
def download(position: int, page: Annotated[Page, Depends(allow("read_attachments"))]) -> Response:
    """The file of one event, as it was recorded; a changed or missing file is not handed out."""
    data = _looked_at(page, position)
    store = page.system.store
    if store.state(data["digest"], data["size"]) != "kept":
        raise Unknown("attachment as it was recorded", data["name"])
    return FileResponse(store.path(data["digest"]), media_type=data["media_type"], filename=data["name"])


@router.get("/attachments/{position}/seen/{edge}")
def show_picture(
    position: int, edge: str, page: Annotated[Page, Depends(allow("read_attachments"))]
) -> Response:
    """A smaller copy of a picture, with nothing of what the camera noted; open to whom the file itself is."""
    data = _looked_at(page, position)
    if edge not in EDGES or data["media_type"] not in PICTURES:
        raise Unknown("attachment", f"{position}/seen/{edge}")
    copy = page.system.pictures.copy(data["digest"], data["size"], edge)
    if copy is None:
        raise Unknown("attachment as it was recorded", data["name"])
    return FileResponse(copy, media_type="image/jpeg", headers=NOTHING_RUNS)


def _looked_at(page: Page, position: int) -> dict[str, Any]:
    """What the event at a position says of a file that is the reader's to look at; it is noted who did."""
    absent = Unknown("attachment", str(position))
    row = trail.event_at(page.connection, position) if 0 < position <= page.at else None
    if row is None or row.name != ADDED:
        raise absent
    data: dict[str, Any] = row.data
    whose = {"branch": data["branch"], "village": data["village"]}
    page.demand("read_attachments", **whose, absent=absent)
    for part, verb in KEPT.items():
        if data.get(part):
            page.demand(verb, **whose, absent=absent)
    page.system.accesses.note(page.actor, "attachment", [data["digest"]], page.request.url.path)
    return data
