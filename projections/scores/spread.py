"""How figures are spread over all those counted: quartiles and a histogram, exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

BINS = 10


@dataclass(frozen=True)
class Spread:
    """Of hundredths of a point, or of a quantity. ``none``: how many are 0. ``bins``: how many lie in each tenth of the range
    0 to ``most``, the full mark in the last, what is below 0 in the first.

    Quartiles are those of the sorted values, the mean of the two neighbours between two places.
    """

    n: int
    none: int
    least: int
    lower: Fraction
    median: Fraction
    upper: Fraction
    greatest: int
    mean: Fraction
    most: int
    bins: tuple[int, ...]


def spread(values: Sequence[int], most: int | None = None) -> Spread | None:
    """The spread of ``values``; ``None`` of none. ``most``: the maximum, by default the greatest."""
    if not values:
        return None
    ordered = sorted(values)
    top = max(most or 0, ordered[-1]) or 1
    bins = [0] * BINS
    for value in ordered:
        bins[max(min(value * BINS // top, BINS - 1), 0)] += 1
    return Spread(
        n=len(ordered),
        none=ordered.count(0),
        least=ordered[0],
        lower=_quantile(ordered, 1),
        median=_quantile(ordered, 2),
        upper=_quantile(ordered, 3),
        greatest=ordered[-1],
        mean=Fraction(sum(ordered), len(ordered)),
        most=top,
        bins=tuple(bins),
    )


def _quantile(ordered: Sequence[int], quarter: int) -> Fraction:
    place = Fraction(quarter * (len(ordered) - 1), 4)
    below = place.numerator // place.denominator
    if place == below:
        return Fraction(ordered[below])
    return Fraction(ordered[below] + ordered[below + 1], 2)
