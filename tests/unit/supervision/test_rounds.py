"""A finding that came back, on the board and among the facts: a new round, judged by itself; the old one stays readable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from domain.supervision.events import (
    FindingClosed,
    FindingRaised,
    FindingReinspected,
    FindingRelapsed,
    FindingType,
    Method,
    RectificationOrdered,
    RectificationSubmitted,
    Severity,
)
from projections.fact_table import facts
from projections.facts import facts_projection
from projections.facts_supervision import finding_of, reference_of
from projections.findings_board import findings, findings_board
from projections.kit.columns import known
from tests.kit.events import projected

OF: dict[str, Any] = {"pairing_id": "2025-v-00000001-b-00000001", "finding_id": "WT-1"}


def day(n: int) -> date:
    return date(2025, 3, n)


RAISED = FindingRaised(
    **OF,
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
    query = select(findings).where(findings.c.finding_id == "WT-1", known(findings, at))
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


def test_no_report_of_the_first_round_counts_for_the_second_order() -> None:
    engine, _ = projected([facts_projection], *STORY)
    with engine.connect() as connection:
        c = facts.c
        query = select(c.kind, c.reference).where(c.retracted_at.is_(None)).order_by(c.position)
        stands = [tuple(each) for each in connection.execute(query)]
    assert stands == [
        ("finding_raised", "WT-1"),
        ("finding_due", "WT-1"),
        ("finding_submitted", "WT-1"),
        ("finding_reinspected", "WT-1"),
        ("finding_closed", "WT-1"),
        ("finding_relapsed", "WT-1"),
        ("finding_due", "WT-1#2"),
    ]
    assert finding_of(reference_of("WT-1", 2)) == finding_of(reference_of("WT-1", 1)) == "WT-1"
    engine.dispose()
