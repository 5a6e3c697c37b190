"""Setting a document that is to be issued: what it says, as data; from that alone, the page and the PDF."""

from __future__ import annotations

from dataclasses import replace

from application.documents.papers import PaperAsked, PaperSet
from application.eventlog.log import Log
from application.questions.results.run_results import course_of, run_results
from application.system import System
from domain.document.events import Paper
from interface.documents.annual import annual
from interface.documents.circular import circular
from interface.documents.common import written_day
from interface.documents.issued.finding import finding_document
from interface.documents.issued.model import as_bytes, model_of, substance_digest
from interface.documents.issued.page import as_page
from interface.documents.issued.pdf import as_pdf
from interface.documents.issued.seal import paper_seal
from interface.documents.model import Document
from interface.documents.notice import notice
from interface.documents.reader import Reader

OFFICE = "支部联建工作领导小组办公室"
"""Who issues where the account names no office. [default]"""
OF_RUN = frozenset({Paper.NOTICE, Paper.CIRCULAR, Paper.ANNUAL})


def set_paper(system: System, log: Log, asked: PaperAsked) -> PaperSet:
    """The document in Chinese, as official papers are: `application.documents.papers.Papers`."""
    document = document_of(system, log, asked)
    model = model_of(document, asked, paper_seal(system))
    return PaperSet(
        title=document.title,
        substance=substance_digest(document, asked),
        model=as_bytes(model),
        page=as_page(model),
        pdf=as_pdf(model),
    )


def document_of(system: System, log: Log, asked: PaperAsked) -> Document:
    """What the document says, framed as one that is issued."""
    with system.reading() as connection:
        reader = Reader(system=system, language="zh", connection=connection, at=system.runner.position())
        found = _of_run(reader, asked) if asked.paper in OF_RUN else finding_document(reader, log, asked)
        office = asked.office or OFFICE
        return replace(
            found,
            number=asked.number,
            organ=office,
            office=office,
            dated=written_day(reader, asked.issued_on),
            signed_as=asked.signed_as,
            copies_to=asked.copies_to,
            status="",
            draft="",
            referenced=False,
        )


def _of_run(reader: Reader, asked: PaperAsked) -> Document:
    found = run_results(reader.system.scoring, reader.connection, asked.thing, reader.at)
    run = found.run
    reader.call_as_on(run.published_on or run.frozen_on)
    if asked.paper is Paper.ANNUAL:
        return annual(reader, reader.basis_of(run.year), found)
    course = course_of(reader.connection, run.run_id, reader.at)
    if asked.paper is Paper.CIRCULAR:
        return circular(reader, found, course)
    return notice(reader, found, found.unit(asked.subject.branch), course)
