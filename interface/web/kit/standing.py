"""Which results stand first on a page: the published ones, and before any are public what is computed now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from application.questions.results.run_results import Graded, graded, run_results
from domain.assessment.scheme.scheme import Scheme
from domain.kernel.errors import Unknown
from interface.web.kit.context import Page
from projections.boards.assessment import published_last, runs_of_year

PROVISIONAL = "provisional"
"""The query value that asks for what is computed now although results are public."""


@dataclass(frozen=True)
class StandingResults:
    """The results of a year as a page shows them. ``run`` is the board's row of the published run they belong to,
    ``None`` where they are provisional; ``at``: the position they rest on.
    """

    scheme: Scheme
    graded: Sequence[Graded]
    run: Row[Any] | None
    at: int

    @property
    def public(self) -> bool:
        """Whether these are published results."""
        return self.run is not None

    @property
    def by_pairing(self) -> Mapping[str, Graded]:
        """Pairing id to its result."""
        return {each.result.pairing: each for each in self.graded}

    def of(self, pairing_id: str) -> Graded:
        """One pairing's result. ``Unknown`` where there is none."""
        try:
            return self.by_pairing[pairing_id]
        except KeyError:
            raise Unknown("score sheet", pairing_id) from None


def standing(page: Page, year: int) -> StandingResults:
    """The results that stand: on a page of the position that a published run rests on, that run's; else those published
    last by then; else what is computed as known at the page's position.

    ``?provisional=1`` asks for the computed ones. Raises ``Unknown`` where the year has no scheme.
    """
    run = _run(page, year)
    if run is None:
        return computed(page, year)
    # What was decided on a run that the page shows frozen comes after the position it rests on.
    known_at = page.newest if run.at_position == page.at else page.at
    found = run_results(page.system.scoring, page.connection, run.run_id, known_at)
    return StandingResults(found.scheme, found.graded, run, run.at_position)


def computed(page: Page, year: int) -> StandingResults:
    """What is computed as known at the page's position, whatever is public."""
    scheme = page.system.scoring.scheme(page.connection, year, page.at)
    results = page.system.scoring.results(page.connection, year, page.at)
    return StandingResults(scheme, graded(scheme, results), None, page.at)


def standing_if_any(page: Page, year: int) -> StandingResults | None:
    """The same, ``None`` where the year has no scheme yet."""
    try:
        return standing(page, year)
    except Unknown:
        return None


def _run(page: Page, year: int) -> Row[Any] | None:
    if page.request.query_params.get(PROVISIONAL) == "1":
        return None
    here = [row for row in runs_of_year(page.connection, year, page.newest) if row.at_position == page.at]
    return published_last(here) or published_last(runs_of_year(page.connection, year, page.at))
