"""The list of pairings, and a pairing with its whole story."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Row, Table, select, true

from application.look import look_of
from application.verb import use
from application.verbs.livelihood import confirm_need as confirming
from application.verbs.livelihood import meet_need as meeting
from application.verbs.pairing import record_activity as recording
from application.verbs.pairing import void_activity as voiding
from domain.kernel.errors import Unknown
from domain.pairing.events import ActivityKind
from domain.supervision.light import traffic_light
from interface.web.kit.context import Form, Page, allow, choice_of, day_of, number_of, text_of
from interface.web.kit.rendering import render
from interface.web.kit.sentences import history
from interface.web.kit.standing import standing_if_any
from interface.web.kit.year import year_of, year_of_pairing, years_of_pairing
from interface.words import LABELS
from projections.boards import trail
from projections.boards.findings import circulars, findings, slips
from projections.boards.livelihood import needs, projects
from projections.boards.pairings import activities, pairings, recognitions, terms
from projections.facts.fact_table import on_a_day
from projections.figures import overview as board
from projections.kit.columns import known

router = APIRouter()
ANY = true()
"""Whatever it is."""


@router.get("/pairings")
def list_pairings(page: Annotated[Page, Depends(allow("read_pairings"))]) -> Response:
    """All pairings of the year; a clerk sees the own ones."""
    year = year_of(page)
    rows = [row for row in board.pairing_rows(page.connection, year, page.at) if sees(page, row)]
    wanted = page.request.query_params.get("q", "").strip()
    rows = [row for row in rows if page.names.matches(wanted, row.village, row.branch)]
    stands = standing_if_any(page, year)
    return render(
        page,
        "pairings/pairings.html",
        year=year,
        rows=rows,
        wanted=wanted,
        counts=board.activity_counts(page.connection, year, page.at),
        stands=stands,
        results=stands.by_pairing if stands else {},
    )


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


def rows_of(page: Page, table: Table, pairing_id: str, *order: Any, where: Any = ANY) -> list[Row[Any]]:
    """The rows of one pairing at the page's position, of those that are ``where``."""
    query = select(table).where(table.c.pairing_id == pairing_id, known(table, page.at), where)
    return list(page.connection.execute(query.order_by(*order)).all())


@router.get("/pairings/{pairing_id}")
def show_pairing(pairing_id: str, page: Annotated[Page, Depends(allow("read_pairings"))]) -> Response:
    """Agreement, and of a year: posts, activities, needs, projects, findings, recognition; and the events behind."""
    pairing = find(page, pairings, pairing_id)
    page.demand("read_pairings", branch=pairing.branch, village=pairing.village)
    year = year_of_pairing(page, pairing)
    first, last = date(year, 1, 1), date(year, 12, 31)

    def of_year(table: Table, day: Any) -> list[Row[Any]]:
        return rows_of(page, table, pairing_id, day.desc(), where=day.between(first, last))

    in_office = on_a_day(terms.c.began_on, terms.c.ended_on, first, last)
    held = rows_of(page, terms, pairing_id, terms.c.post, terms.c.began_on, where=in_office)
    found = of_year(findings, findings.c.found_on)[::-1]
    under_way = on_a_day(projects.c.started_on, projects.c.planned_end_on, first, last)
    wanted = trail.TrailFilter(thing_kind="pairing_id", thing=pairing_id, known_at=page.at)
    stands = standing_if_any(page, year)
    return render(
        page,
        "pairings/pairing.html",
        pairing=pairing,
        year=year,
        years=years_of_pairing(page, pairing),
        terms=held,
        people=page.people(term.person_ref for term in held),
        activities=of_year(activities, activities.c.held_on),
        needs=of_year(needs, needs.c.raised_on),
        projects=rows_of(page, projects, pairing_id, projects.c.started_on.desc(), where=under_way),
        findings=[
            (row, traffic_light(row.status, row.due_on, row.submitted_on, page.today).value) for row in found
        ],
        recognitions=of_year(recognitions, recognitions.c.occurred_on)[::-1],
        slips=of_year(slips, slips.c.issued_on)[::-1],
        circulars=of_year(circulars, circulars.c.issued_on)[::-1],
        stands=stands,
        result=stands.by_pairing.get(pairing_id) if stands else None,
        events=history(page, trail.page(page.connection, wanted, limit=30)),
        kinds=LABELS["activity_kind"],
    )


def _back(pairing_id: str, year: int) -> Response:
    return RedirectResponse(f"/pairings/{pairing_id}?year={year}", status_code=303)


@router.post("/pairings/{pairing_id}/activities")
def record_activity(
    pairing_id: str, page: Annotated[Page, Depends(allow("record_activity"))], form: Form
) -> Response:
    """Record an activity; it is reported today. One like another counts only where somebody says that it is another."""
    held_on, visited = day_of(form, "held_on"), text_of(form, "persons_visited", required=False)
    stated = {
        "pairing_id": pairing_id,
        "kind": choice_of(form, "kind", ActivityKind),
        "topic": text_of(form, "topic", limit=200),
        "held_on": held_on,
        "participants": number_of(form, "participants"),
        "persons_visited": number_of(form, "persons_visited") if visited else None,
        "another": text_of(form, "another", required=False) == "yes",
    }
    use(look_of(page.system), recording, "", page.by, page.actor, stated)
    return _back(pairing_id, held_on.year)


@router.post("/activities/{activity_id}/void")
def void_activity(
    activity_id: str, page: Annotated[Page, Depends(allow("void_activity"))], form: Form
) -> Response:
    """Take an activity out of all counts, with a reason."""
    activity = find(page, activities, activity_id)
    stated = {"because": text_of(form, "because")}
    use(look_of(page.system), voiding, activity_id, page.by, page.actor, stated)
    return _back(activity.pairing_id, activity.held_on.year)


@router.post("/needs/{need_id}/confirm")
def confirm_need(need_id: str, page: Annotated[Page, Depends(allow("confirm_need"))], form: Form) -> Response:
    """The village confirms that a need is met, and rates it."""
    need = find(page, needs, need_id)
    rating = text_of(form, "rating", required=False)
    stated = {
        "confirmed_on": page.today,
        "rating": number_of(form, "rating", low=1, high=5) if rating else None,
    }
    use(look_of(page.system), confirming, need_id, page.by, page.actor, stated)
    return _back(need.pairing_id, need.raised_on.year)


@router.post("/needs/{need_id}/meet")
def meet_need(need_id: str, page: Annotated[Page, Depends(allow("meet_need"))], form: Form) -> Response:
    """The unit reports a need as met."""
    need = find(page, needs, need_id)
    stated = {"met_on": day_of(form, "met_on")}
    use(look_of(page.system), meeting, need_id, page.by, page.actor, stated)
    return _back(need.pairing_id, need.raised_on.year)
