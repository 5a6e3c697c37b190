"""The turn of a year: it is closed, and what is open of it goes on in the next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.assessment.year import clauses
from domain.assessment.year.events import AssessmentEvent, RunPublished, YearTurned
from domain.assessment.year.left_behind import Acknowledged, LeftBehind, demand_acknowledged
from domain.kernel.decisions import demand
from domain.kernel.values import Actor, Today, YearKey


@dataclass(frozen=True)
class YearTurning:
    """Of the stream ``runs-<year>`` only what the turn depends on."""

    published: bool = False
    turned: bool = False

    def turn_year(
        self,
        *,
        year: YearKey,
        next_scheme: bool,
        going_on: LeftBehind,
        acknowledged: Acknowledged,
        turned_by: Actor,
        today: Today,
    ) -> YearTurned:
        """Close the year. ``next_scheme``: the next one has a scheme; ``going_on``: what is open and goes on, of which whoever
        turns it says that they know.
        """
        self.turn_year_allowed(year=year)
        demand(next_scheme, clauses.TURNED_INTO_A_SCHEME, str(year + 1))
        demand_acknowledged(going_on, acknowledged)
        return YearTurned(year=year, leaves_behind=going_on, turned_by=turned_by, turned_on=today)

    def turn_year_allowed(self, *, year: YearKey) -> None:
        """Refuse before results are public, and a second time."""
        demand(self.published, clauses.TURNED_AFTER_PUBLICATION, str(year))
        demand(not self.turned, clauses.TURNED_ONCE, str(year))

    def after(self, event: AssessmentEvent) -> YearTurning:
        match event:
            case RunPublished():
                return replace(self, published=True)
            case YearTurned():
                return replace(self, turned=True)
        return self
