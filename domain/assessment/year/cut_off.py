"""The cut-off of a year by record date: what is entered later is late and does not count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.assessment.year import clauses
from domain.assessment.year.events import AssessmentEvent, CutOffSet, RunPublished
from domain.kernel.decisions import demand
from domain.kernel.values import Actor, OptionalWords, Today, YearKey


@dataclass(frozen=True)
class CutOff:
    """Of the stream ``runs-<year>`` only what the cut-off depends on."""

    newest: CutOffSet | None = None
    published: bool = False

    def set_cut_off(
        self,
        *,
        year: YearKey,
        record_on: date,
        known_at: int,
        because: OptionalWords,
        set_by: Actor,
        today: Today,
    ) -> CutOffSet:
        """Fix the day, neither one to come nor one before the year is over. ``known_at``: the last position recorded by then;
        where ``record_on`` is today, what was recorded so far. It may be moved, with a reason, until a run of the year is
        published.
        """
        self.set_cut_off_allowed(year=year)
        demand(record_on <= today, clauses.CUT_OFF_REACHED, f"{record_on} > {today}")
        over = (record_on.year, record_on.month, record_on.day) >= (year, 12, 31)
        demand(over, clauses.CUT_OFF_AFTER_THE_YEAR, f"{record_on} < {year}-12-31")
        moved = f"{self.newest.record_on} / {record_on}" if self.newest else ""
        demand(self.newest is None or bool(because.strip()), clauses.CUT_OFF_MOVED_WITH_REASON, moved)
        return CutOffSet(
            year=year,
            record_on=record_on,
            known_at=known_at,
            because=because.strip(),
            set_by=set_by,
            set_on=today,
        )

    def set_cut_off_allowed(self, *, year: YearKey) -> None:
        """Nothing of the year is public."""
        demand(not self.published, clauses.CUT_OFF_STANDS, str(year))

    def after(self, event: AssessmentEvent) -> CutOff:
        match event:
            case CutOffSet():
                return replace(self, newest=event)
            case RunPublished():
                return replace(self, published=True)
        return self
