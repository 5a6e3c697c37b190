"""Which year a page is about, and so which names it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from application.questions.results.run_results import RunResults, run_results
from interface.web.kit.page.page import Page
from interface.web.kit.values import Malformed, year_in
from projections.boards.assessment.runs import years_with_scheme
from projections.boards.pairing.pairings import years_of


def year_of(page: Page) -> int:
    """``?year=``, else the year chosen in the head, else the newest year with pairings, else this year; the page is then about
    it, in names as in figures.
    Raises ``Malformed``.
    """
    asked = _asked(page)
    year = _newest(page, page.years_offered) if asked is None else asked
    page.call_as_of_year(year)
    return year


def run_of(page: Page, run_id: str) -> RunResults:
    """A run with its results as known at the page's position; the page is then about its year. ``Unknown`` without one."""
    found = run_results(page.system.scoring, page.connection, run_id, page.at)
    page.call_as_of_year(found.run.year)
    return found


def year_of_pairing(page: Page, pairing: Row[Any]) -> int:
    """``?year=``, in which it must have been paired on a day, else the newest such year. Raises ``Malformed``."""
    asked, its = _asked(page), years_of_pairing(page, pairing)
    year = _newest(page, its) if asked is None else asked
    if year not in its:
        listed = page.t("、").join(map(str, reversed(its)))
        raise Malformed(
            "year", "该结对在 %(year)s 年没有一天结对，可选年度：%(years)s", year=asked, years=listed
        )
    page.call_as_of_year(year)
    return year


def years_of_pairing(page: Page, pairing: Row[Any]) -> list[int]:
    """The years in which it was paired on a day, up to this one, the newest first; one to come where it has not begun."""
    found = years_of(pairing.started_on, pairing.ended_on, page.today.year)
    return found or [pairing.started_on.year]


def _asked(page: Page) -> int | None:
    text = page.request.query_params.get("year", "")
    return year_in(text) if text else None


def _newest(page: Page, found: Sequence[int]) -> int:
    """Of years, newest first, the one chosen in the head, else the first with a published scheme: until this year has one, pages
    are about the last that has.
    The first of all where none has one.
    """
    chosen = page.year_chosen
    if chosen is not None and chosen in found:
        return chosen
    published = years_with_scheme(page.connection, page.at)
    return next((year for year in found if year in published), next(iter(found), page.today.year))
