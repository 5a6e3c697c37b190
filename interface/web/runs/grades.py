"""Who has which grade in a run, and why: exclusions, adjustments, the sign-off chain, and results of persons."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Row, select

from application.ledgers.recording.recorder import OFFICE
from application.questions.results.left_behind import left_by_closing, left_by_publishing
from application.questions.results.result_lookups import computed_of
from application.questions.results.run_results import RunResults
from application.verbs.results import (
    SIGNING,
    approve_adjustment,
    exclude_pairing,
    include_pairing,
    propose_adjustment,
    refuse_adjustment,
)
from domain.assessment.scoring.grades import UNGRADED
from domain.assessment.scoring.persons import Term, person_results
from domain.assessment.year.events import SignStep
from domain.assessment.year.left_behind import LeftBehind
from domain.assessment.year.run_result import CHAIN
from domain.kernel.person import PersonRef
from interface.web.kit.context import Form, Page, allow, choice_of, text_of
from interface.web.kit.rendering import render
from interface.web.kit.year import run_of, year_of, year_of_pairing
from interface.web.pairings.pairings import find
from interface.web.runs.runs import unsignable
from projections.boards.assessment import frozen_last, runs_of_year
from projections.boards.calendars import working_days
from projections.boards.pairings import pairings, terms
from projections.boards.results import (
    adjustments_of,
    exclusions_of,
    notice_of,
    objections_of,
    services_of,
    signatures_of,
)
from projections.figures.overview import pairing_rows
from projections.kit.columns import known

router = APIRouter()


def person_of(page: Page, form: Any) -> PersonRef:
    """Who signs or approves, by a reference to the vault."""
    return page.system.vault.person(text_of(form, "person", limit=40), OFFICE)


def newest_run(page: Page, year: int) -> str:
    """The id of the run frozen last as known at the page's position; empty where there is none."""
    row = frozen_last(runs_of_year(page.connection, year, page.at))
    return "" if row is None else str(row.run_id)


@router.get("/runs/{run_id}/grades")
def show_grades(run_id: str, page: Annotated[Page, Depends(allow("read_grades"))]) -> Response:
    """A run on its way to the public, step by step, with what may be done next."""
    found = run_of(page, run_id)
    adjustments = adjustments_of(page.connection, run_id, page.at)
    signed = signatures_of(page.connection, run_id, page.at)
    refs = [row.approver_ref for row in adjustments] + [row.signer_ref for row in signed.values()]
    days = page.system.settings.notice_days
    notice = notice_of(page.connection, run_id, page.at)
    newest = newest_run(page, found.run.year) == run_id
    to_close = newest and _over(page, notice) and page.may("close_notice")
    to_publish = newest and _closed(found, notice) and page.may("publish_run")
    return render(
        page,
        "runs/run_grades.html",
        found=found,
        run=found.run,
        newest=newest,
        to_close=to_close,
        to_publish=to_publish,
        left=_left(page, run_id, to_close, to_publish),
        replaced_by=found.replaced_by.run_no if found.replaced_by else "",
        counts=_counts(found),
        adjustments=adjustments,
        waiting=[row for row in adjustments if row.status == "proposed"],
        of={each.result.pairing: each for each in found.graded},
        chain=[(step.value, signed.get(step.value)) for step in CHAIN],
        unsignable=unsignable(page, found.run) if newest else None,
        next_step=next((step.value for step in CHAIN if step.value not in signed), ""),
        people=page.people(refs),
        notice=notice,
        objections=objections_of(page.connection, run_id, page.at),
        served=services_of(page.connection, run_id, page.at),
        units=len({each.result.branch for each in found.graded}),
        days=days,
        period=working_days(page.connection, page.at).add_working_days(page.today, days, counting_start=True),
    )


def _over(page: Page, notice: Row[Any] | None) -> bool:
    """The last day of the notice is past, and nobody closed it."""
    return notice is not None and notice.closed_on is None and page.today > notice.closes_on


def _closed(found: RunResults, notice: Row[Any] | None) -> bool:
    """The notice is closed, and nobody published the run."""
    return notice is not None and notice.closed_on is not None and not found.published


def _left(page: Page, run_id: str, to_close: bool, to_publish: bool) -> LeftBehind:
    """What the next act leaves behind, told before it is done."""
    scoring, connection = page.system.scoring, page.connection
    if to_close:
        return left_by_closing(scoring, connection, run_id, page.at, page.today)
    return left_by_publishing(scoring, connection, run_id, page.at, page.today) if to_publish else ()


def _counts(found: RunResults) -> list[tuple[str, Any, int, int, int | None]]:
    """Each grade with its label, how many the run computed, how many stand, and its places."""
    computed = Counter(each.result.grade.grade for each in found.graded)
    final = Counter(each.grade for each in found.graded)
    labels = {each.grade: each.label for each in found.graded} | {b.id: b.label for b in found.scheme.bands}
    places = computed_of(found).places
    return [
        (grade, labels[grade], computed[grade], final[grade], places.get(grade))
        for grade in (*places, UNGRADED)
        if grade in labels
    ]


