"""What is behind a figure: the facts it counts, each with its event, or its amount for every pairing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.question import Listing
from domain.kernel.errors import Unknown
from interface.web.kit.context import Page, allow, day_asked, number_asked
from interface.web.kit.exporting import exported
from interface.web.kit.listing import Chip, ListView
from interface.web.kit.rendering import render
from interface.web.kit.year import year_of
from interface.words import label
from projections.figures import year as year_figures
from projections.figures.year import Basis, Item, PerPairing
from projections.scores.spread import spread

router = APIRouter()
NO_ITEMS: Listing[tuple[str, Item]] = Listing((), None)
NO_SHARES: Listing[PerPairing] = Listing((), None)
LISTED = 2000
"""So many facts are listed; the figure counts all."""


def _narrowed(page: Page, year: int) -> Basis:
    query, basis = page.request.query_params, page.basis_of(year)
    return Basis(
        year=year,
        known_at=page.at,
        on=day_asked(page.request, "on") or basis.on,
        cut_off=basis.cut_off,
        type=query.get("type", ""),
        level=query.get("level", ""),
        since=number_asked(page.request, "since") or 0,
    )


@router.get("/facts")
def show_facts(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """``?figure=`` of a ``year``, as known at the page's position; ``by=pairing`` shows how it is spread.

    ``on``: the day taken as today for lights; ``type``, ``level``, ``since``: as in ``Basis``.
    """
    year = year_of(page)
    if not page.asked("figure"):
        return render(page, "scores/figures.html", year=year, values=_values(page, year))
    name, basis, listing = _figure(page), _narrowed(page, year), ListView(page)
    by_pairing = page.asked("by") == "pairing"
    found = [] if by_pairing else year_figures.items(page.connection, name, basis, LISTED)
    amounts = year_figures.per_pairing(page.connection, name, basis) if by_pairing else []
    items = NO_ITEMS if by_pairing else listing.shown(_keyed(found), lambda each: each[0])
    shares = listing.shown(amounts, lambda each: each.pairing) if by_pairing else NO_SHARES
    page.numbers.read(item.reference for _, item in items.rows)
    return render(
        page,
        "scores/facts.html",
        year=year,
        name=name,
        basis=basis,
        value=year_figures.value(page.connection, name, basis),
        how=year_figures.counting(name).value,
        listing=listing,
        found=len(amounts) if by_pairing else len(found),
        items=items,
        shares=shares,
        limit=LISTED,
        quantities=spread([item.quantity for item in found]),
        spread=spread([each.amount for each in amounts]),
        by_pairing=by_pairing,
        chips=[
            Chip(page.t("逐条列出"), None, page.here(by=None, after=None), not by_pairing),
            Chip(page.t("按结对分布"), None, page.here(by="pairing", after=None), by_pairing),
        ],
    )


@router.get("/facts/export")
def export_facts(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """All facts behind a figure, or its amount for every pairing, as a workbook or a table."""
    year = year_of(page)
    name, basis = _figure(page), _narrowed(page, year)
    whose = [page.t("联建村（社区）"), page.t("联建单位")]

    def names(village: str, branch: str) -> tuple[str, str]:
        return page.villages.get(village, village), page.units.get(branch, branch)

    if page.asked("by") == "pairing":
        amounts = year_figures.per_pairing(page.connection, name, basis)
        shares = ((*names(each.village, each.branch), each.amount) for each in amounts)
        return exported(page, name, [[*whose, page.t("数量")], *shares])
    heading = [page.t("日期"), *whose, page.t("事实"), page.t("数量"), page.t("填报"), page.t("记录")]
    rows = (
        (
            *(each.occurred_on, *names(each.village, each.branch), page.t(label("fact_kind", each.kind))),
            *(each.quantity, each.reported_on, each.position),
        )
        for each in year_figures.items(page.connection, name, basis)
    )
    return exported(page, name, [heading, *rows])


def _figure(page: Page) -> str:
    name = page.asked("figure")
    if name not in year_figures.NAMES:
        raise Unknown("figure", name)
    return name


def _keyed(items: Iterable[Item]) -> Iterator[tuple[str, Item]]:
    """What one event states is told apart by its place among what it states."""
    stated: Counter[int] = Counter()
    for each in items:
        stated[each.position] += 1
        yield f"{each.position}-{stated[each.position]}", each


def _values(page: Page, year: int) -> dict[str, int]:
    """All figures; what was recorded after some position is none without that position."""
    basis = page.basis_of(year)
    names = [name for name in year_figures.NAMES if name != "known_since"]
    return {name: year_figures.value(page.connection, name, basis) for name in names}
