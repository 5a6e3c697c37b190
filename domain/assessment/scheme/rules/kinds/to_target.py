"""In proportion to a target."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.json_schema import MANY, POINTS, table
from domain.assessment.scheme.measured_values import Amount, Measured, counted
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules import shared
from domain.assessment.scheme.rules.rule import Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


@dataclass(frozen=True)
class ToTarget(Rule):
    """In proportion to a target; reaching it earns all, more earns no more."""

    target: int
    at_target: Fraction

    ACCEPTS = Amount
    SCHEMA = table({"target": MANY, "at_target": POINTS})
    COUNTS_REPORTED = True

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "to_target", target = 60, at_target = 6 }``."""
        return cls(table.integer("target"), table.points("at_target"))

    @property
    def for_all(self) -> Fraction:
        return self.at_target

    def value(self, measured: Measured) -> Fraction:
        return self.at_target * min(self.fitting(measured, Amount).n, self.target) / self.target

    def terms(self, measured: Measured, unit: Text) -> Text:
        sum_ = f"{self.fitting(measured, Amount).n} ÷ {self.target} × {number(self.at_target)}"
        return shared.at_most(Text(sum_, sum_), self.at_target)

    def in_words(self, unit: Text) -> Text:
        return Text(
            f"达到 {self.target} {unit.zh} 得 {number(self.at_target)} 分，不足的按比例",
            f"{number(self.at_target)} for {self.target}, fewer in proportion",
        )

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        lacking = self.target - self.fitting(measured, Amount).n
        if lacking <= 0:
            return None
        zh = f"再有 {lacking} {rest.unit.zh}即达 {self.target} {rest.unit.zh}"
        en = f"{counted(lacking, rest.unit)} more reach the target of {self.target}"
        return self.at_target * lacking / self.target, Text(zh, en)
