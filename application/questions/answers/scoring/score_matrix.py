"""All sheets of a year beside one another: every line of them, and how each indicator is spread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from application.actors.actor import OFFICES
from application.input.keyset import After, Place
from application.input.reading import Fault, FaultCode, Malformed
from application.question import Asker, Limit, Listing, question
from application.questions.appeal_lookups import OptionalCode
from domain.assessment.scheme.points import half_up, number, two_decimals
from domain.assessment.scheme.scheme import Group, Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.sheet import Line
from domain.kernel.values import OptionalLine, Year
from projections.boards.registry.names import Names
from projections.figures.overview import pairing_rows
from projections.scores.indicator_health import Ailment, Health, indicator_health
from projections.scores.scores import Result
from projections.scores.spread import Spread, spread


@dataclass(frozen=True)
class SpreadShown:
    """How the points of ``n`` are spread: quartiles and mean with two decimals; ``bins``: how many lie in each tenth of the
    range up to ``most``."""

    n: int
    least: str
    lower: str
    median: str
    upper: str
    greatest: str
    mean: str
    most: str
    bins: tuple[int, ...]


@dataclass(frozen=True)
class IndicatorHealth:
    """Whether an indicator tells pairings apart, over ``n`` sheets: on how many it applied, had full marks (``None`` without a
    maximum), had nothing. ``share``: of its maximum, on the mean, in percent."""

    indicator: str
    title: Text
    most: str | None
    n: int
    applied: int
    full: int | None
    nothing: int
    share: int | None
    spread: SpreadShown | None
    ailments: tuple[Ailment, ...]


@dataclass(frozen=True)
class MatrixCell:
    """A line. ``points``: with two decimals, ``None`` where it does not apply; how they came about, the sheet says. ``lost``: how
    much of the maximum was lost, as ``degree_lost`` says; ``None`` where it has none, or comes on top of it."""

    indicator: str
    points: str | None
    lost: int | None


@dataclass(frozen=True)
class MatrixRow:
    """A sheet, with a cell for each indicator of the scheme, in its order; ``None`` where it has no such line."""

    pairing_id: str
    branch: str
    unit_name: str
    village: str
    village_name: str
    total: str
    grade: str
    grade_name: Text
    cells: tuple[MatrixCell | None, ...]


@dataclass(frozen=True)
class Band:
    """A grade of the scheme."""

    grade: str
    name: Text


@dataclass(frozen=True)
class ScoreMatrix:
    """The sheets of a year as computed. ``assessed``, ``totals`` and ``health``: over all of them; ``rows``: those asked for;
    ``next``: what to state as ``after`` for those that follow."""

    year: int
    assessed: int
    grades: tuple[Band, ...]
    totals: SpreadShown | None
    health: tuple[IndicatorHealth, ...]
    rows: tuple[MatrixRow, ...]
    next: str | None


@question("/score-matrix", OFFICES)
def show_matrix(
    asker: Asker,
    *,
    year: Year,
    q: OptionalLine,
    grade: OptionalCode,
    sort: OptionalCode,
    after: After | None,
    limit: Limit | None,
) -> ScoreMatrix:
    """Every line of every sheet, by total, the best first, or by the points of the indicator ``sort``, the lowest first."""
    connection, at = asker.connection, asker.known_at
    scheme = asker.look.system.scoring.scheme(connection, year, at)
    results = asker.look.system.scoring.results(connection, year, at)
    names = Names(connection, at)
    paired = {row.pairing_id: row for row in pairing_rows(connection, year, at, names)}
    found = (
        (each, row)
        for each in results
        if (not grade or each.grade.grade == grade)
        and (row := paired.get(each.pairing)) is not None
        and names.matches(q, row.village, row.branch)
    )
    place = _order(scheme, results, sort)
    listed = Listing.placed(found, lambda of: place(of[0]), after, limit)
    rows = tuple(
        MatrixRow(
            pairing_id=each.pairing,
            branch=each.branch,
            unit_name=row.unit_name,
            village=each.village,
            village_name=row.name,
            total=two_decimals(each.sheet.total),
            grade=each.grade.grade,
            grade_name=each.grade.label,
            cells=_cells(scheme, each),
        )
        for each, row in listed.rows
    )
    return ScoreMatrix(
        year=year,
        assessed=len(results),
        grades=tuple(Band(each.id, each.label) for each in scheme.bands),
        totals=spread_shown(spread([each.sheet.total for each in results])),
        health=tuple(map(_health, indicator_health(scheme, results))),
        rows=rows,
        next=listed.next,
    )


def _order(scheme: Scheme, results: Sequence[Result], by: str) -> Callable[[Result], Place]:
    if by in ("", "total"):
        return lambda r: (-r.sheet.total, r.pairing)
    codes = [each.code for each in scheme.indicators]
    if by not in codes:
        said = (
            f"没有指标 “{by}”，可按 total、{'、'.join(codes)} 排列",
            f"no indicator “{by}”; sort by total, {', '.join(codes)}",
        )
        raise Malformed({"sort": Fault(FaultCode.NOT_THERE, *said)})
    found = {
        r.pairing: next((line.final for line in r.sheet.lines if line.indicator.code == by), None)
        for r in results
    }
    return lambda r: (found[r.pairing] is None, found[r.pairing] or 0, r.pairing)


def _cells(scheme: Scheme, result: Result) -> tuple[MatrixCell | None, ...]:
    groups = {each.group.code: each.group for each in result.sheet.groups}
    cells = {line.indicator.code: _cell(line, groups[line.indicator.group]) for line in result.sheet.lines}
    return tuple(cells.get(each.code) for each in scheme.indicators)


def _cell(line: Line, group: Group) -> MatrixCell:
    lost = None
    if line.final is None or group.bonus:
        pass
    elif group.sign < 0:
        lost = degree_lost(line.final)
    elif line.most:
        lost = degree_lost(1 - Fraction(line.final, 100) / line.most)
    points = None if line.final is None else two_decimals(line.final)
    return MatrixCell(line.indicator.code, points, lost)


def degree_lost(share: Fraction | float) -> int:
    """How much of a maximum was lost, from 0, nothing of it, to 4, all of it; in between by thirds."""
    if share <= 0:
        return 0
    return 4 if share >= 1 else int(share * 3) + 1


def _health(each: Health) -> IndicatorHealth:
    most = each.indicator.most
    return IndicatorHealth(
        indicator=each.indicator.code,
        title=each.indicator.title,
        most=None if most is None else number(most),
        n=each.n,
        applied=each.applied,
        full=None if most is None else each.full,
        nothing=each.nothing,
        share=None if each.share is None else half_up(each.share),
        spread=spread_shown(each.spread),
        ailments=each.ailments,
    )


def spread_shown(found: Spread | None) -> SpreadShown | None:
    """A spread of hundredths as it goes out."""
    if found is None:
        return None
    quartiles = ("least", "lower", "median", "upper", "greatest", "mean", "most")
    said = {name: two_decimals(half_up(Fraction(getattr(found, name)) / 100)) for name in quartiles}
    return SpreadShown(n=found.n, bins=found.bins, **said)
