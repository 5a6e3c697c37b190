"""Documents by the number that each bears: orders, circulars and what else is issued."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Row, String, select

from domain.kernel import ids
from domain.kernel.document_no import normal_form
from domain.registry.events import DocumentKind, DocumentRegistered
from projections.boards.findings import circulars
from projections.kit.columns import known, said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

document_numbers = versioned_table(
    "document_number",
    Column("document_id", String(90), nullable=False),
    *said(DocumentRegistered, "document_no", "kind", "party", "dated_on"),
)
document_numbers_board = Projection("document_numbers", 1, [document_numbers], small=[document_numbers])


@document_numbers_board.on(DocumentRegistered)
def _registered(write: Writer, event: DocumentRegistered) -> None:
    write.add(document_numbers, document_id=ids.digest_id("dn", normal_form(event.document_no)))


def documents_numbered(connection: Connection, known_at: int | None) -> Sequence[Row[Any]]:
    """All documents that bear a number, the oldest first. A circular stands while one is on record that was not voided."""
    c = document_numbers.c
    rows = connection.execute(
        select(document_numbers).where(known(document_numbers, known_at)).order_by(c.dated_on)
    )
    issued = connection.scalars(select(circulars.c.document_no).where(known(circulars, known_at)))
    standing = {normal_form(each) for each in issued}
    return [
        row
        for row in rows
        if row.kind != DocumentKind.CIRCULAR.value or normal_form(row.document_no) in standing
    ]


def document_bearing(connection: Connection, known_at: int | None, number: str) -> Row[Any] | None:
    """The document that bears this number, however it is spelt."""
    form = normal_form(number)
    rows = documents_numbered(connection, known_at) if form else ()
    return next((each for each in rows if normal_form(each.document_no) == form), None)
