"""The mean itself."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.json_schema import MANY, POINTS, table
from domain.assessment.scheme.measured_values import Mean, Measured, counted
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


@dataclass(frozen=True)
class MeanValue(Rule):
    """The mean itself, times ``times``; not applicable with fewer than ``at_least`` in the sample."""

    at_least: int
    times: Fraction = Fraction(1)

    ACCEPTS = Mean
    SCHEMA = table({"at_least": MANY}, {"times": POINTS})
    may_not_apply = True

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "mean", at_least = 3, times = 2 }``."""
        times = table.optional_points("times")
        return cls(table.integer("at_least"), Fraction(1) if times is None else times)

    def value(self, measured: Measured) -> Fraction | None:
        total, sample = self.fitting(measured, Mean)
        return None if sample < self.at_least else self.times * total / sample

    @property
    def _times(self) -> str:
        return "" if self.times == 1 else f" × {number(self.times)}"

    def terms(self, measured: Measured, unit: Text) -> Text:
        total, sample = self.fitting(measured, Mean)
        if sample < self.at_least:
            return Text(f"少于 {self.at_least} {unit.zh}", f"fewer than {self.at_least}")
        sum_ = f"{total} ÷ {sample}{self._times}"
        return Text(f"平均 {sum_}", f"mean {sum_}")

    def in_words(self, unit: Text) -> Text:
        return Text(
            f"平均值{self._times}；少于 {self.at_least} {unit.zh}的不适用",
            f"the mean{self._times}; not applicable with fewer than {self.at_least}",
        )

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        lacking = self.at_least - self.fitting(measured, Mean).sample
        if lacking <= 0:
            return None
        zh = f"再有 {lacking} {rest.unit.zh}即适用本项"
        return ZERO, Text(zh, f"applies with {counted(lacking, rest.unit)} more")
