"""What was decided on the runs of a year, up to the service of results, with row versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Integer, Row, String, Text, select

from domain.assessment.year.events import (
    GradeAdjustmentApproved,
    GradeAdjustmentProposed,
    GradeAdjustmentRefused,
    NoticeClosed,
    NoticeOpened,
    ObjectionAnswered,
    ObjectionFiled,
    PairingExcluded,
    PairingIncluded,
    ResultServed,
    RunSigned,
)
from projections.kit.columns import known, said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

exclusions = versioned_table(
    "exclusion",
    Column("pairing_id", String(60), nullable=False),
    *said(PairingExcluded, "year", "because", "basis", "excluded_on"),
)
adjustments = versioned_table(
    "adjustment",
    Column("adjustment_id", String(90), nullable=False),
    Column("run_id", String(20), nullable=False, index=True),
    Column("pairing_id", String(60), nullable=False),
    Column("number", Integer, nullable=False),
    *said(GradeAdjustmentProposed, "grade_before", "grade_after", "because", "basis", "proposed_by"),
    *said(GradeAdjustmentProposed, "proposed_on"),
    Column("status", String(12), nullable=False),
    Column("approver_ref", String(60), nullable=False),
    Column("office", String(120), nullable=False),
    Column("decided_on", Date),
    Column("refused_because", Text, nullable=False),
    Column("carried_from", String(20), nullable=False),
)
"""``status``: proposed, approved or refused; ``carried`` where a newer run was frozen before it was decided. Each proposal is
a row of its own, with its ``number`` within run and pairing. ``carried_from``: the earlier run it comes from.
"""
signatures = versioned_table(
    "signature",
    Column("signature_id", String(60), nullable=False),
    Column("run_id", String(20), nullable=False, index=True),
    Column("step", String(20), nullable=False),
    Column("signer_ref", String(60), nullable=False),
    *said(RunSigned, "office", "opinion", "signed_by", "signed_on"),
)
notices = versioned_table(
    "notice",
    Column("run_id", String(20), nullable=False),
    *said(NoticeOpened, "year", "opened_on", "closes_on", "working_days", "calendar_version", "contact"),
    *said(NoticeOpened, "ranking_basis"),
    Column("closed_on", Date),
)
objections = versioned_table(
    "objection",
    Column("objection_id", String(40), nullable=False),
    Column("number", String(20), nullable=False),
    Column("run_id", String(20), nullable=False, index=True),
    *said(ObjectionFiled, "pairing_id", "grounds", "filed_by"),
    Column("filed_for", String(120), nullable=False),
    Column("filed_on", Date, nullable=False),
    Column("upheld", Boolean),
    Column("answer", Text, nullable=False),
    Column("answered_on", Date),
)
"""``filed_for``: the unit or village that objects; ``upheld`` is null until the objection is answered."""
services = versioned_table(
    "service",
    Column("service_id", String(60), nullable=False),
    Column("run_id", String(20), nullable=False, index=True),
    *said(ResultServed, "branch", "served_to", "served_on"),
)
_all = [exclusions, adjustments, signatures, notices, objections, services]
results_board = Projection("results_board", 3, _all, small=_all)


results_board.adds(PairingExcluded, exclusions)


@results_board.on(PairingIncluded)
def _included(write: Writer, event: PairingIncluded) -> None:
    write.end(exclusions, event.pairing_id)


def _numbered(run_id: str, pairing_id: str, n: int) -> str:
    return f"{run_id}/{pairing_id}/{n}"


def _count(write: Writer, run_id: str, pairing_id: str) -> int:
    """How many proposals there have been for the pairing in the run."""
    n = 0
    while write.get(adjustments, _numbered(run_id, pairing_id, n + 1)) is not None:
        n += 1
    return n


def _newest(write: Writer, event: GradeAdjustmentApproved | GradeAdjustmentRefused) -> str:
    """The proposal that is decided on."""
    return _numbered(event.run_id, event.pairing_id, _count(write, event.run_id, event.pairing_id))


@results_board.on(GradeAdjustmentProposed)
def _proposed(write: Writer, event: GradeAdjustmentProposed) -> None:
    number = _count(write, event.run_id, event.pairing_id) + 1
    write.add(
        adjustments,
        adjustment_id=_numbered(event.run_id, event.pairing_id, number),
        number=number,
        status="proposed",
        approver_ref="",
        office="",
        refused_because="",
    )
    if event.carried_from:
        last = _count(write, event.carried_from, event.pairing_id)
        before = _numbered(event.carried_from, event.pairing_id, last)
        row = write.get(adjustments, before)
        if row is not None and row["status"] == "proposed":
            write.change(adjustments, before, status="carried")


@results_board.on(GradeAdjustmentApproved)
def _approved(write: Writer, event: GradeAdjustmentApproved) -> None:
    write.change(
        adjustments,
        _newest(write, event),
        "office",
        status="approved",
        approver_ref=event.approver.ref,
        decided_on=event.approved_on,
    )


@results_board.on(GradeAdjustmentRefused)
def _refused(write: Writer, event: GradeAdjustmentRefused) -> None:
    write.change(
        adjustments,
        _newest(write, event),
        status="refused",
        decided_on=event.refused_on,
        refused_because=event.because,
    )


@results_board.on(RunSigned)
def _signed(write: Writer, event: RunSigned) -> None:
    write.add(signatures, signature_id=f"{event.run_id}/{event.step.value}", signer_ref=event.signer.ref)


@results_board.on(NoticeOpened)
def _opened(write: Writer, event: NoticeOpened) -> None:
    write.add(notices, calendar_version=event.calendar_version[:200])


results_board.changes(NoticeClosed, notices, "closed_on")


@results_board.on(ObjectionFiled)
def _filed(write: Writer, event: ObjectionFiled) -> None:
    write.add(objections, filed_for=write.recorded.by.on_behalf_of or write.recorded.by.office, answer="")


results_board.changes(ObjectionAnswered, objections, "upheld", "answer", "answered_on")


@results_board.on(ResultServed)
def _served(write: Writer, event: ResultServed) -> None:
    write.add(services, service_id=f"{event.run_id}/{event.branch}")


def adjustments_of(connection: Connection, run_id: str, known_at: int | None) -> Sequence[Row[Any]]:
    """All adjustments asked for in a run, in their order."""
    query = select(adjustments).where(adjustments.c.run_id == run_id, known(adjustments, known_at))
    return connection.execute(
        query.order_by(adjustments.c.proposed_on, adjustments.c.pairing_id, adjustments.c.number)
    ).all()


def adjusted(connection: Connection, run_id: str, known_at: int | None) -> dict[str, Row[Any]]:
    """Pairing to the approved adjustment that stands, the last one where there are several."""
    rows = adjustments_of(connection, run_id, known_at)
    in_order = sorted(rows, key=lambda row: row._mapping["number"])
    return {row.pairing_id: row for row in in_order if row.status == "approved"}


def signatures_of(connection: Connection, run_id: str, known_at: int | None) -> dict[str, Row[Any]]:
    """Step of the chain to its signature."""
    query = select(signatures).where(signatures.c.run_id == run_id, known(signatures, known_at))
    return {row.step: row for row in connection.execute(query)}


def notice_of(connection: Connection, run_id: str, known_at: int | None) -> Row[Any] | None:
    """The public notice of a run, ``None`` before it was opened."""
    query = select(notices).where(notices.c.run_id == run_id, known(notices, known_at))
    return connection.execute(query).first()


def opened_at(connection: Connection, run_id: str) -> int:
    """The position at which a run's notice was opened. There must be one."""
    found = connection.scalars(select(notices.c.known_from).where(notices.c.run_id == run_id))
    return min(int(position) for position in found)


