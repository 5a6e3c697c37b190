"""Documents to serve and to keep: each prints what the log had committed to when it was made, and so anchors it."""

from __future__ import annotations

import io
from typing import Annotated, Any
from urllib.parse import quote

import segno
from fastapi import APIRouter, Depends, Response
from markupsafe import Markup
from sqlalchemy import Row

from application.integrity.custody import SignedCheckpoint
from application.look import look_of
from application.things import FINDING_DOCUMENTS
from domain.appeal.events import AppealFiled, AppealNumbered, AppealRegistered
from domain.document.events import Paper
from domain.integrity.note import read_key
from domain.kernel.errors import Unknown
from domain.supervision.events import (
    ExtensionGranted,
    FindingClosed,
    FindingRaised,
    FindingRelapsed,
    FindingWithdrawn,
    RectificationOrdered,
)
from domain.system.identity import STREAM, Identity
from interface.documents.model import Seal
from interface.web.kit.context import Page, allow, number_asked
from interface.web.kit.rendering import render
from interface.web.kit.sentences import tell
from interface.web.kit.standing import standing
from interface.web.kit.year import year_of_pairing
from interface.web.pairings.pairings import find
from projections.boards import trail
from projections.boards.assessment import appeals
from projections.boards.findings import findings
from projections.boards.names import Names
from projections.boards.pairings import pairings

router = APIRouter()
FILING = {AppealFiled.NAME, AppealRegistered.NAME, AppealNumbered.NAME}
"""What is recorded when an appeal is filed, all at once."""


def qr_code(text: str) -> Markup:
    """A QR code as SVG that needs no style."""
    out = io.BytesIO()
    segno.make(text, error="l", micro=False).save(out, kind="svg", xmldecl=False, omitsize=True, border=2)
    return Markup(out.getvalue().decode())


def sealed(page: Page) -> dict[str, Any]:
    """The checkpoint that covers what the page shows; signed now where none does yet."""
    custody, size = page.system.custody, page.system.log.tree.size_at(page.at)
    identity = look_of(page.system).state(STREAM, Identity())
    signed: SignedCheckpoint | None = custody.covering(size, identity.origin)
    if signed is None:
        signed = custody.sign("served document")
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


def download(made: bytes, name: str, media_type: str) -> Response:
    """A file to save; its name may be Chinese."""
    plain = name.encode("ascii", "ignore").decode().strip() or "file"
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain.replace(chr(34), '')}\"; filename*=UTF-8''{quote(name)}"
    }
    return Response(made, media_type=media_type, headers=headers)


@router.get("/documents/order/{finding_id}")
def rectification_order(finding_id: str, page: Annotated[Page, Depends(allow("read_findings"))]) -> Response:
    """An order to rectify as it was issued: what happened later is named apart. ``?round=1`` is the first order."""
    finding = find(page, findings, finding_id)
    page.demand("read_findings", branch=finding.branch, village=finding.village)
    raised, orders, later = _orders(page, finding_id)
    asked = number_asked(page.request, "round")
    number = len(orders) if asked is None else asked
    if not 1 <= number <= len(orders):
        raise Unknown("order", finding_id)
    order = orders[number - 1]
    # As it was issued: by the names of its day, as they were known when it was ordered.
    names = Names(page.connection, order.position)
    return render(
        page,
        "documents/document_order.html",
        finding=raised.data,
        order=order.data,
        number=order.data["document_no"] or _issued_number(page, finding_id, order.version),
        office=order.office,
        signer=order.actor,
        unit=names.units(order.occurred_on).get(finding.branch, finding.branch),
        village=names.villages(order.occurred_on, among=()).get(finding.village, finding.village),
        later=tell(page, [row for row in later if row.position > order.position]),
        **sealed(page),
    )


def _issued_number(page: Page, finding_id: str, place: int) -> str:
    """The number of the document that was issued of an order, by the order's place in its stream; empty while none was."""
    issued = FINDING_DOCUMENTS.state(look_of(page.system), finding_id).issued
    return next(
        (each.number for each in reversed(issued) if each.paper is Paper.ORDER and each.place == place), ""
    )


RAISED, ORDERED = FindingRaised.NAME, RectificationOrdered.NAME
LATER = (ExtensionGranted.NAME, FindingClosed.NAME, FindingRelapsed.NAME, FindingWithdrawn.NAME, ORDERED)
"""What a reader of an order must know that came after it."""


def _orders(page: Page, finding_id: str) -> tuple[Row[Any], list[Row[Any]], list[Row[Any]]]:
    """The trail's rows of the finding, of its orders, and of what may have come after an order; each in order."""
    wanted = trail.TrailFilter(
        names=[RAISED, *LATER], thing_kind="finding_id", thing=finding_id, known_at=page.at
    )
    rows = trail.page(page.connection, wanted, limit=1000)[::-1]
    return rows[0], [row for row in rows if row.name == ORDERED], [row for row in rows if row.name in LATER]


@router.get("/documents/result/{pairing_id}")
def notice_of_result(pairing_id: str, page: Annotated[Page, Depends(allow("read_scores"))]) -> Response:
    """The notice of a pairing's result in a published run; anything else is printed as provisional."""
    pairing = find(page, pairings, pairing_id)
    page.demand("read_scores", branch=pairing.branch, village=pairing.village)
    year = year_of_pairing(page, pairing)
    stands = standing(page, year)
    each = stands.of(pairing_id)
    if stands.run is not None:
        page.call_as_on(stands.run.published_on)
    return render(
        page,
        "documents/document_result.html",
        pairing=pairing,
        year=year,
        run=stands.run,
        sheet=each.result.sheet,
        label=each.label,
        **sealed(page),
    )


@router.get("/documents/receipt/{appeal_id}")
def receipt_of_appeal(appeal_id: str, page: Annotated[Page, Depends(allow("read_appeals"))]) -> Response:
    """The receipt that an appeal was filed, as it was filed; what was decided on it later is named apart."""
    appeal = find(page, appeals, appeal_id)
    page.demand("read_appeals", branch=appeal.branch, village=appeal.village)
    page.call_as_on(appeal.filed_on)
    steps = trail.TrailFilter(thing_kind="appeal_id", thing=appeal_id, known_at=page.at)
    rows = trail.page(page.connection, steps, limit=1000)[::-1]
    filed = next(row for row in rows if row.name == AppealFiled.NAME)
    later = [row for row in rows if row.name.startswith(f"{AppealFiled.CONTEXT}.") and row.name not in FILING]
    return render(
        page, "documents/document_receipt.html", appeal=filed.data, later=tell(page, later), **sealed(page)
    )
