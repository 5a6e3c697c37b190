"""All or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.json_schema import POINTS, table
from domain.assessment.scheme.measured_values import Amount, Measured
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


@dataclass(frozen=True)
class Flat(Rule):
    """All or nothing: ``award`` for one or more, ``when_none`` otherwise."""

    award: Fraction
    when_none: Fraction = ZERO

    ACCEPTS = Amount
    SCHEMA = table({"points": POINTS}, {"when_none": POINTS})
    COUNTS_REPORTED = True

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "flat", points = 5 }``."""
        return cls(table.points("points"), table.optional_points("when_none") or ZERO)

    @property
    def most(self) -> Fraction:
        return max(self.award, self.when_none)

    def value(self, measured: Measured) -> Fraction:
        return self.award if self.fitting(measured, Amount).n > 0 else self.when_none

    def terms(self, measured: Measured, unit: Text) -> Text:
        return self.in_words(unit)

    def in_words(self, unit: Text) -> Text:
        award, without = number(self.award), number(self.when_none)
        return Text(f"有即得 {award} 分，没有得 {without} 分", f"{award} for one or more, {without} for none")

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        if self.fitting(measured, Amount).n > 0:
            return None
        how = Text(f"有 1 {rest.unit.zh}即可得分", f"one {rest.unit.en} earns it")
        return self.award - self.when_none, how
