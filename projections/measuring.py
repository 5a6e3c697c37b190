"""Measures compiled to SQL: what the engine counts for every pairing, and the facts behind a figure.

A scheme becomes one statement, compiled once; a county or one pairing is measured by the same statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, union_all
from sqlalchemy.sql.selectable import CompoundSelect

from domain.assessment.measured import (
    Amount,
    Day,
    Mean,
    Measured,
    Place,
    Ratings,
    Share,
    Stated,
    Survey,
    Tally,
)
from domain.assessment.measures import SURVEY_TOTALS, Measure, MeasureKind
from domain.assessment.scheme import Scheme
from projections.calendar_sql import bits
from projections.fact_filter import Filters, Scope
from projections.measuring_kinds import COUNTED, Compiler, Compiling
from projections.measuring_spans import SPANS
from projections.measuring_stated import STATED

NOW = 2**62
"""A position beyond every log."""

Rows = list[tuple[str, int, int]]
"""(level, n, m) of one pairing and part."""


def measure_all(
    connection: Connection,
    scheme: Scheme,
    known_at: int | None = None,
    pairings: Collection[str] | None = None,
    excluding: Collection[int] = (),
    cut_off_at: int | None = None,
) -> dict[str, dict[str, Measured]]:
    """Pairing to the id of a part or a veto to the value measured, as known at a position (``None``: now).

    Parts without any fact are left out. ``excluding`` sets the facts of these positions aside (what if). What was entered
    after ``cut_off_at``, a position, does not count (``None``: no cut-off), except for what assessors and appeals state.
    """
    statement = _statement(scheme, Scope(pairings is not None, bool(excluding), cut_off_at is not None))
    found: dict[str, dict[str, Rows]] = defaultdict(lambda: defaultdict(list))
    rows = connection.execute(statement, bound(known_at, pairings, excluding, cut_off_at)).all()
    for part, pairing, level, n, m in rows:
        found[pairing][part].append((level, n, m))
    readers = {part.id: _reader(part.measure) for part in scheme.parts}
    readers |= {veto.id: _reader(Measure(MeasureKind.COUNT, veto.facts)) for veto in scheme.vetoes}
    return {
        pairing: {part: readers[part](rows) for part, rows in parts.items()}
        for pairing, parts in found.items()
    }


def bound(
    known_at: int | None,
    pairings: Collection[str] | None,
    excluding: Collection[int],
    cut_off_at: int | None = None,
) -> dict[str, Any]:
    """The values a statement of this module is executed with."""
    values: dict[str, Any] = {"known_at": NOW if known_at is None else known_at}
    if pairings is not None:
        values["pairings"] = pairings
    if excluding:
        values["excluding"] = sorted(excluding)
    if cut_off_at is not None:
        values["cut_off_at"] = cut_off_at
    return values


@lru_cache(maxsize=32)
def _statement(scheme: Scheme, scope: Scope) -> CompoundSelect[Any]:
    """Rows (part, pairing, level, n, m) of all measures."""
    filters = Filters(scheme, scope)
    selects: list[Select[Any]] = []
    for part in scheme.parts:
        selects.append(_COMPILERS[part.measure.kind](Compiling(scheme, filters, part.id, part.measure)))
    for veto in scheme.vetoes:
        counting = Measure(MeasureKind.COUNT, veto.facts)
        selects.append(_COMPILERS[counting.kind](Compiling(scheme, filters, veto.id, counting)))
    return union_all(*selects)


_COMPILERS: Mapping[MeasureKind, Compiler] = {**COUNTED, **SPANS, **STATED}


def _reader(measure: Measure) -> Callable[[Rows], Measured]:
    """From the rows of one pairing to the measured value."""
    levels = measure.facts.levels

    def in_order(row: tuple[str, int, int]) -> tuple[int, str]:
        return (levels.index(row[0]) if levels else 0, row[0])

    match measure.kind:
        case MeasureKind.COUNT | MeasureKind.SUM:
            return lambda rows: Amount(rows[0][1])
        case MeasureKind.MONTHS | MeasureKind.QUARTERS:
            return lambda rows: _which(rows[0][1])
        case MeasureKind.EARLIEST:
            return lambda rows: Day(date.fromordinal(rows[0][1]))
        case MeasureKind.DAYS_COVERED | MeasureKind.SHARE | MeasureKind.CADENCE:
            return lambda rows: Share(rows[0][1], rows[0][2])
        case MeasureKind.MEAN:
            return lambda rows: Mean(rows[0][1], rows[0][2])
        case MeasureKind.TALLY | MeasureKind.TALLY_OF_HIGHEST:
            return lambda rows: Tally(tuple((level, n) for level, n, _ in sorted(rows, key=in_order)))
        case MeasureKind.STATED:
            return lambda rows: Stated(rows[0][1])
        case MeasureKind.RANK | MeasureKind.PLACED:
            return lambda rows: Place(rows[0][1], rows[0][2] or 0)
        case MeasureKind.RATINGS:
            return lambda rows: Ratings(tuple(sorted(rows, key=in_order)))
        case MeasureKind.SURVEY:
            return lambda rows: _survey(rows, in_order)


def _survey(rows: Rows, in_order: Callable[[tuple[str, int, int]], tuple[int, str]]) -> Survey:
    whole = {what: n for _, n, what in rows if what < len(SURVEY_TOTALS)}
    options = sorted((row for row in rows if row[2] == len(SURVEY_TOTALS)), key=in_order)
    issued, returned, valid = (whole.get(what, 0) for what in range(len(SURVEY_TOTALS)))
    return Survey(issued, returned, valid, tuple((level, n) for level, n, _ in options))


def _which(mask: int) -> Amount:
    which = bits(mask)
    return Amount(len(which), which)
