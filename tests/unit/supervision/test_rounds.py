"""A finding that came back, on the board and among the facts: a new round, judged by itself; the old one stays readable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, select

from domain.assessment.scheme.measured_values import Share
from domain.assessment.schemes import shipped_scheme
from domain.kernel.person import PersonRef
from domain.kernel.state import fold
from domain.pairing.events import PairingStarted
from domain.supervision.events import (
    ExtensionGranted,
    FindingClosed,
    FindingRaised,
    FindingReinspected,
    FindingRelapsed,
    FindingType,
    FindingWithdrawn,
    Method,
    OrderAcknowledged,
    RectificationOrdered,
    RectificationReturned,
    RectificationSubmitted,
    Severity,
    SupervisionEvent,
)
from domain.supervision.finding import Finding
from projections.boards.findings import findings, findings_board
from projections.facts.fact_table import facts
from projections.facts.facts import facts_projection
from projections.facts.supervision import finding_of, reference_of
from projections.figures.year import Basis, items, value
from projections.kit.columns import known
from projections.measuring.measuring import measure_all
from tests.kit.events import projected

OF: dict[str, Any] = {"pairing_id": "2025-v-00000001-b-00000001", "finding_id": "f-1"}


def day(n: int) -> date:
    return date(2025, 3, n)


RAISED = FindingRaised(
    **OF,
    number="WT-1",
    branch="b-00000001",
    village="v-00000001",
    found_on=day(1),
    method=Method.ON_SITE,
    inspector=None,
    description="问题",
    finding_type=FindingType.DUTY,
    severity=Severity.MINOR,
)
ORDERED = RectificationOrdered(**OF, ordered_on=day(1), due_on=day(5), document_no="1号", measures="改")
SUBMITTED = RectificationSubmitted(**OF, submitted_on=day(4), account="已改")
PASSED = FindingReinspected(**OF, reinspected_on=day(5), inspector=None, passed=True)
CLOSED = FindingClosed(**OF, closed_on=day(6))
RELAPSED = FindingRelapsed(**OF, found_on=day(1), relapsed_on=day(9), because="又来")
AGAIN = replace(ORDERED, ordered_on=day(10), due_on=day(20), document_no="2号", round=2)
STORY = (RAISED, ORDERED, SUBMITTED, PASSED, CLOSED, RELAPSED, AGAIN)


def row(connection: Connection, at: int | None) -> Any:
    query = select(findings).where(findings.c.finding_id == "f-1", known(findings, at))
    return connection.execute(query).one()


def test_the_board_shows_it_open_and_still_knows_how_it_was_closed() -> None:
    engine, _ = projected([findings_board], *STORY)
    with engine.connect() as connection:
        then, relapsed, now = (row(connection, at) for at in (5, 6, None))
    assert (then.status, then.closed_on, then.round, then.account) == ("closed", day(6), 1, "已改")
    assert (relapsed.status, relapsed.because, relapsed.round) == ("relapsed", "又来", 2)
    assert (relapsed.due_on, relapsed.submitted_on, relapsed.closed_on, relapsed.passed) == (None,) * 4
    assert (now.status, now.document_no, now.due_on, now.relapsed) == ("ordered", "2号", day(20), True)
    engine.dispose()


def after_again(*more: SupervisionEvent) -> Connection:
    paired = PairingStarted(
        pairing_id=OF["pairing_id"], branch="b-00000001", village="v-00000001", started_on=day(1)
    )
    engine, _ = projected([facts_projection, findings_board], paired, *STORY, *more)
    return engine.connect()


def reported(on: int) -> RectificationSubmitted:
    return replace(SUBMITTED, submitted_on=day(on), round=2)


LOOKED_AGAIN = replace(PASSED, reinspected_on=day(25), round=2)


@pytest.mark.parametrize(
    ("second", "met"),
    [
        ((), 1),
        ((reported(20),), 1),
        ((reported(20), LOOKED_AGAIN), 2),
        ((reported(21), LOOKED_AGAIN), 1),
        ((reported(20), replace(LOOKED_AGAIN, passed=False)), 1),
    ],
)
def test_e1_judges_the_second_order_as_any_order(second: tuple[SupervisionEvent, ...], met: int) -> None:
    """Two orders, two deadlines: the first was kept; the second is kept where the report came in time and was accepted."""
    with after_again(*second) as connection:
        measured = measure_all(connection, shipped_scheme(2025))
    assert measured[OF["pairing_id"]]["E1.findings"] == Share(met, 2)


def test_what_came_back_is_closed_no_more_until_it_is_closed_again() -> None:
    closed_again = (reported(20), LOOKED_AGAIN, replace(CLOSED, closed_on=day(26), round=2))
    with after_again(*closed_again) as connection:
        counts = [figure(connection, position) for position in range(1, 12)]
    # Paired, raised, ordered, submitted, passed; closed; relapsed, ordered, submitted, passed; closed.
    assert counts == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]


def figure(connection: Connection, known_at: int) -> int:
    basis = Basis(year=2025, known_at=known_at, on=day(31), cut_off=date(2026, 1, 10))
    assert value(connection, "findings_closed", basis) == len(items(connection, "findings_closed", basis))
    return value(connection, "findings_closed", basis)


def test_no_report_of_the_first_round_counts_for_the_second_order() -> None:
    engine, _ = projected([facts_projection], *STORY)
    with engine.connect() as connection:
        c = facts.c
        query = select(c.kind, c.reference).where(c.retracted_at.is_(None)).order_by(c.position)
        stands = [tuple(each) for each in connection.execute(query)]
    assert stands == [
        ("finding_raised", "f-1"),
        ("finding_due", "f-1"),
        ("finding_submitted", "f-1"),
        ("finding_reinspected", "f-1"),
        ("finding_closed", "f-1"),
        ("finding_relapsed", "f-1"),
        ("finding_due", "f-1#2"),
    ]
    assert finding_of(reference_of("f-1", 2)) == finding_of(reference_of("f-1", 1)) == "f-1"
    engine.dispose()


ACKNOWLEDGED = OrderAcknowledged(**OF, acknowledged_on=day(2))
RETURNED = RectificationReturned(**OF, returned_on=day(5), because="不实")
FAILED = replace(PASSED, passed=False)
SENT_AGAIN = replace(SUBMITTED, submitted_on=day(5))
IRREGULAR = ("supervision.ANY",)
SHORT = replace(CLOSED, irregular=IRREGULAR)
"""Closed without re-inspection."""
BY_THE_FINDER = replace(
    PASSED, inspector=PersonRef(ref="p", commitment="c"), reinspected_on=day(6), irregular=IRREGULAR
)
EXTENDED = ExtensionGranted(**OF, granted_on=day(6), due_on=day(9))
WITHDRAWN = FindingWithdrawn(**OF, withdrawn_on=day(9), because="误判")
STATED = ("status", "reinspected_on", "passed", "closed_on", "due_on", "submitted_on", "returns", "round")


@pytest.mark.parametrize(
    ("before", "step", "after", "status"),
    [
        ((RAISED,), SHORT, (), "raised"),
        ((RAISED, ORDERED), SHORT, (), "ordered"),
        ((RAISED, ORDERED, ACKNOWLEDGED), SHORT, (), "acknowledged"),
        ((RAISED, ORDERED, ACKNOWLEDGED, SUBMITTED), SHORT, (), "submitted"),
        ((RAISED, ORDERED, SUBMITTED, RETURNED), SHORT, (), "returned"),
        ((RAISED, ORDERED, SUBMITTED, FAILED, SENT_AGAIN), SHORT, (), "submitted"),
        (STORY[:-1], replace(SHORT, closed_on=day(10), round=2), (), "relapsed"),
        ((RAISED, ORDERED, SUBMITTED), BY_THE_FINDER, (), "submitted"),
        ((RAISED, ORDERED, SUBMITTED), BY_THE_FINDER, (CLOSED,), "submitted"),
        ((RAISED, ORDERED, SUBMITTED, FAILED, SENT_AGAIN), BY_THE_FINDER, (CLOSED,), "submitted"),
        ((RAISED, ORDERED, SUBMITTED), replace(BY_THE_FINDER, passed=False), (EXTENDED,), "submitted"),
        ((RAISED, ORDERED, SUBMITTED), BY_THE_FINDER, (CLOSED, WITHDRAWN), "withdrawn"),
        ((RAISED, ORDERED, SUBMITTED), BY_THE_FINDER, (CLOSED, RELAPSED), "relapsed"),
    ],
)
def test_striking_a_step_gives_back_the_state_before_it_and_the_board_shows_the_same(
    before: tuple[SupervisionEvent, ...],
    step: SupervisionEvent,
    after: tuple[SupervisionEvent, ...],
    status: str,
) -> None:
    """Seen: after it was signed for, or its report returned, a finding whose closing was struck was merely ordered."""
    stood = fold(Finding(), [*before, step, *after])
    at = len(before) + 1
    strike = stood.strike_step(version=at, record=at, struck_on=day(20), because="不合程序", today=day(20))
    finding = stood.after(strike)
    assert finding.status.value == status
    engine, _ = projected([findings_board], *before, step, *after, strike)
    with engine.connect() as connection:
        shown = row(connection, None)
    left = {name: getattr(finding, name) for name in STATED}
    assert left | {"status": status} == {name: getattr(shown, name) for name in STATED}


def test_a_second_strike_leaves_the_first_in_force() -> None:
    first = fold(Finding(), [RAISED, ORDERED, SUBMITTED, BY_THE_FINDER, CLOSED])
    strike: dict[str, Any] = {"struck_on": day(20), "because": "不合程序", "today": day(20)}
    once = first.after(first.strike_step(version=4, record=4, **strike)).after(SHORT)
    finding = once.after(once.strike_step(version=7, record=7, **strike))
    assert (finding.status.value, finding.passed, finding.closed_on) == ("submitted", None, None)
