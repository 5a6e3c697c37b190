"""The documents that were issued, with row versions: a document that is replaced says by which."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String

from domain.document.events import DocumentIssued, DocumentNumbered
from projections.kit.columns import said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

documents = versioned_table(
    "issued_document",
    Column("document_id", String(40), nullable=False),
    *said(DocumentIssued, "paper", "number"),
    Column("year", Integer, nullable=False, index=True),
    Column("serial", Integer, nullable=False),
    Column("finding_id", String(40), nullable=False, index=True),
    Column("run_id", String(40), nullable=False, index=True),
    *said(DocumentIssued, "pairing_id", "branch", "village", "title", "signed_as", "copies_to", "issued_on"),
    Column("office", String(120), nullable=False),
    *said(DocumentIssued, "model", "model_size", "page", "page_size", "pdf", "pdf_size", "replaces"),
    Column("replaced_by", String(40), nullable=False),
)
"""``serial``: its place in the register of its kind and ``year``, 0 where its number does not come from there. ``office``: who
issued it. ``replaced_by``: the id of the document that took its place, empty while it stands."""
documents_board = Projection("documents", 1, [documents])


@documents_board.on(DocumentIssued)
def _issued(write: Writer, event: DocumentIssued) -> None:
    write.add(
        documents,
        year=event.issued_on.year,
        serial=0,
        office=write.recorded.by.office,
        replaced_by="",
    )
    if event.replaces:
        write.change(documents, event.replaces, replaced_by=event.document_id)


@documents_board.on(DocumentNumbered)
def _numbered(write: Writer, event: DocumentNumbered) -> None:
    write.change(documents, event.document_id, "serial")
