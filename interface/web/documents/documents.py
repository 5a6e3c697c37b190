"""Documents to serve and to keep: each prints what the log had committed to when it was made, and so anchors it."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import quote

import segno
from fastapi import APIRouter, Depends, Response
from markupsafe import Markup

from application.integrity.custody import SignedCheckpoint
from application.look import look_of
from application.questions.answers.papers import show_order_paper, show_result_paper
from application.questions.answers.year_end.appeals import show_appeal
from domain.appeal.events import AppealFiled
from domain.integrity.note import read_key
from domain.system.identity import STREAM, Identity
from interface.documents.model import Seal
from interface.web.kit.asking import answer_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of_pairing
from interface.web.kit.rendering import render
from interface.web.kit.standing import PROVISIONAL
from interface.web.pairings.pairings import find, no
from projections.boards.pairing.pairings import pairings

router = APIRouter()


@lru_cache(maxsize=64)
def qr_code(text: str) -> Markup:
    """A QR code as SVG that needs no style."""
    out = io.BytesIO()
    segno.make(text, error="l", micro=False).save(out, kind="svg", xmldecl=False, omitsize=True, border=2)
    return Markup(out.getvalue().decode())


def sealed(page: Page) -> dict[str, Any]:
    """The checkpoint that covers what the page shows; signed now where none does yet."""
    custody, look = page.system.custody, look_of(page.system)
    identity = look.state(STREAM, Identity())
    signed: SignedCheckpoint | None = custody.covering(page.at, identity.origin)
    if signed is None:
        signed = look.sign("served document")
    note, made = str(signed.note), page.system.clock().astimezone(page.system.settings.zone)
    return {
        "checkpoint": signed.checkpoint,
        "note": note,
        "qr": qr_code(note),
        "key": read_key(identity.key),
        "fingerprint": custody.fingerprint(),
        "made_at": page.local(made),
        "made": made,
    }


def seal_of(values: dict[str, Any], page: Page) -> Seal:
    """The checkpoint as the closing block of a file."""
    checkpoint = values["checkpoint"]
    return Seal(
        origin=checkpoint.origin,
        size=checkpoint.size,
        root=checkpoint.root.hex(),
        fingerprint=values["fingerprint"],
        note=values["note"],
        position=page.at,
        made_at=values["made"],
    )


def as_attachment(name: str) -> dict[str, str]:
    """The head of a file to save; its name may be Chinese."""
    plain = name.encode("ascii", "ignore").decode().strip() or "file"
    return {
        "Content-Disposition": f"attachment; filename=\"{plain.replace(chr(34), '')}\"; filename*=UTF-8''{quote(name)}"
    }


def download(made: bytes, name: str, media_type: str) -> Response:
    """A file to save."""
    return Response(made, media_type=media_type, headers=as_attachment(name))


@router.get("/documents/order/{key}")
def rectification_order(key: str, page: Annotated[Page, Depends(allow("read_documents"))]) -> Response:
    """An order to rectify as it was issued: what happened later is named apart. ``?round=1`` is the first order."""
    answer = answer_of(page, show_order_paper, key=key)
    return render(page, "documents/document_order.html", answer=answer, **sealed(page))


@router.get("/documents/result/{pairing_id}")
def notice_of_result(pairing_id: str, page: Annotated[Page, Depends(allow("read_documents"))]) -> Response:
    """The notice of a pairing's result in a published run; anything else is printed as provisional."""
    pairing = find(page, pairings, pairing_id)
    page.demand(
        "read_scores", branch=pairing.branch, village=pairing.village, absent=no(pairings, pairing_id)
    )
    provisional = page.asked(PROVISIONAL) == "1"
    answer = page.ask(
        show_result_paper, key=pairing_id, year=year_of_pairing(page, pairing), provisional=provisional
    )
    return render(page, "documents/document_result.html", answer=answer, **sealed(page))


@router.get("/documents/receipt/{appeal_id}")
def receipt_of_appeal(appeal_id: str, page: Annotated[Page, Depends(allow("read_appeals"))]) -> Response:
    """The receipt that an appeal was filed, as it was filed; what was decided on it later is named apart."""
    answer = page.ask(show_appeal, key=appeal_id)
    page.call_as_on(answer.appeal.filed_on)
    mine = f"{AppealFiled.CONTEXT}."
    later = [each for each in answer.history if each.name.startswith(mine) and each.name != AppealFiled.NAME]
    return render(page, "documents/document_receipt.html", answer=answer, later=later, **sealed(page))
