"""Cases that are nominated as models: the list, and one with its story and the text for a news card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import Row, Select, select

from application.questions.answers.pairing.nominations import list_nominations, show_nomination
from application.questions.history import ADDED
from application.things import NOMINATION
from application.verbs.pairing.nominations import nominate_case, publish_nomination, revise_nomination
from domain.attachment.attachments import PICTURES
from domain.pairing.nomination import NominationState
from interface.documents.model import Picture
from interface.web.kit.attached import attached, shared_photographs
from interface.web.kit.detail import next_steps, stations
from interface.web.kit.forms.steps import steps_of
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import ListView
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import render
from interface.web.pairings.works import OfProposals, list_page
from projections.boards import trail
from projections.boards.pairing.recognitions import nominations, recognitions
from projections.kit.columns import known
from projections.kit.memory import ask_ahead

router = APIRouter()
add_verbs(router, NOMINATION)


@router.get("/nominations")
def read_nominations(page: OfProposals) -> Response:
    """Nominated cases by how they stand, of a year."""
    listing = ListView(page, sorts=("-day",))
    return list_page(page, listing, list_nominations, "state", "nomination_state", (), nominate_case)


@router.get("/nominations/{key}")
def read_nomination(key: str, page: OfProposals) -> Response:
    """A nominated case on its way, and its next step."""
    shown = page.ask(show_nomination, key=key)
    page.call_as_of_year(shown.nominated_on.year)
    published = shown.stands == NominationState.PUBLISHED.value
    way = ((page.t("推荐"), shown.nominated_on), (page.t("刊发"), shown.stands_on if published else None))
    usual = (publish_nomination.name, revise_nomination.name)
    return render(
        page,
        "pairings/nomination.html",
        shown=shown,
        attached=attached(page, NOMINATION.kind, key),
        shared=shared_photographs(page, NOMINATION.kind, key),
        year=shown.nominated_on.year,
        stations=stations(way),
        steps=next_steps(steps_of(page, NOMINATION, key), usual),
    )


@dataclass(frozen=True)
class CaseOrigin:
    """The nomination that a case of the casebook came from, and its pictures, the first one first."""

    nomination_id: str
    pictures: Sequence[Row[Any]]

    @property
    def picture(self) -> Row[Any] | None:
        """The first of them."""
        return next(iter(self.pictures), None)


def nominated_as(page: Page, cases: Sequence[str]) -> dict[str, CaseOrigin]:
    """Those of the cases that were nominated, with where their story stands; none for whom no nomination is."""
    if not page.sees("read_proposals"):
        return {}
    c = nominations.c
    query = select(c.nomination_id, c.case_id).where(known(nominations, page.at), c.case_id.in_(cases))
    found = {case: nomination for nomination, case in page.connection.execute(query)}
    seen: dict[str, list[Row[Any]]] = {}
    if found:
        wanted = trail.TrailFilter(names=[ADDED], things=sorted(found.values()), known_at=page.at)
        for row in trail.page(page.connection, wanted, limit=1000):
            if row.data["media_type"] in PICTURES:
                # The newest come first.
                seen.setdefault(row.data["nomination_id"], []).insert(0, row)
    return {case: CaseOrigin(nomination, seen.get(nomination, ())) for case, nomination in found.items()}


CASE_PICTURES = 4
"""Pictures of a case that its entry in the casebook shows at most."""


def cases_ahead(page: Page, year: int) -> None:
    """Say that the pictures of the cases of a year will be asked for."""
    ask_ahead(page.connection, _cases(page, year))


def _cases(page: Page, year: int) -> Select[str]:
    c = recognitions.c
    of_year = c.kind == "case", c.occurred_on.between(date(year, 1, 1), date(year, 12, 31))
    return select(c.recognition_id).where(known(recognitions, page.at), *of_year)


def pictures_of_cases(page: Page, year: int, *, in_file: bool) -> dict[str, list[Picture]]:
    """The pictures of the cases of a year, by the id of the case, as far as the reader may see them. ``in_file``: with the small
    copies themselves, of those that are as they were recorded; that the reader has them is noted."""
    cases = list(page.connection.scalars(_cases(page, year)))
    found: dict[str, list[Picture]] = {}
    for case, origin in nominated_as(page, cases).items():
        for row in origin.pictures[:CASE_PICTURES]:
            data = row.data
            if not page.sees("read_attachments", branch=data["branch"], village=data["village"]):
                continue
            file = page.system.pictures.copy(data["digest"], data["size"], "small") if in_file else None
            if file is None and in_file:
                continue
            if in_file:
                page.system.accesses.note(page.actor, "attachment", [data["digest"]], page.request.url.path)
            at = f"/attachments/{row.position}/seen"
            alt = page.t("照片：%(name)s", name=data["name"])
            picture = Picture(alt, page.link(f"{at}/large"), page.link(f"{at}/small"), file)
            found.setdefault(case, []).append(picture)
    return found
