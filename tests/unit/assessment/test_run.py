"""Runs are numbered and bear their basis; one that replaces a published one is consented to; rulings count once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

import pytest

from domain.assessment.year import clauses
from domain.assessment.year.events import (
    FindingRuledOut,
    PointsRuled,
    RunConsented,
    RunFrozen,
    RunPublished,
    RunSigned,
    SignStep,
)
from domain.assessment.year.run import Basis, Pin, Runs
from domain.kernel.clause import Clause
from domain.kernel.errors import Rejected, Unknown
from domain.kernel.person import PersonRef
from tests.kit.given import given
from tests.kit.persons import ALONE, same

DAY = date(2026, 1, 12)
BASIS = Basis(
    known_at=8410,
    scheme_version=1,
    scheme_digest="5c",
    calendar_version="2025v1,2026v1",
    engine_version=1,
    software="lianjian 1",
    cut_off_at=8000,
    results_digest="d1",
    receipts_root="77",
    subjects=147,
)
FREEZE: dict[str, Any] = {
    "run_id": "r-1",
    "year": 2025,
    "basis": BASIS,
    "newest": 8410,
    "frozen_by": "kaohe",
    "frozen_on": DAY,
    "because": "年终核定",
    "acknowledged": False,
    "grades": {"2025-v-b": "good"},
}
FROZEN: dict[str, Any] = {
    "year": 2025,
    "frozen_by": "kaohe",
    "frozen_on": DAY,
    "because": "年终核定",
    **asdict(BASIS),
}
FIRST = RunFrozen(**FROZEN, run_id="r-1", number=1)
SECOND = replace(FIRST, run_id="r-2", number=2, frozen_by="fuhe", appeal_id="ap-1")
PUBLISHED = RunPublished(run_id="r-1", year=2025, published_on=DAY)
HEAD = PersonRef(ref="p-1", commitment="00")
CONSENT: dict[str, Any] = {
    "run_id": "r-2",
    "consenter": HEAD,
    "office": "县联建办",
    "because": "申诉成立，须更正",
    "consented_by": "lianban",
    "consented_on": DAY,
}
CONSENTED = RunConsented(**CONSENT, year=2025)
RULE: dict[str, Any] = {
    "year": 2025,
    "pairing_id": "2025-v-b",
    "indicator": "C2",
    "points_hundredths": 700,
    "appeal_id": "ap-1",
    "appeal_no": "SS2026-001",
    "ruled_on": DAY,
}

RULED_OUT = FindingRuledOut(
    year=2025, pairing_id="2025-v-b", finding_id="f-1", appeal_id="ap-1", appeal_no="SS2026-001", ruled_on=DAY
)


def freezing(**stated: Any) -> Callable[[Runs], Any]:
    """Freeze; what is there to be frozen is stated beside the rest."""
    pinned = {each.name: stated.pop(each.name) for each in fields(Pin) if each.name in stated}
    return lambda runs: runs.freeze_run(pin=Pin(**pinned), **stated)


def test_runs_are_numbered_and_bear_their_whole_basis() -> None:
    given(Runs()).when(freezing(**FREEZE)).then(FIRST)
    later = replace(BASIS, known_at=8412)
    again = {
        **FREEZE,
        "run_id": "r-2",
        "basis": later,
        "newest": 8412,
        "frozen_by": "fuhe",
        "appeal_id": "ap-1",
    }
    given(Runs(), FIRST).when(freezing(**again)).then(replace(SECOND, known_at=8412))


def test_what_a_run_leaves_behind_is_acknowledged_and_kept() -> None:
    left = {**FREEZE, "leaves_behind": (("lines", 12), ("cut_off", 1))}
    given(Runs()).when(freezing(**left)).refused(
        clauses.LEFT_BEHIND_ACKNOWLEDGED, "未审核的得分项 12；未确定的录入截止 1"
    )
    frozen = replace(FIRST, leaves_behind=(("lines", 12), ("cut_off", 1)))
    given(Runs()).when(freezing(**{**left, "acknowledged": True})).then(frozen)
    compared = replace(FIRST, for_comparison=True)
    given(Runs()).when(freezing(**{**left, "newest": 8411})).then(compared)
    signed = RunSigned(
        run_id="r-1",
        year=2025,
        step=SignStep.SCORING_GROUP,
        signer=HEAD,
        office="县联建办",
        opinion="同意",
        signed_by="fukao",
        signed_on=DAY,
    )
    later = {**FREEZE, "run_id": "r-2", "basis": replace(BASIS, known_at=8412), "newest": 8412}
    overtaking = given(Runs(), FIRST, signed)
    overtaking.when(freezing(**later)).refused(
        clauses.LEFT_BEHIND_ACKNOWLEDGED, "未公布核定上的签署（将随之作废） 1"
    )
    given(Runs(), FIRST, signed, PUBLISHED).when(freezing(**later)).then(
        replace(FIRST, run_id="r-2", number=2, known_at=8412)
    )


def test_the_same_basis_is_frozen_once() -> None:
    later = {**FREEZE, "run_id": "r-2", "basis": replace(BASIS, known_at=8411), "newest": 8411}
    twins = given(Runs(), FIRST)
    twins.when(freezing(**later, nothing_since=True)).refused(clauses.FROZEN_ONCE, "2025-1")
    earlier = {**FREEZE, "newest": 8415, "run_id": "r-2"}
    twins.when(freezing(**earlier)).refused(clauses.FROZEN_ONCE, "2025-1")
    other = {**earlier, "basis": replace(BASIS, known_at=8000, receipts_root="78")}
    compared = replace(
        SECOND, known_at=8000, receipts_root="78", for_comparison=True, frozen_by="kaohe", appeal_id=""
    )
    twins.when(freezing(**other, nothing_since=True)).then(compared)
    third = replace(FIRST, run_id="r-3", number=3, known_at=8411)
    given(Runs(), FIRST, compared).when(freezing(**{**later, "run_id": "r-3"})).then(third)


@pytest.mark.parametrize(
    ("changed", "clause", "saying"),
    [
        ({"basis": replace(BASIS, subjects=0)}, clauses.SUBJECTS_THERE, ""),
        ({"newest": 8409}, clauses.FROZEN_AS_KNOWN, "8410, 8409"),
        ({"basis": replace(BASIS, known_at=0)}, clauses.FROZEN_AS_KNOWN, "0, 8410"),
    ],
)
def test_what_is_frozen_has_subjects_and_a_position(
    changed: dict[str, Any], clause: Clause, saying: str
) -> None:
    given(Runs()).when(freezing(**{**FREEZE, **changed})).refused(clause, saying)


def test_a_run_as_known_earlier_is_for_comparing_only() -> None:
    compared = replace(FIRST, for_comparison=True)
    given(Runs()).when(freezing(**{**FREEZE, "newest": 8411})).then(compared)
    second = replace(SECOND, for_comparison=True)
    state = given(Runs(), FIRST, PUBLISHED, second)
    state.when(lambda r: r.consent_to_run(**CONSENT, persons=ALONE)).refused(
        clauses.FOR_COMPARING_ONLY, "2025-2"
    )


def test_a_ruling_since_the_run_was_frozen_stops_consent() -> None:
    for ruled in (PointsRuled(**RULE), RULED_OUT):
        later = given(Runs(), FIRST, PUBLISHED, SECOND, ruled)
        later.when(lambda r: r.consent_to_run(**CONSENT, persons=ALONE)).refused(
            clauses.RULINGS_TAKEN_IN, "SS2026-001"
        )
        given(Runs(), FIRST, PUBLISHED, ruled, SECOND).when(
            lambda r: r.consent_to_run(**CONSENT, persons=ALONE)
        ).then(CONSENTED)
    superseded = given(Runs(), FIRST, PUBLISHED, SECOND, replace(SECOND, run_id="r-3", number=3))
    superseded.when(lambda r: r.consent_to_run(**CONSENT, persons=ALONE)).refused(
        clauses.NEWEST_RUN, "2025-2, 2025-3"
    )


def test_what_is_published_is_replaced_only_by_consent() -> None:
    given(Runs(), FIRST, PUBLISHED, SECOND).when(lambda r: r.consent_to_run(**CONSENT, persons=ALONE)).then(
        CONSENTED
    )


def test_who_may_consent_to_what() -> None:
    before = given(Runs(), FIRST, PUBLISHED, SECOND)
    consent = lambda **changed: lambda r: r.consent_to_run(**{**CONSENT, "persons": ALONE, **changed})  # noqa: E731
    before.when(consent(consented_by="fuhe")).refused(clauses.CONSENTED_BY_ANOTHER, "fuhe")
    before.when(consent(persons=same("fuhe", "lianban"))).refused(clauses.CONSENTED_BY_ANOTHER, "lianban")
    before.when(consent(run_id="r-1")).refused(clauses.CONSENTED_IF_REPLACING, "2025-1, 2025-1")
    with pytest.raises(Unknown, match="r-3"):
        consent(run_id="r-3")(before.state)
    given(Runs(), FIRST, SECOND).when(consent()).refused(clauses.CONSENTED_IF_REPLACING, "2025-2")
    given(Runs(), FIRST, PUBLISHED, SECOND, CONSENTED).when(consent()).refused(
        clauses.CONSENTED_ONCE, "2025-2"
    )
    second_published = RunPublished(run_id="r-2", year=2025, published_on=DAY)
    given(Runs(), FIRST, SECOND, second_published).when(consent(run_id="r-1")).refused(
        clauses.CONSENTED_IF_REPLACING, "2025-1, 2025-2"
    )


def test_what_waits_for_consent() -> None:
    assert given(Runs(), FIRST).state.newest_published == ""
    waiting = given(Runs(), FIRST, PUBLISHED, SECOND).state
    assert waiting.newest_published == "r-1"
    assert waiting.consent_to_run_allowed(run_id="r-2").frozen == SECOND
    for state, run_id, clause in (
        (waiting, "r-1", clauses.CONSENTED_IF_REPLACING),
        (waiting.after(CONSENTED), "r-2", clauses.CONSENTED_ONCE),
    ):
        with pytest.raises(Rejected, match=clause.id):
            state.consent_to_run_allowed(run_id=run_id)


def test_an_appeal_rules() -> None:
    ruled = PointsRuled(**RULE)
    given(Runs()).when(lambda r: r.take_ruling(ruled)).then(ruled)
    given(Runs(), ruled).when(lambda r: r.take_ruling(ruled)).then()
    given(Runs()).when(lambda r: r.take_ruling(RULED_OUT)).then(RULED_OUT)
