"""An official document, by its number (文号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.kernel.decisions import demand
from domain.registry import clauses
from domain.registry.events import DocumentKind, DocumentRegistered, RegistryEvent


@dataclass(frozen=True)
class Document:
    """``registered`` is ``None`` while nobody has used the number."""

    registered: DocumentRegistered | None = None

    def register_document(
        self, *, document_no: str, kind: DocumentKind, party: str, dated_on: date, reference: str
    ) -> list[DocumentRegistered]:
        """Take the number for this document; nothing where this very document has it already.
        docs/decisions/0017-document-numbers.md
        """
        held = self.registered
        if held is None:
            return [
                DocumentRegistered(
                    document_no=document_no, kind=kind, party=party, dated_on=dated_on, reference=reference
                )
            ]
        same = (held.kind, held.party, held.dated_on) == (kind, party, dated_on)
        demand(same, clauses.NUMBER_OF_ONE_DOCUMENT, f"{held.document_no}: {held.reference}, {held.dated_on}")
        return []

    def after(self, event: RegistryEvent) -> Document:
        return Document(event) if isinstance(event, DocumentRegistered) else self
