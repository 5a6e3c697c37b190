"""The registers of documents that were issued, and one document with the digests of what was frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from sqlalchemy import Connection, Row, Select, select

from application.input.keyset import After, Place
from application.question import Asker, Limit, Listing, question
from application.questions.of_row import of_row
from domain.document.events import Paper
from domain.kernel.document_no import normal_form
from domain.kernel.errors import Forbidden, Unknown
from domain.kernel.values import Key, KeyOf, OptionalLine, Year
from projections.boards.documents import documents
from projections.kit.columns import known
from projections.kit.memory import ask_ahead

FindingAsked = Annotated[str, KeyOf("finding", may_be_empty=True)]
RunAsked = Annotated[str, KeyOf("run", may_be_empty=True)]


@dataclass(frozen=True)
class DocumentRow:
    """A document as a register lists it. ``serial``: its place there, 0 where its number does not come from the register.
    ``replaces`` and ``replaced_by``: the ids of its neighbours, empty where there are none."""

    document_id: str
    paper: Paper
    number: str
    year: int
    serial: int
    title: str
    finding_id: str
    run_id: str
    pairing_id: str
    branch: str
    village: str
    office: str
    signed_as: str
    copies_to: str
    issued_on: date
    replaces: str
    replaced_by: str


@dataclass(frozen=True)
class DocumentShown:
    """A document with the SHA-256 in hex of what was frozen: what it says (``model``), the page, the PDF; sizes in bytes."""

    document: DocumentRow
    model: str
    model_size: int
    page: str
    page_size: int
    pdf: str
    pdf_size: int


@question("/documents")
def list_documents(
    asker: Asker,
    *,
    paper: Paper | None,
    year: Year | None,
    number: OptionalLine,
    finding_id: FindingAsked,
    run_id: RunAsked,
    after: After | None,
    limit: Limit | None,
) -> Listing[DocumentRow]:
    """Documents that were issued, the newest first; a clerk sees those of the own unit or village."""
    query = _asked(asker.known_at, paper.value if paper else None, year, finding_id, run_id)
    ask_ahead(asker.connection, query)
    form = normal_form(number)
    rows = (
        each
        for each in _seen(asker, asker.connection.execute(query))
        if not form or normal_form(each.number) == form
    )
    return Listing.placed(rows, _place, after, limit, falling=True)


def documents_ahead(connection: Connection, known_at: int, *, finding_id: str) -> None:
    """Say that those of a finding will be asked."""
    ask_ahead(connection, _asked(known_at, None, None, finding_id, ""))


def _asked(
    known_at: int, paper: str | None, year: int | None, finding_id: str | None, run_id: str | None
) -> Select[Any]:
    c = documents.c
    query = select(documents).where(known(documents, known_at))
    for column, value in (
        (c.paper, paper),
        (c.year, year),
        (c.finding_id, finding_id or None),
        (c.run_id, run_id or None),
    ):
        if value is not None:
            query = query.where(column == value)
    return query


@question("/documents/{key}")
def show_document(asker: Asker, *, key: Key) -> DocumentShown:
    """One document."""
    row = _row(asker, key)
    if row is None:
        raise Unknown("document", key)
    if not _sees(asker, row):
        raise Forbidden("show_document", asker.actor.role.value)
    return of_row(DocumentShown, row, document=_shown(row))


def _row(asker: Asker, document_id: str) -> Row[Any] | None:
    query = select(documents).where(documents.c.document_id == document_id, known(documents, asker.known_at))
    return asker.connection.execute(query).first()


def _sees(asker: Asker, row: Row[Any]) -> bool:
    """A clerk sees what is about the own unit or village; what is about nobody's is the offices'."""
    actor = asker.actor
    mine = {row.branch} & {actor.branch} | {row.village} & {actor.village}
    return asker.sees_all or bool(mine - {""})


def _place(row: DocumentRow) -> Place:
    return row.issued_on.isoformat(), row.document_id


def _seen(asker: Asker, rows: Any) -> Iterator[DocumentRow]:
    return (_shown(row) for row in rows if _sees(asker, row))


def _shown(row: Row[Any]) -> DocumentRow:
    return of_row(DocumentRow, row, paper=Paper(row.paper))
