"""What is behind a figure: the facts it counts, each with its event, or its amount for every pairing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from domain.kernel.errors import Unknown
from interface.web.kit.context import Page, allow, day_asked, number_asked
from interface.web.kit.rendering import render
from interface.web.kit.year import year_of
from projections.figures import year as year_figures
from projections.figures.year import Basis
from projections.scores.spread import spread

router = APIRouter()
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
    query, year = page.request.query_params, year_of(page)
    name = query.get("figure", "")
    if not name:
        return render(page, "scores/figures.html", year=year, values=_values(page, year))
    if name not in year_figures.NAMES:
        raise Unknown("figure", name)
    basis, by_pairing = _narrowed(page, year), query.get("by") == "pairing"
    listed = [] if by_pairing else year_figures.items(page.connection, name, basis, LISTED)
    page.numbers.read(item.reference for item in listed)
    amounts = year_figures.per_pairing(page.connection, name, basis) if by_pairing else []
    return render(
        page,
        "scores/facts.html",
        year=year,
        name=name,
        basis=basis,
        value=year_figures.value(page.connection, name, basis),
        how=year_figures.counting(name).value,
        listed=listed,
        limit=LISTED,
        quantities=spread([item.quantity for item in listed]),
        amounts=amounts,
        spread=spread([each.amount for each in amounts]),
        by_pairing=by_pairing,
    )


def _values(page: Page, year: int) -> dict[str, int]:
    """All figures; what was recorded after some position is none without that position."""
    basis = page.basis_of(year)
    names = [name for name in year_figures.NAMES if name != "known_since"]
    return {name: year_figures.value(page.connection, name, basis) for name in names}
