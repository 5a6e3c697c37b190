"""The facts behind a figure: those that counted, and those that did not, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, select, true

from domain.assessment.measures import Condition, FactFilter, Measure, MeasureKind
from domain.assessment.scheme import Scheme
from projections.fact_filter import Filters, Scope
from projections.fact_table import facts
from projections.measuring import bound
from projections.measuring_spans import PAIRED, SPANS


@dataclass(frozen=True)
class FactRow:
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
    retracted_at: int | None


Used = list[FactRow]
Excluded = list[tuple[FactRow, str]]


def facts_behind(
    connection: Connection,
    scheme: Scheme,
    indicator: str,
    pairing: str,
    known_at: int | None = None,
    excluding: Collection[int] = (),
    cut_off_at: int | None = None,
) -> tuple[Used, Excluded]:
    """The facts an indicator's figure rests on, and those left out, with a code of ``fact_filter.REASONS``.

    Both by day. Uses the very conditions the measures are compiled from. Raises ``KeyError`` for no such
    indicator.
    """
    filters = Filters(scheme, Scope(True, bool(excluding), cut_off_at is not None))
    values = bound(known_at, [pairing], excluding, cut_off_at)
    verdicts: dict[tuple[int, int], tuple[FactRow, str]] = {}
    for part in scheme.indicator(indicator).parts:
        found: list[tuple[FactRow, str]] = []
        for statement, reasons in _lists(filters, part.measure):
            found += _judged(connection.execute(statement, values), reasons)
        if part.measure.kind is MeasureKind.TALLY_OF_HIGHEST:
            found = _highest(found, part.measure.facts.levels)
        if part.measure.kind in (MeasureKind.STATED, MeasureKind.PLACED):
            found = _latest(found)
        for row, reason in found:
            known = verdicts.get((row.position, row.seq))
            # What counts anywhere counts; else the first reason given stands.
            if known is None or (known[1] and not reason):
                verdicts[row.position, row.seq] = (row, reason)
    ordered = sorted(verdicts.values(), key=lambda each: (each[0].occurred_on, each[0].position, each[0].seq))
    return [row for row, reason in ordered if not reason], [
        (row, reason) for row, reason in ordered if reason
    ]


Listing = tuple[Any, list[str]]


def _lists(filters: Filters, measure: Measure) -> Iterable[Listing]:
    """The statements that list a measure's candidates, each with the reasons of its boolean columns."""
    only = measure.facts
    also = [PAIRED] if measure.kind in SPANS else []
    for each in (*measure.filters, *also):
        t = facts.alias()
        candidates = filters.candidates(t, each.kind, each.types, each.indicator)
        yield _listing(t, candidates, list(filters.conditions(t, each)))
    for condition in (*only.having, *measure.met):
        yield _of_condition(filters, only, condition)


def _of_condition(filters: Filters, only: FactFilter, condition: Condition) -> Listing:
    """Facts a condition looks at, of the needs, projects or findings that count."""
    t, m = facts.alias(), facts.alias()
    where = filters.candidates(m, condition.kind, condition.types)
    statement, reasons = _listing(m, where, list(filters.condition(m, t, condition)))
    return statement.where(filters.belongs(m, t), filters.counted(t, only)), reasons


def _listing(
    t: FromClause, where: ColumnElement[bool], conditions: list[tuple[str, ColumnElement[bool]]]
) -> Listing:
    names = FactRow.__dataclass_fields__
    holds = [condition.label(f"holds_{n}") for n, (_, condition) in enumerate(conditions)]
    statement = select(*(t.c[name] for name in names), *holds, true().label("found")).where(where)
    return statement, [reason for reason, _ in conditions]


def _judged(rows: Iterable[Any], reasons: list[str]) -> list[tuple[FactRow, str]]:
    """Each row with the first reason that speaks against it, or the empty text."""
    width = len(FactRow.__dataclass_fields__)
    judged = []
    for row in rows:
        holds = row[width : width + len(reasons)]
        reason = next((each for each, held in zip(reasons, holds, strict=True) if not held), "")
        judged.append((FactRow(*row[:width]), reason))
    return judged


def _highest(found: list[tuple[FactRow, str]], levels: tuple[str, ...]) -> list[tuple[FactRow, str]]:
    """Of the facts that count, those of one reference below its highest level do not."""
    best: dict[str, int] = {}
    for row, reason in found:
        if not reason:
            best[row.reference] = max(best.get(row.reference, 0), levels.index(row.level))
    return [
        (row, reason or ("" if levels.index(row.level) == best[row.reference] else "counted_at_higher_level"))
        for row, reason in found
    ]


def _latest(found: list[tuple[FactRow, str]]) -> list[tuple[FactRow, str]]:
    """Of the facts that count, only the one of the latest day, and of those the one recorded last, does."""
    standing = [(row.occurred_on, row.position, row.seq) for row, reason in found if not reason]
    latest = max(standing, default=None)
    return [
        (row, reason or ("" if (row.occurred_on, row.position, row.seq) == latest else "later_one_counts"))
        for row, reason in found
    ]
