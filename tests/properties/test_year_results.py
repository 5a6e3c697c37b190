"""Whatever is decided between a frozen run and its publication, in whatever order, can be lived and keeps the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.assessment.year.events import (
    AssessmentEvent,
    CutOffSet,
    FindingRuledOut,
    GradeAdjustmentApproved,
    GradeAdjustmentRefused,
    ObjectionAnswered,
    PairingExcluded,
    PairingIncluded,
    PointsRuled,
    RunPublished,
    SignStep,
)
from domain.assessment.year.result import YearResults
from domain.assessment.year.run import Basis, Pin
from domain.assessment.year.run_result import CHAIN, ComputedGrades
from domain.kernel.errors import Rejected, Unknown
from domain.kernel.person import PersonRef
from domain.kernel.state import fold
from tests.kit.examples import examples
from tests.kit.persons import ALONE

SOMEBODY = PersonRef(ref="p-1", commitment="c")
GRADES = ("excellent", "good", "poor")
PAIRINGS = ("a", "b", "c", "d", "e")
COMPUTED = ComputedGrades(
    grades=dict(zip(PAIRINGS, ("excellent", "good", "good", "", "good"), strict=True)),
    places={"excellent": 2, "good": 3, "poor": None},
    totals=dict(zip(PAIRINGS, (9500, 9100, 8500, 9000, 9900), strict=True)),
    least={"excellent": 9000, "good": 8000, "poor": 0},
    vetoed={"e"},
)
"""``c`` has too few points for more, ``d`` is not graded, ``e`` is lowered to good by a veto."""
BASIS = Basis(
    known_at=1,
    scheme_version=1,
    scheme_digest="",
    calendar_version="",
    engine_version=1,
    software="",
    cut_off_at=None,
    results_digest="d",
    receipts_root="",
    subjects=4,
)
people = st.sampled_from(["kaohe", "fukao", "lianban", "lingdao"])
MOST_RUNS = 5
runs = st.sampled_from([f"r-{n + 1}" for n in range(MOST_RUNS)])
pairings = st.sampled_from(PAIRINGS)


def rulings(log: list[AssessmentEvent]) -> int:
    return sum(isinstance(each, PointsRuled | FindingRuledOut) for each in log)


def upheld(log: list[AssessmentEvent]) -> int:
    return sum(isinstance(each, ObjectionAnswered) and each.upheld for each in log)


def excluded(log: list[AssessmentEvent]) -> bool:
    """Whether pairing ``d`` takes part in no grade."""
    told = [each for each in log if isinstance(each, PairingExcluded | PairingIncluded)]
    return bool(told) and isinstance(told[-1], PairingExcluded)


class YearEnd(RuleBasedStateMachine):
    """A log of what was decided; refusals leave it as it was."""

    def __init__(self) -> None:
        super().__init__()
        self.today = date(2026, 1, 12)
        self.state = YearResults()
        self.log: list[AssessmentEvent] = []
        self.live(
            CutOffSet(
                year=2025, record_on=self.today, known_at=0, because="", set_on=self.today, set_by="kaohe"
            )
        )

    def live(self, event: AssessmentEvent) -> None:
        self.log.append(event)
        self.state = self.state.after(event)

    @rule(days=st.integers(1, 4))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(by=people, earlier=st.sampled_from([0, 0, 0, 1, 3]))
    def freeze(self, by: str, earlier: int = 0) -> None:
        """As known now, or at a position that is so many events earlier."""
        if len(self.state.runs) < MOST_RUNS and len(self.log) > earlier:
            basis = replace(BASIS, known_at=len(self.log) - earlier)
            self.attempt(
                lambda: self.state.freeze_run(
                    run_id=f"r-{len(self.state.runs) + 1}",
                    year=2025,
                    pin=Pin(basis=basis, newest=len(self.log), grades=COMPUTED.grades),
                    frozen_by=by,
                    frozen_on=self.today,
                    because="x",
                    acknowledged=True,
                )
            )

    @rule(run=runs, by=people)
    def consent(self, run: str, by: str) -> None:
        self.attempt(
            lambda: self.state.consent_to_run(
                run_id=run,
                consenter=SOMEBODY,
                office="o",
                because="x",
                consented_by=by,
                consented_on=self.today,
                persons=ALONE,
            )
        )

    @rule(n=st.integers(1, 4), finding=st.booleans())
    def rule_on_an_appeal(self, n: int, finding: bool) -> None:
        ruled: dict[str, Any] = {
            "year": 2025,
            "pairing_id": "a",
            "appeal_id": f"ap-{n}",
            "appeal_no": f"SS2026-{n:03d}",
            "ruled_on": self.today,
        }
        if finding:
            self.attempt(lambda: self.state.take_ruling(FindingRuledOut(**ruled, finding_id="f-1")))
        else:
            self.attempt(
                lambda: self.state.take_ruling(PointsRuled(**ruled, indicator="A1", points_hundredths=500))
            )

    @rule(out=st.booleans())
    def decide_who_takes_part(self, out: bool) -> None:
        decided: dict[str, Any] = {"year": 2025, "pairing_id": "d", "because": "x"}
        if out:
            self.attempt(
                lambda: self.state.exclude_pairing(
                    **decided, basis="y", excluded_by="lianban", excluded_on=self.today
                )
            )
        else:
            self.attempt(
                lambda: self.state.include_pairing(**decided, included_by="lianban", included_on=self.today)
            )

    @rule(run=runs, pairing=pairings, grade=st.sampled_from(GRADES), by=people)
    def propose(self, run: str, pairing: str, grade: str, by: str) -> None:
        self.attempt(
            lambda: self.state.propose_adjustment(
                run_id=run,
                pairing_id=pairing,
                grade_after=grade,
                because="x",
                basis="y",
                proposed_by=by,
                proposed_on=self.today,
                computed=COMPUTED,
            )
        )

    @rule(run=runs, pairing=pairings, by=people)
    def approve(self, run: str, pairing: str, by: str) -> None:
        self.attempt(
            lambda: self.state.approve_adjustment(
                run_id=run,
                pairing_id=pairing,
                approver=SOMEBODY,
                office="o",
                approved_by=by,
                approved_on=self.today,
                computed=COMPUTED,
                persons=ALONE,
            )
        )

    @rule(run=runs, pairing=pairings, by=people)
    def refuse(self, run: str, pairing: str, by: str) -> None:
        self.attempt(
            lambda: self.state.refuse_adjustment(
                run_id=run,
                pairing_id=pairing,
                because="x",
                refused_by=by,
                refused_on=self.today,
                persons=ALONE,
            )
        )

    @rule(keep=st.booleans())
    def decide_what_waits(self, keep: bool) -> None:
        """Every adjustment that waits in the newest run, as one after an older one was overtaken."""
        for pairing in PAIRINGS:
            if keep:
                self.approve(self.newest, pairing, "lianban")
            self.refuse(self.newest, pairing, "lianban")

    @rule(run=runs, step=st.sampled_from(SignStep), by=people)
    def sign(self, run: str, step: SignStep, by: str) -> None:
        self.attempt(
            lambda: getattr(self.state, f"sign_{step.value}")(
                run_id=run,
                signer=PersonRef(ref=by, commitment="c"),
                office="o",
                opinion="同意",
                signed_by=by,
                signed_on=self.today,
                persons=ALONE,
            )
        )

    @property
    def newest(self) -> str:
        """The run that goes on."""
        return self.state.newest

    @rule(pairing=pairings, grade=st.sampled_from(GRADES))
    def adjust_the_newest(self, pairing: str, grade: str) -> None:
        self.propose(self.newest, pairing, grade, "kaohe")
        self.approve(self.newest, pairing, "lianban")

    @rule(upheld=st.booleans())
    def object_to_the_newest(self, upheld: bool) -> None:
        """Somebody objects as soon as it is on notice, and it goes on as far as it may."""
        for _ in range(3):
            run = self.state.runs.get(self.newest)
            if run is None or run.notice is None:
                self.go_on_with_the_newest()
        self.file_objection(self.newest, "danwei")
        self.answer_objection(self.newest, 1, upheld, "lingdao")
        self.go_on_with_the_newest()

    @rule()
    def go_on_with_the_newest(self) -> None:
        """Whatever is next: the rest of the chain, then the notice, then, days later, publication."""
        run = self.state.runs.get(self.newest)
        if run is None:
            self.freeze("kaohe")
        elif run.next_step is not None:
            for step in CHAIN[len(run.signatures) :]:
                self.sign(self.newest, step, ("fukao", "lianban", "lingdao")[CHAIN.index(step)])
        elif run.notice is None:
            self.open_notice(self.newest)
        else:
            self.time_passes(4)
            self.close_and_publish(self.newest)

    @rule(run=runs)
    def open_notice(self, run: str) -> None:
        self.attempt(
            lambda: self.state.open_notice(
                run_id=run,
                opened_on=self.today,
                closes_on=self.today + timedelta(days=4),
                working_days=5,
                calendar_version="v",
                contact="c",
                ranking_basis="",
                opened_by="lianban",
            )
        )

    @rule(run=runs, by=people)
    def file_objection(self, run: str, by: str) -> None:
        self.attempt(
            lambda: self.state.file_objection(
                run_id=run,
                objection_id=f"{run}/ob-{len(self.state.run(run).objections) + 1}",
                pairing_id="",
                on_behalf_of="群众代表",
                grounds="x",
                side=None,
                filed_by=by,
                filed_on=self.today,
            )
        )

    @rule(run=runs, n=st.integers(1, 2), upheld=st.booleans(), by=people)
    def answer_objection(self, run: str, n: int, upheld: bool, by: str) -> None:
        self.attempt(
            lambda: self.state.answer_objection(
                run_id=run,
                objection_id=f"{run}/ob-{n}",
                upheld=upheld,
                answer="x",
                answered_by=by,
                answered_on=self.today,
                persons=ALONE,
            )
        )

    @rule(run=runs)
    def close_and_publish(self, run: str) -> None:
        self.attempt(
            lambda: self.state.close_notice(
                run_id=run, closed_by="lianban", closed_on=self.today, leaves_behind=(), acknowledged=False
            )
        )
        self.attempt(
            lambda: self.state.publish_run(
                run_id=run, published_on=self.today, unsettled=[], leaves_behind=(), acknowledged=False
            )
        )

    def attempt(self, decision: object) -> None:
        assert callable(decision)
        try:
            decided = decision()
        except (Rejected, Unknown):
            return
        for event in decided if isinstance(decided, list) else [decided]:
            self.live(event)

    @invariant()
    def the_state_is_what_its_events_add_up_to(self) -> None:
        assert fold(YearResults(), self.log) == self.state

    @invariant()
    def a_quota_is_never_passed(self) -> None:
        for run in self.state.runs.values():
            final = {**COMPUTED.grades, **run.adjusted}
            for pairing in run.adjusted:
                places = COMPUTED.places[final[pairing]]
                held = sum(grade == final[pairing] for grade in final.values())
                assert places is None or held <= places

    @invariant()
    def what_is_public_went_the_whole_way(self) -> None:
        public = 0
        for run in self.state.runs.values():
            if run.published_on is None:
                continue
            assert len({each.signed_by for each in run.signatures}) == len(CHAIN)
            assert tuple(each.step for each in run.signatures) == CHAIN
            assert run.notice is not None and run.closed and run.published_on > run.notice.closes_on
            assert not run.open_objections and not run.proposed
            assert public == 0 or run.consented
            public += 1

    @invariant()
    def what_was_public_took_in_whatever_had_been_decided(self) -> None:
        """Told from the positions of the log alone."""
        known_at = {run_id: run.frozen.known_at for run_id, run in self.state.runs.items()}
        for n, published in enumerate(self.log):
            if not isinstance(published, RunPublished):
                continue
            then, now = self.log[: known_at[published.run_id]], self.log[:n]
            assert rulings(now) == rulings(then)
            assert excluded(now) == excluded(then)
            assert upheld(now) == upheld(then)

    @invariant()
    def nobody_is_lifted_by_hand_above_a_veto_or_the_points(self) -> None:
        order = list(COMPUTED.places)
        for run in self.state.runs.values():
            for pairing, grade in run.adjusted.items():
                lifted = order.index(grade) < order.index(COMPUTED.grades[pairing])
                assert not lifted or (pairing != "e" and COMPUTED.totals[pairing] >= COMPUTED.least[grade])

    @invariant()
    def no_adjustment_disappears_unsaid(self) -> None:
        """What stood or waited in one run was confirmed or refused in the next before anybody signed that."""
        going = [run for run in self.state.runs.values() if not run.frozen.for_comparison]
        for before, after in pairwise(going):
            carried = {**before.approved, **before.proposed}
            decided = {
                each.pairing_id
                for each in self.log
                if isinstance(each, GradeAdjustmentApproved | GradeAdjustmentRefused)
                and each.run_id == after.frozen.run_id
            }
            assert set(carried) <= decided | set(after.proposed)
            assert not after.signatures or set(carried) <= decided


TestYearEnd = YearEnd.TestCase
TestYearEnd.settings = examples(80, quick=40, stateful_step_count=50)
