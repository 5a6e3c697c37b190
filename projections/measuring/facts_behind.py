"""The facts behind a figure: those that counted, and those that did not, each with its reason.

One statement gives the verdicts for many pairings and indicators at once, another their facts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    SelectBase,
    bindparam,
    case,
    literal,
    select,
    union_all,
)
from sqlalchemy.sql.selectable import CompoundSelect

from domain.assessment.scheme.measures import Measure, MeasureKind
from domain.assessment.scheme.scheme import Scheme
from projections.facts.fact_filter import KNOWN_AT, PAIRINGS, Filters, Scope
from projections.facts.fact_table import facts
from projections.kit.memory import ask_ahead
from projections.kit.one_of import Texts, one_of
from projections.measuring.measuring import bound, statements
from projections.measuring.spans import PAIRED, SPANS, assessed

COUNTS = 0
"""The verdict of a fact that counts; others number the reasons in the order of asking."""
AT_ONCE = 200
"""So many pairings are listed by one statement: a county at once, and a nation without holding it in memory."""


class FactRow(NamedTuple):
    """One fact as it stands in the table of facts."""

    position: int
    seq: int
    pairing: str
    branch: str
    village: str
    kind: str
    type: str
    level: str
    occurred_on: date
    until_on: date | None
    reported_on: date | None
    recorded_at: datetime
    quantity: int
    reference: str
    year: int | None
    began_at: int
    retracted_at: int | None


Key = tuple[int, int]
"""Position and seq of a fact."""
Used = list[FactRow]
Excluded = list[tuple[FactRow, str]]
Behind = tuple[Used, Excluded]
"""Facts that counted, and facts left out with a code of ``fact_filter.REASONS``, both by day."""


def facts_behind(
    connection: Connection,
    scheme: Scheme,
    indicator: str,
    pairing: str,
    known_at: int | None = None,
    excluding: Collection[int] = (),
    cut_off_at: int | None = None,
) -> Behind:
    """The facts one indicator's figure rests on, and those left out. Raises ``KeyError`` for no such indicator."""
    scheme.indicator(indicator)
    asked = _behind(connection, scheme, indicator, [pairing], known_at, excluding, cut_off_at)
    return asked[pairing][indicator]


def facts_behind_sheet(
    connection: Connection,
    scheme: Scheme,
    pairing: str,
    known_at: int | None = None,
    excluding: Collection[int] = (),
    cut_off_at: int | None = None,
) -> dict[str, Behind]:
    """The same for every indicator's code, and for every veto's id, of one pairing."""
    return _behind(connection, scheme, None, [pairing], known_at, excluding, cut_off_at)[pairing]


def behind_ahead(
    connection: Connection,
    scheme: Scheme,
    indicator: str | None,
    pairing: str,
    known_at: int | None,
    cut_off_at: int | None,
    *beside: SelectBase,
) -> None:
    """Read together what says what a pairing's lines are worth, the facts behind one or all of them, and what else is needed."""
    asked, verdicts = _statement(scheme, indicator, Scope(True, False, cut_off_at is not None))
    values = bound(known_at, [pairing], (), cut_off_at) | {"kinds": {each.fact for each in asked}}
    measured = statements(scheme, [pairing], (), cut_off_at)
    ask_ahead(connection, _FACTS, verdicts, *measured, *beside, values=values)


def facts_behind_all(
    connection: Connection,
    scheme: Scheme,
    known_at: int | None = None,
    pairings: Collection[str] | None = None,
    excluding: Collection[int] = (),
    cut_off_at: int | None = None,
) -> Iterator[tuple[str, dict[str, Behind]]]:
    """(pairing, what ``facts_behind_sheet`` says of it) by pairing id; ``pairings``: ``None`` for all assessed.

    Reads as it is consumed, some pairings at a time.
    """
    if pairings is None:
        found = select(facts.c.pairing).distinct().where(assessed(scheme, cut_off_at is not None))
        pairings = connection.scalars(found, bound(known_at, None, (), cut_off_at)).all()
    names = sorted(pairings)
    for first in range(0, len(names), AT_ONCE):
        some = names[first : first + AT_ONCE]
        yield from _behind(connection, scheme, None, some, known_at, excluding, cut_off_at).items()


