"""Reports of a year: the annual report and the casebook, as pages to print and as files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.questions.results.run_results import published_results
from interface.documents.annual import annual
from interface.documents.casebook import casebook
from interface.documents.model import Document
from interface.web.kit.context import Page, allow
from interface.web.kit.year import year_of
from interface.web.results.result_documents import as_page, as_word
from interface.web.results.results import shown_run

router = APIRouter()


def _annual(page: Page) -> Document:
    """The report, of today, with the grades of ``?run=``, else of the run published last, where there is one."""
    wanted = page.request.query_params.get("run", "")
    found = shown_run(page, wanted) if wanted else None
    year = found.run.year if found else year_of(page)
    page.call_as_on(page.today)
    return annual(
        page,
        page.basis_of(year),
        found or published_results(page.system.scoring, page.connection, year, page.at),
    )


@router.get("/reports/annual")
def annual_report(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The annual report."""
    query = page.request.query_params
    asked = {"year": query.get("year", ""), "run": query.get("run", "")}
    word = page.link("/reports/annual/word", **asked)
    return as_page(page, [_annual(page)], word=word, back=page.link("/results", **asked))


@router.get("/reports/annual/word")
def annual_report_as_word(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The same as a file, with an appendix that says where every figure comes from."""
    return as_word(page, _annual(page))


def _casebook(page: Page) -> tuple[int, Document]:
    """The year, and its casebook of today."""
    year = year_of(page)
    page.call_as_on(page.today)
    return year, casebook(page, year)


@router.get("/reports/casebook")
def show_casebook(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The casebook."""
    year, made = _casebook(page)
    word = page.link("/reports/casebook/word", year=year)
    return as_page(page, [made], word=word, back=page.link("/results", year=year))


@router.get("/reports/casebook/word")
def casebook_as_word(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The same as a file."""
    return as_word(page, _casebook(page)[1])
