"""The findings board by light, a finding with its next steps, and raising one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Row, func, select
from starlette.datastructures import FormData

from application.ledgers.recording.recorder import OFFICE
from domain.kernel.document_no import normal_form
from domain.kernel.errors import Unknown
from domain.kernel.person import PersonRef
from domain.registry.events import Numbered
from domain.supervision.events import FindingType, Method, Severity, StepStruck
from domain.supervision.light import traffic_light
from interface.web.evidence.attachments import attached
from interface.web.kit.context import (
    Form,
    Page,
    allow,
    checked_form,
    choice_of,
    day_of,
    number_of,
    text_of,
    yes_no_of,
)
from interface.web.kit.rendering import render
from interface.web.kit.sentences import history
from interface.web.kit.values import Malformed
from interface.web.kit.year import year_of
from interface.web.pairings.pairings import find, sees
from interface.words import LABELS
from projections.boards import trail
from projections.boards.findings import findings, found_in
from projections.boards.numbers import things_numbered
from projections.boards.pairings import pairings
from projections.figures import overview as board
from projections.kit.columns import known

router = APIRouter()
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
    return things_numbered(page.connection, number, Numbered.FINDING)


def _newest_year(page: Page) -> int:
    newest: date | None = page.connection.execute(
        select(func.max(findings.c.found_on)).where(known(findings, page.at))
    ).scalar()
    if newest is None:
        return year_of(page)
    page.call_as_of_year(newest.year)
    return newest.year


@router.get("/findings/new")
def new_finding(page: Annotated[Page, Depends(allow("raise_finding"))]) -> Response:
    """The form for what an inspection found."""
    year = year_of(page)
    return render(
        page,
        "findings/finding_new.html",
        year=year,
        pairings=board.pairing_rows(page.connection, year, page.at),
        methods=LABELS["method"],
        types=LABELS["finding_type"],
        severities=LABELS["severity"],
    )


@router.post("/findings")
def raise_finding(page: Annotated[Page, Depends(allow("raise_finding"))], form: Form) -> Response:
    """Put a finding on the list."""
    pairing = find(page, pairings, text_of(form, "pairing_id"))
    number = text_of(form, "number", limit=40)
    if not all(c.isalnum() or c == "-" for c in normal_form(number)):
        raise Malformed("number", "“%(value)s”只能含字母、数字和“-”", value=number)
    finding_id = page.system.services.supervision.raise_finding(
        number=number,
        pairing_id=pairing.pairing_id,
        branch=pairing.branch,
        village=pairing.village,
        found_on=day_of(form, "found_on"),
        method=choice_of(form, "method", Method),
        inspector=_person(page, form, "inspector"),
        description=text_of(form, "description"),
        finding_type=choice_of(form, "finding_type", FindingType),
        severity=choice_of(form, "severity", Severity),
        today=page.today,
        by=page.by,
    )
    return RedirectResponse(f"/findings/{finding_id}", status_code=303)


def _person(page: Page, form: FormData, name: str) -> PersonRef | None:
    written = text_of(form, name, required=False, limit=40)
    return page.system.vault.person(written, OFFICE) if written else None


STEPS: dict[str, tuple[str, ...]] = {
    "raised": ("order_rectification", "withdraw_finding"),
    "ordered": (
        "acknowledge_order",
        "request_extension",
        "grant_extension",
        "refuse_extension",
        "submit_rectification",
        "withdraw_finding",
    ),
    "acknowledged": (
        "request_extension",
        "grant_extension",
        "refuse_extension",
        "submit_rectification",
        "withdraw_finding",
    ),
    "submitted": ("return_rectification", "reinspect", "withdraw_finding"),
    "returned": ("submit_rectification", "request_extension", "grant_extension", "refuse_extension"),
    "reinspected_failed": ("submit_rectification", "withdraw_finding"),
    "accepted": ("close_finding", "report_relapse"),
    "closed": ("report_relapse",),
    "relapsed": ("order_rectification", "withdraw_finding"),
}
"""Status to the steps that can follow; the domain decides, this only spares the reader impossible buttons."""


def steps_for(page: Page, finding: Row[Any]) -> list[str]:
    """The next steps this reader may take."""
    waiting = finding.extension_wanted is not None
    return [
        step
        for step in STEPS.get(finding.status, ())
        if page.may(step, branch=finding.branch, village=finding.village)
        and (waiting or step not in ("grant_extension", "refuse_extension"))
        and not (step == "request_extension" and waiting)
    ]


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
        steps=steps_for(page, finding),
        irregular=[(row, struck.get(row.position)) for row in reversed(events) if row.data.get("irregular")],
        events=history(page, reversed(events)),
    )


@router.post("/findings/{finding_id}/strike-step")
def strike_step(
    finding_id: str, page: Annotated[Page, Depends(allow("strike_step"))], form: Form
) -> Response:
    """A step against procedure counts no more, with a reason."""
    finding = find(page, findings, finding_id)
    page.demand("strike_step", branch=finding.branch, village=finding.village)
    position = number_of(form, "item", low=1)
    step = next(iter(page.system.log.read(after=position - 1, limit=1)), None)
    if step is None or step.position != position:
        raise Unknown("step", str(position))
    page.system.services.supervision.strike_step(
        finding_id, step, because=text_of(form, "because"), today=page.today, by=page.by
    )
    return RedirectResponse(f"/findings/{finding_id}", status_code=303)


def _step(verb: str) -> Any:
    """The route of one step: ``POST /findings/{id}/<verb>``."""

    # Defaults, not annotations: annotations are resolved where ``verb`` is not known.
    guarded, checked = Depends(allow(verb)), Depends(checked_form)

    def take(finding_id: str, page: Page = guarded, form: FormData = checked) -> Response:
        finding = find(page, findings, finding_id)
        page.demand(verb, branch=finding.branch, village=finding.village)
        _take(page, finding_id, verb, form)
        return RedirectResponse(f"/findings/{finding_id}", status_code=303)

    take.__name__ = verb
    return take


def _take(page: Page, finding_id: str, verb: str, form: FormData) -> None:
    supervision, today, by = page.system.services.supervision, page.today, page.by
    match verb:
        case "order_rectification":
            supervision.order_rectification(
                finding_id,
                ordered_on=today,
                due_on=day_of(form, "due_on"),
                document_no=text_of(form, "document_no", limit=120),
                measures=text_of(form, "measures"),
                today=today,
                by=by,
            )
        case "acknowledge_order":
            supervision.acknowledge_order(finding_id, acknowledged_on=today, today=today, by=by)
        case "request_extension":
            supervision.request_extension(
                finding_id,
                requested_on=today,
                due_on=day_of(form, "due_on"),
                because=text_of(form, "because"),
                interim_measures=text_of(form, "interim_measures", required=False),
                today=today,
                by=by,
            )
        case "grant_extension":
            supervision.grant_extension(
                finding_id, granted_on=today, due_on=day_of(form, "due_on"), today=today, by=by
            )
        case "refuse_extension":
            supervision.refuse_extension(
                finding_id, refused_on=today, because=text_of(form, "because"), today=today, by=by
            )
        case "submit_rectification":
            supervision.submit_rectification(
                finding_id, submitted_on=today, account=text_of(form, "account"), today=today, by=by
            )
        case "return_rectification":
            supervision.return_rectification(
                finding_id, returned_on=today, because=text_of(form, "because"), today=today, by=by
            )
        case "reinspect":
            supervision.reinspect(
                finding_id,
                reinspected_on=today,
                inspector=_person(page, form, "inspector"),
                passed=yes_no_of(form, "passed"),
                today=today,
                by=by,
            )
        case "close_finding":
            supervision.close_finding(finding_id, closed_on=today, today=today, by=by)
        case "report_relapse":
            supervision.report_relapse(
                finding_id, relapsed_on=today, because=text_of(form, "because"), today=today, by=by
            )
        case "withdraw_finding":
            supervision.withdraw_finding(
                finding_id, withdrawn_on=today, because=text_of(form, "because"), today=today, by=by
            )


for _verb in sorted({verb for verbs in STEPS.values() for verb in verbs}):
    router.post(f"/findings/{{finding_id}}/{_verb.replace('_', '-')}")(_step(_verb))
