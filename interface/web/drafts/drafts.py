"""My drafts: forms of this account that were filled in and not sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, FastAPI, Response
from fastapi.responses import RedirectResponse

from application.acting import DOABLE
from application.stores.accounts.drafts import Draft
from interface.locales import N_
from interface.web.accounts.session import local_path
from interface.web.errors.refusal import entries_of
from interface.web.kit.forms.files import FILES_LARGEST, PARSED
from interface.web.kit.forms.of_verb import title_of
from interface.web.kit.forms.verb_pages import drafts_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import DRAFT, Page
from interface.web.kit.page.posted import Form, draft_address, keep_draft
from interface.web.kit.rendering import render
from interface.web.kit.values import Malformed

router = APIRouter()
OTHER = N_("其他表单")


@router.get("/me/drafts")
def list_drafts(page: Annotated[Page, Depends(allow("keep_drafts"))]) -> Response:
    """What this account has begun to fill in."""
    found = drafts_of(page).of(page.actor.username)
    return render(page, "drafts/drafts.html", drafts=[(each, _title(page, each)) for each in found])


@router.post("/me/drafts")
def keep(
    page: Annotated[Page, Depends(allow("keep_drafts", largest=FILES_LARGEST, files=PARSED))], form: Form
) -> Response:
    """Keep a form as it is now. A script that asks for it is only told that it is kept."""
    address = local_path(str(form.get("draft_of", "")))
    if not _form_at(page.request.app, address):
        raise Malformed("draft_of", "没有这张表单")
    _, draft = keep_draft(page.request, form, address)
    if not draft:
        raise Malformed("draft_of", "内容过多，不能存为草稿，请缩减后再存")
    if "x-draft" in page.request.headers:
        return Response(status_code=204)
    return RedirectResponse(draft_address(draft), status_code=303)


@router.get("/me/drafts/{draft_id}")
def open_draft(draft_id: str, page: Annotated[Page, Depends(allow("keep_drafts"))]) -> Response:
    """The form as it was left; where its page does not draw it anew, all that was typed. What is not this account's is not
    told of."""
    draft = drafts_of(page).find(page.actor.username, draft_id)
    if draft is None:
        return RedirectResponse("/me/drafts", status_code=303)
    if _form_at(page.request.app, draft.address):
        return RedirectResponse(form_again(draft), status_code=303)
    files: Sequence[str] = [each.value for each in draft.typed if each.is_file]
    typed = entries_of([(each.name, each.value) for each in draft.typed if not each.is_file])
    return render(page, "drafts/draft.html", draft=draft, entries=typed, files=files)


@router.post("/me/drafts/{draft_id}/discard")
def discard(draft_id: str, page: Annotated[Page, Depends(allow("keep_drafts"))], form: Form) -> Response:
    """Throw a draft away."""
    drafts_of(page).discard(page.actor.username, draft_id)
    return RedirectResponse("/me/drafts", status_code=303)


def form_again(draft: Draft) -> str:
    """The address of the form as it was left."""
    return f"{draft.address}{'&' if '?' in draft.address else '?'}{DRAFT}=1"


def _form_at(app: FastAPI, address: str) -> str:
    """The verb whose generated form is at an address; empty where there is none."""
    path = urlsplit(address).path
    guards: list[str] = next((verbs for door, verbs in app.state.doors if door.match(path)), [])
    return next((each for each in guards if each in DOABLE and each.replace("_", "-") in path.split("/")), "")


def _title(page: Page, draft: Draft) -> str:
    verb = _form_at(page.request.app, draft.address)
    return title_of(page, DOABLE[verb]) if verb else page.t(OTHER)
