"""The traffic light on the days around the due day."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from domain.kernel.span import Span
from domain.supervision import clauses
from domain.supervision.events import CircularIssued, CircularKind, Colour, SlipCorrected, SlipIssued
from domain.supervision.finding_history import Status
from domain.supervision.light import Light, traffic_light
from domain.supervision.measure import Circular, Slip
from tests.kit.given import given

DUE = date(2025, 4, 20)
THEN: dict[str, Any] = {"within": Span(date(2025, 1, 1), date(2025, 6, 30)), "today": date(2025, 12, 31)}


EVE, LAST, AFTER = date(2025, 4, 14), DUE, date(2025, 4, 21)
G, Y, R = Light.GREEN, Light.YELLOW, Light.RED


@pytest.mark.parametrize(
    ("status", "due_on", "submitted_on", "lights"),
    [
        ("raised", None, None, (Light.WAITING,) * 3),
        ("ordered", DUE, None, (G, Y, R)),
        ("acknowledged", DUE, None, (G, Y, R)),
        ("submitted", DUE, date(2025, 4, 10), (G, G, G)),
        ("submitted", DUE, DUE, (G, G, G)),
        ("submitted", DUE, date(2025, 4, 21), (G, Y, R)),
        ("returned", DUE, None, (G, Y, R)),
        ("reinspected_failed", DUE, date(2025, 4, 10), (G, Y, R)),
        ("accepted", DUE, date(2025, 4, 10), (G, G, G)),
        ("accepted", DUE, date(2025, 4, 21), (G, Y, R)),
        ("closed", DUE, date(2025, 4, 10), (Light.DONE,) * 3),
        ("closed", DUE, date(2025, 4, 21), (Light.DONE,) * 3),
        ("relapsed", None, None, (Light.WAITING,) * 3),
        ("withdrawn", None, None, (Light.WITHDRAWN,) * 3),
        ("withdrawn", DUE, date(2025, 4, 10), (Light.WITHDRAWN,) * 3),
    ],
)
def test_the_light_of_every_state_on_every_day(
    status: str, due_on: date | None, submitted_on: date | None, lights: tuple[Light, ...]
) -> None:
    """Six days before the due day, on it, and the day after."""
    assert tuple(traffic_light(status, due_on, submitted_on, on) for on in (EVE, LAST, AFTER)) == lights


def test_every_state_has_its_light_in_the_table() -> None:
    row = re.compile(r"^ *\| ([a-z_, ]+) \|", re.MULTILINE)
    named = {name for found in row.findall(traffic_light.__doc__ or "") for name in found.split(", ")}
    assert named - {"status"} == {status.value for status in Status if status.value}


def test_yellow_begins_five_days_before() -> None:
    assert traffic_light("ordered", DUE, None, date(2025, 4, 15)) is Light.YELLOW


def test_a_slip_and_a_circular_are_issued_once() -> None:
    where = {"pairing_id": "pr-1", "branch": "b", "village": "v", "issued_on": date(2025, 5, 1)}
    slip = SlipIssued(**where, slip_id="s-1", colour=Colour.BLUE)
    issue = {**where, "slip_id": "s-1", "colour": Colour.BLUE}
    given(Slip()).when(lambda i: i.issue_slip(**issue, **THEN)).then(slip)
    given(Slip(), slip).when(lambda i: i.issue_slip(**issue, **THEN)).refused(
        clauses.ISSUED_ONCE, "2025-05-01"
    )
    circular = {**where, "circular_id": "c-1", "kind": CircularKind.PRAISE, "document_no": "〔2025〕7号"}
    given(Circular()).when(lambda i: i.issue_circular(**circular, **THEN)).then(CircularIssued(**circular))
    given(Circular(), CircularIssued(**circular)).when(
        lambda i: i.issue_circular(**circular, **THEN)
    ).refused(clauses.ISSUED_ONCE, "〔2025〕7号")


def test_the_entry_of_a_slip_is_corrected_with_a_reason() -> None:
    where = {"pairing_id": "pr-1", "branch": "b", "village": "v", "slip_id": "s-1"}
    issued = given(Slip(), SlipIssued(**where, colour=Colour.BLUE, issued_on=date(2025, 5, 1)))
    right = {"colour": Colour.ORANGE, "issued_on": date(2025, 5, 2)}
    issued.when(lambda s: s.correct_slip(**right, because="填错", **THEN)).then(
        SlipCorrected(
            **where,
            **right,
            colour_before=Colour.BLUE,
            issued_before=date(2025, 5, 1),
            because="填错",
        )
    )
    given(Slip()).when(lambda s: s.correct_slip(**right, because="填错", **THEN)).refused(
        clauses.ISSUED_FIRST
    )


def test_no_slip_or_circular_is_issued_before_the_pairing_began() -> None:
    where = {"pairing_id": "pr-1", "branch": "b", "village": "v"}
    slip = {**where, "slip_id": "s-1", "colour": Colour.BLUE}
    circular = {**where, "circular_id": "c-1", "kind": CircularKind.PRAISE, "document_no": "〔2025〕7号"}
    before, after = date(2024, 12, 31), date(2025, 7, 1)
    given(Slip()).when(lambda i: i.issue_slip(**slip, issued_on=before, **THEN)).refused(
        clauses.WITHIN_ITS_PAIRING, "2024-12-31"
    )
    given(Circular()).when(lambda i: i.issue_circular(**circular, issued_on=before, **THEN)).refused(
        clauses.WITHIN_ITS_PAIRING, "2024-12-31"
    )
    # After its end it may be about what was before.
    given(Slip()).when(lambda i: i.issue_slip(**slip, issued_on=after, **THEN)).then(
        SlipIssued(**slip, issued_on=after)
    )
