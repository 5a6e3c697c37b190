"""So much off for each that is missing (少一次扣)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.json_schema import MANY, POINTS, table
from domain.assessment.scheme.measured_values import Amount, Measured, counted
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules import shared
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


@dataclass(frozen=True)
class PerMissing(Rule):
    """Full points less so many for each one short of ``expected``, not below 0; more than expected earns no more."""

    expected: int
    each: Fraction
    at_full: Fraction

    ACCEPTS = Amount
    SCHEMA = table({"expected": MANY, "each": POINTS, "at_full": POINTS})
    COUNTS_REPORTED = True

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "per_missing", expected = 12, each = 1, at_full = 10 }``."""
        return cls(table.integer("expected"), shared.off_for_each(table), table.points("at_full"))

    @property
    def most(self) -> Fraction:
        return self.at_full

    @property
    def for_all(self) -> Fraction:
        return self.at_full

    def _missing(self, measured: Measured) -> int:
        return max(self.expected - self.fitting(measured, Amount).n, 0)

    def value(self, measured: Measured) -> Fraction:
        return max(self.at_full - self.each * self._missing(measured), ZERO)

    def terms(self, measured: Measured, unit: Text) -> Text:
        missing = self._missing(measured)
        due = Text(f"应有 {self.expected} {unit.zh}", f"{counted(self.expected, unit)} expected")
        short = Text(f"少 {missing} {unit.zh}", f"{missing} missing")
        return shared.taken_off(self.at_full, self.each, missing, due, short, unit)

    def in_words(self, unit: Text) -> Text:
        full, each = number(self.at_full), number(self.each)
        return Text(
            f"应有 {self.expected} {unit.zh}，得 {full} 分，每少一{unit.zh}扣 {each} 分，扣完为止",
            f"{full} for {self.expected}, {each} off for each missing, not below 0",
        )

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        lacking = self._missing(measured)
        if lacking == 0:
            return None
        zh, en = (
            f"再有 {lacking} {rest.unit.zh}即不再扣分",
            f"{counted(lacking, rest.unit)} more lose nothing",
        )
        return self.at_full - self.value(measured), Text(zh, en)
