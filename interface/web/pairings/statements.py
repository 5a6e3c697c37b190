"""The lists of slips, circulars, and model cases with on-site meetings, of all pairings or of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from application.questions.answers.pairing.statements import list_cases, list_circulars, list_slips
from application.verbs.pairing.pairings import (
    publish_case,
)
from application.verbs.supervision import issue_circular, issue_slip
from interface.web.kit.listing import ListView
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.pairings.nominations import nominated_as
from interface.web.pairings.works import list_page

router = APIRouter()
SORTS = ("-day",)


@router.get("/slips")
def read_slips(page: Annotated[Page, Depends(allow("read_findings"))]) -> Response:
    """Slips by colour, of a year."""
    return list_page(page, ListView(page, sorts=SORTS), list_slips, "colour", "colour", (), issue_slip)


@router.get("/circulars")
def read_circulars(page: Annotated[Page, Depends(allow("read_findings"))]) -> Response:
    """Circulars by kind, of a year."""
    listing = ListView(page, sorts=SORTS)
    return list_page(page, listing, list_circulars, "kind", "circular", (), issue_circular)


@router.get("/cases")
def read_cases(page: Annotated[Page, Depends(allow("read_pairings"))]) -> Response:
    """Model cases by level, and meetings, of a year."""

    def told(rows: Sequence[Any]) -> Mapping[str, Any]:
        return {"nominated": nominated_as(page, [row.recognition_id for row in rows])}

    listing = ListView(page, sorts=SORTS)
    return list_page(page, listing, list_cases, "level", "recognition", (), publish_case, told)
