"""Points: exact fractions until the one rounding, hundredths afterwards. Never a float."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Points:
    """What a measured value is worth, and the sentence that says why. ``None``: not applicable (不适用)."""

    value: Fraction | None
    because_zh: str
    because_en: str


def half_up(value: Fraction) -> int:
    """Hundredths of a point, the third decimal 5 rounded up. [一.3] ``value`` is not negative."""
    return (200 * value.numerator + value.denominator) // (2 * value.denominator)


def two_decimals(hundredths: int | None) -> str:
    """``706`` is ``7.06``; not applicable is the empty text."""
    if hundredths is None:
        return ""
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def number(value: Fraction | int) -> str:
    """A figure of the regulation as it is written there: ``2``, ``1.75``, ``25/20``."""
    value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator)
    if (100 * value).denominator == 1:
        return two_decimals(int(100 * value)).rstrip("0")
    return f"{value.numerator}/{value.denominator}"


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
