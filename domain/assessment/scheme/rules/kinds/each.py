"""So many points for each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.json_schema import POINTS, table
from domain.assessment.scheme.measured_values import Amount, Measured
from domain.assessment.scheme.measures import MeasureKind
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules import shared
from domain.assessment.scheme.rules.rule import Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text

MONTHS = {MeasureKind.MONTHS: 1, MeasureKind.QUARTERS: 3}
"""Months in one period of a measure that counts periods."""


@dataclass(frozen=True)
class Each(Rule):
    """So many points for each, at most ``at_most`` (``None``: no limit)."""

    each: Fraction
    at_most: Fraction | None = None

    ACCEPTS = Amount
    SCHEMA = table({"each": POINTS}, {"at_most": POINTS})
    COUNTS_REPORTED = True

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "each", each = 1, at_most = 5 }``."""
        return cls(table.points("each"), table.optional_points("at_most"))

    def _within(self, points: Fraction) -> Fraction:
        return points if self.at_most is None else min(points, self.at_most)

    def value(self, measured: Measured) -> Fraction:
        return self._within(self.each * self.fitting(measured, Amount).n)

    def terms(self, measured: Measured, unit: Text) -> Text:
        return self.in_words(unit)

    def in_words(self, unit: Text) -> Text:
        each = number(self.each)
        return shared.at_most(Text(f"每{unit.zh} {each} 分", f"{each} for each {unit.en}"), self.at_most)

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        amount = self.fitting(measured, Amount)
        left = None if self.at_most is None else self.at_most - self.value(amount)
        if rest.measure.kind in MONTHS and not rest.only_reporting:
            return self._by_period(amount.which, rest, left)
        if left == 0:
            return None
        zh = f"每再有 1 {rest.unit.zh}加 {number(self.each)} 分"
        en = f"{number(self.each)} for each further {rest.unit.en}"
        if left is None:
            return self.each, Text(zh, en)
        return left, Text(f"{zh}，最多再加 {number(left)} 分", f"{en}, {number(left)} at the most")

    def _by_period(self, which: tuple[int, ...], rest: RestOfYear, left: Fraction | None) -> Gain | None:
        """Months or quarters from today's on that are not covered yet; of those past, what was not reported yet."""
        length = MONTHS[rest.measure.kind]
        periods = rest.periods(length)
        ahead = [period for period in periods if period not in which]
        missed = [period for period in range(1, periods.start) if period not in which]
        if not rest.measure.facts.reported_by_cut_off:
            missed = []
        word_zh, word_en = ("月", "month") if length == 1 else ("季度", "quarter")
        zh, en, each = [], [], number(self.each)
        if ahead:
            named_zh, named_en = "、".join(map(str, ahead)), ", ".join(map(str, ahead))
            zh.append(f"第 {named_zh} {word_zh}尚可开展，每个 {each} 分")
            en.append(f"{word_en} {named_en} can still be covered, {each} each")
        if missed:
            named_zh, named_en = "、".join(map(str, missed)), ", ".join(map(str, missed))
            zh.append(f"第 {named_zh} {word_zh}如已开展而未填报，{rest.cut_off} 前填报仍可计分")
            en.append(f"{word_en} {named_en} only if held then and reported by {rest.cut_off}")
        gain = self.each * (len(ahead) + len(missed))
        if left is not None:
            gain = min(gain, left)
        return (gain, Text("；".join(zh), "; ".join(en))) if zh else None
