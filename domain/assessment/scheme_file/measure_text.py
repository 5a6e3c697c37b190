"""Measures, filters and conditions of a scheme's TOML, refusing whatever could not be meant."""

from __future__ import annotations

from domain.assessment.scheme.measures import (
    Condition,
    FactFilter,
    Measure,
    MeasureKind,
    Period,
    RankedBy,
    Window,
)
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.text import Text
from domain.assessment.scheme.vocabulary import LEVELS, STATED, TYPES

TALLIES = (MeasureKind.TALLY, MeasureKind.TALLY_OF_HIGHEST)


def measure(table: Table, indicator: str) -> Measure:
    """What a part of an indicator counts. What is wrong is noted in the table's problems, as by all of this module."""
    kind = table.choice("kind", MeasureKind, decides=True)
    if kind in STATED:
        return _stated(table, kind, indicator)
    met = tuple(condition(each) for each in table.optional_tables("met"))
    every, at_least, by = None, 1, None
    if kind is MeasureKind.CADENCE:
        every, at_least = table.choice("every", Period), table.integer("at_least", 1, 1000)
    if kind is MeasureKind.RANK:
        by = table.choice("by", RankedBy)
    facts = fact_filter(table)
    if kind is MeasureKind.SHARE and not table.has("met"):
        table.refuse(
            "met",
            Text("比例须说明满足什么才算", "a share needs to know what it must meet"),
            Text("补上 met = [{ fact = …, window = … }]", "add met = [{ fact = …, window = … }]"),
        )
    if met and kind is not MeasureKind.SHARE:
        table.refuse(
            "met",
            Text("只用于比例", "belongs to a share only"),
            Text('删去，或写 kind = "share"', 'remove it, or write kind = "share"'),
        )
    if (kind in TALLIES) and not facts.levels:
        table.refuse(
            "levels",
            Text("分级计数须列出级别", "a tally needs its levels"),
            Text("列出级别，最低的在前", "list them, the lowest first"),
        )
    if kind is MeasureKind.DAYS_COVERED and (facts.window is not Window.ANY_DAY or facts.having):
        table.refuse(
            "window",
            Text("在任天数本来就只计结对期间", "days covered are clipped to the days paired"),
            Text('写 "any_day"，不写 having', 'write "any_day", without having'),
        )
    if kind is MeasureKind.CADENCE and facts.window is not Window.IN_YEAR:
        table.refuse(
            "window",
            Text("频次按考核年度计", "a cadence is kept within the year"),
            Text('写 "in_year"', 'write "in_year"'),
            given=["window"],
        )
    table.finish()
    return Measure(kind, facts, met, every, at_least, by)


def _stated(table: Table, kind: MeasureKind, indicator: str) -> Measure:
    """What was stated for the indicator; on any day, since it is stated after the year. Which facts follows from the kind
    where there is no choice.
    """
    choices = STATED[kind]
    fact = choices[0] if len(choices) == 1 else table.word("fact", choices)
    window = _own_window(table) if table.has("window") else Window.ANY_DAY
    table.finish()
    return Measure(kind, FactFilter(fact, window, indicator=indicator))


def fact_filter(table: Table) -> FactFilter:
    """Which facts count."""
    kind = table.word("fact", TYPES, decides=True)
    window = _own_window(table)
    return FactFilter(
        kind=kind,
        window=window,
        types=table.words("types", TYPES[kind]),
        levels=table.words("levels", LEVELS.get(kind, ())),
        reported_by_cut_off=table.boolean("reported_by_cut_off"),
        having=tuple(condition(each) for each in table.optional_tables("having")),
    )


def _own_window(table: Table) -> Window:
    """The window of a fact that belongs to no other."""
    window = table.choice("window", Window)
    if window is Window.BY_OWN_DAY:
        table.refuse(
            "window",
            Text("这里没有别的事项可比", "there is no other fact to compare with"),
            Text("只在 met 或 having 中用它", "use it in met or having only"),
            given=["window"],
        )
    return window


def condition(table: Table) -> Condition:
    """What another fact of the same reference must be."""
    kind = table.word("fact", TYPES, decides=True)
    window = table.choice("window", Window)
    types, levels = table.words("types", TYPES[kind]), table.words("levels", LEVELS.get(kind, ()))
    table.finish()
    return Condition(kind, window, types, levels)
