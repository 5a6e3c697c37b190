"""Rules: what a measured value is worth. Pure, exact, and able to say why.

The meaning of a kind never changes: a different meaning is a new kind.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar, TypeVar

from domain.assessment.scheme.json_schema import Schema
from domain.assessment.scheme.measured_values import Measured, Share
from domain.assessment.scheme.measures import Measure, Window
from domain.assessment.scheme.points import Points, exact_en, exact_zh
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.text import Text

ENGINE_VERSION: int = 2
"""Names how facts become figures; a frozen run keeps it, so that a figure that came out otherwise can be told apart.

Raise it when a measure, a rule, the adding up or the rounding gives another figure for the same facts and the same scheme,
which only the correction of an error may do. Not when a kind is added, nor when only a sentence is worded anew.

2: a line that is ruled on applies when points are shared out within its group.
"""

ZERO = Fraction(0)
TIMES = Text("次", "time")
M = TypeVar("M", bound=Measured)
Gain = tuple[Fraction, Text]
"""How much, exact, and how."""


@dataclass(frozen=True)
class RestOfYear:
    """What is left on ``today`` for a part of a line that counts ``measure`` in ``unit``. ``left``: what is measured of the
    days and periods to come, ``None`` where nothing counts already.
    """

    today: date
    first_day: date
    last_day: date
    cut_off: date
    measure: Measure
    unit: Text
    left: Measured | None = None

    @property
    def only_reporting(self) -> bool:
        """Whether only the reporting of what had happened in the year can still come in, until the cut-off."""
        late = self.measure.facts.window is Window.BY_CUT_OFF or self.measure.met
        return self.today > self.last_day and not late

    @property
    def counted(self) -> int:
        """How many of the days or periods to come count already."""
        return self.left.part if isinstance(self.left, Share) else 0

    def periods(self, months: int) -> range:
        """The numbers of the periods of so many months that have not passed; those before its start have."""
        last = (self.last_day.month - 1) // months + 1
        now = last + 1 if self.today > self.last_day else (self.today.month - 1) // months + 1
        return range(now, last + 1)


class Rule(ABC):
    """What all kinds of rules can do."""

    ACCEPTS: ClassVar[type[Measured]]
    """The kind of measured value it judges; a scheme pairing it with another is refused."""
    SCHEMA: ClassVar[Schema]
    """Its keys in a scheme, for editors; ``read`` judges what no schema can."""
    COUNTS_REPORTED: ClassVar[bool] = False
    """Whether something can be gained after the year by reporting what had happened in it."""

    @classmethod
    @abstractmethod
    def read(cls, table: Table) -> Rule:
        """The rule as a scheme writes it. What is wrong is noted in the table's problems."""

    def misfit(self, measure: Measure) -> tuple[str, Text, Text] | None:
        """Which key does not fit a measure whose values it could judge, what is wrong with it, and what would be right."""
        return None

    @property
    def may_not_apply(self) -> bool:
        """Whether there are values that leave the rule not applicable."""
        return False

    @property
    def most(self) -> Fraction | None:
        """The most it can be worth, where its terms name it."""
        return None

    @property
    def for_all(self) -> Fraction | None:
        """What it gives when all that its days ask for was done; ``None`` where it gives so much for each."""
        return None

    @property
    def scale(self) -> Fraction | None:
        """The full marks of the scores that people enter, where it converts them."""
        return None

    @property
    def names(self) -> dict[str, Text]:
        """The words of the scheme that only this rule names, each with its label: rater groups, options of a questionnaire."""
        return {}

    @abstractmethod
    def value(self, measured: Measured) -> Fraction | None:
        """The exact points; ``None`` when not applicable. Raises ``TypeError`` for another kind of value."""

    @abstractmethod
    def terms(self, measured: Measured, unit: Text) -> Text:
        """The terms of the regulation as they meet this value, without the result."""

    @abstractmethod
    def in_words(self, unit: Text) -> Text:
        """What the rule gives for what, before anything was measured: for the scheme as a document."""

    @abstractmethod
    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        """The most that could still be gained, and how; ``None`` where nothing can be said or done."""

    def points(self, measured: Measured, unit: Text = TIMES) -> Points:
        """The points with the sentence that explains them."""
        value = self.value(measured)
        terms = self.terms(measured, unit)
        if value is None:
            return Points(None, f"{terms.zh}，不适用", f"{terms.en}: not applicable")
        return Points(value, f"{terms.zh}，计 {exact_zh(value)}", f"{terms.en}: {exact_en(value)}")

    def fitting(self, measured: Measured, kind: type[M]) -> M:
        """The measured value as the kind it must be, else ``TypeError``."""
        if not isinstance(measured, kind):
            raise TypeError(f"{type(self).__name__} judges {kind.__name__}, not {type(measured).__name__}")
        return measured
