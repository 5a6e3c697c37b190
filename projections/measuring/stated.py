"""What was stated for an indicator, and places among all pairings, compiled to SQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, case, func, select

from domain.assessment.scheme.measures import SURVEY_TOTALS, MeasureKind, RankedBy
from projections.facts.fact_table import facts, overlaps
from projections.measuring.kinds import Compiler, Compiling
from projections.measuring.spans import PAIRED


def _rank(c: Compiling) -> Select[Any]:
    """n: the place among all assessed, also when few are measured; m: how many are assessed."""
    everywhere, t, p = c.filters.everywhere, c.t, facts.alias()
    assessed = (
        select(p.c.pairing)
        .where(
            everywhere.counted(p, PAIRED),
            overlaps(p, c.scheme.first_day, c.scheme.last_day),
        )
        .distinct()
    )
    total = func.count() if c.measure.by is RankedBy.COUNT else func.sum(t.c.quantity)
    totals = (
        select(t.c.pairing, total.label("total"))
        .where(everywhere.counted(t, c.measure.facts), t.c.pairing.in_(assessed))
        .group_by(t.c.pairing)
        .subquery()
    )
    # RANK is the competition ranking: those who tie share the better place, and the next ones are as many places down.
    place = func.rank().over(order_by=totals.c.total.desc())
    ranked = select(totals.c.pairing, place.label("place")).subquery()
    among = select(func.count()).select_from(assessed.subquery()).scalar_subquery()
    return c.row(ranked.c.pairing, ranked.c.place, among).where(c.filters.within(ranked.c.pairing))


def _latest(c: Compiling) -> Select[Any]:
    """n: the quantity of the fact of the latest day, and of those the one recorded last."""
    t = c.t
    newest = (t.c.occurred_on.desc(), t.c.position.desc(), t.c.seq.desc())
    nth = func.row_number().over(partition_by=t.c.pairing, order_by=newest)
    each = select(t.c.pairing, t.c.quantity, nth.label("nth")).where(c.counted()).subquery()
    return c.row(each.c.pairing, each.c.quantity).where(each.c.nth == 1)


def _ratings(c: Compiling) -> Select[Any]:
    """For each group, n: the sum of its ballots, m: how many."""
    t = c.t
    by_group = c.row(t.c.pairing, func.sum(t.c.quantity), func.count(), level=t.c.level)
    return by_group.where(c.counted()).group_by(t.c.pairing, t.c.level)


def _survey(c: Compiling) -> Select[Any]:
    """n: how many in all batches, m: what they are, the place in ``SURVEY_TOTALS``, beyond them the option ``level``."""
    t = c.t
    what = case({kind: n for n, kind in enumerate(SURVEY_TOTALS)}, value=t.c.kind, else_=len(SURVEY_TOTALS))
    sums = c.row(t.c.pairing, func.sum(t.c.quantity), what, level=t.c.level)
    return sums.where(c.counted()).group_by(t.c.pairing, t.c.kind, t.c.level)


STATED: Mapping[MeasureKind, Compiler] = {
    MeasureKind.RANK: _rank,
    MeasureKind.STATED: _latest,
    MeasureKind.PLACED: _latest,
    MeasureKind.RATINGS: _ratings,
    MeasureKind.SURVEY: _survey,
}
