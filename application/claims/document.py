"""Claiming the number of an official document."""

from __future__ import annotations

from datetime import date
from functools import partial

from application.eventlog.pending import Claim, Decision
from domain.document.register import StatedNumber
from domain.kernel import ids
from domain.kernel.document_no import normal_form
from domain.registry.document import Document
from domain.registry.events import DocumentKind


def number_claimed(
    document_no: str, kind: DocumentKind, *, party: str = "", dated_on: date, reference: str
) -> list[Claim]:
    """What stream ``document-<digest of the normal form>`` must agree to; nothing where no number is stated."""
    form = normal_form(document_no)
    if not form:
        return []
    register = partial(
        Document.register_document,
        document_no=document_no,
        kind=kind,
        party=party,
        dated_on=dated_on,
        reference=reference,
    )
    return [Claim(ids.digest_id("document", form), Document(), register)]


def under_number(document_no: str, decision: Decision[StatedNumber]) -> Claim:
    """What ``issued-under-<digest of the normal form>`` must agree to, of a number that an office gave itself: it says which
    document was issued under it."""
    return Claim(ids.digest_id("issued-under", normal_form(document_no)), StatedNumber(), decision)
