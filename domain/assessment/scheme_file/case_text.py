"""Sample cases of a scheme's TOML, with measured values written as a clerk would write them.

========================  ==================================================================
what is counted           how it is written
========================  ==================================================================
how many, a sum           ``12``
months, quarters          ``3``, or which ones: ``[1, 2, 12]``
a share                   ``"3/5"``
a day                     ``2025-03-31`` or ``"never"``
a mean                    ``{ total = 14, sample = 3 }``
so many per level         ``{ minor = 1, critical = 2 }``, ``{}`` for none
points that were stated   ``8.5`` or ``"none"``
a place                   ``2``, ``{ place = 2, among = 10 }`` or ``"none"``
ballots per rater group   ``{ leaders = [95, 90.5], residents = [88] }``
questionnaires            ``{ issued = 100, returned = 90, valid = 88, options = { good = 60 } }``
========================  ==================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from domain.assessment.scheme.measured_values import (
    NOTHING,
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
from domain.assessment.scheme.measures import Measure, MeasureKind
from domain.assessment.scheme.reading import POINTS, Table, written
from domain.assessment.scheme.scheme import Case, Group, Part, SheetCase, Veto
from domain.assessment.scheme.text import Text
from domain.assessment.scheme.vocabulary import UNIT_CLASSES

MANY = 1_000_000
NOT_APPLICABLE = "n/a"
PERIODS = {MeasureKind.MONTHS: 12, MeasureKind.QUARTERS: 4}


def read_cases(table: Table, part: Part) -> tuple[Case, ...]:
    """The cases beside a part's rule. What is wrong is noted in the table's problems."""
    cases = []
    for each in table.optional_tables("cases"):
        measured = read_measured(each, "measured", part.measure)
        points = _points(each, "points")
        note = each.string("note") if each.has("note") else ""
        each.finish()
        cases.append(Case(each.where, measured, points, note))
    return tuple(cases)


def read_sheet_cases(file: Table, groups: Sequence[Group], vetoes: Sequence[Veto]) -> tuple[SheetCase, ...]:
    """The cases of whole sheets. What is wrong is noted in the file's problems."""
    by_class = any(group.classes for group in groups)
    return tuple(_sheet_case(each, groups, vetoes, by_class) for each in file.optional_tables("cases"))


def _sheet_case(table: Table, groups: Sequence[Group], vetoes: Sequence[Veto], by_class: bool) -> SheetCase:
    name = table.string("name")
    unit_class = table.word("for", UNIT_CLASSES) if by_class or table.has("for") else ""
    seen = [group for group in groups if not by_class or group.is_for(unit_class)]
    measured = _all_measured(table.table("measured"), seen, vetoes) if table.has("measured") else ()
    figures: list[tuple[str, int | None]] = []
    lines = [each.code for group in seen for each in group.indicators]
    for key, codes in (("lines", lines), ("groups", [group.code for group in seen])):
        if table.has(key):
            own = table.table(key)
            figures += [(code, _hundredths(own, code)) for code in codes if own.has(code)]
            own.finish()
    total = _hundredths(table, "total") if table.has("total") else None
    vetoed = table.boolean("vetoed") if table.has("vetoed") else None
    if not figures and total is None and vetoed is None:
        table.refuse(
            "",
            Text("没有说明应得多少", "says nothing about what is expected"),
            Text("写 lines、groups、total 或 vetoed", "write lines, groups, total or vetoed"),
        )
    table.finish()
    return SheetCase(table.where, name, unit_class, measured, tuple(figures), total, vetoed)


def _all_measured(
    table: Table, groups: Sequence[Group], vetoes: Sequence[Veto]
) -> tuple[tuple[str, Measured], ...]:
    """``A3.months = 12``, ``veto = 1`` or ``veto.<id> = 1``."""
    found: list[tuple[str, Measured]] = []
    for group in groups:
        for indicator in group.indicators:
            if not table.has(indicator.code):
                continue
            own = table.table(indicator.code)
            for part in indicator.parts:
                key = part.id.partition(".")[2]
                if own.has(key):
                    found.append((part.id, read_measured(own, key, part.measure)))
            own.finish()
    for veto in vetoes:
        head, _, key = veto.id.partition(".")
        if not table.has(head):
            continue
        if not key:
            found.append((veto.id, Amount(table.integer(head, 0, MANY))))
        else:
            own = table.table(head)
            if own.has(key):
                found.append((veto.id, Amount(own.integer(key, 0, MANY))))
            for each in vetoes:
                own.has(each.id.partition(".")[2])
            own.finish()
    table.finish()
    return tuple(found)


def read_measured(table: Table, key: str, measure: Measure) -> Measured:
    """A measured value in the clerk's form for the kind of measure."""
    return _FORMS[type(NOTHING[measure.kind])](table, key, measure)


def _refuse(table: Table, key: str, zh: str, en: str) -> None:
    value = written(table.value(key))
    table.refuse(
        key,
        Text(f"{value} 不是这里的写法", f"{value} is not how it is written here"),
        Text(f"写{zh}", f"write {en}"),
        given=[key],
    )


