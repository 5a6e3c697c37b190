"""The tree of a scheme's TOML: groups, indicators, parts, and the trees that units of each class see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.scheme import (
    VETO,
    ClauseText,
    Demand,
    Evidence,
    Group,
    Indicator,
    Part,
    WhenNotApplicable,
)
from domain.assessment.scheme.text import Text
from domain.assessment.scheme.vocabulary import UNIT_CLASSES
from domain.assessment.scheme_file.case_text import read_cases
from domain.assessment.scheme_file.measure_text import measure
from domain.assessment.scheme_file.rule_text import completed, refuse_parts, rule

Period = tuple[date, date] | None
"""First day of the year and cut-off, ``None`` where the file gives none that make sense."""
SIGNS = {"plus": 1, "minus": -1}
ALWAYS = Text("这里总是适用", "what stands here always applies")
REMOVE = Text("删去这一项", "remove it")
RESERVED = ("total", VETO)
"""Words that mean something beside the codes of groups and indicators."""


def read_groups(file: Table, period: Period) -> tuple[Group, ...]:
    """All groups. What is wrong is noted in the file's problems."""
    found: list[Group] = []
    codes: set[str] = set()
    for table in file.tables("groups"):
        found.append(_group(table, found, file.sound("groups"), codes, period))
    if any(group.classes for group in found):
        _demand_possible_trees(file, found)
    return tuple(found)


def _demand_possible_trees(file: Table, groups: Sequence[Group]) -> None:
    """Every class has a tree, and all trees have the same full marks, or points could not be compared."""
    whole: dict[str, Fraction] = {}
    for unit_class, name in UNIT_CLASSES.items():
        base = [group for group in groups if group.is_for(unit_class) and group.sign > 0 and not group.bonus]
        endless = [group.code for group in base if group.most is None]
        if not base:
            file.refuse(
                "groups",
                Text(f"没有给{name.zh}的小组", f"there is no group for {name.en}"),
                Text(
                    "在 for 中写上这一类单位，或写一个对所有单位的小组",
                    "name the class in for, or add a group for all",
                ),
                given=["groups"],
            )
        elif endless:
            file.refuse(
                f"groups[{[group.code for group in groups].index(endless[0])}]",
                Text("没有满分，各类单位的满分无法比较", "has no maximum, so full marks cannot be compared"),
                Text("写上 max；满分之外的写 bonus = true", "add max; write bonus = true for what is on top"),
                given=["groups"],
            )
        whole[unit_class] = sum((group.most or Fraction(0) for group in base), Fraction(0))
    if len(set(whole.values())) > 1:
        zh = "，".join(f"{UNIT_CLASSES[each].zh} {number(most)}" for each, most in whole.items())
        en = ", ".join(f"{UNIT_CLASSES[each].en} {number(most)}" for each, most in whole.items())
        file.refuse(
            "groups",
            Text(f"各类单位的满分不同：{zh}", f"full marks differ between classes: {en}"),
            Text(
                "使各类满分相同；满分之外的小组写 bonus = true",
                "make them equal; write bonus = true for what is on top",
            ),
            given=["groups"],
        )


def _code(table: Table, codes: set[str]) -> str:
    """The code of a group or an indicator; it names a column, a line and a page."""
    code = table.string("code")
    if re.search(r"[\s.,|=/]", code) or code in RESERVED:
        table.refuse(
            "code",
            Text(f"{code} 不能作代号", f"{code!r} cannot be a code"),
            Text("用短的字母、数字或汉字", "use a few letters, digits or characters"),
            given=["code"],
        )
    elif code in codes:
        table.refuse(
            "code",
            Text(f"代号 {code} 已经用过", f"the code {code!r} is taken"),
            Text("每个小组、每项指标用自己的代号", "give every group and indicator its own"),
            given=["code"],
        )
    codes.add(code)
    return code


