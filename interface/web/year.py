"""Which year a page is about."""

from __future__ import annotations

from interface.web.context import Malformed, Page
from projections.overview import years


def year_of(page: Page) -> int:
    """``?year=``, else the newest year with pairings, else this year."""
    text = page.request.query_params.get("year", "")
    if text:
        if not (text.isascii() and text.isdecimal() and len(text) == 4):
            raise Malformed("year", "“%(value)s”不是年份，应如 2025", value=text)
        return int(text)
    known = years(page.connection, page.at)
    return known[0] if known else page.today.year
