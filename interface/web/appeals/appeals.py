"""Appeals: filing against a score line or a finding, admission, decision, and the run that came of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Row, select

from application.questions.appeal_lookups import standing_run
from application.things import APPEAL
from application.verbs.appeals import refuse_appeal, withdraw_appeal
from domain.kernel.errors import Rejected, Unknown
from interface.web.evidence.attachments import attached
from interface.web.kit.context import Form, Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.sentences import history
from interface.web.kit.verb_pages import add_verbs, steps_of
from interface.web.kit.year import year_of_pairing
from interface.web.pairings.pairings import find, sees
from projections.boards import trail
from projections.boards.assessment import appeals, runs
from projections.boards.findings import findings
from projections.boards.pairings import pairings
from projections.figures.appeals_in_force import in_force
from projections.kit.columns import known

router = APIRouter()
add_verbs(router, APPEAL)


@router.get("/appeals")
def list_appeals(page: Annotated[Page, Depends(allow("read_appeals"))]) -> Response:
    """All appeals the reader may see, newest first."""
    rows = page.connection.execute(
        select(appeals)
        .where(known(appeals, page.at))
        .order_by(appeals.c.at_position.desc(), appeals.c.number.desc())
    ).all()
    rows = [row for row in rows if sees(page, row)]
    page.numbers.read(row.finding_id for row in rows)
    return render(
        page,
        "appeals/appeals.html",
        rows=rows,
        in_force=in_force(page.connection, page.at),
    )


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
    year = finding.found_on.year if finding else year_of_pairing(page, pairing)
    page.call_as_of_year(year)
    run = None if finding_id else standing_run(page.connection, year)
    line = None
    if not finding_id:
        if run is None:
            raise Unknown("frozen run of the year", str(year))
        line = page.system.scoring.explain(
            page.connection, year, pairing.pairing_id, indicator, run.at_position
        )
    return render(
        page,
        "appeals/appeal_new.html",
        pairing=pairing,
        year=year,
        finding=finding,
        run=run,
        line=line,
        indicator=indicator,
    )


def _own(page: Page, verb: str, appeal_id: str) -> Row[Any]:
    appeal = find(page, appeals, appeal_id)
    page.demand(verb, branch=appeal.branch, village=appeal.village)
    return appeal


@router.get("/appeals/{appeal_id}")
def show_appeal(appeal_id: str, page: Annotated[Page, Depends(allow("read_appeals"))]) -> Response:
    """What is contested as it was known then, the steps, the decision and its run."""
    appeal = _own(page, "read_appeals", appeal_id)
    page.call_as_on(appeal.filed_on)
    pairing = find(page, pairings, appeal.pairing_id)
    line, gone = None, False
    if appeal.finding_id:
        gone = find(page, findings, appeal.finding_id).status == "withdrawn"
    else:
        line = page.system.scoring.explain(
            page.connection, appeal.year, pairing.pairing_id, appeal.indicator, appeal.at_position
        )
    run = page.connection.execute(
        select(runs).where(runs.c.appeal_id == appeal_id, known(runs, page.at))
    ).first()
    wanted = trail.TrailFilter(thing_kind="appeal_id", thing=appeal_id, known_at=page.at)
    events = trail.page(page.connection, wanted, limit=100)
    page.system.accesses.note(page.actor, "appeal", [appeal_id], page.request.url.path)
    return render(
        page,
        "appeals/appeal.html",
        appeal=appeal,
        pairing=pairing,
        line=line,
        gone=gone,
        run=run,
        in_force=in_force(page.connection, page.at).get(appeal_id),
        failure=_failure(page, appeal),
        attached=attached(page, "appeal", appeal_id),
        events=history(page, reversed(events)),
        steps=steps_of(page, APPEAL, appeal_id, without=_not_offered(page, appeal, gone)),
    )


def _not_offered(page: Page, appeal: Row[Any], gone: bool) -> frozenset[str]:
    """What the appeal's own state does not know of: only who filed it takes it back, and an admitted one is ended without a
    decision only where what it contests is ``gone``."""
    own = page.may("withdraw_appeal", branch=appeal.branch, village=appeal.village, side=appeal.side)
    ended = appeal.status == "admitted" and not gone
    hidden = {withdraw_appeal.name: not own, refuse_appeal.name: ended}
    return frozenset(name for name, hides in hidden.items() if hides)


def _failure(page: Page, appeal: Row[Any]) -> str:
    """Why the decision could not be carried out when it was tried last; empty where it was."""
    failure = None if page.is_past else page.system.policies.failed().get(appeal.decided_at)
    if isinstance(failure, Rejected):
        clause = failure.clause.en if page.language == "en" else failure.clause.zh
        because = page.numbers.shown(failure.because)
        return f"{clause} ({because})" if page.language == "en" else f"{clause}（{because}）"
    return str(failure or "")


@router.post("/appeals/{appeal_id}/carry-out")
def carry_out_appeal(
    appeal_id: str, page: Annotated[Page, Depends(allow("carry_out_appeal"))], form: Form
) -> Response:
    """Try once more what a decision leads to and could not be done; what was done already is not done again."""
    find(page, appeals, appeal_id)
    page.system.policies.follow()
    return RedirectResponse(f"/appeals/{appeal_id}", status_code=303)
