"""Freezing and publishing runs, rulings of appeals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from application.account import persons_of
from application.eventlog.log import Log
from application.questions.results.freezing import Pinning
from domain.assessment.year import clauses
from domain.assessment.year.events import RunFrozen
from domain.assessment.year.run import Runs
from domain.assessment.year.scheme_history import SchemeHistory
from domain.assessment.year.streams import stream_of_runs
from domain.kernel.decisions import demand
from domain.kernel.event import Event
from domain.kernel.ids import Ids
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By


class Assessment:
    """Streams ``runs-<year>``."""

    def __init__(self, log: Log, ids: Ids, pinning: Pinning) -> None:
        self._log = log
        self._ids = ids
        self._pinning = pinning

    def scheme(self, year: int) -> SchemeHistory:
        """The scheme in force; version 0 when none was published."""
        return self._log.state(f"scheme-{year}", SchemeHistory())

    def runs(self, year: int) -> Runs:
        """The year's runs."""
        return self._log.state(stream_of_runs(year), Runs())

    def freeze_run(
        self,
        year: int,
        *,
        because: str,
        frozen_on: date,
        by: By,
        acknowledged: bool = False,
        appeal_id: str = "",
        known_at: int | None = None,
    ) -> str:
        """Pin all results of the year as known at a position, ``None`` for now; the run's id.

        An appeal leads to one run; asked again, it is that one. A run as known at an earlier position is for comparing
        only. ``acknowledged``: whoever freezes it knows what it leaves behind. ``Unknown`` where no scheme was published by
        then.
        """

        found: list[str] = []

        def decision(runs: Runs) -> Sequence[Event]:
            found[:] = runs.of_appeal(appeal_id)
            if found:
                return []
            # Pinned anew each time the decision is taken, so that a run takes in whatever stands before it in its stream.
            newest = self._pinning.newest_position()
            at = newest if known_at is None else known_at
            demand(0 < at <= newest, clauses.FROZEN_AS_KNOWN, f"{at}, {newest}")
            pin = self._pinning.pin(year, at)
            last = runs.results.runs.get(runs.results.newest)
            run, *carried = runs.freeze_run(
                run_id=self._ids("r"),
                nothing_since=last is not None and self._pinning.only_runs_since(last.frozen.known_at),
                year=year,
                basis=pin.basis,
                grades=pin.grades,
                leaves_behind=pin.leaves_behind,
                acknowledged=acknowledged,
                newest=newest,
                frozen_by=by.actor,
                frozen_on=frozen_on,
                because=because,
                appeal_id=appeal_id,
            )
            assert isinstance(run, RunFrozen)
            found.append(run.run_id)
            return [run, *carried]

        self._log.decide(stream_of_runs(year), Runs(), decision, by)
        return found[0]

    def consent_to_run(
        self,
        year: int,
        run_id: str,
        *,
        consenter: PersonRef,
        office: str,
        because: str,
        consented_on: date,
        by: By,
    ) -> None:
        """Let a run replace the published one."""
        self._log.decide(
            stream_of_runs(year),
            Runs(),
            lambda runs: runs.consent_to_run(
                run_id=run_id,
                consenter=consenter,
                office=office,
                because=because,
                consented_by=by.actor,
                consented_on=consented_on,
                persons=persons_of(self._log),
            ),
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
        appeal_no: str,
        ruled_on: date,
        by: By,
    ) -> None:
        """Fix the points of one line as an appeal decided; asked again, nothing is recorded."""
        self._log.decide(
            stream_of_runs(year),
            Runs(),
            lambda runs: (
                []
                if appeal_id in runs.ruled
                else runs.rule_points(
                    year=year,
                    pairing_id=pairing_id,
                    indicator=indicator,
                    points_hundredths=points_hundredths,
                    appeal_id=appeal_id,
                    appeal_no=appeal_no,
                    ruled_on=ruled_on,
                )
            ),
            by,
        )

    def rule_out_finding(
        self,
        year: int,
        *,
        pairing_id: str,
        finding_id: str,
        appeal_id: str,
        appeal_no: str,
        ruled_on: date,
        by: By,
    ) -> None:
        """Say to the year's runs that an appeal revoked a finding, which is withdrawn already; asked again, nothing."""
        self._log.decide(
            stream_of_runs(year),
            Runs(),
            lambda runs: (
                []
                if appeal_id in runs.ruled
                else runs.rule_out_finding(
                    year=year,
                    pairing_id=pairing_id,
                    finding_id=finding_id,
                    appeal_id=appeal_id,
                    appeal_no=appeal_no,
                    ruled_on=ruled_on,
                )
            ),
            by,
        )
