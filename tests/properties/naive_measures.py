"""Measures once more in plain Python, from the history of each thing, written without looking at the SQL.

A history is a list of steps: a thing is stated, stated anew (which closes what was stated before), or taken away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from domain.assessment.scheme.measured_values import (
    Amount,
    Day,
    Mean,
    Measured,
    Place,
    Ratings,
    Share,
    StatedPoints,
    Survey,
    Tally,
)
from domain.assessment.scheme.measures import (
    Condition,
    FactFilter,
    Measure,
    MeasureKind,
    Period,
    RankedBy,
    Window,
)

YEAR_START, YEAR_END, CUT_OFF = date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 10)
YEAR = [YEAR_START + timedelta(n) for n in range(365)]
NEVER_LATE = {
    "verified_points",
    "rating",
    "survey_issued",
    "survey_returned",
    "survey_valid",
    "survey_option",
    "superior_score",
    "superior_rank",
    "ruling",
}

Row = dict[str, Any]


@dataclass
class Thing:
    """One activity, need, post, ballot, ... with everything that was said about it: (position, row or ``None``)."""

    kind: str
    reference: str
    steps: list[tuple[int, Row | None]] = field(default_factory=list)

    def rows(self) -> Iterable[Row]:
        """As the table of facts holds them: each closed by the step after it."""
        for n, (position, row) in enumerate(self.steps):
            if row is not None:
                after = self.steps[n + 1][0] if n + 1 < len(self.steps) else None
                yield {**row, "position": position, "began_at": position, "retracted_at": after}

    def standing(self, known_at: int, cut_off_at: int | None, excluding: set[int]) -> Row | None:
        """What is known of it, as it was at the cut-off unless it was taken away since."""
        known = [step for step in self.steps if step[0] <= known_at]
        if cut_off_at is not None and self.kind not in NEVER_LATE:
            late = [row for position, row in known if position > cut_off_at]
            if any(row is None for row in late):
                return None
            known = [step for step in known if step[0] <= cut_off_at]
        if not known:
            return None
        position, row = known[-1]
        return None if row is None or position in excluding else {**row, "position": position}


class Naive:
    """The facts that stand, and what each measure makes of them."""

    def __init__(self, standing: Iterable[Row], pairings: Iterable[str]) -> None:
        self.rows = list(standing)
        self.pairings = list(pairings)

    def counted(self, pairing: str, only: FactFilter) -> list[Row]:
        """The facts of a pairing that a filter lets through."""
        return [row for row in self.rows if row["pairing"] == pairing and self._passes(row, only)]

    def _passes(self, row: Row, only: FactFilter) -> bool:
        day: date = row["occurred_on"]
        reported = row["reported_on"]
        return (
            row["kind"] == only.kind
            and (not only.types or row["type"] in only.types)
            and (not only.levels or row["level"] in only.levels)
            and (not only.indicator or row["reference"] == only.indicator)
            and _within(day, only.window, None)
            and not (only.reported_by_cut_off and reported is not None and reported > CUT_OFF)
            and (only.valid_from is None or day >= only.valid_from)
            and (only.valid_until is None or day <= only.valid_until)
            and all(self._meets(row, each) for each in only.having)
        )

    def _meets(self, row: Row, condition: Condition) -> bool:
        return any(
            other["pairing"] == row["pairing"]
            and other["reference"] == row["reference"]
            and other["kind"] == condition.kind
            and (not condition.types or other["type"] in condition.types)
            and (not condition.levels or other["level"] in condition.levels)
            and _within(other["occurred_on"], condition.window, row["occurred_on"])
            for other in self.rows
        )

    def paired_days(self, pairing: str, only: FactFilter | None = None) -> set[date]:
        """The days of the year on which it was paired, within the days the clause judges."""
        first = max(YEAR_START, (only and only.valid_from) or YEAR_START)
        last = min(YEAR_END, (only and only.valid_until) or YEAR_END)
        spans = [row for row in self.rows if row["kind"] == "paired" and row["pairing"] == pairing]
        return {day for day in YEAR if first <= day <= last and any(_holds(row, day) for row in spans)}

    def measured(self, pairing: str, measure: Measure) -> Measured:
        """The value of one measure."""
        return _VALUES[measure.kind](self, pairing, measure)


def _within(day: date, window: Window, own: date | None) -> bool:
    if window is Window.IN_YEAR:
        return day.year == 2025
    if window is Window.BY_OWN_DAY:
        assert own is not None
        return day <= own
    last = {Window.BY_YEAR_END: YEAR_END, Window.BY_CUT_OFF: CUT_OFF, Window.ANY_DAY: date.max}[window]
    return day <= last


def _holds(row: Row, day: date) -> bool:
    return bool(row["occurred_on"] <= day and (row["until_on"] is None or day <= row["until_on"]))


def _days_covered(naive: Naive, pairing: str, measure: Measure) -> Measured:
    clipped = measure.facts
    whole = naive.paired_days(pairing, clipped)
    unclipped = FactFilter(clipped.kind, clipped.window, clipped.types, clipped.levels)
    terms = naive.counted(pairing, unclipped)
    return Share(sum(any(_holds(term, day) for term in terms) for day in whole), len(whole))


def _cadence(naive: Naive, pairing: str, measure: Measure) -> Measured:
    def period(day: date) -> int:
        return day.month if measure.every is Period.MONTH else (day.month + 2) // 3

    due = {period(day) for day in naive.paired_days(pairing, measure.facts)}
    held = Counter(period(row["occurred_on"]) for row in naive.counted(pairing, measure.facts))
    return Share(sum(held[each] >= measure.at_least for each in due), len(due))


def _rank(naive: Naive, pairing: str, measure: Measure) -> Measured:
    assessed = [each for each in naive.pairings if naive.paired_days(each)]
    totals = {}
    for each in assessed:
        rows = naive.counted(each, measure.facts)
        if rows:
            quantities = [row["quantity"] for row in rows]
            totals[each] = len(rows) if measure.by is RankedBy.COUNT else sum(quantities)
    if pairing not in totals:
        return Place()
    return Place(1 + sum(total > totals[pairing] for total in totals.values()), len(assessed))


def _latest(naive: Naive, pairing: str, measure: Measure) -> int | None:
    rows = naive.counted(pairing, measure.facts)
    if not rows:
        return None
    quantity: int = max(rows, key=lambda row: (row["occurred_on"], row["position"], row["seq"]))["quantity"]
    return quantity


def _share(naive: Naive, pairing: str, measure: Measure) -> Measured:
    rows = naive.counted(pairing, measure.facts)
    met = [row for row in rows if all(naive._meets(row, each) for each in measure.met)]
    return Share(len({row["reference"] for row in met}), len({row["reference"] for row in rows}))


def _tally(levels: Iterable[str], seen: Iterable[str]) -> Tally:
    counts = Counter(seen)
    return Tally(tuple((level, counts[level]) for level in levels if counts[level]))


def _highest(naive: Naive, pairing: str, measure: Measure) -> Measured:
    levels = measure.facts.levels
    best: dict[str, int] = {}
    for row in naive.counted(pairing, measure.facts):
        height = levels.index(row["level"])
        best[row["reference"]] = max(best.get(row["reference"], 0), height)
    return _tally(levels, [levels[height] for height in best.values()])


def _ratings(naive: Naive, pairing: str, measure: Measure) -> Measured:
    found = []
    for group in measure.facts.levels:
        own = [r["quantity"] for r in naive.counted(pairing, measure.facts) if r["level"] == group]
        if own:
            found.append((group, sum(own), len(own)))
    return Ratings(tuple(found))


def _survey(naive: Naive, pairing: str, measure: Measure) -> Measured:
    own = measure.facts

    def total(kind: str, level: str = "") -> int:
        return sum(
            row["quantity"]
            for row in naive.rows
            if row["pairing"] == pairing
            and row["kind"] == kind
            and row["reference"] == own.indicator
            and row["level"] == level
            and _within(row["occurred_on"], own.window, None)
        )

    def said(option: str) -> bool:
        return any(
            row["kind"] == "survey_option" and row["level"] == option for row in naive.counted(pairing, own)
        )

    options = tuple((option, total("survey_option", option)) for option in own.levels if said(option))
    return Survey(total("survey_issued"), total("survey_returned"), total("survey_valid"), options)


def _amount_of(which: Callable[[date], int]) -> Callable[[Naive, str, Measure], Measured]:
    def value(naive: Naive, pairing: str, measure: Measure) -> Measured:
        found = sorted({which(row["occurred_on"]) for row in naive.counted(pairing, measure.facts)})
        return Amount(len(found), tuple(found))

    return value


def _quantities(naive: Naive, pairing: str, measure: Measure) -> list[int]:
    return [row["quantity"] for row in naive.counted(pairing, measure.facts)]


_VALUES: dict[MeasureKind, Callable[[Naive, str, Measure], Measured]] = {
    MeasureKind.COUNT: lambda naive, p, m: Amount(len(naive.counted(p, m.facts))),
    MeasureKind.SUM: lambda naive, p, m: Amount(sum(_quantities(naive, p, m))),
    MeasureKind.MONTHS: _amount_of(lambda day: day.month),
    MeasureKind.QUARTERS: _amount_of(lambda day: (day.month + 2) // 3),
    MeasureKind.EARLIEST: lambda naive, p, m: Day(
        min((row["occurred_on"] for row in naive.counted(p, m.facts)), default=None)
    ),
    MeasureKind.DAYS_COVERED: _days_covered,
    MeasureKind.SHARE: _share,
    MeasureKind.MEAN: lambda naive, p, m: Mean(sum(_quantities(naive, p, m)), len(_quantities(naive, p, m))),
    MeasureKind.TALLY: lambda naive, p, m: _tally(
        m.facts.levels, [row["level"] for row in naive.counted(p, m.facts)]
    ),
    MeasureKind.TALLY_OF_HIGHEST: _highest,
    MeasureKind.CADENCE: _cadence,
    MeasureKind.RANK: _rank,
    MeasureKind.STATED: lambda naive, p, m: StatedPoints(_latest(naive, p, m)),
    MeasureKind.PLACED: lambda naive, p, m: Place(_latest(naive, p, m)),
    MeasureKind.RATINGS: _ratings,
    MeasureKind.SURVEY: _survey,
}
