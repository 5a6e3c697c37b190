"""What would still count: for a unit's own eyes while the year runs, how each line could still gain.

Nothing here is a promise: it says what the regulation would give for one more, under what is known on a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from domain.assessment.scheme.measured import NOTHING, Amount, Day, Mean, Measured, Share, counted
from domain.assessment.scheme.measures import MeasureKind, Period, Window
from domain.assessment.scheme.points import half_up, number
from domain.assessment.scheme.rules.deductions import Flat, PerMissing, PerUnmet, Threshold
from domain.assessment.scheme.rules.opinions import Rated, Satisfaction
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
from domain.assessment.scheme.rules.stated import ByPlace, Converted, Given
from domain.assessment.scheme.scheme import Group, Indicator, Part, Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.sheet import Line, PartScore, Sheet

ZERO = Fraction(0)
MONTHS = {MeasureKind.MONTHS: 1, MeasureKind.QUARTERS: 3}
"""Months in one period of a measure that counts periods."""


@dataclass(frozen=True)
class Chance:
    """How one part of a line could still gain. ``gain`` is the most it could add to the line, exact, never below 0."""

    indicator: str
    part: str
    gain: Fraction
    how: Text

    @property
    def gain_hundredths(self) -> int:
        """The gain rounded as a line is."""
        return half_up(self.gain)


@dataclass(frozen=True)
class Outlook:
    """All chances of a sheet on a day. ``closed``: why nothing can count any more, ``None`` while the year is open."""

    day: date
    chances: Mapping[str, tuple[Chance, ...]]
    closed: Text | None

    @property
    def gain_hundredths(self) -> int:
        """What all chances together could add."""
        return sum(each.gain_hundredths for own in self.chances.values() for each in own)


def from_day(scheme: Scheme, today: date) -> Scheme:
    """The scheme judging only what is left of the year: days covered from ``today`` on, periods from today's on.

    What it measures tells which of the days to come are counted already, such as those of a post that is held.
    """

    def part_of(part: Part) -> Part:
        first = _first_left(scheme, part, today)
        if first is None:
            return part
        first = max(first, part.measure.facts.valid_from or first)
        return replace(
            part, measure=replace(part.measure, facts=replace(part.measure.facts, valid_from=first))
        )

    def group_of(group: Group) -> Group:
        own = (replace(each, parts=tuple(map(part_of, each.parts))) for each in group.indicators)
        return replace(group, indicators=tuple(own))

    return replace(scheme, groups=tuple(map(group_of, scheme.groups)), digest=f"{scheme.digest} from {today}")


def _first_left(scheme: Scheme, part: Part, today: date) -> date | None:
    """The first day of what is left for a part that counts days or periods, ``None`` for others."""
    day = min(max(today, scheme.first_day), scheme.last_day)
    match part.measure.kind:
        case MeasureKind.DAYS_COVERED:
            return day
        case MeasureKind.CADENCE if part.measure.every is Period.MONTH:
            return day.replace(day=1)
        case MeasureKind.CADENCE:
            return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return None


def outlook(
    scheme: Scheme,
    sheet: Sheet,
    today: date,
    ended_on: date | None = None,
    left: Mapping[str, Measured] = MappingProxyType({}),
) -> Outlook:
    """What would still count on ``today`` for the pairing of ``sheet``, whose last day is ``ended_on`` where it ended.

    ``left``: part id to what the scheme of ``from_day`` measures for the pairing; parts that are missing have nothing that
    counts already among the days to come. Lines that an appeal ruled on are settled.
    """
    if ended_on is not None and ended_on < scheme.last_day:
        # Nothing that happens after a pairing ended is its own.
        scheme = replace(scheme, last_day=max(ended_on, scheme.first_day))
    if today > scheme.cut_off:
        zh, en = f"填报截止日 {scheme.cut_off} 已过", f"the reporting cut-off {scheme.cut_off} has passed"
        return Outlook(today, {}, Text(zh, en))
    earning = {group.code for group in scheme.groups if group.sign > 0}
    found = {
        line.indicator.code: own
        for line in sheet.lines
        if line.ruled is None
        and line.indicator.group in earning
        and (own := _of_line(scheme, line, today, left))
    }
    return Outlook(today, found, None)


def _of_line(scheme: Scheme, line: Line, today: date, left: Mapping[str, Measured]) -> tuple[Chance, ...]:
    if line.indicator.base is not None:
        return ()
    room = _room(line.indicator, line)
    chances = []
    for score in line.parts:
        gained = _of_part(scheme, score, today, left.get(score.part.id))
        if gained is None or room == 0:
            continue
        gain, how = gained
        if room is not None:
            gain = min(gain, room)
        # A line that does not apply yet may come to apply without a gain that could be named.
        if gain > 0 or line.exact is None:
            chances.append(Chance(line.indicator.code, score.part.id, gain * line.factor, how))
    return tuple(chances)


def _room(indicator: Indicator, line: Line) -> Fraction | None:
    """What the line lacks to its maximum; ``None`` without a maximum."""
    if indicator.most is None:
        return None
    return max(indicator.most - (line.exact or ZERO), ZERO)


Gain = tuple[Fraction, Text]


def _of_part(scheme: Scheme, score: PartScore, today: date, left: Measured | None) -> Gain | None:
    """The most a part could still gain, and how; ``None`` where nothing can be said or done."""
    part, measured, rule = score.part, score.measured, score.part.rule
    if (
        today > scheme.last_day
        and part.measure.facts.window is not Window.BY_CUT_OFF
        and not part.measure.met
    ):
        return _by_reporting(scheme, part, rule, measured)
    match rule, measured:
        case ByDate(), Day():
            return _by_date(rule, measured, today)
        case Each(), Amount(n, which) if part.measure.kind in MONTHS:
            return _periods(scheme, part, rule, n, which, today)
        case Each(), Amount(n, _):
            return _each(rule, n, part)
        case ToTarget(), Amount(n, _) if n < rule.target:
            lacking = rule.target - n
            gain = rule.at_target * lacking / rule.target
            zh = f"再有 {lacking} {part.unit.zh}即达 {rule.target} {part.unit.zh}"
            return gain, Text(zh, f"{counted(lacking, part.unit)} more reach the target of {rule.target}")
        case Steps(), Amount(n, _):
            return _steps(rule, n, part)
        case OfTotal(), Share(held, whole) if part.measure.kind is MeasureKind.DAYS_COVERED:
            return _days(scheme, rule, held, whole, today, left)
        case ((OfTotal() | PerUnmet() | Threshold()), Share()):
            return _share(scheme, part, measured, today, left)
        case ((Flat() | PerMissing()), Amount(n, _)):
            return _lacking(rule, n, part)
        case MeanValue(), Mean(_, sample) if sample < rule.at_least:
            lacking = rule.at_least - sample
            zh = f"再有 {lacking} {part.unit.zh}即适用本项"
            return ZERO, Text(zh, f"applies with {counted(lacking, part.unit)} more")
        case PerLevel(), _:
            return _levels(rule, part)
        case ((Rated() | Satisfaction() | Given() | Converted()), _) if (
            measured == NOTHING[part.measure.kind]
        ):
            return rule.most or ZERO, Text("评定或测评后计入", "counts once it is assessed or surveyed")
        case ByPlace(), _:
            gain = (rule.most or ZERO) - (rule.value(measured) or ZERO)
            return gain, Text("名次前移可再得分", "a better place earns more")
    return None


def _share(
    scheme: Scheme, part: Part, measured: Share, today: date, left: Measured | None = None
) -> Gain | None:
    """What is not met yet can be met in time; of a cadence, only the periods that have not passed or may be reported."""
    met, whole = measured
    lacking = whole - met
    if part.measure.kind is MeasureKind.CADENCE and not part.measure.facts.reported_by_cut_off:
        lacking = min(lacking, _periods_left(scheme, part, today) - _counted(left))
    if lacking <= 0:
        return None
    gain = (part.rule.value(Share(met + lacking, whole)) or ZERO) - (part.rule.value(measured) or ZERO)
    zh = f"尚有 {lacking} {part.unit.zh}未达到，如在规定日期前达到仍可计分"
    en = f"{counted(lacking, part.unit)} not yet met; whatever is met in time still counts"
    return gain, Text(zh, en)


def _periods_left(scheme: Scheme, part: Part, today: date) -> int:
    length = 1 if part.measure.every is Period.MONTH else 3
    if today > scheme.last_day:
        return 0
    return (scheme.last_day.month - 1) // length - (today.month - 1) // length + 1


def _lacking(rule: Flat | PerMissing, n: int, part: Part) -> Gain | None:
    """One is all that an all-or-nothing award asks for; of what is expected, each one counts."""
    lacking = (1 if isinstance(rule, Flat) else rule.expected) - n
    if lacking <= 0:
        return None
    gain = rule.value(Amount(n + lacking)) - rule.value(Amount(n))
    zh = (
        f"再有 {lacking} {part.unit.zh}即不再扣分"
        if isinstance(rule, PerMissing)
        else f"有 1 {part.unit.zh}即可得分"
    )
    en = (
        f"{counted(lacking, part.unit)} more lose nothing"
        if isinstance(rule, PerMissing)
        else f"one {part.unit.en} earns it"
    )
    return gain, Text(zh, en)


def _by_reporting(scheme: Scheme, part: Part, rule: Rule, measured: Measured) -> Gain | None:
    """After the year's last day only the reporting of what had happened can still come in, until the cut-off."""
    if not part.measure.facts.reported_by_cut_off:
        return None
    zh = f"年内已开展而未填报的，{scheme.cut_off} 前（含）填报仍可计分"
    en = f"what happened in the year still counts when it is reported by {scheme.cut_off}"
    match rule, measured:
        case Each(), Amount(n, _):
            best = _each(rule, n, part)
        case Steps(), Amount(n, _):
            best = _steps(rule, n, part)
        case ((Flat() | PerMissing()), Amount(n, _)):
            best = _lacking(rule, n, part)
        case ((PerUnmet() | Threshold() | OfTotal()), Share()):
            best = _share(scheme, part, measured, scheme.last_day)
        case ToTarget(), Amount(n, _) if n < rule.target:
            best = (rule.at_target * (rule.target - n) / rule.target, Text("", ""))
        case _:
            return None
    return None if best is None else (best[0], Text(zh, en))


