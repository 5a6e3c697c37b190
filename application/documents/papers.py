"""Documents that are issued: what is set in type is kept under its digest before the event names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from application.eventlog.log import EventLog, Log
from domain.document.events import DocumentIssued, Paper
from domain.document.issuing import Subject

if TYPE_CHECKING:
    from application.system import System


@dataclass(frozen=True)
class PaperAsked:
    """The document to be set. ``thing``: the id of the finding or the run; ``number``: the one it bears; ``replaces``: the
    number of the one whose place it takes, empty where it is the first; ``office``: who issues it."""

    paper: Paper
    thing: str
    subject: Subject
    signed_as: str
    copies_to: str
    office: str
    issued_on: date
    number: str = ""
    replaces: str = ""


@dataclass(frozen=True)
class PaperSet:
    """A document as it is kept. ``substance``: the digest of what it says, but for number, date and seal."""

    title: str
    substance: str
    model: bytes
    page: bytes
    pdf: bytes


class Papers(Protocol):
    """Sets a document in type; the same document gives the same bytes, whenever it is set."""

    def __call__(self, system: System, log: Log, asked: PaperAsked, /) -> PaperSet: ...


@dataclass(frozen=True)
class KeptPart:
    """One file of an issued document: the position of its event, what it is, its digest and its size in bytes."""

    position: int
    what: str
    digest: str
    size: int


def parts_kept(log: EventLog) -> Iterator[KeptPart]:
    """Every file that an issued document names."""
    for recorded in log.named(DocumentIssued.NAME):
        event = recorded.event
        assert isinstance(event, DocumentIssued)
        for part in parts_of(event):
            yield KeptPart(recorded.position, f"{event.number} {part[0]}", part[1], part[2])


def parts_of(event: DocumentIssued) -> tuple[tuple[str, str, int], ...]:
    """The files of a document: what each is, its digest and its size."""
    return (
        ("model", event.model, event.model_size),
        ("page", event.page, event.page_size),
        ("pdf", event.pdf, event.pdf_size),
    )
