"""Appeals: filing against a score line or a finding, admission, decision, and the run that came of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Row, select

from application.policies.appeal_effects import carry_out
from domain.appeal.events import AppealDecided, Outcome
from domain.assessment.points import half_up
from domain.kernel.errors import Unknown
from interface.web.attachments import attached
from interface.web.context import Form, Page, allow, choice_of, hundredths_of, text_of
from interface.web.pairings import find, sees
from interface.web.rendering import render
from interface.web.sentences import tell
from interface.web.values import Malformed
from projections import trail
from projections.assessment_board import appeals, frozen_last, published_last, runs, runs_of_year
from projections.findings_board import findings
from projections.kit.columns import known
from projections.pairings_board import pairings
from projections.results_board import served_on

router = APIRouter()


@router.get("/appeals")
def list_appeals(page: Annotated[Page, Depends(allow("read_appeals"))]) -> Response:
    """All appeals the reader may see, newest first."""
    rows = page.connection.execute(
        select(appeals).where(known(appeals, page.at)).order_by(appeals.c.appeal_id.desc())
    ).all()
    return render(page, "appeals.html", rows=[row for row in rows if sees(page, row)])


def _newest_run(page: Page, year: int) -> Row[Any] | None:
    """The run an appeal is about: the one published last, before anything is public the one frozen last."""
    rows = runs_of_year(page.connection, year, page.newest)
    return published_last(rows) or frozen_last(rows)


@router.get("/appeals/new")
def new_appeal(page: Annotated[Page, Depends(allow("file_appeal"))]) -> Response:
    """The form, for one score line of the newest run or one finding."""
    query = page.request.query_params
    finding_id, indicator = query.get("finding", ""), query.get("indicator", "")
    if finding_id:
        finding = find(page, findings, finding_id)
        pairing = find(page, pairings, finding.pairing_id)
    else:
        finding, pairing = None, find(page, pairings, query.get("pairing", ""))
    page.demand("file_appeal", branch=pairing.branch, village=pairing.village)
    run = None if finding_id else _newest_run(page, pairing.year)
    line = None
    if not finding_id:
        if run is None:
            raise Unknown("frozen run of the year", str(pairing.year))
        line = page.system.scoring.explain(
            page.connection, pairing.year, pairing.pairing_id, indicator, run.at_position
        )
    return render(
        page, "appeal_new.html", pairing=pairing, finding=finding, run=run, line=line, indicator=indicator
    )


@router.post("/appeals")
def file_appeal(page: Annotated[Page, Depends(allow("file_appeal"))], form: Form) -> Response:
    """File it: the contested points and the position are taken from the run, never from the form."""
    finding_id = text_of(form, "finding_id", required=False)
    indicator = text_of(form, "indicator", required=False)
    pairing = find(page, pairings, text_of(form, "pairing_id"))
    page.demand("file_appeal", branch=pairing.branch, village=pairing.village)
    run_id, contested, known_at, known_on = "", None, page.newest, page.today
    if finding_id:
        finding = find(page, findings, finding_id)
        if finding.pairing_id != pairing.pairing_id:
            raise Malformed("finding_id", "问题不属于该结对")
        known_on = finding.ordered_on or finding.found_on
        recorded = trail.page(
            page.connection, trail.TrailFilter(thing_kind="finding_id", thing=finding_id), limit=1
        )
        # What was entered later than it happened became known to the unit when it was entered.
        known_on = max(known_on, recorded[0].recorded_at.astimezone(page.system.settings.zone).date())
    elif indicator:
        run = _newest_run(page, pairing.year)
        if run is None:
            raise Unknown("frozen run of the year", str(pairing.year))
        told = page.system.scoring.explain(
            page.connection, pairing.year, pairing.pairing_id, indicator, run.at_position
        )
        run_id, contested, known_at = run.run_id, told.line.final, run.at_position
        handed = served_on(page.connection, run.run_id, pairing.branch, page.at)
        known_on = handed or run.published_on or run.frozen_on
    appeal_id = page.system.services.appeals.file_appeal(
        pairing_id=pairing.pairing_id,
        branch=pairing.branch,
        village=pairing.village,
        run_id=run_id,
        indicator=indicator,
        finding_id=finding_id,
        filed_by=page.actor.office,
        grounds=text_of(form, "grounds", limit=2000),
        contested_points_hundredths=contested,
        known_at=known_at,
        known_on=known_on,
        today=page.today,
        by=page.by,
    )
    return RedirectResponse(f"/appeals/{appeal_id}", status_code=303)


def _own(page: Page, verb: str, appeal_id: str) -> Row[Any]:
    appeal = find(page, appeals, appeal_id)
    page.demand(verb, branch=appeal.branch, village=appeal.village)
    return appeal


@router.get("/appeals/{appeal_id}")
def show_appeal(appeal_id: str, page: Annotated[Page, Depends(allow("read_appeals"))]) -> Response:
    """What is contested as it was known then, the steps, the decision and its run."""
    appeal = _own(page, "read_appeals", appeal_id)
    pairing = find(page, pairings, appeal.pairing_id)
    line = None
    if appeal.indicator:
        line = page.system.scoring.explain(
            page.connection, pairing.year, pairing.pairing_id, appeal.indicator, appeal.at_position
        )
    run = page.connection.execute(
        select(runs).where(runs.c.appeal_id == appeal_id, known(runs, page.at))
    ).first()
    wanted = trail.TrailFilter(thing_kind="appeal_id", thing=appeal_id, known_at=page.at)
    events = trail.page(page.connection, wanted, limit=100)
    page.system.accesses.note(page.actor, "appeal", [appeal_id], page.request.url.path)
    return render(
        page,
        "appeal.html",
        appeal=appeal,
        pairing=pairing,
        line=line,
        run=run,
        attached=attached(page, "appeal", appeal_id),
        events=tell(page, reversed(events)),
        outcomes=("varied", "upheld") if appeal.indicator else ("revoked", "upheld"),
    )


@router.post("/appeals/{appeal_id}/admit")
def admit_appeal(
    appeal_id: str, page: Annotated[Page, Depends(allow("admit_appeal"))], form: Form
) -> Response:
    """Take it on."""
    page.system.services.appeals.admit_appeal(appeal_id, today=page.today, by=page.by)
    return RedirectResponse(f"/appeals/{appeal_id}", status_code=303)


@router.post("/appeals/{appeal_id}/refuse")
def refuse_appeal(
    appeal_id: str, page: Annotated[Page, Depends(allow("refuse_appeal"))], form: Form
) -> Response:
    """Not admissible."""
    page.system.services.appeals.refuse_appeal(
        appeal_id, because=text_of(form, "because"), today=page.today, by=page.by
    )
    return RedirectResponse(f"/appeals/{appeal_id}", status_code=303)


@router.post("/appeals/{appeal_id}/withdraw")
def withdraw_appeal(
    appeal_id: str, page: Annotated[Page, Depends(allow("withdraw_appeal"))], form: Form
) -> Response:
    """The unit takes it back."""
    _own(page, "withdraw_appeal", appeal_id)
    page.system.services.appeals.withdraw_appeal(appeal_id, today=page.today, by=page.by)
    return RedirectResponse(f"/appeals/{appeal_id}", status_code=303)


@router.post("/appeals/{appeal_id}/decide")
def decide_appeal(
    appeal_id: str, page: Annotated[Page, Depends(allow("decide_appeal"))], form: Form
) -> Response:
    """Decide, then carry the decision out: correction and new run follow in the same request."""
    appeal = find(page, appeals, appeal_id)
    outcome: Outcome = choice_of(form, "outcome", Outcome)
    corrected = hundredths_of(form, "corrected_points") if outcome is Outcome.VARIED else None
    maximum, takes_off = None, False
    involved: set[str] = set()
    year = int(appeal.pairing_id.split("-", 1)[0])
    if appeal.indicator:
        told = page.system.scoring.explain(
            page.connection, year, appeal.pairing_id, appeal.indicator, appeal.at_position
        )
        most = told.line.most
        maximum = None if most is None else half_up(most)
        takes_off = told.group.group.sign < 0
        events = trail.events_at(page.connection, {fact.position for fact in told.used})
        involved = {row.actor for row in events.values()}
    else:
        wanted = trail.TrailFilter(thing_kind="finding_id", thing=appeal.finding_id)
        involved = {row.actor for row in trail.page(page.connection, wanted, limit=500)}
    services = page.system.services
    services.appeals.decide_appeal(
        appeal_id,
        outcome=outcome,
        reasons=text_of(form, "reasons", limit=2000),
        corrected_points_hundredths=corrected,
        maximum_hundredths=maximum,
        takes_off=takes_off,
        involved=involved,
        today=page.today,
        by=page.by,
    )
    for recorded in page.system.log.read(after=page.newest):
        if isinstance(recorded.event, AppealDecided) and recorded.event.appeal_id == appeal_id:
            carry_out(recorded, services.assessment, services.supervision)
    return RedirectResponse(f"/appeals/{appeal_id}", status_code=303)
