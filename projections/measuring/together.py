"""Measures that differ only in the types of the facts they count, in one pass over those facts.

A county's six measures of activities read them once instead of six times, and give one row for each pairing: a third
of the time of measuring 20 000 pairings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import BigInteger, Select, cast, select

from domain.assessment.scheme.measures import FactFilter, Measure
from projections.facts.fact_filter import Filters
from projections.facts.fact_table import facts
from projections.measuring.kinds import AGGREGATES


@dataclass(frozen=True)
class Pass:
    """``statement`` gives a row (pairing, values of the first part, ...); ``parts`` are (id, how many values)."""

    statement: Select[Any]
    parts: tuple[tuple[str, int], ...]


def together(measures: Iterable[tuple[str, Measure]]) -> list[list[tuple[str, Measure]]]:
    """Of (id, measure), those that one pass can count, at least two each time."""
    alike: dict[FactFilter, list[tuple[str, Measure]]] = defaultdict(list)
    for part, measure in measures:
        if measure.kind in AGGREGATES:
            alike[replace(measure.facts, types=())].append((part, measure))
    return [each for each in alike.values() if len(each) > 1]


def one_pass(filters: Filters, measures: list[tuple[str, Measure]]) -> Pass:
    """The statement for measures that are ``together``."""
    t = facts.alias()
    columns: list[Any] = [t.c.pairing]
    parts = []
    for part, measure in measures:
        own = filters.of_types(t, measure.facts.types)
        values = [cast(each.filter(own), BigInteger) for each in AGGREGATES[measure.kind](t)]
        columns += [value.label(f"v{len(columns) + n}") for n, value in enumerate(values)]
        parts.append((part, len(values)))
    common = filters.counted(t, replace(measures[0][1].facts, types=()))
    return Pass(select(*columns).where(common).group_by(t.c.pairing), tuple(parts))