@router.post("/runs/{run_id}/adjustments")
def post_propose_adjustment(
    run_id: str, page: Annotated[Page, Depends(allow("propose_adjustment"))], form: Form
) -> Response:
    """Ask for another grade."""
    page.use(
        propose_adjustment,
        run_id,
        pairing_id=find(page, pairings, text_of(form, "pairing_id")).pairing_id,
        grade_after=text_of(form, "grade_after"),
        because=text_of(form, "because"),
        basis=text_of(form, "basis", limit=200),
    )
    return _back(run_id)


@router.post("/runs/{run_id}/adjustments/approve")
def post_approve_adjustment(
    run_id: str, page: Annotated[Page, Depends(allow("approve_adjustment"))], form: Form
) -> Response:
    """Let an adjustment hold."""
    page.use(
        approve_adjustment,
        run_id,
        pairing_id=text_of(form, "pairing_id"),
        approver=person_of(page, form),
    )
    return _back(run_id)


@router.post("/runs/{run_id}/adjustments/refuse")
def post_refuse_adjustment(
    run_id: str, page: Annotated[Page, Depends(allow("refuse_adjustment"))], form: Form
) -> Response:
    """Let the grade stand."""
    page.use(
        refuse_adjustment,
        run_id,
        pairing_id=text_of(form, "pairing_id"),
        because=text_of(form, "because"),
    )
    return _back(run_id)


@router.post("/runs/{run_id}/sign")
def post_sign_run(run_id: str, page: Annotated[Page, Depends(allow("read_grades"))], form: Form) -> Response:
    """Sign at the step named; each step has its roles."""
    verb = SIGNING[choice_of(form, "step", SignStep)]
    page.demand(verb.name)
    page.use(verb, run_id, signer=person_of(page, form), opinion=text_of(form, "opinion"))
    return _back(run_id)


def _back(run_id: str) -> Response:
    return RedirectResponse(f"/runs/{run_id}/grades", status_code=303)


# ---------------------------------------------------------------- who is graded


@router.get("/exclusions")
def list_exclusions(page: Annotated[Page, Depends(allow("read_grades"))]) -> Response:
    """Who takes part in no grade of the year."""
    year = year_of(page)
    rows = exclusions_of(page.connection, year, page.at)
    return render(
        page,
        "runs/exclusions.html",
        year=year,
        rows=rows,
        of={row.pairing_id: row for row in pairing_rows(page.connection, year, page.at)},
    )


@router.post("/exclusions")
def post_exclude_pairing(page: Annotated[Page, Depends(allow("exclude_pairing"))], form: Form) -> Response:
    """Let a pairing take part in no grade."""
    pairing: Row[Any] = find(page, pairings, text_of(form, "pairing_id"))
    year = year_of_pairing(page, pairing)
    page.use(
        exclude_pairing,
        str(year),
        pairing_id=pairing.pairing_id,
        because=text_of(form, "because"),
        basis=text_of(form, "basis", limit=200),
    )
    return RedirectResponse(f"/exclusions?year={year}", status_code=303)


@router.post("/exclusions/include")
def post_include_pairing(page: Annotated[Page, Depends(allow("include_pairing"))], form: Form) -> Response:
    """Take an exclusion back."""
    pairing: Row[Any] = find(page, pairings, text_of(form, "pairing_id"))
    year = year_of_pairing(page, pairing)
    page.use(include_pairing, str(year), pairing_id=pairing.pairing_id, because=text_of(form, "because"))
    return RedirectResponse(f"/exclusions?year={year}", status_code=303)


# ---------------------------------------------------------------- persons in the two posts


@router.get("/runs/{run_id}/persons")
def show_persons(run_id: str, page: Annotated[Page, Depends(allow("read_persons"))]) -> Response:
    """Results of the persons in the two posts, by unit and village; their names are noted as looked at."""
    found = run_of(page, run_id)
    of = {each.result.pairing: each for each in found.graded}
    rows = page.connection.execute(
        select(terms).where(terms.c.pairing_id.in_(list(of)), known(terms, found.run.at_position))
    )
    held = [Term(row.person_ref, row.pairing_id, row.post, row.began_on, row.ended_on) for row in rows]
    totals = {pairing: each.result.sheet.total for pairing, each in of.items()}
    results = person_results(held, totals, found.scheme.first_day, found.scheme.last_day)

    def place(each: Any) -> tuple[str, str, str]:
        first = of[next(iter(each.days))].result
        unit = page.units.get(first.branch, first.branch)
        return unit, page.villages.get(first.village, first.village), each.person

    return render(
        page,
        "runs/persons.html",
        run=found.run,
        of=of,
        results=sorted(results, key=place),
        people=page.people(each.person for each in results),
    )