def _amount(table: Table, key: str, measure: Measure) -> Measured:
    which = table.value(key)
    most = PERIODS.get(measure.kind, MANY)
    if measure.kind in PERIODS and isinstance(which, list):
        if which != sorted({each for each in which if type(each) is int and 1 <= each <= most}):
            _refuse(
                table,
                key,
                f" 1 到 {most} 的数，从小到大，如 [1, 2]",
                f"numbers from 1 to {most} in order, such as [1, 2]",
            )
            return Amount()
        return Amount(len(which), tuple(which))
    return Amount(table.integer(key, 0, most))


def _share(table: Table, key: str, measure: Measure) -> Measured:
    found = re.fullmatch(r"(\d{1,7})/(\d{1,7})", table.string(key))
    if table.sound(key) and (found is None or int(found[1]) > int(found[2])):
        _refuse(table, key, '比例，如 "3/5"', 'a share such as "3/5"')
        return Share()
    return Share(int(found[1]), int(found[2])) if found else Share()


def _day(table: Table, key: str, measure: Measure) -> Measured:
    value = table.value(key)
    if value == "never":
        return Day(None)
    if type(value) is not date and table.has(key):
        _refuse(table, key, '日期，如 2025-03-31，或 "never"', 'a date such as 2025-03-31, or "never"')
        return Day(None)
    return Day(table.day(key))


def _mean(table: Table, key: str, measure: Measure) -> Measured:
    own = table.table(key)
    found = Mean(own.integer("total", 0, MANY), own.integer("sample", 0, MANY))
    own.finish()
    return found


def _counts(table: Table, levels: Sequence[str]) -> tuple[tuple[str, int], ...]:
    counts = tuple((level, table.integer(level, 0, MANY)) for level in levels if table.has(level))
    table.finish()
    return tuple((level, n) for level, n in counts if n)


def _tally(table: Table, key: str, measure: Measure) -> Measured:
    return Tally(_counts(table.table(key), measure.facts.levels))


def _stated(table: Table, key: str, measure: Measure) -> Measured:
    return StatedPoints() if table.value(key) == "none" else StatedPoints(_exact_hundredths(table, key))


def _place(table: Table, key: str, measure: Measure) -> Measured:
    value = table.value(key)
    if value == "none":
        return Place()
    if isinstance(value, dict):
        own = table.table(key)
        found = Place(own.integer("place", 1, MANY), own.integer("among", 1, MANY))
        own.finish()
        return found
    return Place(table.integer(key, 1, MANY))


def _ratings(table: Table, key: str, measure: Measure) -> Measured:
    own = table.table(key)
    groups = []
    for group in measure.facts.levels:
        ballots = own.value(group)
        if ballots is None:
            continue
        exact = [each * 100 for each in ballots if _is_points(each)] if isinstance(ballots, list) else []
        if not exact or len(exact) != len(ballots) or any(each.denominator != 1 for each in exact):
            _refuse(own, group, "各票的评分，如 [95, 90.5]", "the scores of the ballots, such as [95, 90.5]")
            continue
        groups.append((group, int(sum(exact)), len(exact)))
    own.finish()
    return Ratings(tuple(groups))


def _survey(table: Table, key: str, measure: Measure) -> Measured:
    own = table.table(key)
    issued, returned, valid = (own.integer(each, 0, MANY) for each in ("issued", "returned", "valid"))
    options = _counts(own.table("options"), measure.facts.levels)
    if not issued >= returned >= valid or sum(n for _, n in options) != valid:
        own.refuse(
            "",
            Text("份数前后不符", "the numbers do not fit together"),
            Text(
                "发出 ≥ 收回 ≥ 有效，有效份数等于各选项之和",
                "let issued be no fewer than returned, returned than valid, and the options add up to valid",
            ),
        )
    own.finish()
    return Survey(issued, returned, valid, options)


_FORMS: dict[type, Callable[[Table, str, Measure], Measured]] = {
    Amount: _amount,
    Share: _share,
    Day: _day,
    Mean: _mean,
    Tally: _tally,
    StatedPoints: _stated,
    Place: _place,
    Ratings: _ratings,
    Survey: _survey,
}


def _is_points(value: Any) -> bool:
    return isinstance(value, int | Fraction) and not isinstance(value, bool) and 0 <= value < 1000


def _points(table: Table, key: str) -> Fraction | None:
    """``4``, ``1.75``, a fraction such as ``"10/3"``, or ``"n/a"``."""
    value = table.value(key)
    if value == NOT_APPLICABLE:
        return None
    if isinstance(value, str):
        found = re.fullmatch(r"(\d{1,7})/([1-9]\d{0,6})", value)
        if found is None:
            _refuse(
                table, key, '分值，如 4、1.75、"10/3" 或 "n/a"', 'points such as 4, 1.75, "10/3" or "n/a"'
            )
            return None
        return Fraction(int(found[1]), int(found[2]))
    return table.points(key)


def _hundredths(table: Table, key: str) -> int | None:
    """A figure of the sheet: two decimals, or ``"n/a"``."""
    return None if table.value(key) == NOT_APPLICABLE else _exact_hundredths(table, key)


def _exact_hundredths(table: Table, key: str) -> int:
    value = table.points(key, negative=True) * 100
    if value.denominator != 1:
        _refuse(table, key, f"两位小数以内的{POINTS.zh}", f"{POINTS.en}, with at most two decimals")
    return int(value)
