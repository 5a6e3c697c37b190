"""What an indicator asks people to enter, as the scheme in force has it; what is counted from facts asks for nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from domain.assessment.scheme.measures import MeasureKind
from domain.assessment.scheme.points import half_up
from domain.assessment.scheme.scheme import Indicator, Part

BY_HAND = "verified_points"
"""The facts of which an assessor gives the points."""


@dataclass(frozen=True)
class RequiredEntry:
    """``most_hundredths`` is ``None`` where the regulation sets no limit; ``least_hundredths`` is below 0 where it lets points
    sink.

    ``by_hand``: an assessor gives the points, at most ``hand_most`` (``None``: as the line's maximum). ``superior_full``:
    full marks of the superior's own points in hundredths, ``None`` where its score is not asked for. ``ballot_full``: full
    marks of a ballot in hundredths. ``options``: those of the questionnaire.
    """

    indicator: str
    most_hundredths: int | None = None
    least_hundredths: int = 0
    by_hand: bool = False
    hand_most: int | None = None
    superior_full: int | None = None
    superior_rank: bool = False
    groups: tuple[str, ...] = ()
    ballot_full: int = 10000
    options: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether somebody must enter something, so that the line is more than counted."""
        return bool(
            self.by_hand
            or self.superior_full is not None
            or self.superior_rank
            or self.groups
            or self.options
        )


def asked(indicator: Indicator, most_hundredths: int | None = None) -> RequiredEntry:
    """What the parts of an indicator ask for. ``most_hundredths``: the line's maximum where redistribution moved it."""
    if most_hundredths is None and indicator.most is not None:
        most_hundredths = half_up(indicator.most)
    found = RequiredEntry(indicator.code, most_hundredths, -half_up(-min(indicator.floor, Fraction(0))))
    for part in indicator.parts:
        found = _with(found, part)
    return found


def _with(found: RequiredEntry, part: Part) -> RequiredEntry:
    rule = part.rule
    match part.measure.kind:
        case MeasureKind.STATED if part.measure.facts.kind == BY_HAND:
            most = rule.most if rule.scale is None else None
            return replace(found, by_hand=True, hand_most=None if most is None else half_up(most))
        case MeasureKind.STATED if rule.scale is not None:
            return replace(found, superior_full=half_up(rule.scale))
        case MeasureKind.PLACED:
            return replace(found, superior_rank=True)
        case MeasureKind.RATINGS if rule.scale is not None:
            return replace(found, groups=tuple(rule.names), ballot_full=half_up(rule.scale))
        case MeasureKind.SURVEY:
            return replace(found, options=tuple(rule.names))
    return found
