"""Does an indicator tell pairings apart? Found over all sheets of a year."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.points import half_up
from domain.assessment.scheme.scheme import Indicator, Scheme
from domain.assessment.scoring.sheet import Line
from projections.scores.scores import Result
from projections.scores.spread import Spread, spread

MOST = Fraction(95, 100)
"""From this share on, nearly all are alike. [default]"""
MOSTLY = Fraction(1, 2)
"""From this share on, an indicator hardly ever applies. [default]"""
FEWEST = 5
"""Fewer sheets say nothing about an indicator."""


class Ailment(enum.Enum):
    """What makes an indicator useless for telling pairings apart."""

    ALWAYS_FULL = "always_full"
    NOBODY = "nobody"
    NO_SPREAD = "no_spread"
    MOSTLY_NOT_APPLICABLE = "mostly_not_applicable"


@dataclass(frozen=True)
class Health:
    """One indicator over ``n`` sheets that have it: on how many it applied, had full marks, had nothing. All figures are
    those before redistribution.

    ``share`` is the mean share of the maximum among those to which it applied, ``None`` without a maximum.
    """

    indicator: Indicator
    n: int
    applied: int
    full: int
    nothing: int
    share: Fraction | None
    spread: Spread | None
    ailments: tuple[Ailment, ...]


def indicator_health(scheme: Scheme, results: Sequence[Result]) -> list[Health]:
    """Every indicator in the order of the scheme."""
    return [_of(scheme, each, results) for each in scheme.indicators]


def _of(scheme: Scheme, indicator: Indicator, results: Sequence[Result]) -> Health:
    lines = [
        line for result in results for line in result.sheet.lines if line.indicator.code == indicator.code
    ]
    applied = [line for line in lines if line.final is not None]
    values = [_comparable(line) for line in applied]
    maxima = [half_up(indicator.most)] * len(values) if indicator.most is not None else []
    full = sum(value >= most for value, most in zip(values, maxima, strict=True)) if maxima else 0
    nothing = sum(value == 0 for value in values)
    share = Fraction(sum(values), sum(maxima)) if maxima and sum(maxima) else None
    return Health(
        indicator=indicator,
        n=len(lines),
        applied=len(applied),
        full=full,
        nothing=nothing,
        share=share,
        spread=spread(values, max(maxima, default=None)),
        # That nobody lost points is what a deduction is for.
        ailments=_ailments(indicator, len(lines), values, full, nothing)
        if scheme.group(indicator.group).sign > 0
        else (),
    )


def _comparable(line: Line) -> int:
    """The line's hundredths before redistribution, which differs from sheet to sheet; a ruling brought back to it."""
    if line.ruled is not None:
        return half_up(Fraction(line.ruled, 100) / line.factor)
    return half_up(line.exact or Fraction(0))


def _ailments(
    indicator: Indicator, n: int, values: Sequence[int], full: int, nothing: int
) -> tuple[Ailment, ...]:
    if n < FEWEST:
        return ()
    found = []
    applied = len(values)
    if n - applied >= MOSTLY * n:
        found.append(Ailment.MOSTLY_NOT_APPLICABLE)
    if applied:
        if indicator.most is not None and full >= MOST * applied:
            found.append(Ailment.ALWAYS_FULL)
        elif nothing >= MOST * applied:
            found.append(Ailment.NOBODY)
        elif max(Counter(values).values()) >= MOST * applied:
            found.append(Ailment.NO_SPREAD)
    return tuple(found)
