"""Measures, filters and conditions of a scheme's TOML, refusing whatever could not be meant."""

from __future__ import annotations

from domain.assessment.measures import Condition, FactFilter, Measure, MeasureKind, Period, RankedBy, Window
from domain.assessment.reading import SchemeError, Table
from domain.assessment.vocabulary import LEVELS, STATED, TYPES

TALLIES = (MeasureKind.TALLY, MeasureKind.TALLY_OF_HIGHEST)


def measure(table: Table, indicator: str) -> Measure:
    """What a part of an indicator counts. Raises ``SchemeError``, as all of this module do."""
    kind = table.choice("kind", MeasureKind)
    if kind in STATED:
        return _stated(table, kind, indicator)
    met = tuple(condition(each) for each in table.optional_tables("met"))
    every, at_least, by = None, 1, None
    if kind is MeasureKind.CADENCE:
        every, at_least = table.choice("every", Period), table.integer("at_least", 1, 1000)
    if kind is MeasureKind.RANK:
        by = table.choice("by", RankedBy)
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
    if kind is MeasureKind.CADENCE and facts.window is not Window.IN_YEAR:
        raise SchemeError(table.at("window"), "a cadence is kept within the year", 'write "in_year"')
    table.finish()
    return Measure(kind, facts, met, every, at_least, by)


def _stated(table: Table, kind: MeasureKind, indicator: str) -> Measure:
    """What was stated for the indicator; on any day, since it is stated after the year. Which facts follows from the kind
    where there is no choice.
    """
    choices = STATED[kind]
    fact = choices[0] if len(choices) == 1 else table.word("fact", choices)
    window = table.choice("window", Window) if table.optional("window") else Window.ANY_DAY
    if window is Window.BY_OWN_DAY:
        raise SchemeError(
            table.at("window"), "there is no other fact to compare with", "use it in met or having only"
        )
    table.finish()
    return Measure(kind, FactFilter(fact, window, indicator=indicator))


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
