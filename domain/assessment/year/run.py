"""The frozen runs of a year, each on its way to the public: freezing, consenting to one, what appeals ruled.

One stream, ``runs-<year>``, so that no two decisions about the results of a year pass each other by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Self

from domain.assessment.scoring.grades import UNGRADED
from domain.assessment.year import clauses, events
from domain.assessment.year.left_behind import Acknowledged, LeftBehind, demand_acknowledged
from domain.assessment.year.run_result import RunResult, YearDecisions
from domain.kernel.decisions import demand
from domain.kernel.errors import Unknown
from domain.kernel.person import PersonRef, Persons
from domain.kernel.values import Actor, Key, Office, Today, Words, YearKey


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


@dataclass(frozen=True, kw_only=True)
class Pin:
    """What is there to be frozen. ``grades``: what the run computes, by pairing. ``newest``: the newest position there is.
    ``nothing_since``: nothing but runs was recorded since the newest run's position. ``leaves_behind``: what is not done.
    """

    basis: Basis
    grades: Mapping[str, str]
    newest: int
    nothing_since: bool = False
    leaves_behind: LeftBehind = ()


@dataclass(frozen=True)
class Runs:
    """The runs of one year by their ids, in their order, and what was decided beside them."""

    runs: Mapping[str, RunResult] = field(default_factory=lambda: MappingProxyType({}))
    decided: YearDecisions = field(default_factory=YearDecisions)

    # ------------------------------------------------------------ freezing, and replacing what is public

    def freeze_run(
        self,
        *,
        run_id: str,
        year: YearKey,
        pin: Pin,
        because: Words,
        acknowledged: Acknowledged,
        frozen_by: Actor,
        frozen_on: Today,
        appeal_id: str = "",
    ) -> Sequence[events.AssessmentEvent]:
        """Pin all results as known at the pin's position; before the newest there is, the run is for comparing only.

        It gets the next number of the year; the adjustments of the run before wait in it to be confirmed anew. Two who
        freeze at once make no twins, and an appeal leads to one run: asked again, nothing is decided. What is left behind
        must be ``acknowledged``; the signatures of a run that is overtaken before it is public belong to it.
        """
        if self._of_appeal(appeal_id):
            return []
        basis, newest = pin.basis, pin.newest
        demand(0 < basis.known_at <= newest, clauses.FROZEN_AS_KNOWN, f"{basis.known_at}, {newest}")
        demand(basis.subjects > 0, clauses.SUBJECTS_THERE)
        for_comparison = basis.known_at < newest
        twin = self._newest() if pin.nothing_since and not for_comparison else self._same(basis)
        demand(twin is None, clauses.FROZEN_ONCE, twin.run_no if twin else "")
        left = () if for_comparison else (*pin.leaves_behind, *self.overtaken)
        demand_acknowledged(left, acknowledged)
        run = events.RunFrozen(
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
        return [run, *self.carried_into(run, pin.grades)]

    @property
    def overtaken(self) -> LeftBehind:
        """The signatures that a new run leaves behind: those of the newest run while it is not public."""
        last = self.runs.get(self.newest)
        if last is None or last.published_on is not None or not last.signatures:
            return ()
        return (("signatures", len(last.signatures)),)

    def _of_appeal(self, appeal_id: str) -> bool:
        """Whether an appeal led to a run already."""
        return bool(appeal_id) and any(each.frozen.appeal_id == appeal_id for each in self.runs.values())

    def _newest(self) -> events.RunFrozen | None:
        last = self.runs.get(self.newest)
        return last.frozen if last else None

    def _same(self, basis: Basis) -> events.RunFrozen | None:
        """The run that says the same of the same position; ``None`` where there is none."""
        same = (basis.known_at, basis.results_digest, basis.receipts_root)
        frozen = (each.frozen for each in self.runs.values())
        found = (run for run in frozen if (run.known_at, run.results_digest, run.receipts_root) == same)
        return next(found, None)

    def carried_into(
        self, run: events.RunFrozen, grades: Mapping[str, str]
    ) -> list[events.GradeAdjustmentProposed]:
        """The adjustments of the run before, to be confirmed anew in ``run``, whose computed grades are ``grades``.

        Whoever signs decided on each; whoever may not confirm one refuses it with a reason. None vanishes unsaid.
        """
        if run.for_comparison or not self.newest:
            return []
        before = self.runs[self.newest]
        return [
            replace(
                each,
                run_id=run.run_id,
                grade_before=grades.get(pairing_id, UNGRADED),
                proposed_on=run.frozen_on,
                carried_from=self.newest,
            )
            for pairing_id, each in {**before.approved, **before.proposed}.items()
        ]

    def consent_to_run(
        self,
        *,
        run_id: Key,
        consenter: PersonRef,
        office: Office,
        because: Words,
        consented_by: Actor,
        consented_on: Today,
        persons: Persons,
    ) -> events.RunConsented:
        """Let the run replace the published one; by somebody else than whoever froze it."""
        run = self.consent_to_run_allowed(run_id=run_id).frozen
        demand(not persons.meet(consented_by, run.frozen_by), clauses.CONSENTED_BY_ANOTHER, consented_by)
        return events.RunConsented(
            **run.names,
            consenter=consenter,
            office=office,
            because=because,
            consented_by=consented_by,
            consented_on=consented_on,
        )

    def consent_to_run_allowed(self, *, run_id: Key) -> RunResult:
        """The run, which may go on and would replace a published one."""
        run = self.run(run_id)
        order, replaced = list(self.runs), self.newest_published
        later = bool(replaced) and order.index(run_id) > order.index(replaced)
        demand(later, clauses.CONSENTED_IF_REPLACING, ", ".join(self.named(run_id, replaced)))
        demand(not run.consented, clauses.CONSENTED_ONCE, run.run_no)
        return self.going_on(run_id)

    # ------------------------------------------------------------ what appeals ruled

    def take_ruling(
        self, ruling: events.PointsRuled | events.FindingRuledOut
    ) -> Sequence[events.AssessmentEvent]:
        """What an appeal ruled, said to the year's runs; nothing where they know of it already."""
        return [] if ruling.appeal_id in self.decided.ruled else [ruling]

    # ------------------------------------------------------------ looking up

    def run(self, run_id: str) -> RunResult:
        """The run. Raises ``Unknown`` where there is none."""
        if run_id not in self.runs:
            raise Unknown("runs", run_id)
        return self.runs[run_id]

    @property
    def newest_published(self) -> str:
        """The run that is public now; empty where none is."""
        public = [run_id for run_id, run in self.runs.items() if run.published_on]
        return public[-1] if public else ""

    @property
    def newest(self) -> str:
        """The run frozen last, those for comparing left out; empty where there is none."""
        going = [run_id for run_id, run in self.runs.items() if not run.frozen.for_comparison]
        return going[-1] if going else ""

    def going_on(self, run_id: str) -> RunResult:
        """The run, if it may go on: it is no run for comparing, nothing was frozen since, for a newer run is there because
        the older one is not right any more, and nothing was decided since that it would have to take in.
        """
        run = self.run(run_id)
        demand(not run.frozen.for_comparison, clauses.FOR_COMPARING_ONLY, run.run_no)
        demand(self.newest == run_id, clauses.NEWEST_RUN, ", ".join(self.named(run_id, self.newest)))
        decided, taken = self.decided, run.takes_in
        for since, clause in (
            (_since(taken.ruled, decided.ruled), clauses.RULINGS_TAKEN_IN),
            (decided.excluded ^ taken.excluded, clauses.EXCLUSIONS_TAKEN_IN),
            (_since(taken.upheld, decided.upheld), clauses.NO_OBJECTION_UPHELD),
        ):
            demand(not since, clause, ", ".join(sorted(since)))
        return run

    def named(self, *run_ids: str) -> list[str]:
        """The numbers of the runs; nothing for one that is not there."""
        return [self.runs[run_id].run_no for run_id in run_ids if run_id in self.runs]

    def replaces(self, run_id: str) -> str:
        """The published run that ``run_id`` would replace; empty where none is public yet."""
        public = [each for each, run in self.runs.items() if run.published_on and each != run_id]
        return public[-1] if public else ""

    # ------------------------------------------------------------ evolution

    def after(self, event: events.AssessmentEvent) -> Self:
        match event:
            case events.RunFrozen():
                return replace(self, runs={**self.runs, event.run_id: RunResult(event, self.decided)})
            case (
                events.PairingExcluded()
                | events.PairingIncluded()
                | events.PointsRuled()
                | events.FindingRuledOut()
            ):
                return replace(self, decided=self.decided.after(event))
            case events.RunEvent():
                run = self.runs[event.run_id]
                runs = {**self.runs, event.run_id: run.after(event)}
                return replace(self, runs=runs, decided=self.decided.after(event))
        return self


def _since(taken: Mapping[str, str], decided: Mapping[str, str]) -> list[str]:
    """The numbers of what was decided and is not taken in."""
    return [number for id_, number in decided.items() if id_ not in taken]
