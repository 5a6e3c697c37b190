"""A superior office's score, converted."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.json_schema import POINTS, table, word
from domain.assessment.scheme.measured_values import Measured, StatedPoints
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules import shared
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


class ConvertedTo(enum.Enum):
    """Whether what was earned counts, or what was lost."""

    POINTS = "points"
    DEDUCTION = "deduction"


@dataclass(frozen=True)
class Converted(Rule):
    """A superior office's score out of ``full``, converted to ``at_full``: what was earned, or, as a deduction, what was lost
    (按扣分比例折算). A score beyond full counts as full. ``when_none``: what no score is worth, ``None`` for not applicable.
    """

    full: Fraction
    at_full: Fraction
    to: ConvertedTo
    when_none: Fraction | None

    ACCEPTS = StatedPoints
    SCHEMA = table({"full": POINTS, "at_full": POINTS, "as": word(ConvertedTo)}, shared.NONE)

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "converted", full = 100, at_full = 5, as = "deduction", when_none = 0 }``."""
        full, at_full = shared.full_marks(table), table.points("at_full")
        return cls(full, at_full, table.choice("as", ConvertedTo), shared.when_none(table))

    @property
    def may_not_apply(self) -> bool:
        return self.when_none is None

    @property
    def most(self) -> Fraction:
        return max(self.at_full, self.when_none or ZERO)

    @property
    def scale(self) -> Fraction:
        return self.full

    def _earned(self, hundredths: int) -> Fraction:
        return min(max(Fraction(hundredths, 100), ZERO), self.full)

    def value(self, measured: Measured) -> Fraction | None:
        hundredths = self.fitting(measured, StatedPoints).hundredths
        if hundredths is None:
            return self.when_none
        earned = self._earned(hundredths)
        return self.at_full * (earned if self.to is ConvertedTo.POINTS else self.full - earned) / self.full

    def terms(self, measured: Measured, unit: Text) -> Text:
        hundredths = self.fitting(measured, StatedPoints).hundredths
        if hundredths is None:
            return Text("没有可折算的得分", "no score to convert")
        full, at_full, earned = number(self.full), number(self.at_full), number(self._earned(hundredths))
        if self.to is ConvertedTo.POINTS:
            sum_ = f"{earned} ÷ {full} × {at_full}"
            return Text(f"按得分比例折算 {sum_}", f"converted in proportion {sum_}")
        sum_ = f"({full} − {earned}) ÷ {full} × {at_full}"
        return Text(f"按扣分比例折算 {sum_}", f"what was lost, converted in proportion {sum_}")

    def in_words(self, unit: Text) -> Text:
        full, at_full, none = number(self.full), number(self.at_full), shared.worth_of_none(self.when_none)
        if self.to is ConvertedTo.POINTS:
            return Text(
                f"上级 {full} 分制得分按比例折算为 {at_full} 分；没有可计的对象时{none.zh}",
                f"a superior's score out of {full} converted to {at_full}; nothing to judge: {none.en}",
            )
        return Text(
            f"上级 {full} 分制所扣的分按比例折算，最多扣 {at_full} 分；没有可计的对象时{none.zh}",
            f"what a superior took off {full}, converted to {at_full}; nothing to judge: {none.en}",
        )

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        return shared.by_assessing(self, measured, rest)
