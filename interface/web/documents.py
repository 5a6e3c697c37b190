"""Documents to serve and to keep: each prints what the log had committed to when it was made, and so anchors it."""

from __future__ import annotations

import io
from typing import Annotated, Any

import segno
from fastapi import APIRouter, Depends, Response
from markupsafe import Markup

from application.integrity.custody import Signed
from domain.integrity.note import read_key
from domain.kernel.errors import Unknown
from interface.web.context import Page, allow
from interface.web.pairings import find
from interface.web.rendering import render
from interface.web.standing import computed, standing
from projections.assessment_board import appeals
from projections.findings_board import findings
from projections.pairings_board import pairings

router = APIRouter()


def qr_code(text: str) -> Markup:
    """A QR code as SVG that needs no style."""
    out = io.BytesIO()
    segno.make(text, error="l", micro=False).save(out, kind="svg", xmldecl=False, omitsize=True, border=2)
    return Markup(out.getvalue().decode())


def sealed(page: Page) -> dict[str, Any]:
    """The checkpoint that covers what the page shows; signed now where none does yet."""
    size = page.system.log.tree.size_at(page.at)
    signed: Signed | None = page.system.custody.covering(size)
    if signed is None:
        signed = page.system.custody.sign("served document")
    note, made = str(signed.note), page.system.clock().astimezone(page.system.settings.zone)
    return {
        "checkpoint": signed.checkpoint,
        "note": note,
        "qr": qr_code(note),
        "key": read_key(page.system.custody.identity().key),
        "fingerprint": page.system.custody.fingerprint(),
        "made_at": page.local(made),
        "made": made,
    }


@router.get("/documents/order/{finding_id}")
def rectification_order(finding_id: str, page: Annotated[Page, Depends(allow("read_findings"))]) -> Response:
    """The order to rectify, as it is served."""
    finding = find(page, findings, finding_id)
    page.demand("read_findings", branch=finding.branch, village=finding.village)
    if not finding.ordered_on:
        raise Unknown("order", finding_id)
    return render(page, "document_order.html", finding=finding, **sealed(page))


@router.get("/documents/result/{pairing_id}")
def notice_of_result(pairing_id: str, page: Annotated[Page, Depends(allow("read_scores"))]) -> Response:
    """The notice of a pairing's result in a published run; anything else is printed as provisional."""
    pairing = find(page, pairings, pairing_id)
    page.demand("read_scores", branch=pairing.branch, village=pairing.village)
    stands = standing(page, pairing.year)
    each = stands.of(pairing_id)
    if not stands.public:
        # Decisions on a run that is not public are nobody's paper yet.
        stands = computed(page, pairing.year)
        each = stands.of(pairing_id)
    return render(
        page,
        "document_result.html",
        pairing=pairing,
        run=stands.run,
        sheet=each.result.sheet,
        label=each.label,
        **sealed(page),
    )


@router.get("/documents/receipt/{appeal_id}")
def receipt_of_appeal(appeal_id: str, page: Annotated[Page, Depends(allow("read_appeals"))]) -> Response:
    """The receipt that an appeal was filed."""
    appeal = find(page, appeals, appeal_id)
    page.demand("read_appeals", branch=appeal.branch, village=appeal.village)
    return render(page, "document_receipt.html", appeal=appeal, **sealed(page))
