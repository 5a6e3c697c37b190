"""What the results of a run add up to: where points were lost, and shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.points import half_up
from domain.assessment.scheme.scheme import Indicator, Scheme
from domain.assessment.scoring.sheet import Line, Sheet
from projections.scores.scores import Result


@dataclass(frozen=True)
class Loss:
    """An indicator with the points lost in it. ``hundredths``: in all; ``pairings``: that lost some."""

    indicator: Indicator
    hundredths: int
    pairings: int

    @property
    def mean(self) -> Fraction:
        """Hundredths lost on average by those that lost some."""
        return Fraction(self.hundredths, self.pairings)


def lost(line: Line, sheet: Sheet) -> int:
    """Hundredths lost in a line: below its most; for a deduction outside the hundred, what it takes off.

    0 where the line does not apply, has no most, or belongs to a bonus.
    """
    if line.final is None:
        return 0
    code = line.indicator.group
    if sheet.group(code).group.sign < 0:
        return line.final
    if line.most_hundredths is None or code in sheet.bonus_groups:
        return 0
    return max(line.most_hundredths - line.final, 0)


def losses(scheme: Scheme, results: Sequence[Result]) -> list[Loss]:
    """Every indicator in which somebody lost points, the heaviest first. Bonuses not won are not lost."""
    total: Counter[str] = Counter()
    pairings: Counter[str] = Counter()
    for result in results:
        for line in result.sheet.lines:
            points = lost(line, result.sheet)
            if points:
                total[line.indicator.code] += points
                pairings[line.indicator.code] += 1
    found = [Loss(each, total[each.code], pairings[each.code]) for each in scheme.indicators]
    return sorted((each for each in found if each.hundredths), key=lambda each: -each.hundredths)


def share(part: int, whole: int) -> int:
    """Hundredths of a percent, rounded half up; 0 of nothing."""
    return half_up(Fraction(100 * part, whole)) if whole else 0