def _by_date(rule: ByDate, measured: Day, today: date) -> Gain | None:
    if measured.on is not None:
        return None
    step = next(((last, points) for last, points in rule.steps if last >= today), None)
    if step is None:
        return None
    last, points = step
    return points, Text(f"{last} 前（含）完成得 {number(points)} 分", f"{number(points)} when done by {last}")


def _each(rule: Each, n: int, part: Part) -> Gain | None:
    zh = f"每再有 1 {part.unit.zh}加 {number(rule.each)} 分"
    en = f"{number(rule.each)} for each further {part.unit.en}"
    if rule.at_most is None:
        return rule.each, Text(zh, en)
    left = rule.at_most - min(rule.each * n, rule.at_most)
    if left == 0:
        return None
    return left, Text(f"{zh}，最多再加 {number(left)} 分", f"{en}, {number(left)} at the most")


def _periods(
    scheme: Scheme, part: Part, rule: Each, n: int, which: tuple[int, ...], today: date
) -> Gain | None:
    """Months or quarters from today's on that are not covered yet; of those past, what was not reported yet."""
    length = MONTHS[part.measure.kind]
    last = (scheme.last_day.month - 1) // length + 1
    now = last + 1 if today > scheme.last_day else (today.month - 1) // length + 1
    ahead = [p for p in range(now, last + 1) if p not in which]
    missed = [p for p in range(1, now) if p not in which]
    if not ahead and not missed:
        return None
    word = ("月", "month") if length == 1 else ("季度", "quarter")
    zh, en = [], []
    if ahead:
        named = "、".join(map(str, ahead))
        zh.append(f"第 {named} {word[0]}尚可开展，每个 {number(rule.each)} 分")
        en.append(f"{word[1]} {', '.join(map(str, ahead))} can still be covered, {number(rule.each)} each")
    if missed and part.measure.facts.reported_by_cut_off:
        named = "、".join(map(str, missed))
        zh.append(f"第 {named} {word[0]}如已开展而未填报，{scheme.cut_off} 前填报仍可计分")
        en.append(
            f"{word[1]} {', '.join(map(str, missed))} only if held then and reported by {scheme.cut_off}"
        )
    gain = rule.each * (len(ahead) + len(missed) * part.measure.facts.reported_by_cut_off)
    if rule.at_most is not None:
        gain = min(gain, rule.at_most - min(rule.each * n, rule.at_most))
    return (gain, Text("；".join(zh), "; ".join(en))) if zh else None


