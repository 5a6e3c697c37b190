"""The assessment scheme of a year: what is measured, what it is worth, and how points become a grade.

A scheme is data with a date, a version and a clause for each indicator; nothing of it stands in code.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import TypeVar

from domain.assessment.scheme.measured_values import NOTHING, Measured, of_days, phrase
from domain.assessment.scheme.measures import FactFilter, Measure
from domain.assessment.scheme.points import USUAL_ROUNDING, Points, Rounding, half_up, number
from domain.assessment.scheme.rules.rule import Rule
from domain.assessment.scheme.text import Text
from domain.assessment.scheme.vocabulary import USUAL_TARGETS

T = TypeVar("T")
VETO = "veto"
"""The id of a scheme's only veto; several are ``veto.<id>``."""


@dataclass(frozen=True)
class ClauseText:
    """The clause of the regulation, by number and in its own words."""

    number: str
    words: Text


class Demand(enum.Enum):
    """Whether a unit has to show evidence for an indicator; none is the default, for traces are not results."""

    NONE = "none"
    ON_REQUEST = "on_request"
    REQUIRED = "required"


@dataclass(frozen=True)
class Evidence:
    """What is to be shown, in words; ``None`` where nothing is asked for."""

    demand: Demand = Demand.NONE
    text: Text | None = None


class WhenNotApplicable(enum.Enum):
    """What becomes of an indicator that does not apply."""

    REDISTRIBUTE = "redistribute"
    """It is left out, and the others of its group are multiplied until the group's maximum is within reach again."""
    ZERO = "zero"
    FULL = "full"


@dataclass(frozen=True)
class Case:
    """A sample beside a rule: what this value must be worth, exactly; ``None``: not applicable. ``where`` is its place in the
    file, as ``reading.Table`` spells it.
    """

    where: str
    measured: Measured
    points: Fraction | None
    note: str = ""


@dataclass(frozen=True)
class SheetCase:
    """A sample of a whole sheet of a unit of ``unit_class``: what was measured, by the id of a part or a veto, and what the
    sheet must then show: hundredths of lines and groups by code (``None``: not applicable), the total, the veto.
    """

    where: str
    name: str
    unit_class: str
    measured: tuple[tuple[str, Measured], ...]
    figures: tuple[tuple[str, int | None], ...]
    total: int | None
    vetoed: bool | None


@dataclass(frozen=True)
class Part:
    """One measure with the rule that judges it. ``id`` is unique in the scheme: ``A2.secretary``."""

    id: str
    title: Text
    unit: Text
    """What is counted: 次, 人; the English word in the singular."""
    measure: Measure
    rule: Rule
    cases: tuple[Case, ...] = field(default=(), compare=False)
    """They test the rule and change nothing about it."""

    def points(self, measured: Measured) -> Points:
        """What the measured value is worth, in one sentence from the value to the points."""
        facts = self.measure.facts
        title = of_days(self.title, facts.valid_from, facts.valid_until)
        said = phrase(self.measure.kind, measured, title, self.unit)
        judged = self.rule.points(measured, self.unit)
        return Points(judged.value, f"{said.zh}，{judged.because_zh}", f"{said.en}; {judged.because_en}")


@dataclass(frozen=True)
class Indicator:
    """One line of the sheet: its parts added up, or taken off ``base``; never above ``most`` nor below ``floor``.

    ``most`` is ``None`` where the regulation sets no limit. ``base`` is ``None`` where points are earned. ``floor`` is 0
    unless the regulation lets points sink below (倒扣) or grants a least. ``when_not_applicable`` is ``None`` for an
    indicator that always applies.
    """

    code: str
    group: str
    title: Text
    clause: ClauseText
    most: Fraction | None
    base: Fraction | None
    parts: tuple[Part, ...]
    floor: Fraction = Fraction(0)
    evidence: Evidence = Evidence()
    when_not_applicable: WhenNotApplicable | None = None

    @cached_property
    def measured(self) -> tuple[tuple[str, ...], tuple[Measured, ...]]:
        """What is measured: the ids of the parts, and their values when there is no fact at all."""
        return tuple(part.id for part in self.parts), tuple(NOTHING[part.measure.kind] for part in self.parts)


@dataclass(frozen=True)
class Group:
    """``sign`` is +1 or -1 in the total. ``fallback`` names the groups in whose proportion this one stands
    when all of its indicators are not applicable; it is empty where that cannot be.

    ``classes``: the unit classes it is for, empty for all. ``bonus``: its points come on top of the full marks.
    """

    code: str
    title: Text
    sign: int
    most: Fraction | None
    fallback: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    classes: tuple[str, ...] = ()
    bonus: bool = False

    @cached_property
    def redistributes(self) -> bool:
        """Whether what does not apply is made up for by the other indicators."""
        return any(each.when_not_applicable is WhenNotApplicable.REDISTRIBUTE for each in self.indicators)

    def is_for(self, unit_class: str) -> bool:
        """Whether units of the class are assessed by this group."""
        return not self.classes or unit_class in self.classes

    @cached_property
    def most_hundredths(self) -> int | None:
        """The maximum in hundredths of a point."""
        return None if self.most is None else half_up(self.most)

    @property
    def single(self) -> bool:
        """A group whose one indicator has its own code is one figure, with one column in a table."""
        return len(self.indicators) == 1 and self.indicators[0].code == self.code


