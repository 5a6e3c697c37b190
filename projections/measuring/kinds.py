"""What is counted, compiled to SQL: counts, sums, firsts, shares and tallies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
)

from domain.assessment.scheme.measures import Measure, MeasureKind
from domain.assessment.scheme.scheme import Scheme
from projections.facts.fact_filter import Filters
from projections.facts.fact_table import facts
from projections.measuring.calendar_sql import month_bit, ordinal, quarter_bit


class Compiling:
    """One measure on its way to SQL: rows (part, pairing, level, n, m)."""

    def __init__(self, scheme: Scheme, filters: Filters, part: str, measure: Measure) -> None:
        self.scheme = scheme
        self.filters = filters
        self.part = part
        self.measure = measure
        self.t = facts.alias()

    def counted(self) -> ColumnElement[bool]:
        """The fact counts for the measure."""
        return or_(*(self.filters.counted(self.t, each) for each in self.measure.filters))

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
        """One row for each pairing with a fact that counts."""
        return self.row(self.t.c.pairing, n, m).where(self.counted()).group_by(self.t.c.pairing)


Aggregates = Callable[[FromClause], tuple[Any, ...]]

AGGREGATES: Mapping[MeasureKind, Aggregates] = {
    MeasureKind.COUNT: lambda t: (func.count(),),
    MeasureKind.SUM: lambda t: (func.sum(t.c.quantity),),
    MeasureKind.MONTHS: lambda t: (func.sum(month_bit(t.c.occurred_on).distinct()),),
    MeasureKind.QUARTERS: lambda t: (func.sum(quarter_bit(t.c.occurred_on).distinct()),),
    MeasureKind.MEAN: lambda t: (func.sum(t.c.quantity), func.count()),
}
"""n, and m where there is one, of the measures that are nothing but aggregates of the facts that count."""


def _aggregated(c: Compiling) -> Select[Any]:
    return c.per_pairing(*AGGREGATES[c.measure.kind](c.t))


def _earliest(c: Compiling) -> Select[Any]:
    return c.per_pairing(ordinal(func.min(c.t.c.occurred_on)))


def _share(c: Compiling) -> Select[Any]:
    met = and_(*(c.filters.exists(c.t, each) for each in c.measure.met))
    reference = c.t.c.reference
    return c.per_pairing(func.count(case((met, reference)).distinct()), func.count(reference.distinct()))


def _tally(c: Compiling) -> Select[Any]:
    t = c.t
    return (
        c.row(t.c.pairing, func.count(), level=t.c.level).where(c.counted()).group_by(t.c.pairing, t.c.level)
    )


def _tally_of_highest(c: Compiling) -> Select[Any]:
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


Compiler = Callable[[Compiling], Select[Any]]

COUNTED: Mapping[MeasureKind, Compiler] = {
    **dict.fromkeys(AGGREGATES, _aggregated),
    MeasureKind.EARLIEST: _earliest,
    MeasureKind.SHARE: _share,
    MeasureKind.TALLY: _tally,
    MeasureKind.TALLY_OF_HIGHEST: _tally_of_highest,
}
