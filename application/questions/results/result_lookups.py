"""What the decisions between a frozen run and its publication look up in the read models."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from application.questions.results.left_behind import left_by_closing, left_by_publishing
from application.questions.results.run_results import RunResults, run_results, run_row
from application.questions.results.scoring import Scoring
from domain.assessment.scoring.grades import UNGRADED, quota
from domain.assessment.year.left_behind import LeftBehind
from domain.assessment.year.run_result import Computed
from domain.kernel.working_days import WorkingDays
from projections.boards.calendars import working_days
from projections.figures.appeals_in_force import unsettled


def computed_of(found: RunResults) -> Computed:
    """The computed grades of a run, and the places its scheme gives to those it graded."""
    grades = {each.result.pairing: each.result.grade.grade for each in found.graded}
    base = sum(grade != UNGRADED for grade in grades.values())
    rounding = found.scheme.grading.quota_rounding
    return Computed(
        grades,
        places={band.id: quota(band, base, rounding) for band in found.scheme.bands},
        totals={each.result.pairing: each.result.sheet.total for each in found.graded},
        least={band.id: band.least_hundredths for band in found.scheme.bands},
        vetoed=frozenset(each.result.pairing for each in found.graded if each.result.sheet.vetoed),
    )


class LookupsOfRuns:
    """Answers as known now. ``newest_position``: of which the read models know when it returns."""

    def __init__(self, scoring: Scoring, newest_position: Callable[[], int]) -> None:
        self._scoring = scoring
        self._newest_position = newest_position

    def year(self, run_id: str) -> int:
        """The year a run is of."""
        with self._scoring.reading() as connection:
            year: int = run_row(connection, run_id, None).year
            return year

    def computed(self, run_id: str) -> Computed:
        """The grades a run computed, and the places there were."""
        with self._scoring.reading() as connection:
            return computed_of(run_results(self._scoring, connection, run_id, None))

    def branches(self, run_id: str) -> frozenset[str]:
        """The units with a pairing in a run."""
        with self._scoring.reading() as connection:
            found = run_results(self._scoring, connection, run_id, None)
        return frozenset(each.result.branch for each in found.graded)

    def working_days(self) -> WorkingDays:
        """The calendar as known now."""
        with self._scoring.reading() as connection:
            return working_days(connection, None)

    def unsettled(self, year: int) -> list[str]:
        """The appeals of a year that are open, or decided and not carried out."""
        with self._scoring.reading() as connection:
            return unsettled(connection, year, None)

    def left_by_closing(self, run_id: str, today: date) -> LeftBehind:
        """What closing the notice of a run leaves behind."""
        at = self._newest_position()
        with self._scoring.reading() as connection:
            return left_by_closing(self._scoring, connection, run_id, at, today)

    def left_by_publishing(self, run_id: str, today: date) -> LeftBehind:
        """What publishing a run leaves behind."""
        at = self._newest_position()
        with self._scoring.reading() as connection:
            return left_by_publishing(self._scoring, connection, run_id, at, today)
