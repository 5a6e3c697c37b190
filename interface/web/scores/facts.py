"""What is behind a figure: the facts it counts, each with its event, or how it is shared out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.question import ALL
from application.questions.answers.scoring.figures import (
    AmountOrder,
    FactOrder,
    FigureAmounts,
    FigureFacts,
    FigureShares,
    ShareOrder,
    list_figure_amounts,
    list_figure_facts,
    list_figure_shares,
    show_figures,
)
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import exported
from interface.web.kit.listing import Chip, ListView
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.rendering import amount, render
from interface.web.kit.values import Malformed
from interface.words import label

router = APIRouter()
SORTS = {"": ("day", "quantity", "reported"), "pairing": ("amount", "village")}
"""By what a list can be sorted, for each ``?by=`` that is none of units, townships or months."""


@router.get("/facts")
def show_facts(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """``?figure=`` of a ``year``, as known at the page's position; ``by=`` ``pairing``, ``unit``, ``township`` or ``month`` shows
    how it is spread.

    ``on``: the day taken as today for lights; ``type``, ``level``, ``since``: as in ``Basis``.
    """
    year = year_of(page)
    if not page.asked("figure"):
        return render(page, "scores/figures.html", answer=page.ask(show_figures, year=year))
    by, ways = _by(page), _ways(page)
    listing = _listing(page)
    answer = _found(page, year, listing, limit=listing.limit)
    if isinstance(answer, FigureFacts):
        page.numbers.read(each.reference for each in answer.rows)
    return render(
        page,
        "scores/facts.html",
        answer=answer,
        listing=listing,
        by=by,
        shared=_shared(page).get(by, ""),
        asked={name: page.asked(name) for name in ("type", "level", "since")},
        chips=[
            Chip(title, None, page.here(by=way or None, after=None, sort=None), way == by)
            for way, title in ways.items()
        ],
    )


@router.get("/facts/export")
def export_facts(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """All rows of the same list as a workbook or a table."""
    figure = page.asked("figure")
    answer = _found(page, year_of(page), _listing(page), limit=ALL, after=None)
    whose = (page.t("联建村（社区）"), page.t("联建单位"))
    if isinstance(answer, FigureShares):
        heading = [_shared(page)[_by(page)], page.t("数量")]
        return exported(
            page, figure, [heading, *((each.name, amount(each.amount, figure)) for each in answer.rows)]
        )
    if isinstance(answer, FigureAmounts):
        shares = ((each.village_name, each.unit_name, amount(each.amount, figure)) for each in answer.rows)
        return exported(page, figure, [[*whose, page.t("数量")], *shares])
    heading = [page.t("日期"), *whose, page.t("事实"), page.t("数量"), page.t("填报"), page.t("记录")]
    rows = (
        (
            *(each.occurred_on, each.village_name, each.unit_name, page.t(label("fact_kind", each.kind))),
            *(amount(each.quantity, figure, each.kind), each.reported_on, each.position),
        )
        for each in answer.rows
    )
    return exported(page, figure, [heading, *rows])


def _ways(page: Page) -> dict[str, str]:
    """The ways to look at a figure, each with its words."""
    return {
        "": page.t("逐条列出"),
        "pairing": page.t("按结对分布"),
        "unit": page.t("按单位"),
        "township": page.t("按乡镇"),
        "month": page.t("按月份"),
    }


def _shared(page: Page) -> dict[str, str]:
    """What stands in the first column where a figure is shared out."""
    return {"unit": page.t("联建单位"), "township": page.t("所属乡镇"), "month": page.t("月份")}


def _by(page: Page) -> str:
    by = page.asked("by")
    if by not in _ways(page):
        raise Malformed("by", "“%(value)s”不在可选范围内", value=by)
    return by


def _listing(page: Page) -> ListView:
    return ListView(page, sorts=SORTS.get(_by(page), ("name", "amount")))


def _found(
    page: Page, year: int, listing: ListView, **known: object
) -> FigureFacts | FigureAmounts | FigureShares:
    key, by = page.asked("figure"), _by(page)
    if by == "pairing":
        order = listing.order(AmountOrder)
        return answer_of(page, list_figure_amounts, key=key, year=year, sort=order, **known)
    if by:
        return answer_of(
            page, list_figure_shares, key=key, year=year, sort=listing.order(ShareOrder), **known
        )
    return answer_of(page, list_figure_facts, key=key, year=year, sort=listing.order(FactOrder), **known)
