"""Rules: what a measured value is worth. Pure, exact, and able to say why.

The meaning of a kind never changes: a different meaning is a new kind.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from domain.assessment.scheme.measured import Amount, Day, Mean, Measured, Share, Tally
from domain.assessment.scheme.points import Points, exact_en, exact_zh, number
from domain.assessment.scheme.text import Text

ENGINE_VERSION: int = 2
"""Names how facts become figures; a frozen run keeps it, so that a figure that came out otherwise can be told apart.

Raise it when a measure, a rule, the adding up or the rounding gives another figure for the same facts and the same scheme,
which only the correction of an error may do. Not when a kind is added, nor when only a sentence is worded anew.

2: a line that is ruled on applies when points are shared out within its group.
"""

ZERO = Fraction(0)
TIMES = Text("次", "time")


class Rule(ABC):
    """``ACCEPTS`` is the kind of measured value it judges; a scheme pairing it with another is refused."""

    ACCEPTS: ClassVar[type[Measured]]

    @property
    def may_not_apply(self) -> bool:
        """Whether there are values that leave the rule not applicable."""
        return False

    @property
    def most(self) -> Fraction | None:
        """The most it can be worth, where its terms name it."""
        return None

    @abstractmethod
    def value(self, measured: Measured) -> Fraction | None:
        """The exact points; ``None`` when not applicable. Raises ``TypeError`` for another kind of value."""

    @abstractmethod
    def terms(self, measured: Measured, unit: Text) -> Text:
        """The terms of the regulation as they meet this value, without the result."""

    def points(self, measured: Measured, unit: Text = TIMES) -> Points:
        """The points with the sentence that explains them."""
        value = self.value(measured)
        terms = self.terms(measured, unit)
        if value is None:
            return Points(None, f"{terms.zh}，不适用", f"{terms.en}: not applicable")
        return Points(value, f"{terms.zh}，计 {exact_zh(value)}", f"{terms.en}: {exact_en(value)}")


def unfit(rule: Rule, measured: Measured) -> TypeError:
    """The error of a rule that was given a value of another kind than it judges."""
    return TypeError(f"{type(rule).__name__} judges {rule.ACCEPTS.__name__}, not {type(measured).__name__}")


@dataclass(frozen=True)
class ByDate(Rule):
    """The earlier, the more: points of the first step whose last day has not passed, else nothing."""

    steps: tuple[tuple[date, Fraction], ...]
    """(last day, included; points), by day."""

    ACCEPTS = Day

    def value(self, measured: Measured) -> Fraction | None:
        if not isinstance(measured, Day):
            raise unfit(self, measured)
        if measured.on is None:
            return ZERO
        return next((points for last, points in self.steps if measured.on <= last), ZERO)

    def terms(self, measured: Measured, unit: Text) -> Text:
        return Text(
            "、".join(f"{last} 前（含）{number(points)} 分" for last, points in self.steps),
            ", ".join(f"by {last} {number(points)}" for last, points in self.steps),
        )


@dataclass(frozen=True)
class OfTotal(Rule):
    """Points times the share. ``when_none`` is what an empty whole is worth, ``None`` for not applicable."""

    at_full: Fraction
    when_none: Fraction | None

    ACCEPTS = Share

    @property
    def may_not_apply(self) -> bool:
        return self.when_none is None

    def value(self, measured: Measured) -> Fraction | None:
        if not isinstance(measured, Share):
            raise unfit(self, measured)
        if measured.whole == 0:
            return self.when_none
        return self.at_full * measured.part / measured.whole

    def terms(self, measured: Measured, unit: Text) -> Text:
        if not isinstance(measured, Share):
            raise unfit(self, measured)
        if measured.whole == 0:
            return Text("没有可计比例的对象", "nothing to take a share of")
        sum_ = f"{number(self.at_full)} × {measured.part}/{measured.whole}"
        return Text(f"按比例 {sum_}", f"in proportion {sum_}")


@dataclass(frozen=True)
class Each(Rule):
    """So many points for each, at most ``at_most`` (``None``: no limit)."""

    each: Fraction
    at_most: Fraction | None = None

    ACCEPTS = Amount

    def value(self, measured: Measured) -> Fraction | None:
        if not isinstance(measured, Amount):
            raise unfit(self, measured)
        earned = self.each * measured.n
        return earned if self.at_most is None else min(earned, self.at_most)

    def terms(self, measured: Measured, unit: Text) -> Text:
        zh, en = (
            f"每{unit.zh} {number(self.each)} 分",
            f"{number(self.each)} for each {unit.en}",
        )
        if self.at_most is None:
            return Text(zh, en)
        return Text(
            f"{zh}，最多 {number(self.at_most)} 分",
            f"{en}, at most {number(self.at_most)}",
        )


@dataclass(frozen=True)
class ToTarget(Rule):
    """In proportion to a target; reaching it earns all, more earns no more."""

    target: int
    at_target: Fraction

    ACCEPTS = Amount

    def value(self, measured: Measured) -> Fraction | None:
        if not isinstance(measured, Amount):
            raise unfit(self, measured)
        return self.at_target * min(measured.n, self.target) / self.target

    def terms(self, measured: Measured, unit: Text) -> Text:
        if not isinstance(measured, Amount):
            raise unfit(self, measured)
        sum_ = f"{measured.n} ÷ {self.target} × {number(self.at_target)}"
        return Text(
            f"{sum_}，最多 {number(self.at_target)} 分",
            f"{sum_}, at most {number(self.at_target)}",
        )


@dataclass(frozen=True)
class Steps(Rule):
    """Tiers: points of the highest step reached, nothing below the lowest. One step is all-or-nothing."""

    steps: tuple[tuple[int, Fraction], ...]
    """(from this many, included; points), highest first."""

    ACCEPTS = Amount

    def value(self, measured: Measured) -> Fraction | None:
        if not isinstance(measured, Amount):
            raise unfit(self, measured)
        return next((points for least, points in self.steps if measured.n >= least), ZERO)

    def terms(self, measured: Measured, unit: Text) -> Text:
        return Text(
            "、".join(f"{least} {unit.zh}以上 {number(points)} 分" for least, points in self.steps),
            ", ".join(f"{number(points)} from {least}" for least, points in self.steps),
        )


@dataclass(frozen=True)
class MeanValue(Rule):
    """The mean itself, times ``times``; not applicable with fewer than ``at_least`` in the sample."""

    at_least: int
    times: Fraction = Fraction(1)

    ACCEPTS = Mean
    may_not_apply = True

    def value(self, measured: Measured) -> Fraction | None:
        if not isinstance(measured, Mean):
            raise unfit(self, measured)
        if measured.sample < self.at_least:
            return None
        return self.times * measured.total / measured.sample

    def terms(self, measured: Measured, unit: Text) -> Text:
        if not isinstance(measured, Mean):
            raise unfit(self, measured)
        if measured.sample < self.at_least:
            return Text(f"少于 {self.at_least} {unit.zh}", f"fewer than {self.at_least}")
        scale = "" if self.times == 1 else f" × {number(self.times)}"
        sum_ = f"{measured.total} ÷ {measured.sample}{scale}"
        return Text(f"平均 {sum_}", f"mean {sum_}")


@dataclass(frozen=True)
class PerLevel(Rule):
    """So many points for each, depending on its level, at most ``at_most`` (``None``: no limit); ``levels`` are (level,
    points, label).
    """

    levels: tuple[tuple[str, Fraction, Text], ...]
    at_most: Fraction | None = None

    ACCEPTS = Tally

    def value(self, measured: Measured) -> Fraction | None:
        if not isinstance(measured, Tally):
            raise unfit(self, measured)
        worth = {level: points for level, points, _ in self.levels}
        earned = sum((worth[level] * n for level, n in measured.counts), ZERO)
        return earned if self.at_most is None else min(earned, self.at_most)

    def terms(self, measured: Measured, unit: Text) -> Text:
        if not isinstance(measured, Tally):
            raise unfit(self, measured)
        counts = dict(measured.counts)
        seen = [
            (label, counts[level], number(points)) for level, points, label in self.levels if level in counts
        ]
        if not seen:
            return Text("没有", "none")
        zh = "，".join(f"{label.zh} {n} {unit.zh} × {points} 分" for label, n, points in seen)
        en = ", ".join(f"{label.en} {n} × {points}" for label, n, points in seen)
        if self.at_most is None:
            return Text(zh, en)
        return Text(f"{zh}，最多 {number(self.at_most)} 分", f"{en}, at most {number(self.at_most)}")
