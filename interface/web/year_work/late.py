"""The cut-off of a year, and what came after it."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.question import ALL
from application.questions.answers.year_end.late_entries import LateEntries, LateEntry, list_late_entries
from application.things import CUT_OFF
from application.verb import Outcome
from interface.web.kit.context import Page, allow
from interface.web.kit.exporting import as_csv
from interface.web.kit.rendering import render
from interface.web.kit.sentences import tell_records
from interface.web.kit.verb_pages import add_verbs
from interface.web.kit.year import year_of
from interface.words import label


def late_entries_of(_: Page, outcome: Outcome) -> str:
    """What came after the cut-off."""
    return f"/late?year={outcome.key}"


router = APIRouter()
add_verbs(router, CUT_OFF, shown_at={"cut_off": late_entries_of})


def _of_units(answer: LateEntries) -> list[list[LateEntry]]:
    """By unit, then by village and day."""
    rows = sorted(answer.rows, key=lambda each: (each.branch, each.village, each.occurred_on, each.record))
    return [list(own) for _, own in groupby(rows, lambda each: each.branch)]


@router.get("/cut-offs/{year}")
def show_cut_off(year: str, page: Annotated[Page, Depends(allow("read_late"))]) -> Response:
    """The page of a year's cut-off: what came after it."""
    return RedirectResponse(page.link("/late", year=year), status_code=303)


@router.get("/late")
def show_late(page: Annotated[Page, Depends(allow("read_late"))]) -> Response:
    """Late entries by unit, each with its event."""
    answer = page.ask(list_late_entries, year=year_of(page), after=None, limit=ALL)
    return render(
        page,
        "year_work/late.html",
        answer=answer,
        units=sorted(_of_units(answer), key=lambda own: (-len(own), own[0].unit_name)),
        told=tell_records(page, page.connection, (each.record for each in answer.rows)),
    )


@router.get("/late.csv")
def late_csv(page: Annotated[Page, Depends(allow("read_late"))]) -> Response:
    """The same as a table."""
    year = year_of(page)
    t = page.t
    rows: list[list[object]] = [
        [
            t("联建单位"),
            t("联建村（社区）"),
            t("事实"),
            t("发生"),
            t("填报"),
            t("录入"),
            t("填报晚于截止"),
            t("录入晚于截止日"),
            t("记录号"),
        ]
    ]
    for own in _of_units(page.ask(list_late_entries, year=year, after=None, limit=ALL)):
        rows += (
            [
                each.unit_name,
                each.village_name,
                t(label("fact_kind", each.kind)),
                each.occurred_on,
                each.reported_on or "",
                page.local(each.recorded_at),
                t("是") if each.reported_late else t("否"),
                t("是") if each.entered_late else t("否"),
                each.record,
            ]
            for each in own
        )
    headers = {"Content-Disposition": f'attachment; filename="late-{year}-at-{page.at}.csv"'}
    return Response(as_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)
