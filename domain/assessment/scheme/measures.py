"""Measures: what a data engine is to count, declared by the scheme and compiled elsewhere."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import date


class Window(enum.Enum):
    """When a fact must have happened in order to count."""

    IN_YEAR = "in_year"
    BY_YEAR_END = "by_year_end"
    BY_CUT_OFF = "by_cut_off"
    BY_OWN_DAY = "by_own_day"
    """Not later than the day of the fact it belongs to (the deadline, the planned end)."""
    ANY_DAY = "any_day"


class MeasureKind(enum.Enum):
    """How facts become a value."""

    COUNT = "count"
    SUM = "sum"
    """Of the facts' quantities."""
    MONTHS = "months"
    """Calendar months of the year with at least one fact."""
    QUARTERS = "quarters"
    EARLIEST = "earliest"
    """The first day."""
    DAYS_COVERED = "days_covered"
    """Days paired on which at least one fact held; both ends count, a day counts once."""
    SHARE = "share"
    """References whose ``met`` conditions all hold, of all references."""
    MEAN = "mean"
    """Of the facts' quantities."""
    TALLY = "tally"
    """Facts per level."""
    TALLY_OF_HIGHEST = "tally_of_highest"
    """References per level, each once, at the highest level it reached."""
    CADENCE = "cadence"
    """Periods with at least so many facts, of the periods in which the pairing was paired on at least one day."""
    RANK = "rank"
    """The place among all pairings assessed, by the count or sum of the facts; the most come first, ties share a place."""
    STATED = "stated"
    """Points that somebody stated for the indicator; the latest day counts."""
    PLACED = "placed"
    """A place that a superior office stated for the indicator; the latest day counts."""
    RATINGS = "ratings"
    """Ballots per rater group of the indicator."""
    SURVEY = "survey"
    """Questionnaires over all batches of the indicator: issued, returned, valid, and the valid ones per option."""


class Period(enum.Enum):
    """What a cadence is kept by."""

    MONTH = "month"
    QUARTER = "quarter"


class RankedBy(enum.Enum):
    """What decides a place: how many facts, or the sum of their quantities."""

    COUNT = "count"
    SUM = "sum"


@dataclass(frozen=True)
class Condition:
    """There is a fact with the same pairing and reference, of this kind, within the window."""

    kind: str
    window: Window
    types: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactFilter:
    """Which facts count. Empty ``types`` or ``levels`` means all.

    ``reported_by_cut_off``: facts reported later than the cut-off do not count; those of which nobody stated
    the day of reporting do. ``having``: conditions on other facts of the same reference. ``indicator``: only facts
    stated for this indicator. ``valid_from`` to ``valid_until``, both included: the days the clause judges, where it was
    changed within the year.
    """

    kind: str
    window: Window
    types: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    reported_by_cut_off: bool = False
    having: tuple[Condition, ...] = ()
    indicator: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Measure:
    """``met`` only for shares; ``levels`` of the filter, lowest first, must be given for tallies. ``every`` and ``at_least``
    only for a cadence, ``by`` only for a rank.
    """

    kind: MeasureKind
    facts: FactFilter
    met: tuple[Condition, ...] = ()
    every: Period | None = None
    at_least: int = 1
    by: RankedBy | None = None

    @property
    def filters(self) -> tuple[FactFilter, ...]:
        """The filters of the facts it looks at: one, but four for a survey: issued, returned, valid, and options.

        Days covered are clipped to the days the clause judges instead of asking for facts that began within them.
        """
        if self.kind is MeasureKind.DAYS_COVERED:
            return (replace(self.facts, valid_from=None, valid_until=None),)
        if self.kind is not MeasureKind.SURVEY:
            return (self.facts,)
        whole = tuple(replace(self.facts, kind=kind, levels=()) for kind in SURVEY_TOTALS)
        return (*whole, self.facts)


SURVEY_TOTALS = ("survey_issued", "survey_returned", "survey_valid")
