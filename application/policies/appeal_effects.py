"""When an appeal is decided for the applicant, correct what it contested and freeze a new run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from application.look import Look
from application.things import FINDING, RESULTS
from application.verb import carry_out, perform
from application.verbs.assessment.runs import freeze_run
from application.verbs.supervision import withdraw_finding
from domain.appeal.events import AppealDecided, Outcome
from domain.assessment.year.events import FindingRuledOut, PointsRuled
from domain.assessment.year.result import YearResults
from domain.kernel.recorded import By, Recorded, Source
from domain.supervision.finding_history import Status


@dataclass(frozen=True)
class AppealEffects:
    """A ruling or a withdrawal, then the run that has it. Where no run of the year is frozen yet, the first will have it.

    Repeatable: what an appeal led to already is not made again.
    """

    look: Look

    NAME: ClassVar[str] = "appeal_effects"
    FOLLOWS: ClassVar[frozenset[str]] = frozenset({AppealDecided.NAME})

    def carry_out(self, recorded: Recorded) -> None:
        """What follows from one decision."""
        event = recorded.event
        assert isinstance(event, AppealDecided)
        if event.outcome is Outcome.UPHELD:
            return
        year = event.year
        by = replace(recorded.by, source=Source(kind="policy", name=self.NAME), causation=recorded.position)
        if event.outcome is Outcome.VARIED:
            self._rule(event, year, by)
        else:
            self._withdraw(event, year, by)
        if self._lacks_run(event, year):
            stated = {
                "known_at": None,
                "because": f"{event.number}: {event.reasons}"[:500],
                # Nobody is asked: the run says itself what it leaves behind, and whoever signs it reads that.
                "acknowledged": True,
                "frozen_on": event.decided_on,
                "appeal_id": event.appeal_id,
            }
            carry_out(self.look, freeze_run, str(year), by, stated)

    def _lacks_run(self, event: AppealDecided, year: int) -> bool:
        """Whether there are runs, and none of those that may go on takes the ruling in."""
        runs = RESULTS.state(self.look, str(year)).runs.values()
        going = [run for run in runs if not run.frozen.for_comparison]
        return bool(runs) and not any(event.appeal_id in run.takes_in.ruled for run in going)

    def _rule(self, event: AppealDecided, year: int, by: By) -> None:
        assert event.corrected_points_hundredths is not None
        ruling = PointsRuled(
            year=year,
            pairing_id=event.pairing_id,
            indicator=event.indicator,
            points_hundredths=event.corrected_points_hundredths,
            appeal_id=event.appeal_id,
            appeal_no=event.number,
            ruled_on=event.decided_on,
        )
        self._tell_runs(ruling, by)

    def _withdraw(self, event: AppealDecided, year: int, by: By) -> None:
        if FINDING.state(self.look, event.finding_id).status is not Status.WITHDRAWN:
            perform(
                self.look,
                withdraw_finding,
                event.finding_id,
                by,
                withdrawn_on=event.decided_on,
                because=event.reasons,
                today=event.decided_on,
                appeal_id=event.appeal_id,
            )
        ruling = FindingRuledOut(
            year=year,
            pairing_id=event.pairing_id,
            finding_id=event.finding_id,
            appeal_id=event.appeal_id,
            appeal_no=event.number,
            ruled_on=event.decided_on,
        )
        self._tell_runs(ruling, by)

    def _tell_runs(self, ruling: PointsRuled | FindingRuledOut, by: By) -> None:
        """No verb: nobody rules but by deciding an appeal."""
        stream = RESULTS.stream(self.look, str(ruling.year))
        self.look.log.decide(stream, YearResults(), lambda results: results.take_ruling(ruling), by)
