"""The findings board by light, a finding with its next steps, and raising one."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import func, select

from application.things import CIRCULAR, FINDING, SLIP
from application.verb import Outcome
from application.verbs.supervision import strike_step
from domain.registry.events import NumberedThing
from domain.supervision.events import StepStruck, SupervisionEvent
from domain.supervision.light import traffic_light
from interface.web.evidence.attachments import attached
from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.sentences import history
from interface.web.kit.verb_pages import add_verbs, steps_of
from interface.web.kit.year import year_of
from interface.web.pairings.pairings import find, sees
from projections.boards import trail
from projections.boards.findings import findings, found_in
from projections.boards.numbers import things_numbered
from projections.kit.columns import known


def pairing_of(_: Page, outcome: Outcome) -> str:
    """A slip or a circular is shown with its pairing."""
    event = outcome.events[0]
    assert isinstance(event, SupervisionEvent)
    return f"/pairings/{event.pairing_id}"


router = APIRouter()
add_verbs(router, FINDING, SLIP, CIRCULAR, shown_at={"slip": pairing_of, "circular": pairing_of})
LIGHTS = ("red", "yellow", "green", "waiting", "done", "withdrawn")


@router.get("/findings")
def list_findings(page: Annotated[Page, Depends(allow("read_findings"))]) -> Response:
    """The board: by light, then by due day. Without ``?year=`` the newest year in which something was found;
    ``?number=`` shows what has this number in whatever year.
    """
    year = year_of(page) if page.request.query_params.get("year") else _newest_year(page)
    number = page.request.query_params.get("number", "")
    chosen = findings.c.finding_id.in_(_numbered(page, number)) if number else found_in(year)
    rows = page.connection.execute(
        select(findings)
        .where(known(findings, page.at), chosen)
        .order_by(findings.c.due_on, findings.c.number, findings.c.finding_id)
    ).all()
    lit = [
        (row, traffic_light(row.status, row.due_on, row.submitted_on, page.today).value)
        for row in rows
        if sees(page, row)
    ]
    counts = {light: sum(1 for _, of in lit if of == light) for light in LIGHTS}
    wanted = page.request.query_params.get("light", "")
    status = page.request.query_params.get("status", "")
    if status:
        lit = [(row, light) for row, light in lit if row.status == status]
    if wanted:
        lit = [(row, light) for row, light in lit if light == wanted]
    lit.sort(key=lambda each: LIGHTS.index(each[1]))
    return render(
        page, "findings/findings.html", year=year, rows=lit, counts=counts, wanted=wanted, lights=LIGHTS
    )


def _numbered(page: Page, number: str) -> list[str]:
    return things_numbered(page.connection, number, NumberedThing.FINDING)


def _newest_year(page: Page) -> int:
    newest: date | None = page.connection.execute(
        select(func.max(findings.c.found_on)).where(known(findings, page.at))
    ).scalar()
    if newest is None:
        return year_of(page)
    page.call_as_of_year(newest.year)
    return newest.year


@router.get("/findings/{finding_id}")
def show_finding(finding_id: str, page: Annotated[Page, Depends(allow("read_findings"))]) -> Response:
    """Facts, dates, light, next steps, and every event. A number in the place of the id leads to what has it."""
    called = _numbered(page, finding_id)
    if called:
        path = f"/findings/{called[0]}" if len(called) == 1 else "/findings"
        query = {**page.request.query_params, **({"number": finding_id} if len(called) > 1 else {})}
        return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, status_code=303)
    finding = find(page, findings, finding_id)
    page.demand("read_findings", branch=finding.branch, village=finding.village)
    page.call_as_on(finding.found_on)
    wanted = trail.TrailFilter(thing_kind="finding_id", thing=finding_id, known_at=page.at)
    events = trail.page(page.connection, wanted, limit=200)
    struck = {row.data["record"]: row for row in events if row.name == StepStruck.NAME}
    return render(
        page,
        "findings/finding.html",
        finding=finding,
        light=traffic_light(finding.status, finding.due_on, finding.submitted_on, page.today).value,
        people=page.people([finding.inspector_ref, finding.reinspector_ref]),
        attached=attached(page, "finding", finding_id),
        steps=steps_of(page, FINDING, finding_id, without=frozenset({strike_step.name})),
        irregular=[(row, struck.get(row.position)) for row in reversed(events) if row.data.get("irregular")],
        events=history(page, reversed(events)),
    )
