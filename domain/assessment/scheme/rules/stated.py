"""Rules for what somebody stated: places, a superior office's score, an assessor's points."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.measured import Measured, Place, Stated
from domain.assessment.scheme.points import number
from domain.assessment.scheme.rules.rule import ZERO, Rule, unfit
from domain.assessment.scheme.text import Text


@dataclass(frozen=True)
class ByPlace(Rule):
    """The better the place, the more: points of the first step that reaches it, nothing beyond the last or without a place."""

    places: tuple[tuple[int, Fraction], ...]
    """(to this place, included; points), by place."""

    ACCEPTS = Place

    @property
    def most(self) -> Fraction:
        return max((points for _, points in self.places), default=ZERO)

    def value(self, measured: Measured) -> Fraction:
        if not isinstance(measured, Place):
            raise unfit(self, measured)
        if measured.place is None:
            return ZERO
        return next((points for to, points in self.places if measured.place <= to), ZERO)

    def terms(self, measured: Measured, unit: Text) -> Text:
        begins = [1, *(to + 1 for to, _ in self.places)]
        spans = [
            (str(to) if to == first else f"{first}–{to}", number(points))
            for first, (to, points) in zip(begins, self.places, strict=False)
        ]
        return Text(
            "、".join(f"第 {span} 名 {points} 分" for span, points in spans),
            ", ".join(f"{points} for place {span}" for span, points in spans),
        )


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

    ACCEPTS = Stated

    @property
    def may_not_apply(self) -> bool:
        return self.when_none is None

    @property
    def most(self) -> Fraction:
        return max(self.at_full, self.when_none or ZERO)

    def _earned(self, hundredths: int) -> Fraction:
        return min(max(Fraction(hundredths, 100), ZERO), self.full)

    def value(self, measured: Measured) -> Fraction | None:
        if not isinstance(measured, Stated):
            raise unfit(self, measured)
        if measured.hundredths is None:
            return self.when_none
        earned = self._earned(measured.hundredths)
        return self.at_full * (earned if self.to is ConvertedTo.POINTS else self.full - earned) / self.full

    def terms(self, measured: Measured, unit: Text) -> Text:
        if not isinstance(measured, Stated):
            raise unfit(self, measured)
        full, at_full = number(self.full), number(self.at_full)
        if measured.hundredths is None:
            return Text("没有可折算的得分", "no score to convert")
        earned = number(self._earned(measured.hundredths))
        if self.to is ConvertedTo.POINTS:
            sum_ = f"{earned} ÷ {full} × {at_full}"
            return Text(f"按得分比例折算 {sum_}", f"converted in proportion {sum_}")
        sum_ = f"({full} − {earned}) ÷ {full} × {at_full}"
        return Text(f"按扣分比例折算 {sum_}", f"what was lost, converted in proportion {sum_}")


@dataclass(frozen=True)
class Given(Rule):
    """The points an assessor gave, at most ``at_most``; nothing until they are given."""

    at_most: Fraction

    ACCEPTS = Stated

    @property
    def most(self) -> Fraction:
        return self.at_most

    def value(self, measured: Measured) -> Fraction:
        if not isinstance(measured, Stated):
            raise unfit(self, measured)
        return min(max(Fraction(measured.hundredths or 0, 100), ZERO), self.at_most)

    def terms(self, measured: Measured, unit: Text) -> Text:
        if not isinstance(measured, Stated):
            raise unfit(self, measured)
        if measured.hundredths is None:
            return Text("评定前不计分", "nothing until then")
        most = number(self.at_most)
        return Text(f"以审核评定为准，最多 {most} 分", f"as assessed, at most {most}")
