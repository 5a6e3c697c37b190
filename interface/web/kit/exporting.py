"""Tables as files. No cell is ever a formula, whatever somebody entered."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from fastapi import Response
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from interface.web.kit.page.page import Page
from interface.web.kit.values import Malformed
from projections.kit.csv_cells import cell_of

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exported(page: Page, name: str, rows: Iterable[Sequence[Any]]) -> Response:
    """The rows as a file, as ``?format=`` asks (``xlsx`` or ``csv``); the first of them is the heading. Raises ``Malformed``."""
    wanted = page.asked("format") or "xlsx"
    if wanted not in ("xlsx", "csv"):
        raise Malformed("format", "只能导出为 xlsx 或 csv，不是“%(value)s”", value=wanted)
    content = as_csv(rows) if wanted == "csv" else as_xlsx(rows, name)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{wanted}"'}
    return Response(content, media_type=CSV if wanted == "csv" else XLSX, headers=headers)


def as_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read the Chinese; a text that looks like a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow(cell_of(value) for value in row)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(rows: Iterable[Sequence[Any]], title: str) -> bytes:
    """One sheet with a fixed first row; texts are texts, and stay so when somebody edits the cell."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value if isinstance(value, int | date) or value is None else str(value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:32_000])
    cell.data_type, cell.quotePrefix = "s", True
    return cell
