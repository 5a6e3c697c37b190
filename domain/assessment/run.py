"""The frozen runs of a year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.assessment import clauses
from domain.assessment.events import (
    AssessmentEvent,
    PointsRuled,
    RunFrozen,
    RunPublished,
)
from domain.kernel.decisions import demand


@dataclass(frozen=True)
class Runs:
    """The runs of one year, in their order, and the rulings that appeals led to."""

    runs: tuple[RunFrozen, ...] = ()
    published: frozenset[str] = frozenset()
    ruled: frozenset[str] = frozenset()

    def freeze_run(
        self,
        *,
        year: int,
        known_at: int,
        scheme_version: int,
        results_digest: str,
        subjects: int,
        frozen_on: date,
        because: str,
        appeal_id: str = "",
    ) -> RunFrozen:
        """Pin all results as known at ``known_at``. The next number of the year is its id."""
        demand(subjects > 0, clauses.SUBJECTS_THERE)
        demand(bool(because.strip()), clauses.REASON_GIVEN)
        return RunFrozen(
            run_id=f"{year}-{len(self.runs) + 1}",
            year=year,
            known_at=known_at,
            scheme_version=scheme_version,
            results_digest=results_digest,
            subjects=subjects,
            frozen_on=frozen_on,
            because=because,
            appeal_id=appeal_id,
        )

    def publish_run(self, *, run_id: str, published_on: date) -> RunPublished:
        """Make a run public."""
        run = next((r for r in self.runs if r.run_id == run_id), None)
        demand(run is not None, clauses.RUN_EXISTS, run_id)
        assert run is not None
        demand(run_id not in self.published, clauses.PUBLISHED_ONCE, run_id)
        return RunPublished(run_id=run_id, year=run.year, published_on=published_on)

    def rule_points(
        self,
        *,
        year: int,
        pairing_id: str,
        indicator: str,
        points_hundredths: int,
        appeal_id: str,
        ruled_on: date,
    ) -> PointsRuled:
        """Fix the points of one line as an appeal decided."""
        demand(appeal_id not in self.ruled, clauses.RULED_ONCE, appeal_id)
        return PointsRuled(
            year=year,
            pairing_id=pairing_id,
            indicator=indicator,
            points_hundredths=points_hundredths,
            appeal_id=appeal_id,
            ruled_on=ruled_on,
        )

    def after(self, event: AssessmentEvent) -> Runs:
        match event:
            case RunFrozen():
                return replace(self, runs=(*self.runs, event))
            case RunPublished():
                return replace(self, published=self.published | {event.run_id})
            case PointsRuled():
                return replace(self, ruled=self.ruled | {event.appeal_id})
        return self
