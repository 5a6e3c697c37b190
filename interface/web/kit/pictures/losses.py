"""Where a sheet lost its points: the lines that lost any, the greatest loss first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from application.questions.answers.scoring.score_matrix import degree_lost
from domain.assessment.scheme.measured_values import Amount
from domain.assessment.scheme.measures import MeasureKind, Period
from domain.assessment.scheme.points import half_up, two_decimals
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.sheet import Line, Sheet


@dataclass(frozen=True)
class LineOfSheet:
    """What a line came to of the ``most`` it can, in hundredths; it leads to ``href``. ``missing``: the months, or
    ``quarters``, in which nothing counted, where each counts."""

    code: str
    title: Text
    points: int
    most: int
    href: str
    missing: tuple[int, ...] = ()
    quarters: bool = False

    @property
    def loss(self) -> int:
        return self.most - self.points

    @property
    def lost(self) -> str:
        """The loss as it is written, without zeros that say nothing."""
        return f"−{_short(self.loss)}"

    @property
    def kept(self) -> str:
        """What was earned of how much; of what is only taken off, nothing is said."""
        return f"{_short(self.points)}/{_short(self.most)}" if self.most else ""

    @property
    def share(self) -> int:
        """What was earned of the maximum, in percent."""
        return 100 * min(max(self.points, 0), self.most) // self.most if self.most else 0

    @property
    def tone(self) -> str:
        """How dark the loss is: of all of it the darkest."""
        return f"lost-{degree_lost(Fraction(self.loss, self.most) if self.most else 1)}"


def lines_of(sheet: Sheet) -> Iterator[LineOfSheet]:
    """The lines that can lose points: those with a maximum that is no bonus, and those that take points off."""
    groups = {each.group.code: each.group for each in sheet.groups}
    for line in sheet.lines:
        group, indicator = groups[line.indicator.group], line.indicator
        if line.final is None or group.bonus or (line.most is None and group.sign > 0):
            continue
        most = 0 if group.sign < 0 else half_up(line.most or Fraction(0))
        yield LineOfSheet(
            *(indicator.code, indicator.title, group.sign * line.final, most, f"#{indicator.code}"),
            *_missing(line),
        )


def _missing(line: Line) -> tuple[tuple[int, ...], bool]:
    """Of a line that counts months or quarters all through the year, those without anything, and whether they are quarters."""
    if len(line.parts) != 1:
        return (), False
    (only,) = line.parts
    measure, counted = only.part.measure, only.measured
    facts = measure.facts
    whole = facts.valid_from is None and facts.valid_until is None
    if measure.kind not in BY_PERIOD or not isinstance(counted, Amount) or not whole:
        return (), False
    quarters = measure.kind is MeasureKind.QUARTERS or measure.every is Period.QUARTER
    return tuple(n for n in range(1, 5 if quarters else 13) if n not in counted.which), quarters


BY_PERIOD = (MeasureKind.MONTHS, MeasureKind.QUARTERS, MeasureKind.CADENCE)


def losses(lines: Iterable[LineOfSheet]) -> list[LineOfSheet]:
    """Those that lost any, the greatest loss first."""
    return sorted((each for each in lines if each.loss > 0), key=lambda each: (-each.loss, each.code))


def _short(hundredths: int) -> str:
    return two_decimals(hundredths).rstrip("0").rstrip(".")
