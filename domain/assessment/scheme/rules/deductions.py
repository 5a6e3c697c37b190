"""Rules of all or nothing, and of so much off for each that is missing. As all rules: pure and exact."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.measured import Amount, Measured, Share, counted
from domain.assessment.scheme.points import number
from domain.assessment.scheme.rules.rule import ZERO, Rule, unfit
from domain.assessment.scheme.text import Text

NOTHING_TO_MEET = Text("没有应计的对象", "nothing was due")


@dataclass(frozen=True)
class Flat(Rule):
    """All or nothing: ``award`` for one or more, ``when_none`` otherwise."""

    award: Fraction
    when_none: Fraction = ZERO

    ACCEPTS = Amount

    @property
    def most(self) -> Fraction:
        return max(self.award, self.when_none)

    def value(self, measured: Measured) -> Fraction:
        if not isinstance(measured, Amount):
            raise unfit(self, measured)
        return self.award if measured.n > 0 else self.when_none

    def terms(self, measured: Measured, unit: Text) -> Text:
        without = number(self.when_none)
        return Text(
            f"有即得 {number(self.award)} 分，没有得 {without} 分",
            f"{number(self.award)} for one or more, {without} for none",
        )


@dataclass(frozen=True)
class PerMissing(Rule):
    """Full points less so many for each one short of ``expected`` (少一次扣), not below 0; more than expected earns no more."""

    expected: int
    each: Fraction
    at_full: Fraction

    ACCEPTS = Amount

    @property
    def most(self) -> Fraction:
        return self.at_full

    def value(self, measured: Measured) -> Fraction:
        if not isinstance(measured, Amount):
            raise unfit(self, measured)
        return max(self.at_full - self.each * max(self.expected - measured.n, 0), ZERO)

    def terms(self, measured: Measured, unit: Text) -> Text:
        if not isinstance(measured, Amount):
            raise unfit(self, measured)
        due = Text(f"应有 {self.expected} {unit.zh}", f"{counted(self.expected, unit)} expected")
        missing = max(self.expected - measured.n, 0)
        short = Text(f"少 {missing} {unit.zh}", f"{missing} missing")
        return _taken_off(self.at_full, self.each, missing, due, short, unit)


@dataclass(frozen=True)
class PerUnmet(Rule):
    """Full points less so many for each of the whole that was not met, not below 0. ``when_none`` is what an empty whole is
    worth, ``None`` for not applicable.
    """

    at_full: Fraction
    each: Fraction
    when_none: Fraction | None

    ACCEPTS = Share

    @property
    def may_not_apply(self) -> bool:
        return self.when_none is None

    @property
    def most(self) -> Fraction:
        return max(self.at_full, self.when_none or ZERO)

    def value(self, measured: Measured) -> Fraction | None:
        if not isinstance(measured, Share):
            raise unfit(self, measured)
        if measured.whole == 0:
            return self.when_none
        return max(self.at_full - self.each * (measured.whole - measured.part), ZERO)

    def terms(self, measured: Measured, unit: Text) -> Text:
        if not isinstance(measured, Share):
            raise unfit(self, measured)
        if measured.whole == 0:
            return NOTHING_TO_MEET
        unmet = measured.whole - measured.part
        due = Text(f"应达到 {measured.whole} {unit.zh}", f"{counted(measured.whole, unit)} due")
        short = Text(f"未达到 {unmet} {unit.zh}", f"{unmet} not met")
        return _taken_off(self.at_full, self.each, unmet, due, short, unit)


def _taken_off(full: Fraction, each: Fraction, missing: int, due: Text, short: Text, unit: Text) -> Text:
    """``应有 12 次，少 2 次，每次扣 1 分：10 − 2 × 1``."""
    if missing == 0:
        return Text(f"{due.zh}，不扣分", f"{due.en}, nothing taken off")
    sum_ = f"{number(full)} − {missing} × {number(each)}"
    floor = Text("，扣完为止", ", not below 0") if each * missing > full else Text("", "")
    return Text(
        f"{due.zh}，{short.zh}，每{unit.zh}扣 {number(each)} 分：{sum_}{floor.zh}",
        f"{due.en}, {short.en}, {number(each)} off for each {unit.en}: {sum_}{floor.en}",
    )


class Otherwise(enum.Enum):
    """What a share below a threshold earns: nothing, or points in proportion to the share."""

    NOTHING = "nothing"
    PROPORTIONAL = "proportional"


@dataclass(frozen=True)
class Threshold(Rule):
    """All points from ``at_least`` percent of the whole, below that ``otherwise``. ``when_none`` is what an empty whole is
    worth, ``None`` for not applicable.
    """

    at_least: Fraction
    award: Fraction
    otherwise: Otherwise
    when_none: Fraction | None

    ACCEPTS = Share

    @property
    def may_not_apply(self) -> bool:
        return self.when_none is None

    @property
    def most(self) -> Fraction:
        return max(self.award, self.when_none or ZERO)

    def _reached(self, share: Share) -> bool:
        return 100 * share.part >= self.at_least * share.whole

    def value(self, measured: Measured) -> Fraction | None:
        if not isinstance(measured, Share):
            raise unfit(self, measured)
        if measured.whole == 0:
            return self.when_none
        if self._reached(measured):
            return self.award
        if self.otherwise is Otherwise.NOTHING:
            return ZERO
        return self.award * measured.part / measured.whole

    def terms(self, measured: Measured, unit: Text) -> Text:
        if not isinstance(measured, Share):
            raise unfit(self, measured)
        if measured.whole == 0:
            return NOTHING_TO_MEET
        least, award = number(self.at_least), number(self.award)
        terms = Text(f"{least}% 以上得 {award} 分", f"{award} from {least}%")
        if self._reached(measured):
            return terms
        if self.otherwise is Otherwise.NOTHING:
            return Text(f"{terms.zh}，否则不得分", f"{terms.en}, otherwise nothing")
        sum_ = f"{award} × {measured.part}/{measured.whole}"
        return Text(f"{terms.zh}，否则按完成比例 {sum_}", f"{terms.en}, otherwise in proportion {sum_}")
