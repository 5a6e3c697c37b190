"""What would still count: for a unit's own eyes while the year runs, how each line could still gain.

Nothing here is a promise: it says what the regulation would give for one more, under what is known on a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from domain.assessment.scheme.measured_values import Measured
from domain.assessment.scheme.measures import MeasureKind, Period
from domain.assessment.scheme.points import half_up
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear
from domain.assessment.scheme.scheme import Group, Indicator, Part, Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.sheet import Line, PartScore, Sheet


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


def _of_part(scheme: Scheme, score: PartScore, today: date, left: Measured | None) -> Gain | None:
    """The most a part could still gain, and how; ``None`` where nothing can be said or done."""
    measure, rule = score.part.measure, score.part.rule
    days = (scheme.first_day, scheme.last_day, scheme.cut_off)
    rest = RestOfYear(today, *days, measure, score.part.unit, left)
    if not rest.only_reporting:
        return rule.outlook(score.measured, rest)
    if not (rule.COUNTS_REPORTED and measure.facts.reported_by_cut_off):
        return None
    gained = rule.outlook(score.measured, rest)
    zh = f"年内已开展而未填报的，{scheme.cut_off} 前（含）填报仍可计分"
    en = f"what happened in the year still counts when it is reported by {scheme.cut_off}"
    return None if gained is None else (gained[0], Text(zh, en))