def all_notices(connection: Connection, known_at: int | None) -> Sequence[Row[Any]]:
    """Every public notice, the one opened last first."""
    query = select(notices).where(known(notices, known_at))
    return connection.execute(query.order_by(notices.c.opened_on.desc(), notices.c.known_from.desc())).all()


def objections_of(connection: Connection, run_id: str, known_at: int | None) -> Sequence[Row[Any]]:
    """All objections to a run, by number."""
    query = select(objections).where(objections.c.run_id == run_id, known(objections, known_at))
    return connection.execute(query.order_by(objections.c.number)).all()


def services_of(connection: Connection, run_id: str, known_at: int | None) -> dict[str, Row[Any]]:
    """Unit to the service of its result."""
    query = select(services).where(services.c.run_id == run_id, known(services, known_at))
    return {row.branch: row for row in connection.execute(query)}


def served_on(connection: Connection, run_id: str, branch: str, known_at: int | None) -> Any:
    """The day a unit was handed its result of a run, ``None`` while it was not."""
    query = select(services.c.served_on).where(
        services.c.service_id == f"{run_id}/{branch}", known(services, known_at)
    )
    return connection.execute(query).scalar_one_or_none()


def exclusions_of(connection: Connection, year: int, known_at: int | None) -> Sequence[Row[Any]]:
    """Who takes part in no grade of a year."""
    query = select(exclusions).where(exclusions.c.year == year, known(exclusions, known_at))
    return connection.execute(query.order_by(exclusions.c.pairing_id)).all()
