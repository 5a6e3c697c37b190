"""Points: exact fractions until the one rounding, hundredths afterwards. Never a float."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.assessment.scheme.text import Text


@dataclass(frozen=True)
class Points:
    """What a measured value is worth, and the sentence that says why. ``None``: not applicable (不适用)."""

    value: Fraction | None
    because_zh: str
    because_en: str


def half_up(value: Fraction) -> int:
    """Hundredths of a point, the third decimal 5 rounded up. [一.3] ``value`` is not negative."""
    return (200 * value.numerator + value.denominator) // (2 * value.denominator)


class RoundingMode(enum.Enum):
    """What becomes of the digits that are not kept."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    """The half goes to the even neighbour (四舍六入五成双)."""
    DOWN = "down"


_MODE_WORDS = {
    RoundingMode.HALF_UP: Text("四舍五入", "rounded half up"),
    RoundingMode.HALF_EVEN: Text("四舍六入五成双", "rounded half to even"),
    RoundingMode.DOWN: Text("舍去尾数", "rounded down"),
}


@dataclass(frozen=True)
class Rounding:
    """The one rounding of a line, to ``to`` points: 0.01, 0.1 or 1. Below zero the amount is rounded, then the sign
    put back.
    """

    mode: RoundingMode = RoundingMode.HALF_UP
    to: Fraction = Fraction(1, 100)

    def hundredths(self, value: Fraction) -> int:
        """The value rounded, in hundredths of a point."""
        step = int(self.to * 100)
        whole, rest = divmod(abs(value.numerator) * 100, value.denominator * step)
        twice, one = 2 * rest, value.denominator * step
        match self.mode:
            case RoundingMode.HALF_UP:
                up = twice >= one
            case RoundingMode.HALF_EVEN:
                up = twice > one or (twice == one and whole % 2 == 1)
            case RoundingMode.DOWN:
                up = False
        rounded = (whole + up) * step
        return -rounded if value < 0 else rounded

    @property
    def terms(self) -> Text:
        """``四舍五入，保留到 0.1 分``."""
        mode, to = _MODE_WORDS[self.mode], number(self.to)
        return Text(f"{mode.zh}，保留到 {to} 分", f"{mode.en}, kept to {to}")

    def words(self, hundredths: int) -> Text:
        """``四舍五入为 7.06 分``."""
        figure, mode = two_decimals(hundredths), _MODE_WORDS[self.mode]
        return Text(f"{mode.zh}为 {figure} 分", f"{mode.en} to {figure}")


USUAL_ROUNDING = Rounding()
"""To 0.01 points, half up."""


def two_decimals(hundredths: int | None) -> str:
    """``706`` is ``7.06``; not applicable is the empty text."""
    if hundredths is None:
        return ""
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def by_thousands(decimal: str) -> str:
    """``1234.50`` is ``1,234.50``: an amount as people read it."""
    return f"{Decimal(decimal):,}"


def number(value: Fraction | int) -> str:
    """A figure of the regulation as it is written there: ``2``, ``1.75``, ``25/20``."""
    value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator)
    if (100 * value).denominator == 1:
        return two_decimals(int(100 * value)).rstrip("0")
    return f"{value.numerator}/{value.denominator}"


def figure(value: Fraction | int) -> str:
    """A figure as it stands in a table: as ``number``, but rounded to two decimals rather than a fraction. ``value`` is not
    negative.
    """
    value = Fraction(value)
    return number(value) if (100 * value).denominator == 1 else two_decimals(half_up(value))


def exact_zh(value: Fraction) -> str:
    """``7.00 分``; where two decimals do not suffice, the fraction with its rounded value."""
    if (100 * value).denominator == 1:
        return f"{two_decimals(int(100 * value))} 分"
    return f"{number(value)} 分（约 {two_decimals(half_up(value))}）"


def exact_en(value: Fraction) -> str:
    """As ``exact_zh``, in English."""
    if (100 * value).denominator == 1:
        return f"{two_decimals(int(100 * value))} points"
    return f"{number(value)} points (about {two_decimals(half_up(value))})"
