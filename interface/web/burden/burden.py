"""The burden of villages by month, the heaviest first, as pictures, table and file."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from application.input.reading import Malformed as Unreadable
from application.question import ALL
from application.questions.answers.burdens import BurdenOrder, VillageBurdens, list_burdens
from application.things import BURDEN_LIMIT
from application.verb import key_read
from application.verbs.burdens import set_burden_limit
from domain.kernel.errors import Unknown
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import exported
from interface.web.kit.forms.of_verb import address_of
from interface.web.kit.forms.verb_pages import add_verbs
from interface.web.kit.listing import USUAL, Filter, ListView
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.pictures.burden_map import burden_map
from interface.web.kit.rendering import render
from interface.words import label

router = APIRouter()
SORTS = (BurdenOrder.MOST.value, BurdenOrder.NAME.value)
Reader = Annotated[Page, Depends(allow("read_burden"))]


def _shown_at(page: Page, _: object) -> str:
    return f"/burden?year={page.today.year}"


add_verbs(router, BURDEN_LIMIT, shown_at={BURDEN_LIMIT.kind: _shown_at})


@router.get("/burden")
def read_burden(page: Reader) -> Response:
    """Villages by what they bear in a year; a clerk of a village sees the own, one of a unit those it is paired with."""
    year, listing = year_of(page), ListView(page, sorts=SORTS, most=USUAL)
    answer = _answer(page, year, listing, listing.limit)
    listing.filters = [] if page.actor.village else [Filter("q", page.t("查找"), page.asked("q"))]
    following = (page.today.replace(day=1) + timedelta(days=31)).replace(day=1)
    months = [f"{day:%Y-%m}" for day in (page.today, following)] if page.may(set_burden_limit.name) else []
    return render(
        page,
        "burden/burden.html",
        year=year,
        answer=answer,
        listing=listing,
        picture_of=burden_map(answer.rows, year, page.t, page.link),
        months=[(month, page.link(address_of(set_burden_limit, month))) for month in months],
    )


@router.get("/burden/export")
def export_burden(page: Reader) -> Response:
    """The same as a file: a row for each village and month."""
    year, listing = year_of(page), ListView(page, sorts=SORTS)
    heading = [
        *(page.t(each) for each in ("村（社区）", "乡镇", "月份", "活动", "检查", "现场会")),
        *(page.t(label("burden", each)) for each in ("requests", "entries", "uploads")),
        page.t("超过限额"),
    ]
    rows = [
        [
            each.village_name,
            each.township,
            f"{year}-{month.month:02}",
            *(month.activities, month.inspections, month.meetings),
            *(month.requests, month.entries, month.uploads),
            page.t("、").join(page.t(label("burden", one.value)) for one in month.beyond),
        ]
        for each in _answer(page, year, listing, ALL).rows
        for month in each.months
    ]
    return exported(page, f"burden-{year}", [heading, *rows])


@router.get("/burden/{month}")
def read_month(month: str, page: Reader) -> Response:
    """Where a month stands: in its year. Raises ``Unknown`` for what is no month."""
    try:
        key_read(BURDEN_LIMIT, month)
    except Unreadable:
        raise Unknown("page", month) from None
    return RedirectResponse(page.link("/burden", year=month[:4]), status_code=303)


def _answer(page: Page, year: int, listing: ListView, limit: int) -> VillageBurdens:
    return answer_of(page, list_burdens, year=year, sort=listing.order(BurdenOrder), limit=limit)
