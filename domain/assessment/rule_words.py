"""A rule in the words of a regulation, before anything was measured: for the scheme as a document."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import singledispatch
from typing import Any

from domain.assessment.points import number
from domain.assessment.rules import ByDate, Each, MeanValue, OfTotal, PerLevel, Rule, Steps, ToTarget
from domain.assessment.text import Text


@singledispatch
def in_words(rule: Rule, unit: Text) -> Text:
    """What the rule gives for what. A kind that has no wording of its own lists its terms."""
    return Text(*(f"{type(rule).__name__}: {_listed(rule)}" for _ in range(2)))


def _listed(value: Any) -> str:
    if is_dataclass(value) and not isinstance(value, type):
        return ", ".join(f"{each.name} {_listed(getattr(value, each.name))}" for each in fields(value))
    if isinstance(value, tuple):
        return " / ".join(_listed(each) for each in value)
    return number(value) if isinstance(value, Fraction) else str(value)


@in_words.register
def _by_date(rule: ByDate, unit: Text) -> Text:
    return Text(
        "，".join(f"{_day_zh(last)}前（含）{number(points)} 分" for last, points in rule.steps)
        + "，此后或没有的 0 分",
        ", ".join(f"{number(points)} by {last}" for last, points in rule.steps) + ", later or never 0",
    )


@in_words.register
def _of_total(rule: OfTotal, unit: Text) -> Text:
    none_zh = "不适用" if rule.when_none is None else f"计 {number(rule.when_none)} 分"
    none_en = "not applicable" if rule.when_none is None else number(rule.when_none)
    return Text(
        f"所占比例 × {number(rule.at_full)} 分；没有可计比例的对象时{none_zh}",
        f"share × {number(rule.at_full)}; nothing to take a share of: {none_en}",
    )


@in_words.register
def _each(rule: Each, unit: Text) -> Text:
    zh, en = f"每{unit.zh} {number(rule.each)} 分", f"{number(rule.each)} for each {unit.en}"
    if rule.at_most is None:
        return Text(zh, en)
    return Text(f"{zh}，最多 {number(rule.at_most)} 分", f"{en}, at most {number(rule.at_most)}")


@in_words.register
def _to_target(rule: ToTarget, unit: Text) -> Text:
    return Text(
        f"达到 {rule.target} {unit.zh} 得 {number(rule.at_target)} 分，不足的按比例",
        f"{number(rule.at_target)} for {rule.target}, fewer in proportion",
    )


@in_words.register
def _steps(rule: Steps, unit: Text) -> Text:
    return Text(
        "，".join(f"{least} {unit.zh}以上 {number(points)} 分" for least, points in rule.steps)
        + "，不足的 0 分",
        ", ".join(f"{number(points)} from {least}" for least, points in rule.steps) + ", fewer 0",
    )


@in_words.register
def _mean(rule: MeanValue, unit: Text) -> Text:
    zh, en = (
        ("平均值", "the mean")
        if rule.times == 1
        else (f"平均值 × {number(rule.times)}", f"the mean × {number(rule.times)}")
    )
    return Text(
        f"{zh}；少于 {rule.at_least} {unit.zh}的不适用",
        f"{en}; not applicable with fewer than {rule.at_least}",
    )


@in_words.register
def _per_level(rule: PerLevel, unit: Text) -> Text:
    return Text(
        "，".join(f"{label.zh}每{unit.zh} {number(points)} 分" for _, points, label in rule.levels),
        ", ".join(f"{label.en} {number(points)} each" for _, points, label in rule.levels),
    )


def _day_zh(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"
