"""The cut-off of a year, and what came after it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.question import ALL
from application.questions.answers.year_end.late_entries import list_late_entries
from application.things import CUT_OFF
from application.verb import Outcome
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import exported
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import Filter, ListView, chips_of
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.rendering import render
from interface.web.kit.sentences import tell_records
from interface.words import label


def late_entries_of(_: Page, outcome: Outcome) -> str:
    """What came after the cut-off."""
    return f"/late?year={outcome.key}"


router = APIRouter()
add_verbs(router, CUT_OFF, shown_at={"cut_off": late_entries_of})


@router.get("/cut-offs/{year}")
def show_cut_off(year: str, page: Annotated[Page, Depends(allow("read_late"))]) -> Response:
    """The page of a year's cut-off: what came after it."""
    return RedirectResponse(page.link("/late", year=year), status_code=303)


@router.get("/late")
def show_late(page: Annotated[Page, Depends(allow("read_late"))]) -> Response:
    """Late entries, each with its event, and what they would have been worth in time."""
    year, listing = year_of(page), ListView(page, [Filter("q", page.t("村或单位"), page.asked("q"))])
    answer = answer_of(page, list_late_entries, year=year, limit=listing.limit)
    latenesses = (
        (each.lateness.value, page.t(label("lateness", each.lateness.value)), each.count, "")
        for each in answer.latenesses
    )
    return render(
        page,
        "year_work/late.html",
        answer=answer,
        listing=listing,
        chips=chips_of(page, "lateness", answer.every, latenesses),
        worth={each.pairing_id: each.points for each in answer.worth},
        told=tell_records(page, page.connection, (each.record for each in answer.rows)),
    )


@router.get("/late/export")
def export_late(page: Annotated[Page, Depends(allow("read_late"))]) -> Response:
    """All rows of the same list as a workbook or a table."""
    t = page.t
    heading = [t("联建单位"), t("联建村（社区）"), t("事实"), t("发生"), t("填报"), t("录入")]
    heading += [t("填报晚于截止"), t("录入晚于截止日"), t("记录号")]
    rows = (
        (
            *(each.unit_name, each.village_name, t(label("fact_kind", each.kind)), each.occurred_on),
            *(each.reported_on, page.local(each.recorded_at)),
            *(t("是") if late else t("否") for late in (each.reported_late, each.entered_late)),
            each.record,
        )
        for each in answer_of(page, list_late_entries, year=year_of(page), after=None, limit=ALL).rows
    )
    return exported(page, "late", [heading, *rows])
