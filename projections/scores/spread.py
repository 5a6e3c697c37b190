"""How figures are spread over all those assessed: quartiles and a histogram, exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

BINS = 10


@dataclass(frozen=True)
class Spread:
    """Of hundredths of a point. ``bins``: how many lie in each tenth of the range 0 to ``most``, the full mark in the last.

    Quartiles are those of the sorted values, the mean of the two neighbours between two places.
    """

    n: int
    least: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    greatest: Fraction
    mean: Fraction
    most: int
    bins: tuple[int, ...]


def spread(values: Sequence[int], most: int | None = None) -> Spread | None:
    """The spread of ``values`` (hundredths, not negative); ``None`` of none. ``most``: the maximum, by default the greatest."""
    if not values:
        return None
    ordered = sorted(values)
    top = max(most or 0, ordered[-1]) or 1
    bins = [0] * BINS
    for value in ordered:
        bins[min(value * BINS // top, BINS - 1)] += 1
    return Spread(
        n=len(ordered),
        least=Fraction(ordered[0]),
        lower=_quantile(ordered, 1),
        median=_quantile(ordered, 2),
        upper=_quantile(ordered, 3),
        greatest=Fraction(ordered[-1]),
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
