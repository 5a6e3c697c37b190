"""The points an assessor gave."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.json_schema import POINTS, table
from domain.assessment.scheme.measured_values import Measured, StatedPoints
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules import shared
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


@dataclass(frozen=True)
class Given(Rule):
    """The points an assessor gave, at most ``at_most``; nothing until they are given."""

    at_most: Fraction

    ACCEPTS = StatedPoints
    SCHEMA = table({"at_most": POINTS})

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "given", at_most = 10 }``."""
        return cls(table.points("at_most"))

    @property
    def most(self) -> Fraction:
        return self.at_most

    def value(self, measured: Measured) -> Fraction:
        hundredths = self.fitting(measured, StatedPoints).hundredths
        return min(max(Fraction(hundredths or 0, 100), ZERO), self.at_most)

    def terms(self, measured: Measured, unit: Text) -> Text:
        if self.fitting(measured, StatedPoints).hundredths is None:
            return Text("评定前不计分", "nothing until then")
        return self.in_words(unit)

    def in_words(self, unit: Text) -> Text:
        return shared.at_most(Text("以审核评定为准", "as assessed"), self.at_most)

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        return shared.by_assessing(self, measured, rest)
