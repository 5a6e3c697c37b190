"""Trying a draft out: read it, check its sample cases, and score a year that is over by it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Engine

from application.questions.results.scoring import Scoring
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme.shifting import applied_to
from domain.assessment.scoring.back_test import BackTest, back_test
from domain.assessment.scoring.bench import Expectation as Case
from domain.assessment.scoring.draft_trial import try_out
from domain.assessment.scoring.grades import Results
from domain.assessment.year.scheme_history import Trial
from projections.boards.assessment.runs import years_with_scheme
from projections.figures.overview import years
from projections.scores.scores import Result


class BackTesting:
    """Scores of a year by a scheme that was not in force there, from the read models."""

    def __init__(self, views: Engine, scoring: Scoring) -> None:
        self._views = views
        self._scoring = scoring

    def year_for(self, connection: Connection, year: int, known_at: int) -> int | None:
        """The newest year, not after ``year``, that has pairings and a published scheme; ``None`` without one.

        That is ``year`` itself for an amendment, and usually the year before for the first version.
        """
        published = years_with_scheme(connection, known_at)
        fit = [each for each in years(connection, known_at, year) if each in published]
        return max(fit, default=None)

    def back_test(
        self, connection: Connection, scheme: Scheme, known_at: int, *, on: int | None = None
    ) -> BackTest | None:
        """``scheme`` tried on the facts of ``on`` (by default ``year_for``), against the scheme then in force.

        ``None`` where there is no year to try it on; ``Unknown`` where ``on`` has no published scheme.
        """
        year = on or self.year_for(connection, scheme.year, known_at)
        if year is None:
            return None
        old = self._scoring.scheme(connection, year, known_at)
        new = applied_to(scheme, year)
        before = _by_pairing(self._scoring.results(connection, year, known_at))
        after = _by_pairing(self._scoring.results_by(connection, new, known_at))
        return back_test(old, new, old.version, before, after)

    def trial(self, text: str, year: int, version: int) -> Trial:
        """What a draft shows when it is tried out now."""
        tried = try_out(text, year, version)
        problems = tuple(str(each) for each in tried.problems)
        if tried.scheme is None:
            return Trial(problems=problems)
        with self._views.connect() as connection, connection.begin():
            tested = self.back_test(connection, tried.scheme, self._scoring.newest_position())
        return Trial(
            problems=problems,
            cases=len(tried.bench.tried),
            failed=tuple(_failed(each) for each in tried.bench.failed),
            untried=tried.bench.uncovered,
            back_test_year=None if tested is None else tested.year,
            moved=len(tested.moves) if tested else 0,
        )


def _failed(case: Case) -> str:
    return f"{case.subject} {case.what.zh}: {case.expected.zh} / {case.found.zh}"


def _by_pairing(results: Sequence[Result]) -> Results:
    return {each.pairing: (each.sheet, each.grade) for each in results}
