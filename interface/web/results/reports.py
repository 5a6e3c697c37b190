"""Reports of a year: the annual report and the casebook, as pages to print and as files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from application.questions.results.run_results import published_results
from interface.documents.annual import annual
from interface.documents.casebook import Case, Part, Recorded, casebook, recorded
from interface.web.kit.listing import ListView
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from interface.web.pairings.nominations import cases_ahead, pictures_of_cases
from interface.web.results.result_documents import as_paper, as_print
from interface.web.results.results import shown_run

router = APIRouter()
CASES = 10
"""Cases of the book on one page."""


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
def show_casebook(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The casebook of a year, of today, some cases at a time; the contents on its first page lead to all of them."""
    year, found = _of_today(page)
    listing = ListView(page)
    shown = listing.shown(found.cases, lambda each: each.key, CASES)
    before = {
        each.number: found.cases[(each.number - 1) // CASES * CASES - 1].key if each.number > CASES else ""
        for each in found.cases
    }

    def address(case: Case) -> str:
        return f"{page.link('/reports/casebook', year=year, after=before[case.number])}#{case.anchor}"

    part = Part(shown.rows, first=page.after is None, last=shown.next is None, address=address)
    return as_paper(
        page,
        casebook(page, year, found, pictures_of_cases(page, year, in_file=False), part),
        back=page.link("/results", year=year),
        whole=page.link("/reports/casebook/print", year=year),
        begun="" if part.first else page.link("/reports/casebook", year=year),
        following=page.link("/reports/casebook", year=year, after=shown.next) if shown.next else "",
        year=year,
    )


@router.get("/reports/casebook/print")
def print_casebook(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The casebook whole, to be printed."""
    year, found = _of_today(page)
    made = casebook(page, year, found, pictures_of_cases(page, year, in_file=False))
    return as_print(page, [made], made.title)


@router.get("/reports/casebook/word")
def casebook_as_word(page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The casebook whole, as a file."""
    year, found = _of_today(page)
    made = casebook(page, year, found, pictures_of_cases(page, year, in_file=True))
    return as_paper(page, made, back="")


def _of_today(page: Page) -> tuple[int, Recorded]:
    year = year_of(page)
    page.call_as_on(page.today)
    cases_ahead(page, year)
    return year, recorded(page, year)
