"""Documents that were issued: the registers, one document, and its files to the byte; and the draft of one, to be edited."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response
from fastapi.responses import FileResponse

from application.documents.lookups import run_told, step_told, unit_told
from application.documents.papers import PaperAsked
from application.look import look_of
from application.question import ALL
from application.questions.answers.documents import (
    DocumentRow,
    DocumentShown,
    list_documents,
    show_document,
)
from application.questions.answers.findings import FindingShown
from domain.document.events import FindingPaper, Paper, RunPaper
from domain.document.register import CODES
from domain.kernel.errors import Rejected, Unknown
from interface.documents.issued.papers import OFFICE, document_of
from interface.documents.word import DOCX, as_docx
from interface.web.documents.documents import download, seal_of, sealed
from interface.web.kit.asking import answer_of
from interface.web.kit.listing import Filter, ListView
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.kit.rendering import render
from interface.web.kit.values import Malformed
from interface.words import LABELS, label

router = APIRouter()


@router.get("/documents")
def read_registers(page: Annotated[Page, Depends(allow("read_documents"))]) -> Response:
    """The registers: documents by kind and year, the newest first."""
    year, asked = year_of(page), page.asked("paper")
    if asked and asked not in LABELS["paper"]:
        raise Malformed("paper", "“%(value)s”不在可选范围内", value=asked)
    choices = [(name, page.t(word)) for name, word in LABELS["paper"].items()]
    listing = ListView(
        page,
        (
            Filter("paper", page.t(label("field", "paper")), asked, choices),
            Filter("number", page.t("文号"), page.asked("number")),
        ),
    )
    found = answer_of(
        page,
        list_documents,
        year=None if page.asked("number") else year,
        finding_id="",
        run_id="",
        limit=listing.limit,
    )
    return render(
        page,
        "documents/registers.html",
        year=year,
        listing=listing,
        answer=found,
        code=f"{CODES[Paper(asked)]}〔{year}〕" if asked else "",
    )


def documents_of(page: Page, *, finding_id: str = "", run_id: str = "") -> tuple[DocumentRow, ...]:
    """What was issued of a finding or a run, the newest first."""
    return page.ask(
        list_documents,
        paper=None,
        year=None,
        number="",
        finding_id=finding_id,
        run_id=run_id,
        after=None,
        limit=ALL,
    ).rows


def documents_of_finding(page: Page, answer: FindingShown) -> tuple[DocumentRow, ...]:
    """What was issued of a finding, and the order that covers it with others of its unit; nothing for
    whom no documents are."""
    if not page.may_ask(list_documents):
        return ()
    own = documents_of(page, finding_id=answer.finding.finding_id)
    if not answer.document_no or any(each.paper is Paper.ORDER for each in own):
        return own
    numbered = page.ask(
        list_documents,
        paper=Paper.ORDER,
        year=None,
        number=answer.document_no,
        finding_id="",
        run_id="",
        after=None,
        limit=ALL,
    )
    return (*own, *numbered.rows)


def drafts_of(page: Page, finding_id: str, issued: Sequence[DocumentRow]) -> list[FindingPaper]:
    """The documents that tell of a step that was taken; no order where another finding's covers this one."""
    found: list[FindingPaper] = []
    covered = any(each.finding_id != finding_id for each in issued)
    for each in FindingPaper:
        if covered and each is FindingPaper.ORDER:
            continue
        with suppress(Rejected):
            step_told(look_of(page.system), key=finding_id, paper=each)
            found.append(each)
    return found


@router.get("/documents/{document_id}")
def read_document(document_id: str, page: Annotated[Page, Depends(allow("read_documents"))]) -> Response:
    """One document: what it is, what took its place, and whether its files are as they were issued."""
    answer = page.ask(show_document, key=document_id)
    files = {part: page.system.store.state(*_part(answer, part)) for part in ("model", "page", "pdf")}
    neighbours = {
        each: page.ask(show_document, key=each).document
        for each in (answer.document.replaces, answer.document.replaced_by)
        if each
    }
    return render(page, "documents/issued.html", answer=answer, files=files, neighbours=neighbours)


def _part(answer: DocumentShown, part: str) -> tuple[str, int]:
    digest: str = getattr(answer, part)
    size: int = getattr(answer, f"{part}_size")
    return digest, size


FILES = {
    "page.html": ("page", "text/html; charset=utf-8"),
    "paper.pdf": ("pdf", "application/pdf"),
    "content.json": ("model", "application/json"),
}
"""The last part of an address to the file, and what it is."""


@router.get("/documents/{document_id}/{file}")
def read_file(
    document_id: str, file: str, page: Annotated[Page, Depends(allow("read_documents"))]
) -> Response:
    """A file of a document, as it was issued; a changed or missing file is not handed out."""
    if file not in FILES:
        raise Unknown("page", file)
    part, media_type = FILES[file]
    answer = page.ask(show_document, key=document_id)
    digest, size = _part(answer, part)
    if page.system.store.state(digest, size) != "kept":
        raise Unknown("document as it was issued", answer.document.number)
    name = quote(f"{answer.document.number}{file[file.rindex('.') :]}")
    headers = {"Content-Disposition": f"inline; filename*=UTF-8''{name}"}
    return FileResponse(page.system.store.path(digest), media_type=media_type, headers=headers)


OF_FINDING, OF_RUN = {each.value for each in FindingPaper}, {each.value for each in RunPaper}


@router.get("/documents/draft/{paper}/{thing}")
def read_draft(paper: str, thing: str, page: Annotated[Page, Depends(allow("read_documents"))]) -> Response:
    """The draft of a document of a finding or a run as a file of a word processor, to be edited before it is issued.
    ``?branch=``: the unit that a notice of scores is for."""
    look = look_of(page.system)
    if paper in OF_FINDING:
        subject = step_told(look, key=thing, paper=FindingPaper(paper))
        page.demand("issue_document", branch=subject.branch, village=subject.village)
    elif paper in OF_RUN:
        page.demand("issue_result_document")
        subject = run_told(look, key=thing)
    elif paper == Paper.NOTICE.value:
        page.demand("issue_score_notice")
        subject = unit_told(look, key=thing, branch=page.asked("branch"))
    else:
        raise Unknown("page", paper)
    asked = PaperAsked(
        Paper(paper),
        thing,
        subject,
        signed_as="",
        copies_to="",
        office=page.actor.office or OFFICE,
        issued_on=page.today,
        number=_open_number(paper, page.today),
    )
    document = replace(document_of(page.system, look.log, asked), draft=page.t("草稿"))
    made = as_docx(document, seal_of(sealed(page), page), str(page.request.base_url))
    return download(made, f"{document.title}.docx", DOCX)


def _open_number(paper: str, day: date) -> str:
    """The number of a draft, its serial left open."""
    return f"{CODES[Paper(paper)]}〔{day.year}〕　号"
