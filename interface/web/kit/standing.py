"""Which results stand first on a page: the published ones, and before any are public what is computed now."""

from __future__ import annotations

from application.questions.results.standing import StandingResults, computed_results, standing_results
from interface.web.kit.page.page import Page

PROVISIONAL = "provisional"
"""The query value that asks for what is computed now although results are public."""


def standing(page: Page, year: int) -> StandingResults:
    """The results that stand at the page's position; ``?provisional=1`` asks for the computed ones.

    Raises ``Unknown`` where the year has no scheme.
    """
    if page.request.query_params.get(PROVISIONAL) == "1":
        return computed(page, year)
    return standing_results(page.system.scoring, page.connection, year, page.at, page.newest)


def computed(page: Page, year: int) -> StandingResults:
    """What is computed as known at the page's position, whatever is public."""
    return computed_results(page.system.scoring, page.connection, year, page.at)
