"""Measures: what a data engine is to count, declared by the scheme and compiled elsewhere."""

from __future__ import annotations

import enum
from dataclasses import dataclass


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
    the day of reporting do. ``having``: conditions on other facts of the same reference.
    """

    kind: str
    window: Window
    types: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    reported_by_cut_off: bool = False
    having: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Measure:
    """``met`` only for shares; ``levels`` of the filter, lowest first, must be given for tallies."""

    kind: MeasureKind
    facts: FactFilter
    met: tuple[Condition, ...] = ()
