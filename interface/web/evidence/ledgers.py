"""An imported ledger at the row that a record cites, as the reader saw its cells; and its bytes as they came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response

from application.ledgers.cells import shown
from application.ledgers.raw import RawSheet, Value
from application.stores.kept_workbooks import KeptWorkbook
from domain.kernel.errors import Unknown
from interface.ledgers.kept import sheets_of
from interface.ledgers.tables import Table, find_table
from interface.web.documents.documents import download
from interface.web.kit.exporting import XLSX
from interface.web.kit.page.opening import allow
from interface.web.kit.page.page import Page, number_asked
from interface.web.kit.rendering import render
from projections.figures.citations import citing, first_citing

router = APIRouter()
AROUND: Final = 20
"""Rows shown on either side of the cited one."""
LAST_ROW: Final = 1_048_576
"""Of a sheet. [ECMA-376 part 1, 18.3.1.73]"""
MOST_COLUMNS: Final = 60
LONGEST_TEXT: Final = 500
"""Characters of a cell that are shown."""


@dataclass(frozen=True)
class View:
    """The rows of a sheet within a window of row numbers; ``heading`` and ``rows`` are texts by column."""

    title: str
    columns: list[int]
    heading: list[dict[int, str]]
    rows: dict[int, dict[int, str]]
    earlier: int | None
    later: int | None
    """Rows from which the windows before and after this one begin."""


@router.get("/ledgers/{digest}")
def show_ledger(digest: str, page: Annotated[Page, Depends(allow("read_ledgers"))]) -> Response:
    """The rows around the cited one, or from the row that is asked for."""
    name, kept = _opened(page, digest)
    sheets = sheets_of(kept.content)
    row = number_asked(page.request, "row", high=LAST_ROW)
    start = number_asked(page.request, "from", high=LAST_ROW)
    start = max(1, (row or 1) - AROUND) if start is None else max(1, start)
    raw = _sheet(sheets, page.request.query_params.get("sheet", ""))
    window = range(start, start + 2 * AROUND + 1)
    return render(
        page,
        "evidence/ledger.html",
        name=name,
        kept=kept,
        titles=[sheet.title for sheet in sheets],
        view=_view(raw, window),
        cited=row,
        citing=citing(page.connection, digest, raw.title, window, page.at),
    )


@router.get("/ledgers/{digest}/file")
def download_ledger(digest: str, page: Annotated[Page, Depends(allow("read_ledgers"))]) -> Response:
    """The ledger byte for byte. What is left of it when a name was erased is no such file."""
    name, kept = _opened(page, digest)
    if kept.blanked:
        raise Unknown("workbook as it was recorded", name)
    return download(kept.content, name, XLSX)


def _opened(page: Page, digest: str) -> tuple[str, KeptWorkbook]:
    """The name and the content of a ledger that events cite by the page's position; that somebody looked is noted."""
    first = first_citing(page.connection, digest, page.at)
    if first is None:
        raise Unknown("workbook", digest)
    kept = page.system.workbooks.open(digest)
    page.system.accesses.note(page.actor, "workbook", [digest], page.request.url.path)
    return first.source_name, kept


def _sheet(sheets: list[RawSheet], title: str) -> RawSheet:
    """The sheet of that title, the first one where none is asked for."""
    found = next((sheet for sheet in sheets if title in ("", sheet.title)), None)
    if found is None:
        raise Unknown("sheet", title)
    return found


def _view(raw: RawSheet, window: range) -> View:
    table = find_table(raw)
    last = table.header_row if isinstance(table, Table) else 0
    # Of a heading of two rows, or of a title over one row, both.
    heading = [_texts(raw.rows[number]) for number in (last - 1, last) if number in raw.rows]
    filled, _ = raw.fill_down(last)
    rows = {number: _texts(filled[number]) for number in sorted(filled) if number in window}
    columns = sorted({column for texts in (*heading, *rows.values()) for column in texts})
    before = any(number < window.start for number in filled)
    after = any(number >= window.stop for number in filled)
    return View(
        title=raw.title,
        columns=columns[:MOST_COLUMNS],
        heading=heading,
        rows=rows,
        earlier=max(1, window.start - len(window)) if before else None,
        later=window.stop if after else None,
    )


def _texts(cells: Mapping[int, Value]) -> dict[int, str]:
    return {column: shown(value)[:LONGEST_TEXT] for column, value in cells.items()}
