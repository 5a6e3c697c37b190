"""Drafts and versions of schemes, with row versions: what was written, returned, approved and published, and by whom."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Date, Integer, Row, String, Text, select

from domain.assessment.year.events import SchemeApproved, SchemeDrafted, SchemePublished, SchemeReturned
from projections.kit.columns import known, said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

scheme_years = versioned_table(
    "scheme_year",
    Column("scheme_id", String(20), nullable=False),
    Column("year", Integer, nullable=False),
    Column("draft", Integer, nullable=False),
    Column("version", Integer, nullable=False),
)
drafts = versioned_table(
    "scheme_draft",
    Column("draft_id", String(40), nullable=False),
    Column("year", Integer, nullable=False),
    *said(SchemeDrafted, "draft", "text", "text_digest", "because", "drafted_by", "drafted_on"),
    Column("status", String(20), nullable=False),
    Column("returned_because", Text, nullable=False),
    Column("returned_by", String(120), nullable=False),
    Column("returned_on", Date),
    Column("cases", Integer),
    Column("back_test_year", Integer),
    Column("back_test_moved", Integer),
    Column("approver_ref", String(40), nullable=False),
    Column("approver_office", String(120), nullable=False),
    Column("approved_on", Date),
)
versions = versioned_table(
    "scheme_version",
    Column("version_id", String(40), nullable=False),
    Column("year", Integer, nullable=False),
    *said(SchemePublished, "version", "text", "text_digest", "published_on"),
    Column("published_by", String(120), nullable=False),
    *said(SchemePublished, "in_force_on", "retroactive_because"),
    Column("draft", Integer),
    Column("approver_ref", String(40), nullable=False),
    Column("approver_office", String(120), nullable=False),
    Column("approved_on", Date),
)
_all = [scheme_years, drafts, versions]
schemes_board = Projection("schemes_board", 1, _all, small=_all)


@schemes_board.on(SchemeDrafted)
def _drafted(write: Writer, event: SchemeDrafted) -> None:
    before = f"{event.scheme_id}-{event.draft - 1}"
    row = write.get(drafts, before)
    if row is not None and row["status"] in ("drafted", "approved"):
        write.change(drafts, before, status="superseded")
    write.add(
        drafts,
        draft_id=f"{event.scheme_id}-{event.draft}",
        year=int(event.scheme_id),
        status="drafted",
        returned_because="",
        returned_by="",
        approver_ref="",
        approver_office="",
    )
    _of_year(write, event.scheme_id, draft=event.draft)


@schemes_board.on(SchemeReturned)
def _returned(write: Writer, event: SchemeReturned) -> None:
    write.change(
        drafts,
        f"{event.scheme_id}-{event.draft}",
        "returned_by",
        "returned_on",
        status="returned",
        returned_because=event.because,
    )


@schemes_board.on(SchemeApproved)
def _approved(write: Writer, event: SchemeApproved) -> None:
    write.change(
        drafts,
        f"{event.scheme_id}-{event.draft}",
        "cases",
        "back_test_year",
        "back_test_moved",
        "approved_on",
        status="approved",
        approver_ref=event.approver.ref,
        approver_office=event.office,
    )


@schemes_board.on(SchemePublished)
def _published(write: Writer, event: SchemePublished) -> None:
    year = write.get(scheme_years, event.scheme_id)
    draft_id = f"{event.scheme_id}-{year['draft']}" if year is not None else ""
    draft = write.get(drafts, draft_id) if draft_id else None
    if draft is not None:
        write.change(drafts, draft_id, status="published")
    write.add(
        versions,
        version_id=f"{event.scheme_id}-{event.version}",
        year=int(event.scheme_id),
        published_by=write.recorded.by.actor,
        draft=None if draft is None else draft["draft"],
        approver_ref="" if draft is None else draft["approver_ref"],
        approver_office="" if draft is None else draft["approver_office"],
        approved_on=None if draft is None else draft["approved_on"],
    )
    _of_year(write, event.scheme_id, version=event.version)


def _of_year(write: Writer, scheme_id: str, **changes: int) -> None:
    if write.get(scheme_years, scheme_id) is not None:
        write.change(scheme_years, scheme_id, **changes)
        return
    row = {"draft": 0, "version": 0, **changes}
    write.add(scheme_years, scheme_id=scheme_id, year=int(scheme_id), **row)


def years_of_schemes(connection: Connection, known_at: int) -> list[Row[tuple[object, ...]]]:
    """Every year with a draft or a version: year, its newest draft and version (0: none yet). Newest year first."""
    query = select(scheme_years.c.year, scheme_years.c.draft, scheme_years.c.version)
    return list(
        connection.execute(query.where(known(scheme_years, known_at)).order_by(scheme_years.c.year.desc()))
    )


def drafts_of(connection: Connection, year: int, known_at: int) -> list[Row[tuple[object, ...]]]:
    """All drafts of a year's scheme, newest first."""
    query = select(drafts).where(drafts.c.year == year, known(drafts, known_at))
    return list(connection.execute(query.order_by(drafts.c.draft.desc())))


def versions_of(connection: Connection, year: int, known_at: int) -> list[Row[tuple[object, ...]]]:
    """All published versions of a year's scheme, newest first."""
    query = select(versions).where(versions.c.year == year, known(versions, known_at))
    return list(connection.execute(query.order_by(versions.c.version.desc())))