def _behind(
    connection: Connection,
    scheme: Scheme,
    indicator: str | None,
    pairings: Sequence[str],
    known_at: int | None,
    excluding: Collection[int],
    cut_off_at: int | None,
) -> dict[str, dict[str, Behind]]:
    asked, verdicts = _statement(scheme, indicator, Scope(True, bool(excluding), cut_off_at is not None))
    values = bound(known_at, pairings, excluding, cut_off_at) | {"kinds": {each.fact for each in asked}}
    ask_ahead(connection, _FACTS, verdicts, values=values)
    rows = {
        (row.position, row.seq): row for row in map(FactRow._make, connection.execute(_FACTS, values).all())
    }
    given: dict[int, dict[Key, int]] = defaultdict(dict)
    for n, position, seq, verdict in connection.execute(verdicts, values).all():
        of = given[n]
        before = of.get((position, seq))
        # Belonging to several it may stand better with one of them: what counts, counts; else what came furthest.
        if before is None or verdict == COUNTS or (before != COUNTS and verdict > before):
            of[position, seq] = verdict
    found: dict[str, dict[str, Behind]] = {
        pairing: {each.code: ([], []) for each in asked} for pairing in pairings
    }
    judged: dict[str, dict[Key, str]] = defaultdict(dict)
    for n, each in enumerate(asked):
        reasons = {key: each.reasons[verdict] for key, verdict in given[n].items()}
        if each.kind is MeasureKind.TALLY_OF_HIGHEST:
            _only_highest(rows, reasons, each.levels)
        if each.kind in (MeasureKind.STATED, MeasureKind.PLACED):
            _only_latest(rows, reasons)
        own = judged[each.code]
        for key, reason in reasons.items():
            # What counts anywhere counts; else the first reason given stands.
            if not reason or key not in own:
                own[key] = reason
    stood = _as_they_stood(connection, rows, scheme.last_day)
    for code, reasons in judged.items():
        told: dict[Key, tuple[FactRow, str]] = {}
        # What counts last, to stay: restated with an end after the year, it is there twice and said once.
        for key in sorted(reasons, key=lambda key: (not reasons[key], key)):
            row = stood.get(key, rows[key])
            told[row.position, row.seq] = row, reasons[key]
        for row, reason in sorted(told.values(), key=lambda each: _by_day(each[0])):
            used, excluded = found[row.pairing][code]
            if reason:
                excluded.append((row, reason))
            else:
                used.append(row)
    return found


def _by_day(row: FactRow) -> tuple[date, int, int]:
    return row.occurred_on, row.position, row.seq


def _as_they_stood(connection: Connection, rows: Mapping[Key, FactRow], last_day: date) -> dict[Key, FactRow]:
    """What lasts and ended after the year, as it stood in it: without an end, stated by the event that began it."""
    later = {
        key: row
        for key, row in rows.items()
        if row.until_on is not None and row.until_on > last_day and row.began_at != row.position
    }
    if not later:
        return {}
    c = facts.c
    began = select(c.position, c.seq, c.reported_on, c.recorded_at).where(
        c.position.in_({row.began_at for row in later.values()})
    )
    first = {(each.position, each.seq): each for each in connection.execute(began)}
    return {
        key: row._replace(until_on=None, **first[row.began_at, row.seq]._mapping)
        for key, row in later.items()
    }


def _only_highest(rows: Mapping[Key, FactRow], reasons: dict[Key, str], levels: tuple[str, ...]) -> None:
    """Of the facts that count, those of one reference below its highest level do not."""
    best: dict[tuple[str, str], int] = {}
    counted = [key for key, reason in reasons.items() if not reason]
    for key in counted:
        of, height = (rows[key].pairing, rows[key].reference), levels.index(rows[key].level)
        best[of] = max(best.get(of, 0), height)
    for key in counted:
        if levels.index(rows[key].level) < best[rows[key].pairing, rows[key].reference]:
            reasons[key] = "counted_at_higher_level"


