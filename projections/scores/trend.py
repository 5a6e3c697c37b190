"""The years side by side: totals, grades and indicators of every year that can be scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from domain.assessment.scheme.scheme import Scheme
from projections.scores.indicator_health import indicator_health
from projections.scores.scores import Result
from projections.scores.spread import Spread, spread


@dataclass(frozen=True)
class Year:
    """One year: its sheets in short. ``shares``: indicator code to the mean share of its maximum; ``titles`` beside it.

    ``totals``: (branch, village) to the total in hundredths and the grade's id. ``run_no`` names the published run the
    figures were taken from; empty where they are provisional.
    """

    year: int
    run_no: str
    known_at: int
    subjects: int
    spread: Spread | None
    grades: Mapping[str, int]
    shares: Mapping[str, Fraction]
    totals: Mapping[tuple[str, str], tuple[int, str]]


def year_of(
    scheme: Scheme,
    results: Sequence[Result],
    known_at: int,
    run_no: str = "",
    adjusted: Mapping[str, str] = MappingProxyType({}),
) -> Year:
    """The year of a scheme with its results; ``adjusted``: pairing to another grade than the computed one."""
    grades = {each.pairing: adjusted.get(each.pairing, each.grade.grade) for each in results}
    return Year(
        year=scheme.year,
        run_no=run_no,
        known_at=known_at,
        subjects=len(results),
        spread=spread([each.sheet.total for each in results]),
        grades=Counter(grades.values()),
        shares={h.indicator.code: h.share for h in indicator_health(scheme, results) if h.share is not None},
        totals={(r.branch, r.village): (r.sheet.total, grades[r.pairing]) for r in results},
    )


@dataclass(frozen=True)
class Course:
    """One pairing of a unit and a village through the years; ``None`` in a year in which it was not assessed."""

    branch: str
    village: str
    totals: tuple[tuple[int, str] | None, ...]

    @property
    def change(self) -> int | None:
        """Hundredths gained from the year before the last to the last, ``None`` where one of them is missing."""
        if len(self.totals) < 2 or self.totals[-1] is None or self.totals[-2] is None:
            return None
        return self.totals[-1][0] - self.totals[-2][0]


def courses(years: Sequence[Year]) -> list[Course]:
    """Every pairing that was assessed in at least one of the years (oldest first)."""
    pairs = sorted({pair for year in years for pair in year.totals})
    return [Course(*pair, tuple(year.totals.get(pair) for year in years)) for pair in pairs]
