"""What an appeal may set a line to, so that nobody is worse off for having appealed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from domain.assessment.scheme.measured_values import Measured
from domain.assessment.scheme.points import half_up
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scoring.scoring import Memo, score
from domain.assessment.scoring.sheet import Sheet


@dataclass(frozen=True)
class Ruleable:
    """The bounds of a ruling on one line, in hundredths of a point.

    ``bound``: the least figure, of a line that is taken off the total the greatest, that lowers neither the result of the
    line's group nor the total. ``most``: what the line can be worth once it is ruled on; ``None``: no maximum.
    """

    bound: int
    most: int | None


def ruleable(
    scheme: Scheme,
    pairing: str,
    measured: Mapping[str, Measured],
    rulings: Mapping[str, int],
    indicator: str,
) -> Ruleable:
    """What a ruling on ``indicator`` must keep to, with everything else on the sheet as it is.

    A line that did not apply takes, once it is ruled on, its part of the group's maximum from the others, which may lose
    more by that than the ruling gives. ``scheme`` is the tree of the pairing's unit. Raises ``KeyError`` for no such line.
    """
    memo = Memo()

    def sheet(figure: int) -> Sheet:
        return score(scheme, pairing, measured, {**rulings, indicator: figure}, memo)

    before = score(scheme, pairing, measured, rulings, memo)
    line = sheet(0).line(indicator)
    group, sign = line.indicator.group, before.group(line.indicator.group).group.sign
    most = None if line.most is None else half_up(line.most)

    def keeps(figure: int) -> bool:
        after = sheet(figure)
        gained = sign * (after.group(group).hundredths - before.group(group).hundredths)
        return gained >= 0 and after.total >= before.total

    # With the figure of a line its group only grows, so that what keeps is on one side of a single bound.
    reach = range((most or 0) + sum(abs(each.hundredths) for each in before.groups) + 1)
    if sign < 0:
        return Ruleable(max(bisect_left(reach, True, key=lambda each: not keeps(each)) - 1, 0), most)
    return Ruleable(bisect_left(reach, True, key=keeps), most)
