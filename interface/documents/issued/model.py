"""An issued document as data: all that it says, in the order of reading. Page and PDF are set from this alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from application.documents.papers import PaperAsked
from domain.document.events import Paper
from interface.documents.issued.seal import PaperSeal
from interface.documents.model import Block, Document, Heading, Paragraph, Pieces, Table, plain

FORMAT = 1
UPWARD = {Paper.ANNUAL}
"""Goes to a superior: it names who signed beside its number. [GB/T 9704-2012 7.2.6]"""
Model = dict[str, Any]


def model_of(document: Document, asked: PaperAsked, seal: PaperSeal) -> Model:
    """The document as data."""
    substance = _substance(document, asked)
    return {
        "format": FORMAT,
        **substance,
        "number": asked.number,
        "replaces": asked.replaces,
        "issued_on": asked.issued_on.isoformat(),
        "dated": document.dated,
        "seal": {"qr": seal.qr, "lines": [*seal.lines, ["内容摘要", digest_of(substance)]]},
    }


def substance_digest(document: Document, asked: PaperAsked) -> str:
    """The digest of what the document says but for number, date, seal and what it replaces."""
    return digest_of(_substance(document, asked))


def _substance(document: Document, asked: PaperAsked) -> Model:
    return {
        "title": document.title,
        "organ": document.organ,
        "upward": asked.paper in UPWARD,
        "signed_as": asked.signed_as,
        "addressee": document.addressee,
        "blocks": [_block(each) for each in document.blocks],
        "attachments": list(document.attachments),
        "office": document.office,
        "copies_to": asked.copies_to,
    }


def as_bytes(model: Model) -> bytes:
    """The one spelling of a model."""
    return json.dumps(model, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(model: Model) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(as_bytes(model)).hexdigest()


def _block(block: Block) -> Model:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": plain(block.pieces)}
        case Paragraph():
            return {"kind": "paragraph", "indent": block.indent, "text": plain(block.pieces)}
        case Table():
            rows = [[plain(cell) for cell in row] for row in block.rows]
            return {
                "kind": "table",
                "head": list(block.head),
                "rows": rows,
                "numeric": sorted(block.numeric),
                "widths": _widths(block.head, block.rows),
            }
    raise TypeError(f"an issued document has no {type(block).__name__}")


NARROW, WIDE = 5, 24
"""The least and the most that a column counts for, in characters."""


def _widths(head: Sequence[str], rows: Sequence[Sequence[Pieces]]) -> list[int]:
    """How wide each column is beside the others: as its longest text, within bounds. A slip, which has no head, has none."""
    if not head:
        return []
    columns = zip(head, *([plain(cell) for cell in row] for row in rows), strict=True)
    return [min(max(NARROW, *map(len, column)), WIDE) for column in columns]