def _group(
    table: Table, before: Sequence[Group], before_sound: bool, codes: set[str], period: Period
) -> Group:
    code, title = _code(table, codes), table.text("title")
    sign = SIGNS[table.word("sign", SIGNS)]
    most = table.optional_points("max")
    whole = [each.code for each in before if each.most is not None and not each.fallback and each.sign > 0]
    fallback = table.words("fallback", whole) if before_sound else ()
    classes = table.words("for", UNIT_CLASSES)
    classes = () if set(classes) == set(UNIT_CLASSES) else classes
    bonus = table.boolean("bonus")
    usual = WhenNotApplicable.REDISTRIBUTE if table.has("fallback") else None
    if table.has("when_not_applicable"):
        usual = table.choice("when_not_applicable", WhenNotApplicable)
    own = table.tables("indicators")
    if len(own) == 1:
        # A group of one figure gives its code to its only indicator.
        codes.discard(code)
    indicators = tuple(_indicator(each, code, usual, codes, period) for each in own)
    codes.add(code)
    group = Group(code, title, sign, most, fallback, indicators, classes, bonus)
    _demand_possible_group(table, group, before)
    table.finish()
    return group


def _demand_possible_group(table: Table, group: Group, before: Sequence[Group]) -> None:
    maxima = [each.most for each in group.indicators]
    unlimited = group.most is None or None in maxima
    if not unlimited and sum(each for each in maxima if each is not None) != group.most:
        most = number(group.most or 0)
        table.refuse(
            "max",
            Text(f"{most} 不是各指标满分之和", f"{most} is not the sum of its indicators"),
            Text("改正其中一个满分", "correct one of the maxima"),
        )
    if (group.fallback or group.redistributes) and unlimited:
        table.refuse(
            "fallback" if group.fallback else "when_not_applicable",
            Text("重新分配须有满分可依", "redistribution needs a maximum everywhere"),
            Text("给小组和每项指标写 max", "add max to group and indicators"),
        )
    drops = [each.when_not_applicable is WhenNotApplicable.REDISTRIBUTE for each in group.indicators]
    if any(drops) and all(drops) and not table.has("fallback"):
        table.refuse(
            "indicators",
            Text(
                "各项指标可能都不适用，而没有说明那时怎么办",
                "all may be not applicable, and nothing says what then",
            ),
            Text(
                "写 fallback，或让其中一项不重新分配",
                "add a fallback, or let one of them not be redistributed",
            ),
        )
    if group.bonus and group.sign < 0:
        table.refuse(
            "bonus",
            Text("扣分的小组不是加分", "a group of deductions is no bonus"),
            Text('删去 bonus，或写 sign = "plus"', 'remove bonus, or write sign = "plus"'),
        )
    for other in before:
        if other.code in group.fallback and other.classes:
            missing = [each for each in UNIT_CLASSES if group.is_for(each) and not other.is_for(each)]
            if missing:
                name = UNIT_CLASSES[missing[0]]
                table.refuse(
                    "fallback",
                    Text(f"{other.code} 不是{name.zh}的小组", f"{other.code!r} is no group of {name.en}"),
                    Text("只写这些单位都有的小组", "name groups that all of these units have"),
                )
    if table.has("when_not_applicable") and not any(each.when_not_applicable for each in group.indicators):
        table.refuse("when_not_applicable", ALWAYS, REMOVE)


