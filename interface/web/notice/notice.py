"""The public notice of a run with its objections, and the service of published results."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from application.questions.results.run_results import GradedResult
from domain.assessment.scoring.grades import NOT_GRADED
from domain.kernel.errors import Unknown
from interface.documents.common import written_day
from interface.web.documents.documents import sealed
from interface.web.kit.context import Page, allow
from interface.web.kit.rendering import render
from interface.web.kit.year import run_of
from interface.web.pairings.pairings import find, sees
from interface.web.runs.grades import newest_run
from projections.boards.assessment import runs
from projections.boards.calendars import working_days
from projections.boards.results import (
    all_notices,
    notice_of,
    objections_of,
    opened_at,
    services_of,
)
from projections.figures.overview import pairing_rows

router = APIRouter()


@router.get("/notice")
def list_notices(page: Annotated[Page, Depends(allow("read_notice"))]) -> Response:
    """Everything that is or was on public notice, the newest first."""
    return render(page, "notice/notices.html", rows=all_notices(page.connection, page.at))


@router.get("/notice/{run_id}")
def show_notice(run_id: str, page: Annotated[Page, Depends(allow("read_notice"))]) -> Response:
    """The notice as it is posted: pairings with grade and total, no places unless a basis was named, nobody's name."""
    notice = notice_of(page.connection, run_id, page.at)
    if notice is None:
        raise Unknown("notice", run_id)
    found = run_of(page, run_id)
    page.call_as_on(notice.opened_on)
    of = {
        row.pairing_id: row
        for row in pairing_rows(
            page.connection, found.run.year, found.run.at_position, page.names, notice.opened_on
        )
    }
    # The calendar as known when the notice was opened; one imported since moves no period that was announced.
    calendar = working_days(page.connection, opened_at(page.connection, run_id))
    overtaken = found.run.published_on is None and newest_run(page, found.run.year) != run_id
    over = notice.closed_on is None and page.today > notice.closes_on
    return render(
        page,
        "notice/notice.html",
        overtaken=overtaken,
        run=found.run,
        scheme=found.scheme,
        notice=notice,
        first=written_day(page, notice.opened_on),
        last=written_day(page, notice.closes_on),
        of=of,
        graded=_in_order(found.graded, of, bool(notice.ranking_basis)),
        not_graded=NOT_GRADED,
        objections=[
            row for row in objections_of(page.connection, run_id, page.at) if _may_see(page, row, of)
        ],
        period=calendar.add_working_days(notice.opened_on, notice.working_days, counting_start=True),
        open=notice.closed_on is None and page.today <= notice.closes_on,
        over=over,
        **sealed(page),
    )


def _in_order(graded: tuple[GradedResult, ...], of: dict[str, Any], by_place: bool) -> list[GradedResult]:
    """By township and village, which says nothing of places; by place only where a basis for that was named."""

    def named(each: GradedResult) -> tuple[str, str, str]:
        row = of[each.result.pairing]
        return row.township, row.name, row.unit_name

    if not by_place:
        return sorted(graded, key=named)
    last = len(graded) + 1
    return sorted(graded, key=lambda each: (each.result.grade.rank or last, named(each)))


def _may_see(page: Page, row: Any, of: dict[str, Any]) -> bool:
    """Who filed an objection sees it, whoever the pairing belongs to as well, and the offices see all."""
    if page.sees("read_grades") or row.filed_by == page.actor.username:
        return True
    return row.pairing_id in of and sees(page, of[row.pairing_id])


@router.get("/runs/{run_id}/service")
def show_service(run_id: str, page: Annotated[Page, Depends(allow("read_grades"))]) -> Response:
    """Which units were handed their result, and which were not."""
    run = find(page, runs, run_id)
    found = run_of(page, run_id)
    units: dict[str, list[GradedResult]] = {}
    for each in found.graded:
        units.setdefault(each.result.branch, []).append(each)
    return render(
        page,
        "notice/service.html",
        run=run,
        replaced_by=found.replaced_by.run_no if found.replaced_by else "",
        units=sorted(units.items(), key=lambda each: page.units.get(each[0], each[0])),
        served=services_of(page.connection, run_id, page.at),
    )
