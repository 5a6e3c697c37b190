"""Reports of a year: the annual report and the casebook, as pages to print and as files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.questions.results.run_results import published_results
from interface.documents.annual import annual
from interface.documents.casebook import casebook
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.pairings.nominations import pictures_of_cases
from interface.web.results.result_documents import as_paper
from interface.web.results.results import shown_run

router = APIRouter()


@router.get("/reports/annual")
@router.get("/reports/annual/word")
def annual_report(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The annual report, of today, with the grades of ``?run=``, else of the run published last, where there is one.

    As a file it has an appendix that says where every figure comes from.
    """
    asked = {name: page.request.query_params.get(name, "") for name in ("year", "run")}
    found = shown_run(page, asked["run"]) if asked["run"] else None
    year = found.run.year if found else year_of(page)
    page.call_as_on(page.today)
    standing = found or published_results(page.system.scoring, page.connection, year, page.at)
    made = annual(page, page.basis_of(year), standing)
    return as_paper(page, made, back=page.link("/results", **asked), **asked)


@router.get("/reports/casebook")
@router.get("/reports/casebook/word")
def show_casebook(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The casebook of a year, of today."""
    year = year_of(page)
    page.call_as_on(page.today)
    pictures = pictures_of_cases(page, year, in_file=page.request.url.path.endswith("/word"))
    return as_paper(page, casebook(page, year, pictures), back=page.link("/results", year=year), year=year)
