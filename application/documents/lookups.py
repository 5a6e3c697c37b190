"""What the issue of a document looks up: what it tells of, its number, and the document itself, set and kept."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from application.documents.papers import PaperAsked
from application.look import Look
from application.questions.results.run_results import run_results
from application.things import FINDING, FINDING_DOCUMENTS, RUN_DOCUMENTS
from application.verb import Thing
from domain.document import clauses
from domain.document.events import FindingPaper, Paper, RunPaper
from domain.document.issuing import Frozen, IssuedDocuments, Subject
from domain.document.register import DocumentRegister, number_of
from domain.kernel.decisions import demand
from domain.kernel.document_no import normal_form
from domain.kernel.ids import digest_id
from domain.kernel.values import BranchKey, Key, Line, Office, OptionalLine, Today
from domain.registry.document import Document
from domain.supervision.clauses import STILL_OPEN
from domain.supervision.events import (
    ExtensionGranted,
    ExtensionRefused,
    FindingClosed,
    FindingReinspected,
    FindingRelapsed,
    OrderServed,
    RectificationOrdered,
    StepStruck,
    SupervisionEvent,
)
from domain.supervision.finding_history import Status

TELLS_OF: dict[FindingPaper, tuple[type[SupervisionEvent], ...]] = {
    FindingPaper.ORDER: (RectificationOrdered,),
    FindingPaper.RECEIPT: (OrderServed,),
    FindingPaper.EXTENSION: (ExtensionGranted, ExtensionRefused),
    FindingPaper.REINSPECTION: (FindingReinspected,),
    FindingPaper.CLOSING: (FindingClosed,),
}
"""The step that a document of a finding tells of: the last of its kind that was not struck."""


def step_told(look: Look, *, key: Key, paper: FindingPaper) -> Subject:
    """The step of the finding that the document tells of. Raises ``Rejected`` where it was not taken."""
    finding = FINDING.state(look, key)
    demand(finding.status is not Status.WITHDRAWN, STILL_OPEN, key)
    # After a relapse the steps before it tell of the round before.
    came_back = max(
        (n for n, each in enumerate(finding.history, 1) if isinstance(each, FindingRelapsed)), default=0
    )
    raised, struck = finding.raised, {each.version for each in finding.on_record(StepStruck)}
    told = [
        (place, event)
        for place, event in enumerate(finding.history, 1)
        if isinstance(event, TELLS_OF[paper]) and place not in struck and place > came_back
    ]
    demand(bool(told) and raised is not None, clauses.STEP_TAKEN_FIRST, key)
    assert raised is not None
    step, event = told[-1]
    number = event.document_no if isinstance(event, RectificationOrdered) else ""
    return Subject(raised.pairing_id, raised.branch, raised.village, step, number)


def unit_told(look: Look, *, key: Key, branch: BranchKey) -> Subject:
    """The unit in the published run. Raises ``Unknown`` where it is not in it."""
    with look.system.reading() as connection:
        found = run_results(look.system.scoring, connection, key, None)
        found.unit(branch)
    demand(found.published, clauses.PUBLISHED_FIRST, found.run.run_no)
    return Subject(branch=branch)


def run_told(look: Look, *, key: Key) -> Subject:
    """Nobody's: the document is about all of a run, which must be published."""
    with look.system.reading() as connection:
        found = run_results(look.system.scoring, connection, key, None)
    demand(found.published, clauses.PUBLISHED_FIRST, found.run.run_no)
    return Subject()


def frozen_of_finding(
    look: Look,
    *,
    key: Key,
    paper: FindingPaper,
    subject: Subject,
    signed_as: Line,
    copies_to: OptionalLine,
    office: Office,
    today: Today,
) -> Frozen:
    """The document, set and kept."""
    asked = PaperAsked(Paper(paper.value), key, subject, signed_as, copies_to, office, today)
    return _frozen(look, FINDING_DOCUMENTS, asked)


def frozen_notice(
    look: Look,
    *,
    key: Key,
    subject: Subject,
    signed_as: Line,
    copies_to: OptionalLine,
    office: Office,
    today: Today,
) -> Frozen:
    """The notice to the unit, set and kept."""
    asked = PaperAsked(Paper.NOTICE, key, subject, signed_as, copies_to, office, today)
    return _frozen(look, RUN_DOCUMENTS, asked)


def frozen_of_run(
    look: Look,
    *,
    key: Key,
    paper: RunPaper,
    subject: Subject,
    signed_as: Line,
    copies_to: OptionalLine,
    office: Office,
    today: Today,
) -> Frozen:
    """The circular or the report, set and kept."""
    asked = PaperAsked(Paper(paper.value), key, subject, signed_as, copies_to, office, today)
    return _frozen(look, RUN_DOCUMENTS, asked)


def stream_of_register(paper: Paper, year: int) -> str:
    """Where the numbers of a kind of document and a year are given."""
    return f"document-register-{paper.value}-{year}"


def elsewhere(look: Look, paper: Paper, year: int) -> frozenset[int]:
    """The next serials of a register whose numbers are borne already by documents that were not issued here."""
    serial = look.log.state(stream_of_register(paper, year), DocumentRegister()).last + 1
    found: set[int] = set()
    while _is_borne(look, number_of(paper, year, serial)):
        found.add(serial)
        serial += 1
    return frozenset(found)


def _is_borne(look: Look, number: str) -> bool:
    stream = digest_id("document", normal_form(number))
    return look.log.state(stream, Document()).registered is not None


def _frozen(look: Look, thing: Thing[IssuedDocuments], asked: PaperAsked) -> Frozen:
    earlier = thing.state(look, asked.thing).standing(asked.paper, asked.subject)
    number, serial = asked.subject.number, 0
    if not number or earlier is not None:
        year = asked.issued_on.year
        register = look.log.state(stream_of_register(asked.paper, year), DocumentRegister())
        serial = register.next_serial(elsewhere(look, asked.paper, year))
        number = number_of(asked.paper, year, serial)
    asked = replace(asked, number=number, replaces=earlier.number if earlier else "")
    made = look.system.papers(look.system, look.log, asked)

    def kept(content: bytes) -> str:
        # In a dry run nothing is kept; the digest is the same.
        return hashlib.sha256(content).hexdigest() if look.dry_run else look.system.store.put(content)

    return Frozen(
        document_id=look.ids("d"),
        number=number,
        serial=serial,
        title=made.title,
        substance=made.substance,
        model=kept(made.model),
        model_size=len(made.model),
        page=kept(made.page),
        page_size=len(made.page),
        pdf=kept(made.pdf),
        pdf_size=len(made.pdf),
    )
