"""Measures compiled to SQL: what the engine counts for every pairing, and the facts behind a figure.

A scheme becomes a few statements, compiled once; a county or one pairing is measured by the same ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, SelectBase, union_all
from sqlalchemy.sql.selectable import CompoundSelect

from domain.assessment.scheme.measured_values import (
    Amount,
    Day,
    Mean,
    Measured,
    Place,
    Ratings,
    Share,
    StatedPoints,
    Survey,
    Tally,
)
from domain.assessment.scheme.measures import SURVEY_TOTALS, Measure, MeasureKind
from domain.assessment.scheme.scheme import Scheme
from projections.facts.fact_filter import Filters, Scope
from projections.kit.memory import ask_ahead
from projections.measuring.calendar_sql import bits
from projections.measuring.kinds import COUNTED, Compiler, Compiling
from projections.measuring.spans import SPANS
from projections.measuring.stated import STATED
from projections.measuring.together import Pass, one_pass, together

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
    compiled = _compiled(scheme, Scope(pairings is not None, bool(excluding), cut_off_at is not None))
    values = bound(known_at, pairings, excluding, cut_off_at)
    ask_ahead(connection, *statements(scheme, pairings, excluding, cut_off_at), values=values)
    found: dict[str, dict[str, Measured]] = defaultdict(dict)
    several: dict[tuple[str, str], Rows] = defaultdict(list)
    for each in compiled.passes:
        for pairing, *counted in connection.execute(each.statement, values).all():
            own, at = found[pairing], 0
            for part, width in each.parts:
                n = counted[at]
                m = counted[at + 1] if width > 1 else 0
                # Nothing of these types: no sum, or a count of none.
                if n is not None and (n or part not in compiled.counts):
                    own[part] = compiled.of_one[part](n, m)
                at += width
    if compiled.rest is not None:
        for part, pairing, level, n, m in connection.execute(compiled.rest, values).all():
            read = compiled.of_one.get(part)
            if read is None:
                several[pairing, part].append((level, n, m))
            else:
                found[pairing][part] = read(n, m)
    for (pairing, part), rows in several.items():
        found[pairing][part] = compiled.of_several[part](rows)
    return dict(found)


def statements(
    scheme: Scheme,
    pairings: Collection[str] | None = None,
    excluding: Collection[int] = (),
    cut_off_at: int | None = None,
) -> list[SelectBase]:
    """What `measure_all` executes, each with the values that are ``bound``."""
    compiled = _compiled(scheme, Scope(pairings is not None, bool(excluding), cut_off_at is not None))
    return [each.statement for each in compiled.passes] + ([] if compiled.rest is None else [compiled.rest])


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


@dataclass(frozen=True)
class _Compilation:
    """``passes`` measure several parts each; ``rest`` gives rows (part, pairing, level, n, m) of all others.

    ``of_one`` and ``of_several`` read what was counted for a part with one row for each pairing, or with several;
    ``counts`` are the parts for which none is nothing found.
    """

    passes: tuple[Pass, ...]
    rest: CompoundSelect[Any] | None
    of_one: Mapping[str, Callable[[int, int], Measured]]
    of_several: Mapping[str, Callable[[Rows], Measured]]
    counts: frozenset[str]


@lru_cache(maxsize=32)
def _compiled(scheme: Scheme, scope: Scope) -> _Compilation:
    """All measures of a scheme, vetoes included."""
    filters = Filters(scheme, scope)
    measures = [(part.id, part.measure) for part in scheme.parts]
    measures += [(veto.id, Measure(MeasureKind.COUNT, veto.facts)) for veto in scheme.vetoes]
    groups = together(measures)
    done = {part for group in groups for part, _ in group}
    rest = [
        _COMPILERS[measure.kind](Compiling(scheme, filters, part, measure))
        for part, measure in measures
        if part not in done
    ]
    return _Compilation(
        tuple(one_pass(filters, group) for group in groups),
        union_all(*rest) if rest else None,
        {part: _OF_ONE[measure.kind] for part, measure in measures if measure.kind in _OF_ONE},
        {part: _of_several(measure) for part, measure in measures if measure.kind not in _OF_ONE},
        frozenset(part for part, measure in measures if measure.kind is MeasureKind.COUNT),
    )


_COMPILERS: Mapping[MeasureKind, Compiler] = {**COUNTED, **SPANS, **STATED}


@lru_cache(maxsize=2**12)
def _which(mask: int, _: int) -> Amount:
    # There are so many sets of months.
    which = bits(mask)
    return Amount(len(which), which)


def _amount(n: int, _: int) -> Amount:
    return Amount(n)


def _place(n: int, m: int) -> Place:
    return Place(n, m or 0)


_OF_ONE: Mapping[MeasureKind, Callable[[int, int], Measured]] = {
    MeasureKind.COUNT: _amount,
    MeasureKind.SUM: _amount,
    MeasureKind.MONTHS: _which,
    MeasureKind.QUARTERS: _which,
    MeasureKind.EARLIEST: lambda n, _: Day(date.fromordinal(n)),
    MeasureKind.DAYS_COVERED: Share,
    MeasureKind.SHARE: Share,
    MeasureKind.CADENCE: Share,
    MeasureKind.MEAN: Mean,
    MeasureKind.STATED: lambda n, _: StatedPoints(n),
    MeasureKind.RANK: _place,
    MeasureKind.PLACED: _place,
}
"""From n and m of a pairing's one row to the measured value."""


def _of_several(measure: Measure) -> Callable[[Rows], Measured]:
    """From the rows of one pairing to the measured value."""
    levels = measure.facts.levels

    def in_order(row: tuple[str, int, int]) -> tuple[int, str]:
        return (levels.index(row[0]) if levels else 0, row[0])

    match measure.kind:
        case MeasureKind.TALLY | MeasureKind.TALLY_OF_HIGHEST:
            return lambda rows: Tally(tuple((level, n) for level, n, _ in sorted(rows, key=in_order)))
        case MeasureKind.RATINGS:
            return lambda rows: Ratings(tuple(sorted(rows, key=in_order)))
        case MeasureKind.SURVEY:
            return lambda rows: _survey(rows, in_order)
    raise ValueError(f"{measure.kind} is read from one row")


def _survey(rows: Rows, in_order: Callable[[tuple[str, int, int]], tuple[int, str]]) -> Survey:
    whole = {what: n for _, n, what in rows if what < len(SURVEY_TOTALS)}
    options = sorted((row for row in rows if row[2] == len(SURVEY_TOTALS)), key=in_order)
    issued, returned, valid = (whole.get(what, 0) for what in range(len(SURVEY_TOTALS)))
    return Survey(issued, returned, valid, tuple((level, n) for level, n, _ in options))
