"""Measures compiled to SQL: what the engine counts for every pairing, and the facts behind a figure.

A scheme becomes one statement, compiled once; a county or one pairing is measured by the same statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.sql.selectable import CompoundSelect

from domain.assessment.measured import Amount, Day, Mean, Measured, Share, Tally
from domain.assessment.measures import FactFilter, Measure, MeasureKind
from domain.assessment.scheme import Scheme
from projections.calendar_sql import bits, month_bit, ordinal, quarter_bit
from projections.fact_filter import Filters, Scope
from projections.fact_table import facts

NOW = 2**62
"""A position beyond every log."""

Counted = Select[Any]
Rows = list[tuple[str, int, int]]
"""(level, n, m) of one pairing and part."""


def measure_all(
    connection: Connection,
    scheme: Scheme,
    known_at: int | None = None,
    pairings: Collection[str] | None = None,
    excluding: Collection[int] = (),
) -> dict[str, dict[str, Measured]]:
    """Pairing to the id of a part or a veto to the value measured, as known at a position (``None``: now).

    Parts without any fact are left out. ``excluding`` sets the facts of these positions aside (what if).
    """
    statement = _statement(scheme, Scope(pairings is not None, bool(excluding)))
    found: dict[str, dict[str, Rows]] = defaultdict(lambda: defaultdict(list))
    rows = connection.execute(statement, bound(known_at, pairings, excluding)).all()
    for part, pairing, level, n, m in rows:
        found[pairing][part].append((level, n, m))
    readers = {part.id: _reader(part.measure) for part in scheme.parts}
    readers |= {veto.id: _reader(Measure(MeasureKind.COUNT, veto.facts)) for veto in scheme.vetoes}
    return {
        pairing: {part: readers[part](rows) for part, rows in parts.items()}
        for pairing, parts in found.items()
    }


def bound(
    known_at: int | None, pairings: Collection[str] | None, excluding: Collection[int]
) -> dict[str, Any]:
    """The values a statement of this module is executed with."""
    values: dict[str, Any] = {"known_at": NOW if known_at is None else known_at}
    if pairings is not None:
        values["pairings"] = sorted(pairings)
    if excluding:
        values["excluding"] = sorted(excluding)
    return values


@lru_cache(maxsize=32)
def _statement(scheme: Scheme, scope: Scope) -> CompoundSelect[Any]:
    """Rows (part, pairing, level, n, m) of all measures."""
    filters = Filters(scheme, scope)
    selects: list[Select[Any]] = []
    for part in scheme.parts:
        selects.append(_COMPILERS[part.measure.kind](_Compiling(scheme, filters, part.id, part.measure)))
    for veto in scheme.vetoes:
        selects.append(_count(_Compiling(scheme, filters, veto.id, Measure(MeasureKind.COUNT, veto.facts))))
    return union_all(*selects)


class _Compiling:
    """One measure on its way to SQL."""

    def __init__(self, scheme: Scheme, filters: Filters, part: str, measure: Measure) -> None:
        self.scheme = scheme
        self.filters = filters
        self.part = part
        self.measure = measure
        self.t = facts.alias()

    def counted(self) -> ColumnElement[bool]:
        return self.filters.counted(self.t, self.measure.facts)

    def row(self, pairing: Any, n: Any, m: Any = None, level: Any = None) -> Select[Any]:
        """The shape all measures share, so that they go into one statement."""
        return select(
            literal(self.part, String).label("part"),
            pairing.label("pairing"),
            (cast(null(), String) if level is None else level).label("level"),
            cast(n, BigInteger).label("n"),
            (cast(null(), BigInteger) if m is None else cast(m, BigInteger)).label("m"),
        )

    def per_pairing(self, n: Any, m: Any = None) -> Select[Any]:
        return self.row(self.t.c.pairing, n, m).where(self.counted()).group_by(self.t.c.pairing)


def _count(c: _Compiling) -> Select[Any]:
    return c.per_pairing(func.count())


def _sum(c: _Compiling) -> Select[Any]:
    return c.per_pairing(func.sum(c.t.c.quantity))


def _months(c: _Compiling) -> Select[Any]:
    return c.per_pairing(func.sum(month_bit(c.t.c.occurred_on).distinct()))


def _quarters(c: _Compiling) -> Select[Any]:
    return c.per_pairing(func.sum(quarter_bit(c.t.c.occurred_on).distinct()))


def _earliest(c: _Compiling) -> Select[Any]:
    return c.per_pairing(ordinal(func.min(c.t.c.occurred_on)))


def _mean(c: _Compiling) -> Select[Any]:
    return c.per_pairing(func.sum(c.t.c.quantity), func.count())


def _share(c: _Compiling) -> Select[Any]:
    met = and_(*(c.filters.exists(c.t, each) for each in c.measure.met))
    reference = c.t.c.reference
    return c.per_pairing(func.count(case((met, reference)).distinct()), func.count(reference.distinct()))


def _tally(c: _Compiling) -> Select[Any]:
    t = c.t
    return (
        c.row(t.c.pairing, func.count(), level=t.c.level).where(c.counted()).group_by(t.c.pairing, t.c.level)
    )


def _tally_of_highest(c: _Compiling) -> Select[Any]:
    levels = c.measure.facts.levels
    height = case({level: n for n, level in enumerate(levels)}, value=c.t.c.level)
    each = (
        select(c.t.c.pairing, func.max(height).label("height"))
        .where(c.counted())
        .group_by(c.t.c.pairing, c.t.c.reference)
        .subquery()
    )
    level = case(dict(enumerate(levels)), value=each.c.height)
    return c.row(each.c.pairing, func.count(), level=cast(level, String)).group_by(
        each.c.pairing, each.c.height
    )


def _days_covered(c: _Compiling) -> Select[Any]:
    """n: days paired on which a fact held, m: days paired."""
    paired = FactFilter("paired", c.measure.facts.window)
    p = facts.alias()
    spans = _spans(c, p, [c.filters.counted(p, paired)], _clipped(c, p)).subquery()
    whole = _union_of_days(spans)
    start, end = _clipped(c, c.t)
    p_start, p_end = _clipped(c, p)
    both = (_later(start, p_start), _earlier(end, p_end))
    where = [c.counted(), c.filters.counted(p, paired), p.c.pairing == c.t.c.pairing]
    held = _union_of_days(_spans(c, c.t, where, both).subquery())
    joined = whole.outerjoin(held, whole.c.pairing == held.c.pairing)
    return c.row(whole.c.pairing, func.coalesce(held.c.days, 0), whole.c.days).select_from(joined)


Interval = tuple[ColumnElement[Any], ColumnElement[Any]]


def _clipped(c: _Compiling, t: FromClause) -> Interval:
    """First and last day's number within the year; the last is before the first when there is none."""
    first, last = c.scheme.first_day.toordinal(), c.scheme.last_day.toordinal()
    end = func.coalesce(ordinal(t.c.until_on), last)
    return _later(ordinal(t.c.occurred_on), literal(first, BigInteger)), _earlier(
        end, literal(last, BigInteger)
    )


