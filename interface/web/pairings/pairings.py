"""The list of pairings, and a pairing with its whole story."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Row, Table, select

from application.question import ALL
from application.questions.answers.registry import pairings as questions
from application.questions.answers.registry.cadence import list_cadence, show_cadence
from application.questions.answers.scoring import scores
from application.things import ACTIVITY, CASE, MEETING, NEED, PAIRING, PROJECT, RESOURCE
from application.verb import Outcome
from application.verbs.livelihood import offer_resource, open_project, raise_need
from application.verbs.pairing import host_meeting, publish_case, record_activity
from domain.kernel.errors import Unknown
from domain.livelihood.events import ResourceOffered
from domain.pairing.events import ActivityVoided
from interface.web.kit.asking import answer_of
from interface.web.kit.context import Page, allow
from interface.web.kit.pictures.cadence_map import cadence_map
from interface.web.kit.pictures.strip import strip
from interface.web.kit.pictures.timeline import timeline
from interface.web.kit.rendering import render
from interface.web.kit.verb_pages import add_verbs, address_of, drawn, look_at, steps_of, title_of
from interface.web.kit.year import year_of, year_of_pairing, years_of_pairing
from projections.boards.pairings import activities, pairings
from projections.kit.columns import known

SHOWN = 25
"""Pairings of a page of the cadence map."""
BEGUN = (publish_case, host_meeting, raise_need, open_project, offer_resource)
"""What is begun in a pairing, besides activities."""


def shown_with_its_pairing(page: Page, outcome: Outcome) -> str:
    """The page of the pairing, in the year in which the thing happened."""
    event: Any = outcome.events[0]
    if isinstance(event, ResourceOffered):
        return "/pairings"
    day = event.occurred_on
    if isinstance(event, ActivityVoided):
        day = find(page, activities, outcome.key).held_on
    return f"/pairings/{event.pairing_id}?year={day.year}" if event.pairing_id else "/pairings"


def shown_with_its_need(page: Page, outcome: Outcome) -> str:
    """The page of the pairing that took the need on, in the year in which it was raised."""
    need = NEED.state(look_at(page), outcome.key)
    if not need.pairing_id or need.raised_on is None:
        return "/pairings"
    return f"/pairings/{need.pairing_id}?year={need.raised_on.year}"


router = APIRouter()
_OF_PAIRING = (ACTIVITY, CASE, MEETING, RESOURCE, PROJECT)
add_verbs(
    router,
    PAIRING,
    NEED,
    *_OF_PAIRING,
    shown_at={
        "need": shown_with_its_need,
        **dict.fromkeys((t.kind for t in _OF_PAIRING), shown_with_its_pairing),
    },
)


@router.get("/pairings")
def list_pairings(page: Annotated[Page, Depends(allow("read_pairings"))]) -> Response:
    """All pairings of the year, by township and village; a clerk sees the own ones."""
    year = year_of(page)
    answer = answer_of(page, scores.list_pairings, year=year, after=None, limit=ALL)
    rows = sorted(answer.rows, key=lambda row: (row.township, row.village_name, row.pairing_id))
    return render(page, "pairings/pairings.html", year=year, rows=rows)


@router.get("/cadence")
def show_cadences(page: Annotated[Page, Depends(allow("read_pairings"))]) -> Response:
    """The themed party days of all pairings by month, a page of them at a time; a clerk sees the own ones."""
    year = year_of(page)
    answer = answer_of(page, list_cadence, year=year, after=page.after, limit=SHOWN)
    drawn = cadence_map(answer.rows, year, page.t, page.link)
    return render(page, "pairings/cadence.html", year=year, answer=answer, cadence=drawn)


def _begun_in(page: Page, pairing: questions.PairingRow) -> list[tuple[str, str]]:
    """What this reader may begin in a pairing: its title and the address of its form, the pairing filled in."""
    stated = {"pairing_id": pairing.pairing_id, "branch": pairing.branch, "village": pairing.village}
    return [
        (title_of(page, verb), page.link(address_of(verb, ""), **stated))
        for verb in BEGUN
        if page.may(verb.name, branch=pairing.branch, village=pairing.village)
    ]


def sees(page: Page, row: Any) -> bool:
    """Clerks see what is their unit's or village's, everybody else everything."""
    actor = page.actor
    return (not actor.branch or actor.branch == row.branch) and (
        not actor.village or actor.village == row.village
    )


def find(page: Page, table: Table, key: str) -> Row[Any]:
    """The row of one thing at the page's position. ``Unknown`` where there is none."""
    column = table.c[table.info["key"]]
    row = page.connection.execute(select(table).where(column == key, known(table, page.at))).first()
    if row is None:
        raise Unknown(table.name, key)
    return row


@router.get("/pairings/{pairing_id}")
def show_pairing(pairing_id: str, page: Annotated[Page, Depends(allow("read_pairings"))]) -> Response:
    """Agreement, and of a year: posts, activities, needs, projects, findings, recognition; and the events behind."""
    row = find(page, pairings, pairing_id)
    page.demand("read_pairings", branch=row.branch, village=row.village)
    year = year_of_pairing(page, row)
    answer = page.ask(questions.show_pairing, key=pairing_id, year=year)
    return render(
        page,
        "pairings/pairing.html",
        answer=answer,
        year=year,
        years=years_of_pairing(page, row),
        people=page.people(term.person_ref for term in answer.terms),
        recording=drawn(page, record_activity, "", record_activity.on.initial, {"pairing_id": pairing_id}),
        begun=_begun_in(page, answer.pairing),
        steps=steps_of(page, PAIRING, pairing_id),
        strip=strip(page.ask(show_cadence, key=pairing_id, year=year), year, page.t, page.link),
        timeline=timeline(answer, year, page.today, page.t, page.link),
    )
