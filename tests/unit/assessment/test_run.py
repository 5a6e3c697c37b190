"""Runs are numbered, published once; rulings count once."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.assessment import clauses
from domain.assessment.events import PointsRuled, RunFrozen, RunPublished
from domain.assessment.run import Runs
from tests.kit.given import given

DAY = date(2026, 1, 12)
FREEZE: dict[str, Any] = {
    "year": 2025,
    "known_at": 8410,
    "scheme_version": 1,
    "results_digest": "d1",
    "subjects": 147,
    "frozen_on": DAY,
    "because": "年终核定",
}
FIRST = RunFrozen(**FREEZE, run_id="2025-1")
RULE: dict[str, Any] = {
    "year": 2025,
    "pairing_id": "2025-v-b",
    "indicator": "C2",
    "points_hundredths": 700,
    "appeal_id": "SS2026-001",
    "ruled_on": DAY,
}


def test_runs_are_numbered_and_need_subjects_and_a_reason() -> None:
    given(Runs()).when(lambda r: r.freeze_run(**FREEZE)).then(FIRST)
    second = RunFrozen(**{**FREEZE, "because": "申诉更正", "appeal_id": "SS2026-001"}, run_id="2025-2")
    given(Runs(), FIRST).when(
        lambda r: r.freeze_run(**{**FREEZE, "because": "申诉更正", "appeal_id": "SS2026-001"})
    ).then(second)
    given(Runs()).when(lambda r: r.freeze_run(**{**FREEZE, "subjects": 0})).refused(clauses.SUBJECTS_THERE)
    given(Runs()).when(lambda r: r.freeze_run(**{**FREEZE, "because": ""})).refused(clauses.REASON_GIVEN)


def test_a_run_is_published_once() -> None:
    event = RunPublished(run_id="2025-1", year=2025, published_on=DAY)
    given(Runs(), FIRST).when(lambda r: r.publish_run(run_id="2025-1", published_on=DAY)).then(event)
    given(Runs(), FIRST, event).when(lambda r: r.publish_run(run_id="2025-1", published_on=DAY)).refused(
        clauses.PUBLISHED_ONCE
    )
    given(Runs()).when(lambda r: r.publish_run(run_id="2025-9", published_on=DAY)).refused(
        clauses.RUN_EXISTS, "2025-9"
    )


def test_an_appeal_rules_once() -> None:
    given(Runs()).when(lambda r: r.rule_points(**RULE)).then(PointsRuled(**RULE))
    given(Runs(), PointsRuled(**RULE)).when(lambda r: r.rule_points(**RULE)).refused(clauses.RULED_ONCE)
