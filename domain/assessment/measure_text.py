"""Measures, filters and conditions of a scheme's TOML, refusing whatever could not be meant."""

from __future__ import annotations

from domain.assessment.measures import Condition, FactFilter, Measure, MeasureKind, Window
from domain.assessment.reading import SchemeError, Table
from domain.assessment.vocabulary import LEVELS, TYPES

TALLIES = (MeasureKind.TALLY, MeasureKind.TALLY_OF_HIGHEST)


def measure(table: Table) -> Measure:
    """What a part counts. Raises ``SchemeError``, as all of this module do."""
    kind = table.choice("kind", MeasureKind)
    met = tuple(condition(each) for each in table.optional_tables("met"))
    facts = fact_filter(table)
    if bool(met) != (kind is MeasureKind.SHARE):
        raise SchemeError(
            table.at("met"), "belongs to a share, and a share needs it", "say what the share must meet"
        )
    if (kind in TALLIES) and not facts.levels:
        raise SchemeError(table.at("levels"), "a tally needs its levels", "list them, the lowest first")
    if kind is MeasureKind.DAYS_COVERED and (facts.window is not Window.ANY_DAY or facts.having):
        raise SchemeError(
            table.at("window"), "days covered are clipped to the days paired", 'write "any_day"'
        )
    table.finish()
    return Measure(kind, facts, met)


def fact_filter(table: Table) -> FactFilter:
    """Which facts count."""
    kind = table.word("fact", TYPES)
    window = table.choice("window", Window)
    if window is Window.BY_OWN_DAY:
        raise SchemeError(
            table.at("window"), "there is no other fact to compare with", "use it in met or having only"
        )
    return FactFilter(
        kind=kind,
        window=window,
        types=table.words("types", TYPES[kind]),
        levels=table.words("levels", LEVELS.get(kind, ())),
        reported_by_cut_off=table.boolean("reported_by_cut_off"),
        having=tuple(condition(each) for each in table.optional_tables("having")),
    )


def condition(table: Table) -> Condition:
    """What another fact of the same reference must be."""
    kind = table.word("fact", TYPES)
    window = table.choice("window", Window)
    types, levels = table.words("types", TYPES[kind]), table.words("levels", LEVELS.get(kind, ()))
    table.finish()
    return Condition(kind, window, types, levels)
