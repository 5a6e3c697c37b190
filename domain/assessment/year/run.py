"""The frozen runs of a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from domain.assessment.year import clauses
from domain.assessment.year.events import (
    AssessmentEvent,
    FindingRuledOut,
    PointsRuled,
    RunConsented,
    RunFrozen,
    RunPublished,
)
from domain.assessment.year.left_behind import LeftBehind, demand_acknowledged
from domain.assessment.year.result import YearResults
from domain.kernel.decisions import demand
from domain.kernel.person import PersonRef, Persons


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Everything the results of a run rest on, and what they come to; the fields are those of ``RunFrozen``."""

    known_at: int
    scheme_version: int
    scheme_digest: str
    calendar_version: str
    engine_version: int
    software: str
    cut_off_at: int | None
    results_digest: str
    receipts_root: str
    subjects: int


@dataclass(frozen=True)
class Runs:
    """The runs of one year, in their order, and what was decided on them.

    ``published`` and ``consented`` are ids of runs, in the order in which that happened.
    """

    runs: tuple[RunFrozen, ...] = ()
    published: tuple[str, ...] = ()
    consented: tuple[str, ...] = ()
    results: YearResults = field(default_factory=YearResults)

    @property
    def ruled(self) -> Mapping[str, str]:
        """The appeals that were won and are carried out, each to its number."""
        return self.results.decided.ruled

    @property
    def newest_published(self) -> str:
        """The run that is public now; empty where none is."""
        return self.published[-1] if self.published else ""

    def run(self, run_id: str) -> RunFrozen:
        """The run. Rejected where there is none."""
        run = next((each for each in self.runs if each.run_id == run_id), None)
        demand(run is not None, clauses.RUN_EXISTS, run_id)
        assert run is not None
        return run

    def of_appeal(self, appeal_id: str) -> list[str]:
        """The runs that an appeal led to; none for no appeal."""
        return [each.run_id for each in self.runs if appeal_id and each.appeal_id == appeal_id]

    def awaits_consent(self, run_id: str) -> bool:
        """Whether the run would replace a published one and nobody consented to that yet."""
        if self.run(run_id).for_comparison:
            return False
        return bool(self.newest_published) and run_id not in (*self.published, *self.consented)

    def freeze_run(
        self,
        *,
        run_id: str,
        year: int,
        basis: Basis,
        newest: int,
        frozen_by: str,
        frozen_on: date,
        because: str,
        grades: Mapping[str, str],
        nothing_since: bool = False,
        leaves_behind: LeftBehind = (),
        acknowledged: bool = False,
        appeal_id: str = "",
    ) -> list[AssessmentEvent]:
        """Pin all results as known at ``basis.known_at``, not after ``newest``; before it, the run is for comparing only.

        It gets the next number of the year. ``grades``: what the run computes, by pairing; the adjustments of the run
        before wait in it to be confirmed anew. ``nothing_since``: nothing but runs was recorded since the newest run's
        position, so that two who freeze at once make no twins. ``leaves_behind``: what is not done, which must be
        ``acknowledged``; the signatures of a run that is overtaken before it is public belong to it.
        """
        demand(0 < basis.known_at <= newest, clauses.FROZEN_AS_KNOWN, f"{basis.known_at}, {newest}")
        demand(basis.subjects > 0, clauses.SUBJECTS_THERE)
        demand(bool(because.strip()), clauses.REASON_GIVEN)
        for_comparison = basis.known_at < newest
        twin = self._newest() if nothing_since and not for_comparison else self._same(basis)
        demand(twin is None, clauses.FROZEN_ONCE, twin.run_no if twin else "")
        left = () if for_comparison else (*leaves_behind, *self.overtaken)
        demand_acknowledged(left, acknowledged)
        run = RunFrozen(
            run_id=run_id,
            year=year,
            number=len(self.runs) + 1,
            frozen_by=frozen_by,
            frozen_on=frozen_on,
            because=because,
            appeal_id=appeal_id,
            for_comparison=for_comparison,
            leaves_behind=left,
            **asdict(basis),
        )
        return [run, *self.results.carried_into(run, grades)]

    @property
    def overtaken(self) -> LeftBehind:
        """The signatures that a new run leaves behind: those of the newest run while it is not public."""
        last = self.results.runs.get(self.results.newest)
        if last is None or last.published_on is not None or not last.signatures:
            return ()
        return (("signatures", len(last.signatures)),)

    def _newest(self) -> RunFrozen | None:
        last = self.results.runs.get(self.results.newest)
        return last.frozen if last else None

    def _same(self, basis: Basis) -> RunFrozen | None:
        """The run that says the same of the same position; ``None`` where there is none."""
        same = (basis.known_at, basis.results_digest, basis.receipts_root)
        found = (run for run in self.runs if (run.known_at, run.results_digest, run.receipts_root) == same)
        return next(found, None)

    def consent_to_run(
        self,
        *,
        run_id: str,
        consenter: PersonRef,
        office: str,
        because: str,
        consented_by: str,
        consented_on: date,
        persons: Persons,
    ) -> RunConsented:
        """Let the run replace the published one; by somebody else than whoever froze it."""
        run = self.run(run_id)
        order = [each.run_id for each in self.runs]
        replaced = self.newest_published
        later = bool(replaced) and order.index(run_id) > order.index(replaced)
        demand(later, clauses.CONSENTED_IF_REPLACING, ", ".join(self.results.named(run_id, replaced)))
        demand(run_id not in self.consented, clauses.CONSENTED_ONCE, run.run_no)
        self.results.going_on(run_id)
        demand(not persons.meet(consented_by, run.frozen_by), clauses.CONSENTED_BY_ANOTHER, consented_by)
        demand(bool(because.strip()), clauses.REASON_GIVEN)
        return RunConsented(
            run_id=run_id,
            year=run.year,
            consenter=consenter,
            office=office,
            because=because,
            consented_by=consented_by,
            consented_on=consented_on,
        )

    def rule_points(
        self,
        *,
        year: int,
        pairing_id: str,
        indicator: str,
        points_hundredths: int,
        appeal_id: str,
        appeal_no: str,
        ruled_on: date,
    ) -> PointsRuled:
        """Fix the points of one line as an appeal decided."""
        demand(appeal_id not in self.ruled, clauses.RULED_ONCE, appeal_no)
        return PointsRuled(
            year=year,
            pairing_id=pairing_id,
            indicator=indicator,
            points_hundredths=points_hundredths,
            appeal_id=appeal_id,
            appeal_no=appeal_no,
            ruled_on=ruled_on,
        )

    def rule_out_finding(
        self,
        *,
        year: int,
        pairing_id: str,
        finding_id: str,
        appeal_id: str,
        appeal_no: str,
        ruled_on: date,
    ) -> FindingRuledOut:
        """Say to the year's runs that an appeal revoked a finding."""
        demand(appeal_id not in self.ruled, clauses.RULED_ONCE, appeal_no)
        return FindingRuledOut(
            year=year,
            pairing_id=pairing_id,
            finding_id=finding_id,
            appeal_id=appeal_id,
            appeal_no=appeal_no,
            ruled_on=ruled_on,
        )

    def after(self, event: AssessmentEvent) -> Runs:
        state = replace(self, results=self.results.after(event))
        match event:
            case RunFrozen():
                return replace(state, runs=(*self.runs, event))
            case RunConsented():
                return replace(state, consented=(*self.consented, event.run_id))
            case RunPublished():
                return replace(state, published=(*self.published, event.run_id))
        return state
