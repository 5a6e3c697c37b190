"""Who has which grade in a run, and why: exclusions, adjustments, the sign-off chain, and results of persons."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Row, select

from application.questions.results.left_behind import left_by_closing, left_by_publishing
from application.questions.results.result_lookups import computed_of
from application.questions.results.run_results import RunResults
from application.things import RESULTS, RUN
from application.verb import Outcome
from domain.assessment.scoring.grades import UNGRADED
from domain.assessment.scoring.persons import Term, person_results
from domain.assessment.year.events import (
    NoticeOpened,
    ObjectionAnswered,
    ObjectionFiled,
    ResultServed,
    RunConsented,
    RunFrozen,
)
from domain.assessment.year.left_behind import LeftBehind
from domain.assessment.year.run_result import CHAIN
from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.verb_pages import add_verbs
from interface.web.kit.year import run_of, year_of
from interface.web.runs.runs import unsignable
from projections.boards.assessment import frozen_last, runs_of_year
from projections.boards.calendars import working_days
from projections.boards.pairings import terms
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


def way_on(_: Page, outcome: Outcome) -> str:
    """Where what was done with a run is seen."""
    match outcome.events[0]:
        case NoticeOpened() | ObjectionFiled() | ObjectionAnswered():
            return f"/notice/{outcome.key}"
        case ResultServed():
            return f"/runs/{outcome.key}/service"
        case RunConsented():
            return f"/runs/{outcome.key}"
        case _:
            return f"/runs/{outcome.key}/grades"


def year_on(_: Page, outcome: Outcome) -> str:
    """Where what was done with the results of a year is seen: a new run, or who takes part in no grade."""
    event = outcome.events[0]
    return f"/runs/{event.run_id}" if isinstance(event, RunFrozen) else f"/exclusions?year={outcome.key}"


router = APIRouter()
add_verbs(router, RUN, RESULTS, shown_at={"run": way_on, "results": year_on})


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


# ---------------------------------------------------------------- who is graded


@router.get("/results/{year}")
def show_year(year: str, page: Annotated[Page, Depends(allow("read_grades"))]) -> Response:
    """The page of a year's results, as the forms of what is done with them name it: who takes part in no grade."""
    return RedirectResponse(page.link("/exclusions", year=year), status_code=303)


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
