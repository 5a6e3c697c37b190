"""An appeal from filing to its decision."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.appeal import clauses
from domain.appeal.appeal import Appeal
from domain.appeal.events import (
    AppealAdmitted,
    AppealDecided,
    AppealFiled,
    AppealRefused,
    AppealWithdrawn,
    Outcome,
)
from domain.kernel.clause import Clause
from domain.kernel.event import Event
from tests.kit.given import given

ID: dict[str, Any] = {"appeal_id": "SS2026-001", "pairing_id": "2025-v-b"}
FILE: dict[str, Any] = {
    **ID,
    "branch": "b",
    "village": "v",
    "run_id": "2025-1",
    "indicator": "C2",
    "finding_id": "",
    "filed_on": date(2026, 2, 1),
    "filed_by": "县林业局",
    "grounds": "第一季度活动漏登",
    "contested_points_hundredths": 525,
    "known_at": 8410,
}
FILED = AppealFiled(**FILE)
AGAINST_FINDING = AppealFiled(
    **{**FILE, "run_id": "", "indicator": "", "finding_id": "WT2025-001", "contested_points_hundredths": None}
)
DEDUCTION = AppealFiled(**{**FILE, "indicator": "M1", "contested_points_hundredths": 200})
ADMITTED = AppealAdmitted(**ID, admitted_on=date(2026, 2, 3), due_on=date(2026, 3, 5))
REFUSED = AppealRefused(**ID, refused_on=date(2026, 2, 3), because="超期")
WITHDRAWN = AppealWithdrawn(**ID, withdrawn_on=date(2026, 2, 4))
DECIDE: dict[str, Any] = {
    "decided_on": date(2026, 2, 20),
    "decided_by": "fuhe",
    "involved": {"ducha"},
    "outcome": Outcome.VARIED,
    "reasons": "经核实，第一季度活动属实",
    "corrected_points_hundredths": 700,
    "maximum_hundredths": 700,
}
DECIDED = AppealDecided(
    **ID,
    run_id="2025-1",
    indicator="C2",
    finding_id="",
    decided_on=date(2026, 2, 20),
    outcome=Outcome.VARIED,
    reasons="经核实，第一季度活动属实",
    corrected_points_hundredths=700,
)


def file(**other: Any) -> Any:
    return lambda a: a.file_appeal(**{**FILE, "known_on": date(2026, 1, 20), **other})


def decide(**other: Any) -> Any:
    return lambda a: a.decide_appeal(**{**DECIDE, **other})


def admit(appeal: Appeal) -> Event:
    return appeal.admit_appeal(admitted_on=date(2026, 2, 3))


def refuse(appeal: Appeal) -> Event:
    return appeal.refuse_appeal(refused_on=date(2026, 2, 3), because="超期")


def withdraw(appeal: Appeal) -> Event:
    return appeal.withdraw_appeal(withdrawn_on=date(2026, 2, 4))


@pytest.mark.parametrize(
    ("before", "decision", "event"),
    [
        ([], file(), FILED),
        ([FILED], admit, ADMITTED),
        ([FILED], refuse, REFUSED),
        ([FILED], withdraw, WITHDRAWN),
        ([FILED, ADMITTED], withdraw, WITHDRAWN),
        ([FILED, ADMITTED], decide(), DECIDED),
    ],
)
def test_a_step_in_turn(before: list[Event], decision: Any, event: Event) -> None:
    given(Appeal(), *before).when(decision).then(event)


@pytest.mark.parametrize(
    ("before", "decision", "clause"),
    [
        ([FILED], file(), clauses.FILED_ONCE),
        ([], file(finding_id="WT2025-001"), clauses.ONE_TARGET),
        ([], file(indicator=""), clauses.ONE_TARGET),
        ([], file(grounds=" "), clauses.GROUNDS_GIVEN),
        ([], file(filed_on=date(2026, 2, 20)), clauses.FILED_IN_TIME),
        ([], admit, clauses.FILED_FIRST),
        ([FILED, ADMITTED], admit, clauses.STILL_UNDECIDED),
        ([FILED, ADMITTED], refuse, clauses.STILL_UNDECIDED),
        ([FILED, REFUSED], admit, clauses.STILL_UNDECIDED),
        ([FILED, WITHDRAWN], withdraw, clauses.STILL_UNDECIDED),
        ([FILED, ADMITTED, DECIDED], decide(), clauses.STILL_UNDECIDED),
        ([FILED], decide(), clauses.ADMITTED_FIRST),
        ([FILED, ADMITTED], decide(decided_by="ducha"), clauses.RECUSAL),
        ([FILED, ADMITTED], decide(reasons=""), clauses.REASONS_GIVEN),
        ([FILED, ADMITTED], decide(corrected_points_hundredths=524), clauses.NO_WORSE),
        ([FILED, ADMITTED], decide(corrected_points_hundredths=701), clauses.WITHIN_MAXIMUM),
        ([FILED, ADMITTED], decide(corrected_points_hundredths=None), clauses.OUTCOME_FITS),
        ([FILED, ADMITTED], decide(outcome=Outcome.UPHELD), clauses.OUTCOME_FITS),
        ([FILED, ADMITTED], decide(outcome=Outcome.REVOKED), clauses.OUTCOME_FITS),
        ([AGAINST_FINDING, ADMITTED], decide(), clauses.OUTCOME_FITS),
        ([DEDUCTION, ADMITTED], decide(corrected_points_hundredths=300, takes_off=True), clauses.NO_WORSE),
        ([DEDUCTION, ADMITTED], decide(corrected_points_hundredths=-1, takes_off=True), clauses.NO_WORSE),
    ],
)
def test_a_step_out_of_turn_is_refused(before: list[Event], decision: Any, clause: Clause) -> None:
    given(Appeal(), *before).when(decision).refused(clause)


def test_the_last_day_of_filing_is_in_time() -> None:
    in_time = given(Appeal()).when(file(filed_on=date(2026, 2, 19)))
    in_time.then(AppealFiled(**{**FILE, "filed_on": date(2026, 2, 19)}))


def test_a_refusal_needs_its_reason() -> None:
    given(Appeal(), FILED).when(lambda a: a.refuse_appeal(refused_on=date(2026, 2, 3), because=" ")).refused(
        clauses.REASONS_GIVEN
    )


def test_a_deduction_may_become_smaller() -> None:
    smaller = given(Appeal(), DEDUCTION, ADMITTED).when(
        decide(corrected_points_hundredths=100, takes_off=True)
    )
    assert smaller.decision(smaller.state).corrected_points_hundredths == 100  # type: ignore[union-attr]
