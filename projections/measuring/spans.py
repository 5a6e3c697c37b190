"""Measures over the days on which a pairing was paired."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    func,
    literal,
    select,
    union_all,
)

from domain.assessment.scheme.measures import FactFilter, MeasureKind, Period, Window
from domain.assessment.scheme.scheme import Scheme
from projections.facts.fact_filter import Filters, Scope
from projections.facts.fact_table import facts, overlaps
from projections.measuring.calendar_sql import month_number, ordinal, quarter_number
from projections.measuring.kinds import Compiler, Compiling

PAIRED = FactFilter("paired", Window.ANY_DAY)


def assessed(scheme: Scheme, cut_off: bool) -> ColumnElement[bool]:
    """Facts that pair somebody on at least one day of the year; ``cut_off``: entries after a position are late."""
    return and_(
        Filters(scheme, Scope(cut_off=cut_off)).counted(facts, PAIRED),
        overlaps(facts, scheme.first_day, scheme.last_day),
    )


def judged(c: Compiling) -> tuple[date, date]:
    """The first and last day of the year that the clause judges."""
    only = c.measure.facts
    first, last = c.scheme.first_day, c.scheme.last_day
    return max(first, only.valid_from or first), min(last, only.valid_until or last)


def _days_covered(c: Compiling) -> Select[Any]:
    """n: days paired on which a fact held, m: days paired."""
    p = facts.alias()
    spans = _spans(c, p, [c.filters.counted(p, PAIRED)], _clipped(c, p)).subquery()
    whole = _union_of_days(spans)
    start, end = _clipped(c, c.t)
    p_start, p_end = _clipped(c, p)
    both = (_later(start, p_start), _earlier(end, p_end))
    where = [c.counted(), c.filters.counted(p, PAIRED), p.c.pairing == c.t.c.pairing]
    held = _union_of_days(_spans(c, c.t, where, both).subquery())
    joined = whole.outerjoin(held, whole.c.pairing == held.c.pairing)
    return c.row(whole.c.pairing, func.coalesce(held.c.days, 0), whole.c.days).select_from(joined)


Interval = tuple[ColumnElement[Any], ColumnElement[Any]]


def _clipped(c: Compiling, t: FromClause) -> Interval:
    """First and last day's number within the days judged; the last is before the first when there is none."""
    first, last = (day.toordinal() for day in judged(c))
    end = func.coalesce(ordinal(t.c.until_on), last)
    return _later(ordinal(t.c.occurred_on), literal(first, BigInteger)), _earlier(
        end, literal(last, BigInteger)
    )


def _later(a: ColumnElement[Any], b: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((a > b, a), else_=b)


def _earlier(a: ColumnElement[Any], b: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((a < b, a), else_=b)


def _spans(
    c: Compiling, t: FromClause, where: Iterable[ColumnElement[bool]], interval: Interval
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


def _cadence(c: Compiling) -> Select[Any]:
    """n: periods due that have enough facts, m: periods due, those with a day on which the pairing was paired."""
    number = month_number if c.measure.every is Period.MONTH else quarter_number
    t, p = c.t, facts.alias()
    nth = number(t.c.occurred_on)
    periods = _periods(c)
    overlap = overlaps(p, periods.c.first, periods.c.last)
    due = (
        select(p.c.pairing, periods.c.nth)
        .select_from(p.join(periods, overlap))
        .where(c.filters.counted(p, PAIRED))
        .distinct()
        .subquery()
    )
    kept = (
        select(t.c.pairing, nth.label("nth"))
        .where(c.counted())
        .group_by(t.c.pairing, nth)
        .having(func.count() >= c.measure.at_least)
        .subquery()
    )
    joined = due.outerjoin(kept, and_(kept.c.pairing == due.c.pairing, kept.c.nth == due.c.nth))
    return (
        c.row(due.c.pairing, func.count(kept.c.nth), func.count()).select_from(joined).group_by(due.c.pairing)
    )


def _periods(c: Compiling) -> FromClause:
    """(nth, first, last): the months or quarters of the days judged, clipped to them."""
    first, last = judged(c)
    length = 1 if c.measure.every is Period.MONTH else 3
    spans = [_period(first.year, nth, length) for nth in range(1, 12 // length + 1)]
    clipped = [(nth, max(a, first), min(b, last)) for nth, a, b in spans]
    within = [(nth, a, b) for nth, a, b in clipped if a <= b]
    # Where none is judged, one that no day falls into.
    within = within or [(0, date.max, date.min)]
    return union_all(
        *(
            select(
                literal(nth, Integer).label("nth"),
                literal(a, Date).label("first"),
                literal(b, Date).label("last"),
            )
            for nth, a, b in within
        )
    ).subquery()


def _period(year: int, nth: int, length: int) -> tuple[int, date, date]:
    """The ``nth`` period of so many months, with its first and last day."""
    next_ = nth * length + 1
    after = date(year, next_, 1) if next_ <= 12 else date(year + 1, 1, 1)
    return nth, date(year, next_ - length, 1), after - timedelta(1)


SPANS: Mapping[MeasureKind, Compiler] = {
    MeasureKind.DAYS_COVERED: _days_covered,
    MeasureKind.CADENCE: _cadence,
}
