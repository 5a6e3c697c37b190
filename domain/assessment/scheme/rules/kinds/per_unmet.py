"""So much off for each that was not met."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.json_schema import POINTS, table
from domain.assessment.scheme.measured_values import Measured, Share, counted
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules import shared
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


@dataclass(frozen=True)
class PerUnmet(Rule):
    """Full points less so many for each of the whole that was not met, not below 0. ``when_none`` is what an empty whole is
    worth, ``None`` for not applicable.
    """

    at_full: Fraction
    each: Fraction
    when_none: Fraction | None

    ACCEPTS = Share
    SCHEMA = table({"at_full": POINTS, "each": POINTS}, shared.NONE)
    COUNTS_REPORTED = True

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "per_unmet", at_full = 4, each = 1, when_none = 0 }``."""
        return cls(table.points("at_full"), shared.off_for_each(table), shared.when_none(table))

    @property
    def may_not_apply(self) -> bool:
        return self.when_none is None

    @property
    def most(self) -> Fraction:
        return max(self.at_full, self.when_none or ZERO)

    @property
    def for_all(self) -> Fraction:
        return self.at_full

    def value(self, measured: Measured) -> Fraction | None:
        part, whole = self.fitting(measured, Share)
        return max(self.at_full - self.each * (whole - part), ZERO) if whole else self.when_none

    def terms(self, measured: Measured, unit: Text) -> Text:
        part, whole = self.fitting(measured, Share)
        if whole == 0:
            return shared.NOTHING_TO_MEET
        unmet = whole - part
        due = Text(f"应达到 {whole} {unit.zh}", f"{counted(whole, unit)} due")
        short = Text(f"未达到 {unmet} {unit.zh}", f"{unmet} not met")
        return shared.taken_off(self.at_full, self.each, unmet, due, short, unit)

    def in_words(self, unit: Text) -> Text:
        full, each, none = number(self.at_full), number(self.each), shared.worth_of_none(self.when_none)
        return Text(
            f"都达到得 {full} 分，每有一{unit.zh}未达到扣 {each} 分，扣完为止；没有可计的对象时{none.zh}",
            f"{full}, {each} off for each not met, not below 0; nothing to judge: {none.en}",
        )

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        return shared.by_meeting(self, self.fitting(measured, Share), rest)
