"""Findings with their steps, with row versions; supervision slips and circulars beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, Date, Integer, String, Text

from domain.supervision.events import (
    CircularCorrected,
    CircularIssued,
    CircularVoided,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    FindingClosed,
    FindingHandedOver,
    FindingRaised,
    FindingReinspected,
    FindingRelapsed,
    FindingVoided,
    FindingWithdrawn,
    OrderAcknowledged,
    OrderServed,
    RectificationOrdered,
    RectificationReturned,
    RectificationSubmitted,
    ReturnsStated,
    SlipCorrected,
    SlipIssued,
    SlipVoided,
    StepStruck,
)
from projections.kit.columns import said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

findings = versioned_table(
    "finding",
    Column("finding_id", String(40), nullable=False),
    Column("number", String(120), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(FindingRaised, "branch", "village", "found_on", "method"),
    Column("inspector_ref", String(60), nullable=False),
    *said(FindingRaised, "description", "finding_type", "severity"),
    Column("status", String(30), nullable=False),
    *said(RectificationOrdered, "document_no", "measures"),
    Column("ordered_on", Date),
    Column("served_on", Date),
    *said(OrderServed, "served_to", "service"),
    Column("due_on", Date),
    Column("extension_wanted", Date),
    Column("extension_because", Text, nullable=False),
    Column("interim_measures", Text, nullable=False),
    Column("submitted_on", Date),
    Column("account", Text, nullable=False),
    Column("because", Text, nullable=False),
    Column("returns", Integer, nullable=False),
    Column("reinspected_on", Date),
    Column("reinspector_ref", String(60), nullable=False),
    Column("passed", Boolean),
    Column("closed_on", Date),
    Column("relapsed", Boolean, nullable=False),
    Column("round", Integer, nullable=False),
)
"""``extension_because``, ``interim_measures``: of the request that waits. ``because``: why it stands as it does, where the
newest step gave a reason."""


def found_in(year: int) -> ColumnElement[bool]:
    """The year of a finding, everywhere: that of the day on which it was found."""
    return findings.c.found_on.between(date(year, 1, 1), date(year, 12, 31))


slips = versioned_table(
    "slip",
    Column("slip_id", String(60), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(SlipIssued, "colour", "issued_on"),
)
circulars = versioned_table(
    "circular",
    Column("circular_id", String(60), nullable=False),
    Column("pairing_id", String(60), nullable=False, index=True),
    *said(CircularIssued, "kind", "document_no", "issued_on"),
)
findings_board = Projection("findings_board", 7, [findings, slips, circulars], small=[circulars])


ANSWERED: dict[str, Any] = {"extension_wanted": None, "extension_because": "", "interim_measures": ""}
"""No request for more time waits."""
NOT_ORDERED: dict[str, Any] = {
    "document_no": "",
    "measures": "",
    "ordered_on": None,
    "served_on": None,
    "served_to": "",
    "service": "",
    "due_on": None,
    **ANSWERED,
    "submitted_on": None,
    "account": "",
    "reinspected_on": None,
    "reinspector_ref": "",
    "passed": None,
    "closed_on": None,
}
"""Nothing has been done yet in this round."""


@findings_board.on(FindingRaised)
def _raised(write: Writer, event: FindingRaised) -> None:
    write.add(
        findings,
        inspector_ref=event.inspector.ref if event.inspector else "",
        status="raised",
        because="",
        returns=0,
        relapsed=False,
        round=1,
        **NOT_ORDERED,
    )


findings_board.changes(
    RectificationOrdered,
    findings,
    "ordered_on",
    "due_on",
    "document_no",
    "measures",
    status="ordered",
    because="",
)
findings_board.changes(OrderServed, findings, "served_on", "served_to", "service")
findings_board.changes(OrderAcknowledged, findings, status="acknowledged")


@findings_board.on(ExtensionRequested)
def _requested(write: Writer, event: ExtensionRequested) -> None:
    write.change(
        findings,
        event.finding_id,
        "interim_measures",
        extension_wanted=event.due_on,
        extension_because=event.because,
    )


findings_board.changes(ExtensionGranted, findings, "due_on", because="", **ANSWERED)
findings_board.changes(ExtensionRefused, findings, "because", **ANSWERED)


@findings_board.on(ReturnsStated)
def _returns(write: Writer, event: ReturnsStated) -> None:
    write.change(findings, event.finding_id, returns=event.count)


findings_board.changes(
    RectificationSubmitted, findings, "submitted_on", "account", status="submitted", because=""
)


def _row(write: Writer, event: RectificationReturned | FindingRelapsed | StepStruck) -> Mapping[str, Any]:
    found = write.get(findings, event.finding_id)
    assert found is not None, event.finding_id
    return found


@findings_board.on(RectificationReturned)
def _returned(write: Writer, event: RectificationReturned) -> None:
    write.change(
        findings,
        event.finding_id,
        "because",
        status="returned",
        submitted_on=None,
        returns=_row(write, event)["returns"] + 1,
    )


@findings_board.on(FindingReinspected)
def _reinspected(write: Writer, event: FindingReinspected) -> None:
    write.change(
        findings,
        event.finding_id,
        "reinspected_on",
        "passed",
        status="accepted" if event.passed else "reinspected_failed",
        reinspector_ref=event.inspector.ref if event.inspector else "",
    )


findings_board.changes(FindingClosed, findings, "closed_on", status="closed")


@findings_board.on(FindingRelapsed)
def _relapsed(write: Writer, event: FindingRelapsed) -> None:
    write.change(
        findings,
        event.finding_id,
        "because",
        status="relapsed",
        relapsed=True,
        round=_row(write, event)["round"] + 1,
        **NOT_ORDERED,
    )


findings_board.changes(FindingHandedOver, findings, "branch", "village")
findings_board.changes(FindingWithdrawn, findings, "because", status="withdrawn")
findings_board.changes(FindingVoided, findings, "because", status="withdrawn")


LEFT_BY_A_STEP = ("status", "reinspected_on", "reinspector_ref", "passed", "closed_on")
"""What a re-inspection or a closing changes, and striking it gives back as it stood before."""


@findings_board.on(StepStruck)
def _struck(write: Writer, event: StepStruck) -> None:
    before = _row(write, event)
    if event.overtaken or event.round != before["round"] or before["status"] == "withdrawn":
        return
    stood = write.get_before(findings, event.finding_id, event.record)
    assert stood is not None, event.finding_id
    left = {name: stood[name] for name in LEFT_BY_A_STEP}
    write.change(findings, event.finding_id, **left)


findings_board.adds(SlipIssued, slips)
findings_board.changes(SlipCorrected, slips, "colour", "issued_on")
findings_board.adds(CircularIssued, circulars)
findings_board.changes(CircularCorrected, circulars, "kind", "issued_on")


@findings_board.on(SlipVoided, CircularVoided)
def _voided(write: Writer, event: SlipVoided | CircularVoided) -> None:
    if isinstance(event, SlipVoided):
        write.end(slips, event.slip_id)
    else:
        write.end(circulars, event.circular_id)