def _only_latest(rows: Mapping[Key, FactRow], reasons: dict[Key, str]) -> None:
    """Of the facts of a pairing that count, only the one of the latest day, and of those the one recorded last, does."""
    latest: dict[str, tuple[date, Key]] = {}
    counted = [key for key, reason in reasons.items() if not reason]
    for key in counted:
        of, on = rows[key].pairing, (rows[key].occurred_on, key)
        latest[of] = max(latest.get(of, on), on)
    for key in counted:
        if latest[rows[key].pairing] != (rows[key].occurred_on, key):
            reasons[key] = "later_one_counts"


KINDS = bindparam("kinds", type_=Texts)
_FACTS = (
    select(*(facts.c[name] for name in FactRow._fields))
    .where(one_of(facts.c.kind, KINDS), one_of(facts.c.pairing, PAIRINGS), facts.c.position <= KNOWN_AT)
    .order_by(facts.c.occurred_on, facts.c.position, facts.c.seq)
)


@dataclass(frozen=True)
class _FactList:
    """One list of facts, all of the kind ``fact``, that an indicator or a veto looks at. ``reasons``: what its
    verdicts mean, the first being that the fact counts. ``kind``, ``levels``: of the measure that counts these facts;
    ``None`` and empty where it only looks at them.
    """

    code: str
    fact: str
    reasons: tuple[str, ...]
    kind: MeasureKind | None
    levels: tuple[str, ...]


class _Lists:
    """Lists of facts on their way into one statement."""

    def __init__(self) -> None:
        self.asked: list[_FactList] = []
        self.selects: list[Select[Any]] = []

    def add(
        self,
        code: str,
        fact: str,
        t: FromClause,
        conditions: Iterable[tuple[str, ColumnElement[bool]]],
        *where: ColumnElement[bool],
        kind: MeasureKind | None = None,
        levels: tuple[str, ...] = (),
    ) -> None:
        """Facts ``t`` with the first of the conditions that does not hold; null does not hold."""
        reasons, held = zip(*conditions, strict=True)
        verdict: ColumnElement[int] = literal(COUNTS, Integer)
        for n in range(len(held), 0, -1):
            verdict = case((held[n - 1], verdict), else_=literal(n, Integer))
        number = literal(len(self.asked), Integer).label("n")
        self.selects.append(select(number, t.c.position, t.c.seq, verdict.label("verdict")).where(*where))
        self.asked.append(_FactList(code, fact, ("", *reasons), kind, levels))


@lru_cache(maxsize=64)
def _statement(
    scheme: Scheme, indicator: str | None, scope: Scope
) -> tuple[tuple[_FactList, ...], CompoundSelect[Any]]:
    """What is asked, and rows (number of the list, position, seq, verdict) for it."""
    filters, lists = Filters(scheme, scope), _Lists()
    for code, measure in _measures(scheme, indicator):
        only = measure.facts
        for each in measure.filters:
            t = facts.alias()
            where = [filters.candidates(t, each.kind, each.types, each.indicator)]
            where.append(filters.of_the_year(t, each))
            if measure.kind is MeasureKind.DAYS_COVERED:
                where.append(filters.lasts_into_the_year(t))
            asking = filters.conditions(t, each)
            lists.add(code, each.kind, t, asking, *where, kind=measure.kind, levels=each.levels)
        if measure.kind in SPANS:
            p = facts.alias()
            where = [filters.candidates(p, PAIRED.kind), filters.lasts_into_the_year(p)]
            lists.add(code, PAIRED.kind, p, filters.conditions(p, PAIRED), *where)
        for condition in (*only.having, *measure.met):
            # Facts a condition looks at, of the needs, projects or findings that count.
            of, m = facts.alias(), facts.alias()
            found = filters.candidates(m, condition.kind, condition.types)
            belonging = (filters.belongs(m, of), filters.counted(of, only))
            lists.add(code, condition.kind, m, filters.condition(m, of, condition), found, *belonging)
    return tuple(lists.asked), union_all(*lists.selects)


def _measures(scheme: Scheme, indicator: str | None) -> Iterator[tuple[str, Measure]]:
    """Each measure with the code of its indicator, or of all indicators and vetoes."""
    for each in scheme.indicators if indicator is None else (scheme.indicator(indicator),):
        for part in each.parts:
            yield each.code, part.measure
    for veto in scheme.vetoes if indicator is None else ():
        yield veto.id, Measure(MeasureKind.COUNT, veto.facts)
