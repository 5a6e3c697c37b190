"""Whoever appeals, decides, withdraws, and whenever the process dies: no line sinks, and a decision takes effect once."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from application.ledgers.recording.row_recorder import OFFICE
from application.look import look_of
from application.questions.appeal_lookups import matter_of
from application.settings import Settings
from application.things import APPEAL
from application.verbs.assessment.appeals import (
    admit_appeal,
    decide_appeal,
    file_appeal,
    refuse_appeal,
    withdraw_appeal,
)
from application.verbs.pairing.activities import (
    record_activity,
)
from application.verbs.pairing.pairings import (
    start_pairing,
)
from application.verbs.supervision import raise_finding, withdraw_finding
from domain.appeal.appeal import Appeal
from domain.appeal.events import AppealDecided, AppealFiled, Outcome
from domain.assessment.schemes import scheme_text
from domain.assessment.year.events import FindingRuledOut, PointsRuled, RunFrozen
from domain.kernel.errors import Rejected, Unknown
from domain.kernel.parties import Side
from domain.pairing.events import ActivityKind
from domain.supervision.events import FindingType, Method, Severity
from interface.composition import build
from tests.kit import yearend
from tests.kit.acts import act, adopt, carried, carried_out
from tests.kit.entries import registered_unit, registered_village
from tests.kit.examples import examples
from tests.kit.yearend import by

LINE, DAY = "C2", date(2025, 5, 6)
sides = st.sampled_from(Side)
things = st.sampled_from(["line", "finding"])
points = st.sampled_from([0, 175, 300, 525, 600, 700, 800])


class Appealing(RuleBasedStateMachine):
    """One pairing with a line and a finding to appeal against; whatever is refused leaves all as it was."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="appealing_"))
        self.system = build(Settings(folder=self.folder))
        today = self.system.today()
        adopt(self.system, scheme_text(2025), by=by("kaohe"))
        branch = registered_unit(self.system, "甲局", by=by("kaohe"))
        village = registered_village(self.system, "乙村", "丙镇", by=by("kaohe"))
        self.pairing = carried(
            self.system,
            start_pairing,
            branch=branch,
            village=village,
            started_on=date(2025, 1, 1),
            today=today,
            by=by("kaohe"),
        )
        self.finding = carried(
            self.system,
            raise_finding,
            number="WT-1",
            pairing_id=self.pairing,
            branch=branch,
            village=village,
            found_on=DAY,
            method=Method.ON_SITE,
            inspector=self.system.vault.person("督查员甲", OFFICE),
            description="台账缺页",
            finding_type=FindingType.RECORD_KEEPING,
            severity=Severity.MINOR,
            today=today,
            by=by("ducha"),
        )
        self.freeze()
        self.stood = self.stands()

    def teardown(self) -> None:
        self.restart()
        self.every_decision_took_effect_once()
        self.system.close()
        shutil.rmtree(self.folder)

    def stands(self) -> int:
        with self.system.reading() as connection:
            at = self.system.log.position()
            told = self.system.scoring.explain(connection, 2025, self.pairing, LINE, at)
        return told.line.final or 0

    def attempt(self, act: Callable[[], object]) -> None:
        with suppress(Rejected, Unknown):
            act()

    @property
    def appeals(self) -> dict[str, Appeal]:
        filed = [each.event for each in self.system.log.named(AppealFiled.NAME)]
        ids = [event.appeal_id for event in filed if isinstance(event, AppealFiled)]
        return {id_: APPEAL.state(look_of(self.system), id_) for id_ in ids}

    def newest(self) -> str:
        return next(reversed(self.appeals), "ap-none")

    # ------------------------------------------------------------ acts

    @rule(side=sides, thing=things)
    def file(self, side: Side, thing: str) -> None:
        self.attempt(
            lambda: carried_out(
                self.system,
                file_appeal,
                "",
                year=2025,
                pairing_id=self.pairing,
                indicator=LINE if thing == "line" else "",
                finding_id=self.finding if thing == "finding" else "",
                side=side,
                grounds="有佐证",
                by=by("danwei" if side is Side.UNIT else "cun"),
            )
        )

    @rule()
    def admit(self) -> None:
        for number in self.appeals:
            self.attempt(
                lambda number=number: act(self.system, admit_appeal, number, by=by("fuhe"))  # type: ignore[misc]
            )

    @rule(side=sides, thing=things, wanted=points, dies=st.booleans())
    def whole_case(self, side: Side, thing: str, wanted: int, dies: bool) -> None:
        """From filing to a decision for the applicant, if it comes to that."""
        self.file(side, thing)
        self.admit()
        outcome = Outcome.VARIED if thing == "line" else Outcome.REVOKED
        (self.decide_and_die if dies else self.decide)(outcome, wanted)

    @rule()
    def refuse(self) -> None:
        self.attempt(
            lambda: act(self.system, refuse_appeal, self.newest(), because="不符合条件", by=by("fuhe"))
        )

    @rule(side=sides)
    def take_back(self, side: Side) -> None:
        self.attempt(
            lambda: carried_out(self.system, withdraw_appeal, self.newest(), side=side, by=by("danwei"))
        )

    @rule(outcome=st.sampled_from(Outcome), wanted=points)
    def decide(self, outcome: Outcome, wanted: int) -> None:
        for number in self.appeals:
            self.attempt(
                lambda number=number: carried_out(  # type: ignore[misc]
                    self.system,
                    decide_appeal,
                    number,
                    outcome=outcome,
                    reasons="经核实",
                    corrected_points_hundredths=wanted if outcome is Outcome.VARIED else None,
                    by=by("fuhe"),
                )
            )

    @rule(outcome=st.sampled_from(Outcome), wanted=points)
    def decide_and_die(self, outcome: Outcome, wanted: int) -> None:
        """The decision is on disk, and the process gone before anything followed from it."""
        number = self.newest()

        def decide() -> None:
            appeal = self.appeals.get(number, Appeal())
            decided = appeal.decide_appeal(
                decided_on=self.system.today(),
                outcome=outcome,
                reasons="经核实",
                corrected_points_hundredths=wanted if outcome is Outcome.VARIED else None,
                acting={"fuhe"},
                matter=matter_of(look_of(self.system), key=number),
            )
            version = len(self.system.log.load(f"appeal-{number}")) + 1
            self.system.log.append([(f"appeal-{number}", version, decided, by("fuhe"))])

        self.attempt(decide)
        self.restart()

    @rule()
    def restart(self) -> None:
        self.system.close()
        self.system = build(Settings(folder=self.folder))

    @rule()
    def freeze(self) -> None:
        self.attempt(lambda: yearend.freeze(self.system, because="核定", acknowledged=False))

    @rule(month=st.integers(1, 12))
    def new_fact(self, month: int) -> None:
        day = date(2025, month, 6)
        self.attempt(
            lambda: carried(
                self.system,
                record_activity,
                near="",
                pairing_id=self.pairing,
                kind=ActivityKind.THEMED_CAMPAIGN,
                topic=f"{month} 月",
                held_on=day,
                participants=9,
                persons_visited=None,
                reported_on=day,
                today=self.system.today(),
                by=by("danwei"),
            )
        )

    @rule()
    def withdraw_finding(self) -> None:
        today = self.system.today()
        self.attempt(
            lambda: carried(
                self.system,
                withdraw_finding,
                self.finding,
                withdrawn_on=today,
                because="误判",
                today=today,
                by=by("ducha"),
            )
        )

    # ------------------------------------------------------------ what holds after each

    @invariant()
    def no_line_sinks(self) -> None:
        """Nothing here takes facts away, so a line could only sink by an appeal."""
        stands = self.stands()
        assert stands >= self.stood
        self.stood = stands

    @invariant()
    def one_thing_has_one_open_case(self) -> None:
        opened = [each.filed for each in self.appeals.values() if each.is_open]
        contested = Counter(each.finding_id or each.indicator for each in opened if each)
        assert not contested or max(contested.values()) == 1

    @invariant()
    def every_decision_took_effect_once(self) -> None:
        log = self.system.log
        decided = [each.event for each in log.named(AppealDecided.NAME)]
        won = {
            event.appeal_id
            for event in decided
            if isinstance(event, AppealDecided) and event.outcome is not Outcome.UPHELD
        }
        effects = [each.event for each in log.named(PointsRuled.NAME, FindingRuledOut.NAME)]
        ruled = Counter(e.appeal_id for e in effects if isinstance(e, PointsRuled | FindingRuledOut))
        assert ruled == Counter(won)
        runs = [each.event for each in log.named(RunFrozen.NAME)]
        led = Counter(e.appeal_id for e in runs if isinstance(e, RunFrozen) and e.appeal_id)
        assert set(led) <= won and set(led.values()) <= {1}


TestAppealing = Appealing.TestCase
TestAppealing.settings = examples(10, quick=5, stateful_step_count=20)
