"""Which results stand: the published ones, and before any are public what is computed now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from application.questions.results.run_results import GradedResult, graded, run_results
from application.questions.results.scoring import Scoring
from domain.assessment.scheme.scheme import Scheme
from domain.kernel.errors import Unknown
from projections.boards.assessment.runs import published_last, runs_of_year


@dataclass(frozen=True)
class StandingResults:
    """The results of a year as somebody is shown them. ``run`` is the board's row of the published run they belong to,
    ``None`` where they are provisional; ``at``: the position they rest on.
    """

    scheme: Scheme
    graded: Sequence[GradedResult]
    run: Row[Any] | None
    at: int

    @property
    def public(self) -> bool:
        """Whether these are published results."""
        return self.run is not None

    @property
    def by_pairing(self) -> Mapping[str, GradedResult]:
        """Pairing id to its result."""
        return {each.result.pairing: each for each in self.graded}

    def of(self, pairing_id: str) -> GradedResult:
        """One pairing's result. ``Unknown`` where there is none."""
        try:
            return self.by_pairing[pairing_id]
        except KeyError:
            raise Unknown("score sheet", pairing_id) from None


def standing_results(
    scoring: Scoring, connection: Connection, year: int, known_at: int, newest: int
) -> StandingResults:
    """The results that stand: of the position that a published run rests on, that run's; else those published last by
    then; else what is computed as known at the position. Raises ``Unknown`` where the year has no scheme.
    """
    here = [row for row in runs_of_year(connection, year, newest) if row.at_position == known_at]
    run = published_last(here) or published_last(runs_of_year(connection, year, known_at))
    if run is None:
        return computed_results(scoring, connection, year, known_at)
    # What was decided on a run that is shown frozen comes after the position it rests on.
    at = newest if run.at_position == known_at else known_at
    found = run_results(scoring, connection, run.run_id, at)
    return StandingResults(found.scheme, found.graded, run, run.at_position)


def standing_if_any(
    scoring: Scoring, connection: Connection, year: int, known_at: int, newest: int
) -> StandingResults | None:
    """The same, ``None`` where the year has no scheme."""
    try:
        return standing_results(scoring, connection, year, known_at, newest)
    except Unknown:
        return None


def computed_results(scoring: Scoring, connection: Connection, year: int, known_at: int) -> StandingResults:
    """What is computed as known at a position, whatever is public."""
    scheme = scoring.scheme(connection, year, known_at)
    results = scoring.results(connection, year, known_at)
    return StandingResults(scheme, graded(scheme, results), None, known_at)
