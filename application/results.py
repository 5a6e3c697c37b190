"""From a frozen run to published results: exclusions, adjustments, signatures, the public notice, publication, service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from application.account import persons_of
from application.eventlog.log import Log
from application.questions.results.result_lookups import LookupsOfRuns
from domain.assessment.year.events import AssessmentEvent, SignStep
from domain.assessment.year.result import YearResults
from domain.assessment.year.streams import stream_of_runs
from domain.kernel.event import Event
from domain.kernel.ids import Ids
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By


class Results:
    """Streams ``runs-<year>``."""

    def __init__(self, log: Log, ids: Ids, lookups: LookupsOfRuns) -> None:
        self._log = log
        self._ids = ids
        self._lookups = lookups

    def year_results(self, year: int) -> YearResults:
        """Everything decided on the year's runs."""
        return self._log.state(stream_of_runs(year), YearResults())

    def _decide(self, run_id: str, decision: Callable[[YearResults], AssessmentEvent], by: By) -> None:
        self._decide_on(self._lookups.year(run_id), decision, by)

    def _decide_on(self, year: int, decision: Callable[[YearResults], AssessmentEvent], by: By) -> None:
        self._log.decide(stream_of_runs(year), YearResults(), decision, by)

    def exclude_pairing(
        self, year: int, pairing_id: str, *, because: str, basis: str, excluded_on: date, by: By
    ) -> None:
        """Let a pairing take part in no grade of the year, from the next run on."""
        self._decide_on(
            year,
            lambda results: results.exclude_pairing(
                year=year,
                pairing_id=pairing_id,
                because=because,
                basis=basis,
                excluded_by=by.actor,
                excluded_on=excluded_on,
            ),
            by,
        )

    def include_pairing(self, year: int, pairing_id: str, *, because: str, included_on: date, by: By) -> None:
        """Take an exclusion back."""
        self._decide_on(
            year,
            lambda results: results.include_pairing(
                year=year,
                pairing_id=pairing_id,
                because=because,
                included_by=by.actor,
                included_on=included_on,
            ),
            by,
        )

    def propose_adjustment(
        self,
        run_id: str,
        *,
        pairing_id: str,
        grade_after: str,
        because: str,
        basis: str,
        proposed_on: date,
        by: By,
    ) -> None:
        """Ask for another grade than the one that stands."""
        computed = self._lookups.computed(run_id)
        self._decide(
            run_id,
            lambda results: results.propose_adjustment(
                run_id=run_id,
                pairing_id=pairing_id,
                grade_after=grade_after,
                because=because,
                basis=basis,
                proposed_by=by.actor,
                proposed_on=proposed_on,
                computed=computed,
            ),
            by,
        )

    def approve_adjustment(
        self, run_id: str, *, pairing_id: str, approver: PersonRef, office: str, approved_on: date, by: By
    ) -> None:
        """Let the adjustment hold."""
        computed = self._lookups.computed(run_id)
        self._decide(
            run_id,
            lambda results: results.approve_adjustment(
                run_id=run_id,
                pairing_id=pairing_id,
                approver=approver,
                office=office,
                approved_by=by.actor,
                approved_on=approved_on,
                computed=computed,
                persons=persons_of(self._log),
            ),
            by,
        )

    def refuse_adjustment(
        self, run_id: str, *, pairing_id: str, because: str, refused_on: date, by: By
    ) -> None:
        """Let the grade stand as it is."""
        self._decide(
            run_id,
            lambda results: results.refuse_adjustment(
                run_id=run_id,
                pairing_id=pairing_id,
                because=because,
                refused_by=by.actor,
                refused_on=refused_on,
                persons=persons_of(self._log),
            ),
            by,
        )

    def sign_run(
        self,
        run_id: str,
        *,
        step: SignStep,
        signer: PersonRef,
        office: str,
        opinion: str,
        signed_on: date,
        by: By,
    ) -> None:
        """Sign the run off at a step of the chain."""
        self._decide(
            run_id,
            lambda results: results.sign_run(
                run_id=run_id,
                step=step,
                signer=signer,
                office=office,
                opinion=opinion,
                signed_by=by.actor,
                signed_on=signed_on,
                persons=persons_of(self._log),
            ),
            by,
        )

    def open_notice(
        self,
        run_id: str,
        *,
        working_days: int,
        contact: str,
        opened_on: date,
        by: By,
        ranking_basis: str = "",
    ) -> None:
        """Put the results on notice for so many working days, the first of them ``opened_on`` where one works on it.

        ``working_days`` from 1 to 1000; ``ranking_basis`` empty: no places are shown.
        """
        calendar = self._lookups.working_days()
        # Reckoned before the decision, which refuses a number that no calendar can be asked for.
        closes_on = calendar.add_working_days(opened_on, max(working_days, 1), counting_start=True).day
        self._decide(
            run_id,
            lambda results: results.open_notice(
                run_id=run_id,
                opened_on=opened_on,
                closes_on=closes_on,
                working_days=working_days,
                calendar_version=calendar.version,
                contact=contact,
                ranking_basis=ranking_basis,
                opened_by=by.actor,
            ),
            by,
        )

    def file_objection(
        self, run_id: str, *, grounds: str, filed_on: date, by: By, pairing_id: str = ""
    ) -> str:
        """Object during the notice; the id of the objection."""
        objection_id = self._ids("ob")
        self._decide(
            run_id,
            lambda results: results.file_objection(
                run_id=run_id,
                objection_id=objection_id,
                pairing_id=pairing_id,
                grounds=grounds,
                filed_by=by.actor,
                filed_on=filed_on,
            ),
            by,
        )
        return objection_id

    def answer_objection(
        self, run_id: str, *, objection_id: str, upheld: bool, answer: str, answered_on: date, by: By
    ) -> None:
        """Say whether the objection is right, and why."""
        self._decide(
            run_id,
            lambda results: results.answer_objection(
                run_id=run_id,
                objection_id=objection_id,
                upheld=upheld,
                answer=answer,
                answered_by=by.actor,
                answered_on=answered_on,
                persons=persons_of(self._log),
            ),
            by,
        )

    def close_notice(self, run_id: str, *, closed_on: date, by: By, acknowledged: bool = False) -> None:
        """End the notice after its last day. ``acknowledged``: whoever closes it knows what that leaves behind."""

        def decision(results: YearResults) -> AssessmentEvent:
            results.run(run_id)
            return results.close_notice(
                run_id=run_id,
                closed_by=by.actor,
                closed_on=closed_on,
                leaves_behind=self._lookups.left_by_closing(run_id, closed_on),
                acknowledged=acknowledged,
            )

        self._decide(run_id, decision, by)

    def publish_run(self, run_id: str, *, published_on: date, by: By, acknowledged: bool = False) -> None:
        """Make a run public. ``acknowledged``: whoever publishes it knows what that leaves behind."""
        year = self._lookups.year(run_id)

        def decision(results: YearResults) -> AssessmentEvent:
            results.run(run_id)
            return results.publish_run(
                run_id=run_id,
                published_on=published_on,
                unsettled=self._lookups.unsettled(year),
                leaves_behind=self._lookups.left_by_publishing(run_id, published_on),
                acknowledged=acknowledged,
            )

        self._decide_on(year, decision, by)

    def serve_result(
        self,
        run_id: str,
        *,
        branches: Sequence[str],
        served_to: str,
        served_on: date,
        today: date,
        by: By,
    ) -> None:
        """Record that one or several units were handed the notice of their result: all of them, or none."""
        assessed = self._lookups.branches(run_id)

        def decision(results: YearResults) -> list[Event]:
            events: list[Event] = []
            for branch in branches:
                event = results.serve_result(
                    run_id=run_id,
                    branch=branch,
                    served_to=served_to,
                    served_by=by.actor,
                    served_on=served_on,
                    branches=assessed,
                    today=today,
                )
                results = results.after(event)
                events.append(event)
            return events

        self._log.decide(stream_of_runs(self._lookups.year(run_id)), YearResults(), decision, by)
