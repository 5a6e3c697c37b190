"""The register of the numbers (发文字号) of one kind of document in one year."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date

from domain.document import clauses
from domain.document.events import DocumentEvent, DocumentNumbered, Paper
from domain.kernel.decisions import demand

CODES = {
    Paper.ORDER: "联督整",
    Paper.RECEIPT: "联督送",
    Paper.EXTENSION: "联督延",
    Paper.REINSPECTION: "联督复",
    Paper.CLOSING: "联督销",
    Paper.NOTICE: "联考告",
    Paper.CIRCULAR: "联考通",
    Paper.ANNUAL: "联考报",
}
"""The short name of the office and of the kind of document (机关代字) that a number begins with. [default]"""


def number_of(paper: Paper, year: int, serial: int) -> str:
    """A number as a paper bears it: the year in full in hexagonal brackets, the serial without 第 and leading zeros.

    [GB/T 9704-2012 7.2.5]
    """
    return f"{CODES[paper]}〔{year}〕{serial}号"


@dataclass(frozen=True)
class DocumentRegister:
    """``last``: the serial given last, 0 before the first."""

    last: int = 0

    def number_document(
        self,
        *,
        document_id: str,
        paper: Paper,
        numbered_on: date,
        elsewhere: Set[int] = frozenset(),
    ) -> DocumentNumbered:
        """Give the next number. ``elsewhere``: serials whose numbers documents bear that were not issued here."""
        serial = self.next_serial(elsewhere)
        return DocumentNumbered(
            document_id=document_id,
            paper=paper,
            year=numbered_on.year,
            serial=serial,
            number=number_of(paper, numbered_on.year, serial),
            numbered_on=numbered_on,
        )

    def next_serial(self, elsewhere: Set[int] = frozenset()) -> int:
        """The serial of the next document: the one after the last, but for those that stand elsewhere."""
        serial = self.last + 1
        while serial in elsewhere:
            serial += 1
        return serial

    def after(self, event: DocumentEvent) -> DocumentRegister:
        return replace(self, last=event.serial) if isinstance(event, DocumentNumbered) else self


@dataclass(frozen=True)
class StatedNumber:
    """A number that an office gave itself, whatever it covers. ``document_id``: of the document issued under it, empty while
    there is none."""

    document_id: str = ""

    def bear_number(
        self, *, document_id: str, paper: Paper, number: str, numbered_on: date
    ) -> DocumentNumbered:
        """Issue a document under it."""
        self.cover_more(number=number)
        return DocumentNumbered(
            document_id=document_id,
            paper=paper,
            year=numbered_on.year,
            serial=0,
            number=number,
            numbered_on=numbered_on,
        )

    def cover_more(self, *, number: str) -> list[DocumentNumbered]:
        """Order something else under it: what is issued is not added to."""
        demand(not self.document_id, clauses.NUMBER_ISSUED_ONCE, number)
        return []

    def after(self, event: DocumentEvent) -> StatedNumber:
        return replace(self, document_id=event.document_id) if isinstance(event, DocumentNumbered) else self