def _steps(rule: Steps, n: int, part: Part) -> Gain | None:
    now = rule.value(Amount(n)) or ZERO
    above = [(least, points) for least, points in rule.steps if least > n and points > now]
    if not above:
        return None
    least, points = above[-1]
    lacking = least - n
    zh = f"再有 {lacking} {part.unit.zh}即达 {least} {part.unit.zh}，得 {number(points)} 分"
    en = f"{counted(lacking, part.unit)} more reach {least}, worth {number(points)}"
    return max(points for _, points in above) - now, Text(zh, en)


def _counted(left: Measured | None) -> int:
    """How many of the days or periods to come count already."""
    return left.part if isinstance(left, Share) else 0


def _days(
    scheme: Scheme, rule: OfTotal, held: int, whole: int, today: date, left: Measured | None
) -> Gain | None:
    """A post's vacant days: those that have passed are lost, those to come that nobody fills yet can be filled."""
    first = max(today, scheme.first_day)
    ahead = min(whole - held, max((scheme.last_day - first).days + 1 - _counted(left), 0))
    if ahead <= 0 or whole == 0:
        return None
    zh, en = (
        f"职务如自今日起有人在任，至多补 {ahead} 天",
        f"filled from today on, up to {ahead} days more count",
    )
    return rule.at_full * ahead / whole, Text(zh, en)


def _levels(rule: PerLevel, part: Part) -> Gain | None:
    best = max((points for _, points, _ in rule.levels), default=ZERO)
    each_zh = "、".join(f"{label.zh} {number(points)} 分" for _, points, label in rule.levels)
    each_en = ", ".join(f"{label.en} {number(points)}" for _, points, label in rule.levels)
    return best, Text(f"每再有 1 {part.unit.zh}：{each_zh}", f"for each further {part.unit.en}: {each_en}")
