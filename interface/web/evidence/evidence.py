"""Evidence packages from the pages: about a finding, an appeal or a score sheet."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.proof.packaging import package
from domain.kernel.errors import Unknown
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.posted import Form
from interface.web.kit.page.year import year_of_pairing
from interface.web.pairings.pairings import find
from projections.boards.pairing.pairings import pairings

router = APIRouter()
KINDS = ("finding", "appeal", "score")


@router.post("/evidence/{kind}/{about}")
def download_evidence(
    kind: str, about: str, page: Annotated[Page, Depends(allow("package_evidence"))], form: Form
) -> Response:
    """The package as a download; making it is recorded."""
    if kind not in KINDS:
        raise Unknown("kind of evidence", kind)
    page.system.accesses.note(page.actor, "evidence", [about], page.request.url.path)
    year = year_of_pairing(page, find(page, pairings, about)) if kind == "score" else 0
    made = package(page.system, kind, about, page.by, year)
    name = f"evidence-{kind}-{about}{f'-{year}' if year else ''}.zip"
    quoted = name if name.isascii() else f"evidence-{kind}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{quoted}"'}
    return Response(made, media_type="application/zip", headers=headers)
