"""A rule in the words of a regulation, before anything was measured: for the scheme as a document."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import singledispatch
from typing import Any

from domain.assessment.scheme.points import number
from domain.assessment.scheme.rules.deductions import Flat, Otherwise, PerMissing, PerUnmet, Threshold
from domain.assessment.scheme.rules.opinions import Rated, Satisfaction, WhenMissing
from domain.assessment.scheme.rules.rule import (
    ByDate,
    Each,
    MeanValue,
    OfTotal,
    PerLevel,
    Rule,
    Steps,
    ToTarget,
)
from domain.assessment.scheme.rules.stated import ByPlace, Converted, ConvertedTo, Given
from domain.assessment.scheme.text import Text


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
    zh = "，".join(f"{label.zh}每{unit.zh} {number(points)} 分" for _, points, label in rule.levels)
    en = ", ".join(f"{label.en} {number(points)} each" for _, points, label in rule.levels)
    if rule.at_most is None:
        return Text(zh, en)
    return Text(f"{zh}，最多 {number(rule.at_most)} 分", f"{en}, at most {number(rule.at_most)}")


@in_words.register
def _flat(rule: Flat, unit: Text) -> Text:
    return Text(
        f"有即得 {number(rule.award)} 分，没有得 {number(rule.when_none)} 分",
        f"{number(rule.award)} for one or more, {number(rule.when_none)} for none",
    )


@in_words.register
def _per_missing(rule: PerMissing, unit: Text) -> Text:
    return Text(
        f"应有 {rule.expected} {unit.zh}，得 {number(rule.at_full)} 分，每少一{unit.zh}扣 {number(rule.each)} 分，扣完为止",
        f"{number(rule.at_full)} for {rule.expected}, {number(rule.each)} off for each missing, not below 0",
    )


@in_words.register
def _per_unmet(rule: PerUnmet, unit: Text) -> Text:
    none = _when_none(rule.when_none)
    return Text(
        f"都达到得 {number(rule.at_full)} 分，每有一{unit.zh}未达到扣 {number(rule.each)} 分，扣完为止；{none.zh}",
        f"{number(rule.at_full)}, {number(rule.each)} off for each not met, not below 0; {none.en}",
    )


@in_words.register
def _threshold(rule: Threshold, unit: Text) -> Text:
    least, award, none = number(rule.at_least), number(rule.award), _when_none(rule.when_none)
    nothing = rule.otherwise is Otherwise.NOTHING
    return Text(
        f"达到 {least}% 得 {award} 分，否则{'不得分' if nothing else '按完成比例得分'}；{none.zh}",
        f"{award} from {least}%, otherwise {'nothing' if nothing else 'in proportion'}; {none.en}",
    )


@in_words.register
def _rated(rule: Rated, unit: Text) -> Text:
    effect = {
        WhenMissing.NOT_APPLICABLE: Text("不适用", "it does not apply"),
        WhenMissing.REDISTRIBUTE: Text("权重由其余各组分担", "the others take its weight over"),
        WhenMissing.ZERO: Text("该组按 0 分计", "it counts as 0"),
    }[rule.when_missing]
    return Text(
        "、".join(f"{label.zh} {number(weight)}%" for _, weight, label in rule.groups)
        + f" 加权平均，{number(rule.full)} 分制折算为 {number(rule.at_full)} 分；"
        + f"某组少于 {rule.at_least} {unit.zh}的，{effect.zh}",
        "mean weighted by "
        + ", ".join(f"{label.en} {number(weight)}%" for _, weight, label in rule.groups)
        + f", out of {number(rule.full)}, converted to {number(rule.at_full)}; "
        + f"a group with fewer than {rule.at_least}: {effect.en}",
    )


@in_words.register
def _satisfaction(rule: Satisfaction, unit: Text) -> Text:
    fewer = _when_none(rule.when_fewer)
    return Text(
        f"{number(rule.at_full)} 分 × 有效问卷的平均满意程度（"
        + "、".join(f"{label.zh} {number(worth)}%" for _, worth, label in rule.options)
        + f"）；有效的少于 {rule.at_least} {unit.zh}的{fewer.zh.removeprefix('没有可计的对象时')}",
        f"{number(rule.at_full)} × the mean of valid questionnaires ("
        + ", ".join(f"{label.en} {number(worth)}%" for _, worth, label in rule.options)
        + f"); with fewer than {rule.at_least} valid {fewer.en.removeprefix('nothing to judge: ')}",
    )


@in_words.register
def _by_place(rule: ByPlace, unit: Text) -> Text:
    return Text(
        "，".join(f"前 {to} 名 {number(points)} 分" for to, points in rule.places) + "，此外 0 分",
        ", ".join(f"{number(points)} up to place {to}" for to, points in rule.places) + ", beyond 0",
    )


@in_words.register
def _converted(rule: Converted, unit: Text) -> Text:
    full, at_full, none = number(rule.full), number(rule.at_full), _when_none(rule.when_none)
    if rule.to is ConvertedTo.POINTS:
        return Text(
            f"上级 {full} 分制得分按比例折算为 {at_full} 分；{none.zh}",
            f"a superior's score out of {full} converted to {at_full}; {none.en}",
        )
    return Text(
        f"上级 {full} 分制所扣的分按比例折算，最多扣 {at_full} 分；{none.zh}",
        f"what a superior took off {full}, converted to {at_full}; {none.en}",
    )


@in_words.register
def _given(rule: Given, unit: Text) -> Text:
    most = number(rule.at_most)
    return Text(f"以审核评定为准，最多 {most} 分", f"as assessed, at most {most}")


def _when_none(points: Fraction | None) -> Text:
    """What it is worth when there is nothing to judge."""
    if points is None:
        return Text("没有可计的对象时不适用", "nothing to judge: not applicable")
    return Text(f"没有可计的对象时计 {number(points)} 分", f"nothing to judge: {number(points)}")


def _day_zh(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"
