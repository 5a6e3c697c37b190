"""What several kinds of rules share: keys of a scheme, phrases, and ways to gain."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from domain.assessment.scheme.json_schema import BOOLEAN, POINTS
from domain.assessment.scheme.measured_values import NOTHING, Measured, Share, counted
from domain.assessment.scheme.measures import MeasureKind, Period
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text

# ------------------------------------------------------------ keys

NONE = {"when_none": POINTS, "not_applicable_when_none": BOOLEAN}


def when_none(table: Table) -> Fraction | None:
    """What none is worth, ``None`` for not applicable; the file must say one of them."""
    if table.has("not_applicable_when_none") and table.boolean("not_applicable_when_none"):
        return None
    return table.points("when_none")


def percent(table: Table, key: str) -> Fraction:
    """More than 0 and at most 100."""
    value = table.points(key)
    if not 0 < value <= 100:
        table.refuse(
            key,
            Text(f"百分比不可能是 {number(value)}", f"{number(value)} is no percentage that can be meant"),
            Text("写大于 0、不超过 100 的数", "write a number above 0, at most 100"),
            given=[key],
        )
    return value


def full_marks(table: Table) -> Fraction:
    """The full marks of a scale, which something is divided by."""
    value = table.points("full")
    if value == 0:
        table.refuse(
            "full",
            Text("满分不可能是 0", "a scale cannot end at 0"),
            Text("写该评分的满分，如 100", "write the full marks of that scale, such as 100"),
            given=["full"],
        )
    return value


def off_for_each(table: Table) -> Fraction:
    """What is taken off for each."""
    each = table.points("each")
    if each == 0:
        table.refuse(
            "each",
            Text("每次扣 0 分等于不扣", "0 off for each takes nothing off"),
            Text("写每次扣多少分", "write how much each takes off"),
            given=["each"],
        )
    return each


def demand_once(table: Table, key: str, words: Sequence[str]) -> None:
    """Refuse a word that stands twice."""
    twice = next((word for n, word in enumerate(words) if word in words[:n]), None)
    if twice is not None:
        table.refuse(
            key,
            Text(f"{twice} 写了两次", f"{twice!r} stands there twice"),
            Text("每个写一次", "name each once"),
        )


# ------------------------------------------------------------ phrases

NOTHING_TO_MEET = Text("没有应计的对象", "nothing was due")


def taken_off(full: Fraction, each: Fraction, missing: int, due: Text, short: Text, unit: Text) -> Text:
    """``应有 12 次，少 2 次，每次扣 1 分：10 − 2 × 1``."""
    if missing == 0:
        return Text(f"{due.zh}，不扣分", f"{due.en}, nothing taken off")
    sum_ = f"{number(full)} − {missing} × {number(each)}"
    floor = Text("，扣完为止", ", not below 0") if each * missing > full else Text("", "")
    return Text(
        f"{due.zh}，{short.zh}，每{unit.zh}扣 {number(each)} 分：{sum_}{floor.zh}",
        f"{due.en}, {short.en}, {number(each)} off for each {unit.en}: {sum_}{floor.en}",
    )


def at_most(said: Text, most: Fraction | None) -> Text:
    """``…，最多 5 分``; as it is without a limit."""
    if most is None:
        return said
    return Text(f"{said.zh}，最多 {number(most)} 分", f"{said.en}, at most {number(most)}")


def worth_of_none(points: Fraction | None) -> Text:
    """What it is worth when there is nothing to judge."""
    if points is None:
        return Text("不适用", "not applicable")
    return Text(f"计 {number(points)} 分", number(points))


# ------------------------------------------------------------ ways to gain


def by_meeting(rule: Rule, share: Share, rest: RestOfYear) -> Gain | None:
    """What is not met yet can be met in time; of a cadence, only the periods that have not passed or may be reported."""
    lacking = share.whole - share.part
    if rest.measure.kind is MeasureKind.CADENCE and not rest.measure.facts.reported_by_cut_off:
        months = 1 if rest.measure.every is Period.MONTH else 3
        lacking = min(lacking, len(rest.periods(months)) - rest.counted)
    if lacking <= 0:
        return None
    gain = (rule.value(Share(share.part + lacking, share.whole)) or ZERO) - (rule.value(share) or ZERO)
    zh = f"尚有 {lacking} {rest.unit.zh}未达到，如在规定日期前达到仍可计分"
    en = f"{counted(lacking, rest.unit)} not yet met; whatever is met in time still counts"
    return gain, Text(zh, en)


def by_assessing(rule: Rule, measured: Measured, rest: RestOfYear) -> Gain | None:
    """All of it, as long as nobody has stated anything."""
    if measured != NOTHING[rest.measure.kind]:
        return None
    return rule.most or ZERO, Text("评定或测评后计入", "counts once it is assessed or surveyed")