@dataclass(frozen=True)
class Veto:
    """At least one such fact (一票否决) puts the pairing into ``grade``, or, where that is ``None``, ``lower_by``
    grades down, whatever its total. ``id`` is ``veto`` for the only one, else ``veto.<id>``.
    """

    id: str
    title: Text
    clause: ClauseText
    facts: FactFilter
    grade: str | None
    lower_by: int = 0


class Ties(enum.Enum):
    """What becomes of those who stand equal across the boundary of a quota."""

    ALL_OUT = "all_out"
    ALL_IN = "all_in"


class QuotaRounding(enum.Enum):
    """How a share of the assessed becomes a number of places."""

    DOWN = "down"
    HALF_UP = "half_up"
    UP = "up"


@dataclass(frozen=True)
class Grading:
    """Who is graded, and how places are cut. Paired for fewer than ``min_days_paired`` days of the year: scored,
    but not graded, and not counted for the quota.
    """

    min_days_paired: int = 1
    ties: Ties = Ties.ALL_OUT
    quota_rounding: QuotaRounding = QuotaRounding.DOWN


@dataclass(frozen=True)
class Band:
    """A grade from ``at_least`` points up; with ``quota_percent``, only for that share of all assessed."""

    id: str
    label: Text
    at_least: Fraction
    quota_percent: int | None

    @cached_property
    def least_hundredths(self) -> int:
        """The fewest hundredths of a point that reach ``at_least``."""
        return ceil(self.at_least * 100)

    @cached_property
    def begins(self) -> str:
        """``at_least`` as it is written in the regulation."""
        return number(self.at_least)


@dataclass(frozen=True)
class Scheme:
    """The whole scheme. ``digest`` is the SHA-256 of the text it was read from.

    ``unit_class``: the class for whose units this is the tree, empty for the scheme as published, with all trees.
    """

    year: int
    version: int
    title: Text
    source: str
    first_day: date
    last_day: date
    cut_off: date
    groups: tuple[Group, ...]
    vetoes: tuple[Veto, ...]
    """In the order of the file; empty where the regulation knows none."""
    grading: Grading
    bands: tuple[Band, ...]
    """Best first; the last begins at 0."""
    order: tuple[str, ...]
    """What decides the places: ``total`` or a group's code, the weightiest first."""
    digest: str
    rounding: Rounding = USUAL_ROUNDING
    unit_class: str = ""
    targets: tuple[str, ...] = USUAL_TARGETS
    """The classes of targets whose pairings are scored."""
    cases: tuple[SheetCase, ...] = field(default=(), compare=False)

    def __hash__(self) -> int:
        # Statements and lines are remembered by scheme: hashing the whole tree took a tenth of explaining a sheet.
        return hash((self.digest, self.unit_class))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in the order of the sheet."""
        return tuple(each for group in self.groups for each in group.indicators)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """All parts in the order of the sheet."""
        return tuple(part for indicator in self.indicators for part in indicator.parts)

    @cached_property
    def by_class(self) -> bool:
        """Whether the tree depends on the unit's class."""
        return any(group.classes for group in self.groups)

    def for_class(self, unit_class: str) -> Scheme:
        """The scheme with the tree that applies to units of the class; of an unknown class, what is for all."""
        if not self.by_class:
            return self
        if unit_class not in self._trees:
            groups = tuple(group for group in self.groups if group.is_for(unit_class))
            self._trees[unit_class] = replace(self, groups=groups, unit_class=unit_class)
        return self._trees[unit_class]

    @cached_property
    def _trees(self) -> dict[str, Scheme]:
        return {}

    @cached_property
    def full_marks(self) -> Fraction | None:
        """What can be earned without any bonus (满分); ``None`` where a group has no limit or trees differ by class."""
        if self.by_class and not self.unit_class:
            return None
        total = Fraction(0)
        for group in self.groups:
            if group.sign > 0 and not group.bonus:
                if group.most is None:
                    return None
                total += group.most
        return total

    def indicator(self, code: str) -> Indicator:
        """The indicator ``code``. Raises ``KeyError``."""
        return _one(self.indicators, "code", code)

    def group(self, code: str) -> Group:
        """The group ``code``. Raises ``KeyError``."""
        return _one(self.groups, "code", code)

    def band(self, grade: str) -> Band:
        """The band of a grade's id. Raises ``KeyError``."""
        return _one(self.bands, "id", grade)

    def veto(self, id: str) -> Veto:
        """The veto ``id``, ``veto`` or ``veto.<id>``. Raises ``KeyError``."""
        return _one(self.vetoes, "id", id)


def _one(listed: Iterable[T], name: str, wanted: str) -> T:
    for each in listed:
        if getattr(each, name) == wanted:
            return each
    raise KeyError(wanted)
