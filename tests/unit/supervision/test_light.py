"""The traffic light on the days around the due day."""

from __future__ import annotations

from datetime import date

import pytest

from domain.supervision import clauses
from domain.supervision.events import CircularIssued, CircularKind, Colour, SlipIssued
from domain.supervision.light import Light, traffic_light
from domain.supervision.measure import Issued
from tests.kit.given import given

DUE = date(2025, 4, 20)


@pytest.mark.parametrize(
    ("status", "due_on", "on", "light"),
    [
        ("ordered", DUE, date(2025, 4, 14), Light.GREEN),
        ("ordered", DUE, date(2025, 4, 15), Light.YELLOW),
        ("ordered", DUE, date(2025, 4, 20), Light.YELLOW),
        ("ordered", DUE, date(2025, 4, 21), Light.RED),
        ("returned", DUE, date(2025, 4, 21), Light.RED),
        ("reinspected_failed", DUE, date(2025, 4, 21), Light.RED),
        ("submitted", DUE, date(2025, 4, 21), Light.GREEN),
        ("raised", None, date(2025, 4, 21), Light.WAITING),
        ("accepted", DUE, date(2025, 4, 21), Light.DONE),
        ("closed", DUE, date(2025, 4, 21), Light.DONE),
        ("withdrawn", None, date(2025, 4, 21), Light.DONE),
    ],
)
def test_the_light_of_a_day(status: str, due_on: date | None, on: date, light: Light) -> None:
    assert traffic_light(status, due_on, on) is light


def test_the_yellow_days_are_a_setting() -> None:
    assert traffic_light("ordered", DUE, date(2025, 4, 14), yellow_days=10) is Light.YELLOW


def test_a_slip_and_a_circular_are_issued_once() -> None:
    where = {"pairing_id": "2025-v-b", "branch": "b", "village": "v", "issued_on": date(2025, 5, 1)}
    slip = SlipIssued(**where, slip_id="s-1", colour=Colour.BLUE)
    issue = {**where, "slip_id": "s-1", "colour": Colour.BLUE}
    given(Issued()).when(lambda i: i.issue_slip(**issue)).then(slip)
    given(Issued(), slip).when(lambda i: i.issue_slip(**issue)).refused(clauses.ISSUED_ONCE, "s-1")
    circular = {**where, "circular_id": "c-1", "kind": CircularKind.PRAISE, "document_no": "〔2025〕7号"}
    given(Issued()).when(lambda i: i.issue_circular(**circular)).then(CircularIssued(**circular))
    given(Issued(), CircularIssued(**circular)).when(lambda i: i.issue_circular(**circular)).refused(
        clauses.ISSUED_ONCE, "〔2025〕7号"
    )
