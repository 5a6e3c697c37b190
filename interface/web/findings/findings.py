"""The findings board by light, a finding with its next steps, and raising one."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.questions.answers.documents import documents_ahead, list_documents
from application.questions.answers.finding_statistics import show_finding_statistics
from application.questions.answers.findings import (
    FindingOrder,
    FindingShown,
    list_findings,
    show_finding,
    shown_ahead,
)
from application.questions.answers.numbers import list_numbered
from application.questions.appeal_lookups import MADE_KNOWN
from application.things import CIRCULAR, FINDING, SLIP
from application.verb import Outcome
from application.verbs.documents import issue_document
from application.verbs.supervision import strike_step
from domain.appeal.appeal import FILING_DAYS
from domain.registry.events import NumberedThing
from domain.supervision.events import (
    ExtensionGranted,
    FindingType,
    OrderAcknowledged,
    RectificationOrdered,
    Severity,
    SupervisionEvent,
)
from domain.supervision.finding_history import Status
from domain.supervision.light import Light
from interface.web.documents.issued import documents_of_finding, drafts_of
from interface.web.kit.asking import answer_of, usual_answer
from interface.web.kit.attached import attached
from interface.web.kit.detail import Station, next_steps
from interface.web.kit.forms.steps import steps_of
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import Filter, ListView, chips_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.pictures.flow import flow
from interface.web.kit.pictures.townships import townships
from interface.web.kit.rendering import render
from interface.words import label


def pairing_of(_: Page, outcome: Outcome) -> str:
    """A slip or a circular is shown with its pairing."""
    event = outcome.events[0]
    assert isinstance(event, SupervisionEvent)
    return f"/pairings/{event.pairing_id}"


router = APIRouter()
add_verbs(router, FINDING, SLIP, CIRCULAR, shown_at={"slip": pairing_of, "circular": pairing_of})


@router.get("/findings")
def read_findings(page: Annotated[Page, Depends(allow("read_findings"))]) -> Response:
    """The board: by light, then by due day. Without ``?year=`` the newest year in which something was found;
    ``?number=`` shows what has this number in whatever year, and so does what asks for ``PERIODS``.
    """
    year = year_of(page) if page.asked("year") else _newest_year(page)
    listing = ListView(page, sorts=SORTS)
    answer = answer_of(
        page,
        list_findings,
        year=None if _whenever(page) else year,
        sort=listing.order(FindingOrder),
        limit=listing.limit,
    )
    listing.filters = _filters(page, answer.townships)
    lights = [
        (each.light.value, page.t(label("light", each.light.value)), each.count, each.light.value)
        for each in answer.lights
    ]
    return render(
        page,
        "findings/findings.html",
        year=None if _whenever(page) else year,
        answer=answer,
        listing=listing,
        chips=chips_of(page, "light", sum(each.count for each in answer.lights), lights),
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


SORTS = ("urgency", "due", "found", "number", "severity")


PERIODS = ("found_from", "found_to", "closed_from", "closed_to", "open_on")
"""What asks for findings of whatever year, as marks of pictures do."""


def _whenever(page: Page) -> bool:
    return any(page.asked(name) for name in ("number", *PERIODS))


def _filters(page: Page, townships: Sequence[str]) -> list[Filter]:
    def words(group: str, members: type[enum.Enum]) -> list[tuple[str, str]]:
        return [(each.value, page.t(label(group, each.value))) for each in members if each.value]

    return [
        Filter("q", page.t("查找"), page.asked("q")),
        Filter("township", page.t("乡镇"), page.asked("township"), [(each, each) for each in townships]),
        Filter(
            "finding_type", page.t("类型"), page.asked("finding_type"), words("finding_type", FindingType)
        ),
        Filter("severity", page.t("等级"), page.asked("severity"), words("severity", Severity)),
        Filter("status", page.t("状态"), page.asked("status"), words("status", Status)),
        Filter("due_to", page.t("到期不晚于"), page.asked("due_to"), day=True),
    ]


def _newest_year(page: Page) -> int:
    newest = page.year_chosen or next(
        (each.found_on.year for each in usual_answer(page, list_findings, limit=1).rows), None
    )
    if newest is None:
        return year_of(page)
    page.call_as_of_year(newest)
    return newest


@router.get("/findings/{finding_id}")
def read_finding(finding_id: str, page: Annotated[Page, Depends(allow("read_findings"))]) -> Response:
    """Facts, dates, light, next steps, and every event. A number in the place of the id leads to what has it."""
    shown_ahead(page.connection, finding_id, page.at)
    if page.may_ask(list_documents):
        documents_ahead(page.connection, page.at, finding_id=finding_id)
    if called := _numbered(page, finding_id):
        path = f"/findings/{called[0]}" if len(called) == 1 else "/findings"
        query = {**page.request.query_params, **({"number": finding_id} if len(called) > 1 else {})}
        return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, status_code=303)
    answer = page.ask(show_finding, key=finding_id)
    page.call_as_on(answer.finding.found_on)
    documents = documents_of_finding(page, answer)
    return render(
        page,
        "findings/finding.html",
        answer=answer,
        people=page.people(filter(None, (answer.inspector_ref, answer.reinspector_ref))),
        attached=attached(page, "finding", finding_id),
        documents=documents,
        drafts=drafts_of(page, finding_id, documents),
        steps=next_steps(
            steps_of(page, FINDING, finding_id, without=frozenset({strike_step.name, issue_document.name})),
            (*USUAL_WAY, *(() if answer.served_on or answer.unit_signs else ("serve_order",))),
        ),
        stations=_stations(page, answer),
        due_since=_last(page, answer, DUE_BY),
        appeal=_time_to_appeal(page, answer),
    )


def _numbered(page: Page, number: str) -> list[str]:
    """The findings with this number to which the reader is led. A township's office is led to its own alone: of all others it
    is not told whether there are any."""
    if page.may_ask(list_numbered):
        rows = page.ask(list_numbered, number=number).rows
        return [each.thing for each in rows if each.kind == NumberedThing.FINDING.value]
    return [each.finding_id for each in usual_answer(page, list_findings, number=number).rows]


DUE_BY = (RectificationOrdered.NAME, ExtensionGranted.NAME)
"""What sets the day by which it is put right."""


@dataclass(frozen=True)
class Since:
    """A day from which time runs: ``what`` happened, and was known, on it. ``until``: the last day."""

    on: date
    what: str
    until: date | None = None


def _last(page: Page, answer: FindingShown, names: Sequence[str]) -> Since | None:
    """The last step of these names in the round that it is in; nobody knew of it before it was recorded."""
    zone = page.system.settings.zone
    steps = [each for each in answer.history if each.name in names]
    days = [
        (max(each.occurred_on or on, on), each)
        for each in steps
        for on in (each.recorded_at.astimezone(zone).date(),)
    ]
    if not days:
        return None
    on, step = max(days, key=lambda each: (each[0], each[1].record))
    return Since(on, page.t(label("event", step.name)))


def _time_to_appeal(page: Page, answer: FindingShown) -> Since | None:
    """From what the unit was last told of it, in natural days; none for a finding that was withdrawn."""
    told = _last(page, answer, MADE_KNOWN)
    if told is None or answer.finding.status is Status.WITHDRAWN:
        return None
    return replace(told, until=told.on + timedelta(days=FILING_DAYS))


USUAL_WAY = (
    "grant_extension",
    "refuse_extension",
    "order_rectification",
    "acknowledge_order",
    "submit_rectification",
    "reinspect",
    "close_finding",
)
"""What leads a finding on; what is asked for is answered first."""
_NEXT = {
    Status.RAISED: 1,
    Status.RELAPSED: 1,
    Status.ORDERED: 2,
    Status.ACKNOWLEDGED: 3,
    Status.RETURNED: 3,
    Status.REINSPECTED_FAILED: 3,
    Status.SUBMITTED: 4,
    Status.ACCEPTED: 5,
    Status.CLOSED: 6,
}
"""Which of the stations comes next."""


def _stations(page: Page, answer: FindingShown) -> list[Station]:
    """From the registration to the closing, in the round that it is in."""
    if answer.finding.status not in _NEXT:
        return []
    following, late = _NEXT[answer.finding.status], answer.finding.light is Light.RED
    acknowledged = [each.occurred_on for each in answer.history if each.name == OrderAcknowledged.NAME]
    days = (
        (page.t("登记"), answer.finding.found_on),
        (page.t("下达"), answer.ordered_on),
        (page.t("签收"), acknowledged[-1] if acknowledged else answer.served_on),
        (page.t("整改"), answer.submitted_on),
        (page.t("复查"), answer.reinspected_on),
        (page.t("销号"), answer.closed_on),
    )

    def station(n: int, title: str, day: date | None) -> Station:
        if n < following:
            return Station(title, day.isoformat() if day else "", "done")
        due = answer.finding.due_on if n == 3 else None
        said = page.t("期限 %(day)s", day=due) if due else ""
        return Station(title, said, ("over" if late else "now") if n == following else "")

    return [station(n, title, day) for n, (title, day) in enumerate(days)]
