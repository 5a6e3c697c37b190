"""Grades under other quotas, bounds, orders or rules for ties, beside those of the scheme. Nothing is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.assessment.scheme.scheme import Band, Grading, Scheme
from domain.assessment.scoring.grades import UNGRADED, Cut, Grade, cuts, grade
from domain.assessment.scoring.sheet import Sheet


@dataclass(frozen=True)
class Options:
    """What is tried: the bands with their bounds and quotas, how places are cut, and what decides them."""

    bands: tuple[Band, ...]
    grading: Grading
    order: tuple[str, ...]

    @staticmethod
    def of(scheme: Scheme) -> Options:
        """The scheme's own."""
        return Options(scheme.bands, scheme.grading, scheme.order)


@dataclass(frozen=True)
class Move:
    """A pairing whose grade differs; ``up`` where the one tried is better, ``None`` where either is no grade."""

    pairing: str
    before: Grade
    after: Grade
    up: bool | None


@dataclass(frozen=True)
class Simulation:
    """Both sets of grades. ``counts``: grade to how many have it before and after, ``UNGRADED`` last; ``cuts``: who
    has which band when tried, with those tied across a boundary.
    """

    scheme: Scheme
    before: Mapping[str, Grade]
    after: Mapping[str, Grade]
    counts: Mapping[str, tuple[int, int]]
    moves: tuple[Move, ...]
    cuts: tuple[Cut, ...]


def simulate(
    scheme: Scheme,
    sheets: Sequence[Sheet],
    options: Options,
    *,
    days_paired: Mapping[str, int] | None = None,
    excluded: Mapping[str, str] | None = None,
) -> Simulation:
    """Grade ``sheets`` by the scheme and once more by ``options``; moves are in the order of the sheets."""
    tried = replace(scheme, bands=options.bands, grading=options.grading, order=options.order)
    before = grade(scheme, sheets, days_paired=days_paired, excluded=excluded)
    after = grade(tried, sheets, days_paired=days_paired, excluded=excluded)
    place = {band.id: n for n, band in enumerate(scheme.bands)}
    old, new = (Counter(each.grade for each in found.values()) for found in (before, after))
    graded = [sheet for sheet in sheets if after[sheet.pairing].grade != UNGRADED]
    return Simulation(
        scheme=tried,
        before=before,
        after=after,
        counts={each: (old[each], new[each]) for each in (*place, UNGRADED)},
        moves=tuple(
            Move(pairing, before[pairing], new_grade, _up(place, before[pairing].grade, new_grade.grade))
            for pairing, new_grade in after.items()
            if new_grade.grade != before[pairing].grade
        ),
        cuts=tuple(cuts(tried, graded)),
    )


def _up(place: Mapping[str, int], before: str, after: str) -> bool | None:
    return None if UNGRADED in (before, after) else place[after] < place[before]