def _later(a: ColumnElement[Any], b: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((a > b, a), else_=b)


def _earlier(a: ColumnElement[Any], b: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((a < b, a), else_=b)


def _spans(
    c: _Compiling, t: FromClause, where: Iterable[ColumnElement[bool]], interval: Interval
) -> Select[Any]:
    start, end = interval
    return select(t.c.pairing, start.label("first"), end.label("last")).where(*where, start <= end)


def _union_of_days(spans: FromClause) -> FromClause:
    """(pairing, days): a day in several spans counts once.

    Each span adds only the days after the latest end among the spans that began before it.
    """
    reached = func.max(spans.c.last).over(
        partition_by=spans.c.pairing, order_by=(spans.c.first, spans.c.last), rows=(None, -1)
    )
    rows = select(spans.c.pairing, spans.c.first, spans.c.last, reached.label("reached")).subquery()
    first = _later(rows.c.first, func.coalesce(rows.c.reached + 1, rows.c.first))
    added = case((rows.c.last >= first, rows.c.last - first + 1), else_=0)
    return select(rows.c.pairing, func.sum(added).label("days")).group_by(rows.c.pairing).subquery()


_COMPILERS: Mapping[MeasureKind, Callable[[_Compiling], Select[Any]]] = {
    MeasureKind.COUNT: _count,
    MeasureKind.SUM: _sum,
    MeasureKind.MONTHS: _months,
    MeasureKind.QUARTERS: _quarters,
    MeasureKind.EARLIEST: _earliest,
    MeasureKind.DAYS_COVERED: _days_covered,
    MeasureKind.SHARE: _share,
    MeasureKind.MEAN: _mean,
    MeasureKind.TALLY: _tally,
    MeasureKind.TALLY_OF_HIGHEST: _tally_of_highest,
}


def _reader(measure: Measure) -> Callable[[Rows], Measured]:
    """From the rows of one pairing to the measured value."""
    match measure.kind:
        case MeasureKind.COUNT | MeasureKind.SUM:
            return lambda rows: Amount(rows[0][1])
        case MeasureKind.MONTHS | MeasureKind.QUARTERS:
            return lambda rows: _which(rows[0][1])
        case MeasureKind.EARLIEST:
            return lambda rows: Day(date.fromordinal(rows[0][1]))
        case MeasureKind.DAYS_COVERED | MeasureKind.SHARE:
            return lambda rows: Share(rows[0][1], rows[0][2])
        case MeasureKind.MEAN:
            return lambda rows: Mean(rows[0][1], rows[0][2])
        case MeasureKind.TALLY | MeasureKind.TALLY_OF_HIGHEST:
            levels = measure.facts.levels
            return lambda rows: Tally(
                tuple(sorted(((level, n) for level, n, _ in rows), key=lambda row: levels.index(row[0])))
            )


def _which(mask: int) -> Amount:
    which = bits(mask)
    return Amount(len(which), which)
