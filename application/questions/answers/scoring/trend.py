"""The years side by side: the county in short, and every pairing's course through them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from application.actors.actor import Owner
from application.input.keyset import After
from application.question import Asker, Limit, Listing, question
from application.questions.answers.scoring.score_matrix import SpreadShown, spread_shown
from application.questions.results.run_results import run_results
from domain.assessment.scheme.points import half_up, two_decimals
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.grades import NOT_GRADED
from domain.kernel.errors import Unknown
from domain.kernel.values import OptionalLine
from projections.boards.assessment.runs import published_last, runs_of_year
from projections.boards.registry.names import Names
from projections.figures.overview import years
from projections.scores import trend


@dataclass(frozen=True)
class IndicatorShares:
    """The mean share of an indicator's maximum in each of the years, in percent; ``None`` where it has none. ``name``: what
    the newest scheme that has it calls it."""

    indicator: str
    name: Text
    shares: tuple[int | None, ...]


@dataclass(frozen=True)
class BandCount:
    """How many have a grade."""

    grade: str
    name: Text
    count: int


@dataclass(frozen=True)
class CountyFigures:
    """All sheets of a year in short."""

    subjects: int
    totals: SpreadShown | None
    grades: tuple[BandCount, ...]


@dataclass(frozen=True)
class TrendYear:
    """A year. ``run_no``: the published run it is taken from, empty where it is computed, as known at ``known_at``;
    ``county``: ``None`` for clerks."""

    year: int
    run_no: str
    known_at: int
    county: CountyFigures | None


@dataclass(frozen=True)
class TrendTotal:
    """A total with two decimals and its grade."""

    points: str
    grade: str
    grade_name: Text


@dataclass(frozen=True)
class TrendRow:
    """A pairing of a unit and a village: its total in each of the years, ``None`` where it was not assessed; ``change``: what
    it gained from the year before the last to the last."""

    course: str
    branch: str
    unit_name: str
    village: str
    village_name: str
    totals: tuple[TrendTotal | None, ...]
    change: str | None


@dataclass(frozen=True)
class TrendShown:
    """The years, the oldest first, and the courses through them; ``indicators``: none for clerks. ``next``: what to state as
    ``after`` for the rows that follow.
    """

    years: tuple[TrendYear, ...]
    indicators: tuple[IndicatorShares, ...]
    rows: tuple[TrendRow, ...]
    next: str | None


@question("/trend")
def show_trend(asker: Asker, *, q: OptionalLine, after: After | None, limit: Limit | None) -> TrendShown:
    """Every year with pairings and a scheme, from its run published last, else as computed; a clerk sees the own courses."""
    names = Names(asker.connection, asker.known_at)
    units, villages = names.units(None), names.villages(None)
    found = list(_years(asker))
    labels = {band.id: band.label for scheme, _ in found for band in scheme.bands}

    def total(of: tuple[int, str] | None) -> TrendTotal | None:
        return None if of is None else TrendTotal(two_decimals(of[0]), of[1], labels.get(of[1], NOT_GRADED))

    rows = (
        TrendRow(
            course=f"{each.branch} {each.village}",
            branch=each.branch,
            unit_name=units.get(each.branch, each.branch),
            village=each.village,
            village_name=villages.get(each.village, each.village),
            totals=tuple(map(total, each.totals)),
            change=None if each.change is None else two_decimals(each.change),
        )
        for each in trend.courses([year for _, year in found])
        if asker.sees(Owner(each.branch, each.village)) and names.matches(q, each.village, each.branch)
    )
    listed = Listing.placed(rows, lambda row: (row.course,), after, limit)
    shown = tuple(
        TrendYear(
            year=each.year,
            run_no=each.run_no,
            known_at=each.known_at,
            county=_county(each, labels) if asker.sees_all else None,
        )
        for _, each in found
    )
    shares = _shares(found) if asker.sees_all else ()
    return TrendShown(shown, tuple(shares), listed.rows, listed.next)


def _shares(found: Sequence[tuple[Scheme, trend.Year]]) -> Iterator[IndicatorShares]:
    names = {each.code: each.title for scheme, _ in found for each in scheme.indicators}
    for code in sorted({code for _, year in found for code in year.shares}):
        of = [year.shares.get(code) for _, year in found]
        yield IndicatorShares(
            code, names[code], tuple(None if share is None else half_up(share) for share in of)
        )


def _county(of: trend.Year, labels: Mapping[str, Text]) -> CountyFigures:
    return CountyFigures(
        subjects=of.subjects,
        totals=spread_shown(of.spread),
        grades=tuple(BandCount(grade, name, of.grades.get(grade, 0)) for grade, name in labels.items()),
    )


def _years(asker: Asker) -> Iterator[tuple[Scheme, trend.Year]]:
    connection, at, scoring = asker.connection, asker.known_at, asker.look.system.scoring
    for year in reversed(years(connection, at, asker.look.today().year)):
        run = published_last(runs_of_year(connection, year, at))
        if run is not None:
            public = run_results(scoring, connection, run.run_id, at)
            results = [each.result for each in public.graded]
            stand = {each.result.pairing: each.grade for each in public.graded if each.adjusted}
            yield public.scheme, trend.year_of(public.scheme, results, run.at_position, run.run_no, stand)
            continue
        try:
            scheme = scoring.scheme(connection, year, at)
        except Unknown:
            continue
        yield scheme, trend.year_of(scheme, scoring.results(connection, year, at), at)
