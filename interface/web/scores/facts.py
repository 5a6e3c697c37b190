"""What is behind a figure: the facts it counts, each with its event, or its amount for every pairing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.question import ALL
from application.questions.answers.scoring.figures import (
    AmountOrder,
    FactOrder,
    FigureAmounts,
    FigureFacts,
    list_figure_amounts,
    list_figure_facts,
    show_figures,
)
from interface.web.kit.asking import answer_of
from interface.web.kit.exporting import exported
from interface.web.kit.listing import Chip, ListView
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.rendering import amount, render
from interface.words import label

router = APIRouter()


@router.get("/facts")
def show_facts(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """``?figure=`` of a ``year``, as known at the page's position; ``by=pairing`` shows how it is spread.

    ``on``: the day taken as today for lights; ``type``, ``level``, ``since``: as in ``Basis``.
    """
    year = year_of(page)
    if not page.asked("figure"):
        return render(page, "scores/figures.html", answer=page.ask(show_figures, year=year))
    listing = ListView(
        page, sorts=("amount", "village") if _spread(page) else ("day", "quantity", "reported")
    )
    answer = _found(page, year, listing, limit=listing.limit)
    if isinstance(answer, FigureFacts):
        page.numbers.read(each.reference for each in answer.rows)
    return render(
        page,
        "scores/facts.html",
        answer=answer,
        listing=listing,
        by_pairing=_spread(page),
        asked={name: page.asked(name) for name in ("type", "level", "since")},
        chips=[
            Chip(page.t("逐条列出"), None, page.here(by=None, after=None, sort=None), not _spread(page)),
            Chip(page.t("按结对分布"), None, page.here(by="pairing", after=None, sort=None), _spread(page)),
        ],
    )


@router.get("/facts/export")
def export_facts(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """All rows of the same list as a workbook or a table."""
    sorts = ("amount", "village") if _spread(page) else ("day", "quantity", "reported")
    answer = _found(page, year_of(page), ListView(page, sorts=sorts), limit=ALL, after=None)
    whose = (page.t("联建村（社区）"), page.t("联建单位"))
    if isinstance(answer, FigureAmounts):
        shares = (
            (each.village_name, each.unit_name, amount(each.amount, answer.basis.name))
            for each in answer.rows
        )
        return exported(page, page.asked("figure"), [[*whose, page.t("数量")], *shares])
    heading = [page.t("日期"), *whose, page.t("事实"), page.t("数量"), page.t("填报"), page.t("记录")]
    rows = (
        (
            *(each.occurred_on, each.village_name, each.unit_name, page.t(label("fact_kind", each.kind))),
            *(amount(each.quantity, answer.basis.name), each.reported_on, each.position),
        )
        for each in answer.rows
    )
    return exported(page, page.asked("figure"), [heading, *rows])


def _spread(page: Page) -> bool:
    return page.asked("by") == "pairing"


def _found(page: Page, year: int, listing: ListView, **known: object) -> FigureFacts | FigureAmounts:
    key = page.asked("figure")
    if _spread(page):
        order = listing.order(AmountOrder)
        return answer_of(page, list_figure_amounts, key=key, year=year, sort=order, **known)
    return answer_of(page, list_figure_facts, key=key, year=year, sort=listing.order(FactOrder), **known)