def _indicator(
    table: Table, group: str, usual: WhenNotApplicable | None, codes: set[str], period: Period
) -> Indicator:
    code, title = _code(table, codes), table.text("title")
    words = read_clause(table.table("clause"))
    most = table.optional_points("max")
    base = table.optional_points("base")
    floor = table.points("floor", negative=True) if table.has("floor") else Fraction(0)
    if base is not None and most is not None and base > most:
        table.refuse(
            "base",
            Text(
                f"{number(base)} 超过满分 {number(most)}",
                f"{number(base)} exceeds the maximum {number(most)}",
            ),
            Text(f"最多写 {number(most)}", f"write at most {number(most)}"),
        )
    top = min((each for each in (most, base) if each is not None), default=None)
    if top is not None and floor > top:
        table.refuse(
            "floor",
            Text(f"最低分 {number(floor)} 高于 {number(top)}", f"{number(floor)} lies above {number(top)}"),
            Text(f"最多写 {number(top)}", f"write at most {number(top)}"),
        )
    evidence = _evidence(table.table("evidence")) if table.has("evidence") else Evidence()
    own = (
        table.choice("when_not_applicable", WhenNotApplicable) if table.has("when_not_applicable") else usual
    )
    parts: list[Part] = []
    may_be_na = False
    for each in table.tables("parts"):
        part = _part(each, code, period)
        if part.id in {p.id for p in parts}:
            each.refuse(
                "id",
                Text(f"编号 {part.id} 已经用过", f"the id {part.id!r} is taken"),
                Text("每一部分用自己的编号", "give every part its own id"),
                given=["id"],
            )
        refuse_parts(each, part, parts, most if base is None else None)
        if part.rule.may_not_apply:
            may_be_na = True
            if own is None or (base is not None and own is WhenNotApplicable.REDISTRIBUTE):
                each.refuse(
                    "rule",
                    Text(
                        "可能不适用，而没有说明那时怎么办",
                        "may be not applicable, and nothing says what then",
                    ),
                    Text(
                        'when_not_applicable = "zero" 或 "full"，或给小组写 fallback，或写明一个也没有时值多少分',
                        'write when_not_applicable = "zero" or "full", give the group a fallback, or say what none is worth',
                    ),
                )
        parts.append(part)
    if len(parts) > 1 and may_be_na:
        table.refuse(
            "parts",
            Text("只有一部分可能不适用", "is partly not applicable"),
            Text("把这一部分单列为一项指标", "make it an indicator of its own"),
        )
    if may_be_na and own is WhenNotApplicable.FULL and most is None:
        table.refuse(
            "max",
            Text("不适用时按满分计，而没有满分", "counts as full marks, of which there are none"),
            Text("写上 max", "add max"),
        )
    if table.has("when_not_applicable") and not may_be_na:
        table.refuse("when_not_applicable", ALWAYS, REMOVE)
    table.finish()
    policy = own if may_be_na else None
    return Indicator(code, group, title, words, most, base, tuple(parts), floor, evidence, policy)


def _evidence(table: Table) -> Evidence:
    demand = table.choice("demand", Demand)
    text = table.text("text") if demand is not Demand.NONE or table.has("text") else None
    table.finish()
    return Evidence(demand, text)


def _part(table: Table, code: str, period: Period) -> Part:
    own = table.string("id")
    title, unit = table.text("title"), table.text("unit")
    measured = measure(table.table("measure"), code)
    judged = rule(table.table("rule"), measured if table.sound("measure") else None)
    measured = completed(measured, judged)
    first, last = _validity(table, period)
    if first or last:
        measured = replace(measured, facts=replace(measured.facts, valid_from=first, valid_until=last))
    part = Part(f"{code}.{own}", title, unit, measured, judged)
    cases = read_cases(table, part) if table.sound() else ()
    table.has("cases")
    table.finish()
    return replace(part, cases=cases)


def _validity(table: Table, period: Period) -> tuple[date | None, date | None]:
    """From when until when the part judges, both included; ``None`` without a limit."""
    first = table.day("from") if table.has("from") else None
    last = table.day("until") if table.has("until") else None
    for key, day in (("from", first), ("until", last)):
        if day is not None and period is not None and not period[0] <= day <= period[1]:
            table.refuse(
                key,
                Text(f"{day} 不在考核年度内", f"{day} is no day of the year assessed"),
                Text(
                    f"写 {period[0]} 至 {period[1]} 之间的日期",
                    f"write a day from {period[0]} to {period[1]}",
                ),
                given=[key],
            )
    if first is not None and last is not None and last < first:
        table.refuse(
            "until",
            Text(f"{last} 早于 {first}", f"{last} lies before {first}"),
            Text(f"写 {first} 或更晚", f"write {first} or later"),
            given=["from", "until"],
        )
    return first, last


def read_clause(table: Table) -> ClauseText:
    """The clause of the regulation on which something rests."""
    found = ClauseText(table.string("number"), table.text("text"))
    table.finish()
    return found
