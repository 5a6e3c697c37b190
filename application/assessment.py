"""Freezing and publishing runs, rulings of appeals."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from application.eventlog.log import Log
from domain.assessment.events import RunFrozen
from domain.assessment.run import Runs
from domain.assessment.scheme_history import SchemeHistory
from domain.kernel.errors import Unknown
from domain.kernel.recorded import By


class Scorer(Protocol):
    """What freezing a run must look up."""

    def newest_position(self) -> int: ...

    def results_digest(self, year: int, known_at: int, scheme_text: str) -> tuple[str, int]:
        """Digest of all results, and how many subjects there are."""
        ...


class Assessment:
    """Streams ``runs-<year>``."""

    def __init__(self, log: Log, scorer: Scorer) -> None:
        self._log = log
        self._scorer = scorer

    def scheme(self, year: int) -> SchemeHistory:
        """The scheme in force; version 0 when none was published."""
        return self._log.state(f"scheme-{year}", SchemeHistory())

    def runs(self, year: int) -> Runs:
        """The year's runs."""
        return self._log.state(f"runs-{year}", Runs())

    def freeze_run(self, year: int, *, because: str, frozen_on: date, by: By, appeal_id: str = "") -> str:
        """Pin all results of the year as known now; the run's id. ``Unknown`` without a scheme."""
        scheme = self.scheme(year)
        if not scheme.version:
            raise Unknown("published scheme for the year", str(year))
        known_at = self._scorer.newest_position()
        results_digest, subjects = self._scorer.results_digest(year, known_at, scheme.text)
        events = self._log.decide(
            f"runs-{year}",
            Runs(),
            lambda runs: runs.freeze_run(
                year=year,
                known_at=known_at,
                scheme_version=scheme.version,
                results_digest=results_digest,
                subjects=subjects,
                frozen_on=frozen_on,
                because=because,
                appeal_id=appeal_id,
            ),
            by,
        )
        assert isinstance(events[0], RunFrozen)
        return events[0].run_id

    def publish_run(self, year: int, run_id: str, *, published_on: date, by: By) -> None:
        """Make a run public."""
        self._log.decide(
            f"runs-{year}",
            Runs(),
            lambda runs: runs.publish_run(run_id=run_id, published_on=published_on),
            by,
        )

    def rule_points(
        self,
        year: int,
        *,
        pairing_id: str,
        indicator: str,
        points_hundredths: int,
        appeal_id: str,
        ruled_on: date,
        by: By,
    ) -> None:
        """Fix the points of one line as an appeal decided."""
        self._log.decide(
            f"runs-{year}",
            Runs(),
            lambda runs: runs.rule_points(
                year=year,
                pairing_id=pairing_id,
                indicator=indicator,
                points_hundredths=points_hundredths,
                appeal_id=appeal_id,
                ruled_on=ruled_on,
            ),
            by,
        )
