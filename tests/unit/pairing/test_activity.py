"""An activity: recorded once, corrected with a reason, voided once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.kernel.clause import Clause
from domain.kernel.person import PersonRef
from domain.kernel.span import Span
from domain.pairing import clauses
from domain.pairing.activity import Activity, likeness
from domain.pairing.events import (
    ActivityAttested,
    ActivityCorrected,
    ActivityDescribed,
    ActivityDisputed,
    ActivityHeld,
    ActivityKind,
    ActivityMaintained,
    ActivityShared,
    ActivityTag,
    ActivityVoided,
    DisputeSettled,
    LikenessJudged,
    LikenessVerdict,
    MeasureUnit,
    TrainingDescribed,
)
from tests.kit.given import given

VALUES: dict[str, Any] = {
    "kind": ActivityKind.CONDOLENCE_VISIT,
    "topic": "两节慰问",
    "held_on": date(2025, 1, 15),
    "participants": 6,
    "persons_visited": 7,
}
RECORD: dict[str, Any] = {
    **VALUES,
    "activity_id": "a-1",
    "pairing_id": "2025-v-b",
    "branch": "b",
    "village": "v",
    "reported_on": date(2025, 1, 20),
}
HELD = ActivityHeld(**RECORD)
WITHIN = Span(date(2025, 1, 10), date(2025, 6, 30))
THEN: dict[str, Any] = {"within": WITHIN, "today": date(2025, 7, 31)}
VOIDED = ActivityVoided(
    activity_id="a-1",
    pairing_id="2025-v-b",
    branch="b",
    village="v",
    because="重复",
    voided_on=date(2025, 2, 1),
    reported_on=date(2025, 2, 1),
)
PARTIES: dict[str, Any] = {"activity_id": "a-1", "pairing_id": "2025-v-b", "branch": "b", "village": "v"}
CORRECT: dict[str, Any] = {**VALUES, "persons_visited": 9, "because": "漏记两户", **THEN}


def test_an_activity_is_recorded_once() -> None:
    given(Activity()).when(lambda a: a.record_activity(**RECORD, **THEN, near="")).then(HELD)
    given(Activity(), HELD).when(lambda a: a.record_activity(**RECORD, **THEN, near="")).refused(
        clauses.RECORDED_ONCE, "两节慰问"
    )


@pytest.mark.parametrize(
    ("wrong", "clause"),
    [
        ({"held_on": date(2025, 1, 21)}, clauses.NOT_IN_THE_FUTURE),
        ({"held_on": date(2025, 8, 1), "reported_on": None}, clauses.NOT_IN_THE_FUTURE),
        ({"reported_on": date(2025, 8, 1)}, clauses.NOT_IN_THE_FUTURE),
        ({"held_on": date(2025, 1, 9)}, clauses.NOT_BEFORE_ITS_START),
        ({"held_on": date(2025, 7, 1), "reported_on": None}, clauses.NOT_AFTER_ITS_END),
        ({"near": "两节慰问。"}, clauses.ASKED_IF_SAME),
        ({"persons_visited": None}, clauses.VISIT_NAMES_ITS_COUNT),
        ({"kind": ActivityKind.FORUM}, clauses.VISIT_NAMES_ITS_COUNT),
    ],
)
def test_values_that_cannot_be_are_refused(wrong: dict[str, Any], clause: Clause) -> None:
    given(Activity()).when(lambda a: a.record_activity(**{**RECORD, **THEN, "near": "", **wrong})).refused(
        clause
    )


def test_a_correction_states_all_values_and_keeps_the_first_report() -> None:
    values = {k: v for k, v in CORRECT.items() if k not in THEN}
    decided = given(Activity(), HELD).state.correct_activity(**CORRECT)
    assert decided == ActivityCorrected(
        activity_id="a-1",
        pairing_id="2025-v-b",
        branch="b",
        village="v",
        reported_on=date(2025, 1, 20),
        **values,
    )


@pytest.mark.parametrize(
    ("held_on", "clause"),
    [
        (date(2025, 8, 1), clauses.NOT_IN_THE_FUTURE),
        (date(2025, 1, 9), clauses.NOT_BEFORE_ITS_START),
        (date(2025, 7, 1), clauses.NOT_AFTER_ITS_END),
    ],
)
def test_a_correction_states_a_day_of_the_pairing(held_on: date, clause: Clause) -> None:
    given(Activity(), HELD).when(lambda a: a.correct_activity(**{**CORRECT, "held_on": held_on})).refused(
        clause
    )


def test_only_what_stands_is_corrected_or_voided() -> None:
    given(Activity()).when(lambda a: a.correct_activity(**CORRECT)).refused(clauses.RECORDED_FIRST)
    given(Activity(), HELD).when(lambda a: a.void_activity(because="重复", voided_on=date(2025, 2, 1))).then(
        VOIDED
    )
    given(Activity(), HELD, VOIDED).when(lambda a: a.correct_activity(**CORRECT)).refused(clauses.VOIDED_ONCE)
    given(Activity(), HELD, VOIDED).when(
        lambda a: a.void_activity(because="重复", voided_on=date(2025, 2, 2))
    ).refused(clauses.VOIDED_ONCE)


@pytest.mark.parametrize(
    "topic", ["慰问困难户", "慰问困难户。", '慰问"困难户"', " 慰问 困难户", "慰问（困难户）"]
)
def test_one_activity_is_like_itself_however_it_is_written(topic: str) -> None:
    assert likeness(topic) == likeness("慰问困难户")
    assert likeness(f"{topic}二") != likeness("慰问困难户")


DISPUTED = ActivityDisputed(**PARTIES, because="当日未到村", disputed_on=date(2025, 2, 1))
MAINTAINED = ActivityMaintained(**PARTIES, because="有照片为证", maintained_on=date(2025, 2, 2))
ATTESTED = ActivityAttested(**PARTIES, attested_on=date(2025, 2, 1))
CORRECTED = ActivityCorrected(**PARTIES, **VALUES, because="漏记", reported_on=date(2025, 1, 20))


def test_the_village_confirms_or_disputes_what_the_unit_claims() -> None:
    today = date(2025, 2, 1)
    given(Activity(), HELD).when(lambda a: a.attest_activity(today=today)).then(ATTESTED)
    for before in ((HELD,), (HELD, ATTESTED)):
        given(Activity(), *before).when(lambda a: a.dispute_activity(because="当日未到村", today=today)).then(
            DISPUTED
        )
    given(Activity(), HELD, DISPUTED).when(lambda a: a.attest_activity(today=today)).then(ATTESTED)


@pytest.mark.parametrize("before", [(DISPUTED,), (DISPUTED, MAINTAINED)])
@pytest.mark.parametrize("stands", [True, False])
def test_the_office_settles_a_dispute_and_voids_what_is_not_so(before: Any, stands: bool) -> None:
    settled = DisputeSettled(**PARTIES, stands=stands, because="重复", settled_on=date(2025, 2, 1))
    then = [settled] if stands else [settled, VOIDED]
    given(Activity(), HELD, *before).when(
        lambda a: a.settle_dispute(stands=stands, because="重复", today=date(2025, 2, 1))
    ).then(*then)


def test_a_corrected_entry_is_for_the_village_to_confirm_anew() -> None:
    for before in ((ATTESTED,), (DISPUTED,), (DISPUTED, MAINTAINED)):
        given(Activity(), HELD, *before, CORRECTED).when(
            lambda a: a.attest_activity(today=date(2025, 2, 1))
        ).then(ATTESTED)


DESCRIBE: dict[str, Any] = {
    "venue": "村部",
    "host": "",
    "notes": "",
    "quantity": 20,
    "measure_unit": MeasureUnit.COPIES,
}
DESCRIBED = ActivityDescribed(
    **PARTIES,
    **DESCRIBE,
    held_on=HELD.held_on,
    distinct_persons=5,
    tags=(ActivityTag.TWO_FESTIVALS, ActivityTag.ONE_FAMILY),
)


def test_an_activity_is_described_in_the_order_of_its_tags() -> None:
    tags = (ActivityTag.ONE_FAMILY, ActivityTag.TWO_FESTIVALS, ActivityTag.ONE_FAMILY)
    given(Activity(), HELD).when(
        lambda a: a.describe_activity(**DESCRIBE, distinct_persons=5, tags=tags)
    ).then(DESCRIBED)


def test_figures_of_a_description_fit_the_entry_whichever_comes_first() -> None:
    given(Activity(), HELD).when(
        lambda a: a.describe_activity(**DESCRIBE, distinct_persons=7, tags=())
    ).refused(clauses.NO_MORE_PERSONS_THAN_HEADS, "7 > 6")
    fewer = {**CORRECT, "participants": 4}
    given(Activity(), HELD, DESCRIBED).when(lambda a: a.correct_activity(**fewer)).refused(
        clauses.NO_MORE_PERSONS_THAN_HEADS, "5 > 4"
    )
    given(Activity(), HELD).when(
        lambda a: a.describe_activity(**{**DESCRIBE, "measure_unit": None}, distinct_persons=None, tags=())
    ).refused(clauses.QUANTITY_HAS_ITS_UNIT, "20")


def test_hours_and_a_teacher_are_stated_of_a_training_and_the_last_that_was_said_holds() -> None:
    taught: dict[str, Any] = {
        "hours_hundredths": 250,
        "teacher": PersonRef(ref="p-1", commitment="c1"),
        "teacher_office": "县委党校",
    }
    said = TrainingDescribed(**PARTIES, **taught, held_on=date(2025, 1, 15))
    lecture = ActivityCorrected(
        **PARTIES, **VALUES | {"kind": ActivityKind.LECTURE, "persons_visited": None}, because="类型有误"
    )
    given(Activity(), HELD).when(lambda a: a.describe_training(**taught)).refused(
        clauses.TRAINING_HAS_HOURS, "condolence_visit"
    )
    before = TrainingDescribed(**PARTIES, **taught | {"hours_hundredths": 100}, held_on=date(2025, 1, 15))
    given(Activity(), HELD, lecture, before).when(lambda a: a.describe_training(**taught)).then(said)
    given(Activity(), HELD, lecture, VOIDED).when(lambda a: a.describe_training(**taught)).refused(
        clauses.VOIDED_ONCE
    )


def test_of_the_same_activity_entered_twice_one_is_voided() -> None:
    def judge(verdict: LikenessVerdict, stands: bool = True) -> Any:
        said: dict[str, Any] = {"other": "a-2", "verdict": verdict, "because": "重复"}
        return lambda a: a.judge_likeness(**said, other_stands=stands, today=date(2025, 2, 1))

    def judged(verdict: LikenessVerdict) -> LikenessJudged:
        day = date(2025, 2, 1)
        return LikenessJudged(**PARTIES, other_id="a-2", verdict=verdict, because="重复", judged_on=day)

    same, joint = LikenessVerdict.SAME, LikenessVerdict.JOINT
    given(Activity(), HELD).when(judge(same)).then(judged(same), VOIDED)
    given(Activity(), HELD).when(judge(joint)).then(judged(joint))
    given(Activity(), HELD).when(judge(same, stands=False)).refused(clauses.JUDGED_OF_TWO, "a-2")
    given(Activity(), HELD, VOIDED).when(judge(joint)).refused(clauses.VOIDED_ONCE)


def test_an_activity_is_shared_with_other_pairings_of_the_unit() -> None:
    def share(*pairings: str, of_unit: bool = True, already: bool = False) -> Any:
        into = tuple(f"a-{n + 2}" for n in range(len(pairings)))
        return lambda a: a.share_activity(pairings=pairings, into=into, of_unit=of_unit, already=already)

    shared = ActivityShared(**PARTIES, held_on=HELD.held_on, pairings=("p2", "p3"), into=("a-2", "a-3"))
    given(Activity(), HELD).when(share("p2", "p3")).then(shared)
    given(Activity(), HELD).when(share("p2", of_unit=False)).refused(clauses.SHARED_WITHIN_THE_UNIT, "")
    given(Activity(), HELD).when(share("p2", already=True)).refused(clauses.SHARED_ONCE)
    given(Activity(), HELD).when(share(HELD.pairing_id)).refused(clauses.SHARED_ONCE)
