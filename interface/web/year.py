"""Which year a page is about."""

from __future__ import annotations

from interface.web.context import Page
from interface.web.values import year_in
from projections.overview import years


def year_of(page: Page) -> int:
    """``?year=``, else the newest year with pairings, else this year. Raises ``Malformed``."""
    text = page.request.query_params.get("year", "")
    if text:
        return year_in("year", text)
    known = years(page.connection, page.at)
    return known[0] if known else page.today.year
