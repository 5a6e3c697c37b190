"""The findings board by light, a finding with its next steps, and raising one."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.question import ALL
from application.questions.answers.finding_statistics import show_finding_statistics
from application.questions.answers.findings import BY_URGENCY, FindingRow, list_findings, show_finding
from application.questions.answers.numbers import list_numbered
from application.things import CIRCULAR, FINDING, SLIP
from application.verb import Outcome
from application.verbs.supervision import strike_step
from domain.registry.events import NumberedThing
from domain.supervision.events import SupervisionEvent
from interface.web.evidence.attachments import attached
from interface.web.kit.asking import answer_of
from interface.web.kit.context import Page, allow
from interface.web.kit.pictures.flow import flow
from interface.web.kit.pictures.townships import townships
from interface.web.kit.rendering import render
from interface.web.kit.verb_pages import add_verbs, steps_of
from interface.web.kit.year import year_of


def pairing_of(_: Page, outcome: Outcome) -> str:
    """A slip or a circular is shown with its pairing."""
    event = outcome.events[0]
    assert isinstance(event, SupervisionEvent)
    return f"/pairings/{event.pairing_id}"


PERIODS = ("found_from", "closed_from", "open_on")
"""What asks for findings of whatever year."""
router = APIRouter()
add_verbs(router, FINDING, SLIP, CIRCULAR, shown_at={"slip": pairing_of, "circular": pairing_of})


@router.get("/findings")
def read_findings(page: Annotated[Page, Depends(allow("read_findings"))]) -> Response:
    """The board: by light, then by due day. Without ``?year=`` the newest year in which something was found;
    ``?number=`` shows what has this number in whatever year, and so does what asks for ``PERIODS``.
    """
    year = year_of(page) if page.asked("year") else _newest_year(page)
    number, light, status = page.asked("number"), page.asked("light"), page.asked("status")
    whenever = bool(number) or any(page.asked(name) for name in PERIODS)
    found = answer_of(
        page,
        list_findings,
        year=None if whenever else year,
        number=number,
        light=None,
        status=None,
        pairing_id=None,
        after=None,
        limit=ALL,
    ).rows
    counts = Counter(each.light for each in found)
    rows = [each for each in found if light in ("", each.light.value) and status in ("", each.status.value)]
    rows.sort(key=_place)
    return render(
        page,
        "findings/findings.html",
        year=None if whenever else year,
        rows=rows,
        counts=[(each.value, counts[each]) for each in BY_URGENCY],
        wanted=light,
    )


@router.get("/findings/statistics")
def read_statistics(page: Annotated[Page, Depends(allow("read_findings"))]) -> Response:
    """What was found and closed by month, and what is open in the townships; a clerk sees the own ones."""
    answer = page.ask(show_finding_statistics, year=year_of(page))
    return render(
        page,
        "findings/statistics.html",
        year=answer.year,
        flow=flow(answer, page.t, page.link),
        townships=townships(answer, page.t, page.link),
    )


def _place(each: FindingRow) -> tuple[int, date, str, str]:
    return BY_URGENCY.index(each.light), each.due_on or date.max, each.number, each.finding_id


def _newest_year(page: Page) -> int:
    newest = page.ask(
        list_findings,
        year=None,
        number="",
        light=None,
        status=None,
        pairing_id=None,
        township="",
        found_from=None,
        found_to=None,
        closed_from=None,
        closed_to=None,
        open_on=None,
        after=None,
        limit=1,
    ).rows
    if not newest:
        return year_of(page)
    page.call_as_of_year(newest[0].found_on.year)
    return newest[0].found_on.year


@router.get("/findings/{finding_id}")
def read_finding(finding_id: str, page: Annotated[Page, Depends(allow("read_findings"))]) -> Response:
    """Facts, dates, light, next steps, and every event. A number in the place of the id leads to what has it."""
    numbered = page.ask(list_numbered, number=finding_id).rows
    called = [each.thing for each in numbered if each.kind == NumberedThing.FINDING.value]
    if called:
        path = f"/findings/{called[0]}" if len(called) == 1 else "/findings"
        query = {**page.request.query_params, **({"number": finding_id} if len(called) > 1 else {})}
        return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, status_code=303)
    answer = page.ask(show_finding, key=finding_id)
    page.call_as_on(answer.finding.found_on)
    return render(
        page,
        "findings/finding.html",
        answer=answer,
        people=page.people(filter(None, (answer.inspector_ref, answer.reinspector_ref))),
        attached=attached(page, "finding", finding_id),
        steps=steps_of(page, FINDING, finding_id, without=frozenset({strike_step.name})),
    )
