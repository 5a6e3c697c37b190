"""What a run is told with: notices to the units, the circular, the summary workbook; as pages to print and as files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import StreamingResponse

from application.questions.results.run_results import RunResults, UnitResult, course_of, unit_results
from interface.documents.circular import circular
from interface.documents.model import Document, Seal
from interface.documents.notice import notice
from interface.documents.summary import summary_sheets
from interface.documents.word import DOCX, ZIP_DAY, as_docx
from interface.documents.workbook import as_workbook
from interface.web.documents.documents import as_attachment, download, seal_of, sealed
from interface.web.kit.exporting import XLSX
from interface.web.kit.listing import Filter, ListView
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page
from interface.web.kit.rendering import render, streamed
from interface.web.results.results import shown_run

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

router = APIRouter()


def as_paper(
    page: Page,
    document: Document,
    *,
    back: str,
    whole: str = "",
    begun: str = "",
    following: str = "",
    **query: object,
) -> Response:
    """One document to print, which leads to the same as a file: there the address ends in ``/word``. Of a part of one,
    ``whole`` is where all of it is printed, ``begun`` its first part and ``following`` the next one."""
    path = page.request.url.path
    if path.endswith("/word"):
        made = as_docx(document, seal_of(sealed(page), page), str(page.request.base_url))
        return download(made, f"{document.title}.docx", DOCX)
    return render(
        page,
        "results/paper_page.html",
        paper=document,
        word=page.link(f"{path}/word", **query),
        back=back,
        whole=whole if begun or following else "",
        begun=begun,
        following=following,
        **sealed(page),
    )


def as_print(page: Page, papers: Sequence[Document], title: str) -> Response:
    """Papers to print whole, each from a new sheet on, sent while they are set: no page of the site, however long."""
    made = streamed(page, "results/print.html", papers=papers, title=title, **sealed(page))
    return StreamingResponse(made, media_type="text/html; charset=utf-8")


def paper_of(page: Page, run_id: str) -> RunResults:
    """The results of a run for a paper, which names everything as on its day."""
    found = shown_run(page, run_id)
    page.call_as_on(found.run.published_on or found.run.frozen_on)
    return found


@router.get("/documents/notice/{run_id}/{branch}")
@router.get("/documents/notice/{run_id}/{branch}/word")
def show_notice(run_id: str, branch: str, page: Annotated[Page, Depends(allow("read_notices"))]) -> Response:
    """The notice of a unit's results."""
    found = paper_of(page, run_id)
    page.demand("read_notices", branch=branch)
    made = notice(page, found, found.unit(branch), course_of(page.connection, run_id, page.at))
    return as_paper(page, made, back=page.link("/results", run=run_id))


@dataclass(frozen=True)
class UnitNotice:
    """A unit of a run, and the name under which its notice goes out."""

    name: str
    unit: UnitResult


def _by_name(page: Page, found: RunResults) -> list[UnitNotice]:
    """The units of a run in the order of their names; those whose name has what ``?q=`` states."""
    wanted = page.asked("q")
    listed = [
        UnitNotice(page.units.get(each.branch, each.branch), each)
        for each in unit_results(found)
        if page.names.matches(wanted, each.branch)
    ]
    return sorted(listed, key=lambda each: (each.name, each.unit.branch))


def _notices(page: Page, found: RunResults, units: Sequence[UnitNotice]) -> Iterator[tuple[str, Document]]:
    course = course_of(page.connection, found.run.run_id, page.at)
    for each in units:
        yield each.name, notice(page, found, each.unit, course)


@router.get("/documents/notices/{run_id}")
def list_notices(run_id: str, page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The units of a run with their notices, to be printed or kept one by one, those of a page, or all at once."""
    found = paper_of(page, run_id)
    listing, units = _listed(page), _by_name(page, found)
    shown = listing.shown(units, lambda each: each.unit.branch)
    return render(
        page,
        "results/notices.html",
        run=found.run,
        listing=listing,
        rows=shown.rows,
        next=shown.next,
        found=len(units),
    )


def _listed(page: Page) -> ListView:
    return ListView(page, [Filter("q", page.t("联建单位"), page.asked("q"))])


@router.get("/documents/notices/{run_id}/print")
def print_notices(run_id: str, page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The notices of one page of the list where ``?limit=`` states its size, else of all units: to be printed, sent while it
    is set."""
    found = paper_of(page, run_id)
    units: Sequence[UnitNotice] = _by_name(page, found)
    if page.asked("limit"):
        units = _listed(page).shown(units, lambda each: each.unit.branch).rows
    papers = [document for _, document in _notices(page, found, units)]
    return as_print(page, papers, page.t("考核结果通知书"))


@router.get("/documents/notices/{run_id}/word")
def notices_as_word(run_id: str, page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The notices of all units, a file each, in one archive, sent while it is made: a county's take a minute."""
    found, seal = paper_of(page, run_id), seal_of(sealed(page), page)
    named = f"{page.t('考核结果通知书')}-{found.run.run_no}.zip"
    papers = list(_notices(page, found, _by_name(page, found)))
    made = _archived(papers, seal, str(page.request.base_url))
    return StreamingResponse(made, media_type="application/zip", headers=as_attachment(named))


class _Sent(io.RawIOBase):
    """Where an archive is written that is sent as it grows."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: ReadableBuffer, /) -> int:
        self._parts.append(bytes(part))
        return len(self._parts[-1])

    def next(self) -> bytes:
        """What was written since the last time."""
        part = b"".join(self._parts)
        self._parts.clear()
        return part


def _archived(papers: Sequence[tuple[str, Document]], seal: Seal, base_url: str) -> Iterator[bytes]:
    sent, taken = _Sent(), set[str]()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as archive:
        for unit, document in papers:
            entry = zipfile.ZipInfo(f"{safe_name(unit, taken)}.docx", ZIP_DAY)
            archive.writestr(entry, as_docx(document, seal, base_url))
            yield sent.next()
    yield sent.next()


def safe_name(name: str, taken: set[str]) -> str:
    """A file's name that no system takes for something else, different from those taken."""
    base = "".join("_" if c in '<>:"/\\|?*' or ord(c) < 32 else c for c in name).strip(" .") or "_"
    found, n = base, 1
    while found in taken:
        n += 1
        found = f"{base} ({n})"
    taken.add(found)
    return found


@router.get("/documents/circular/{run_id}")
@router.get("/documents/circular/{run_id}/word")
def show_circular(run_id: str, page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The circular on the year's assessment."""
    made = circular(page, paper_of(page, run_id), course_of(page.connection, run_id, page.at))
    return as_paper(page, made, back=page.link("/results", run=run_id))


@router.get("/documents/summary/{run_id}")
def summary(run_id: str, page: Annotated[Page, Depends(allow("read_reports"))]) -> Response:
    """The summary workbook."""
    found = paper_of(page, run_id)
    made_at = page.system.clock().astimezone(page.system.settings.zone)
    sheets = summary_sheets(page, found, made_at, str(page.request.base_url))
    title = page.t("%(year)s年度考核结果汇总", year=found.run.year)
    state = "" if found.published else f"-{page.t('未公布')}"
    return download(as_workbook(sheets, title, made_at), f"{title}-{found.run.run_no}{state}.xlsx", XLSX)
