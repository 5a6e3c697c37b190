"""Workbooks: a fixed first row, widths that fit, numbers as numbers exact to the hundredth, and never a formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from interface.documents.word import without_wall_clock

Value = str | int | Decimal | date | None
LONGEST = 32_000
WIDEST, NARROWEST = 60, 8
BOLD = Font(bold=True)
HEAD = PatternFill("solid", fgColor="EFEDE8")
WRAP = Alignment(wrap_text=True, vertical="top")
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``Decimal`` values are points and are shown with two decimals."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[Value]]


def points_of(hundredths: int | None) -> Decimal | None:
    """Points as a decimal number, exact: 8406 hundredths are 84.06. A float is never made of them."""
    return None if hundredths is None else Decimal(hundredths).scaleb(-2)


def as_workbook(sheets: Sequence[Sheet], title: str, made_at: datetime) -> bytes:
    """The file; the same sheets made at the same time give the same bytes."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title[:31])
        page.freeze_panes = "A2"
        for n in range(len(sheet.head)):
            page.column_dimensions[get_column_letter(n + 1)].width = _width(sheet, n)
        page.append([_cell(page, name, head=True) for name in sheet.head])
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
    made = made_at.replace(tzinfo=None, microsecond=0)
    book.properties.title, book.properties.creator = title, "lianjian"
    book.properties.created = made
    out = io.BytesIO()
    book.save(out)
    return without_wall_clock(_made_at(out.getvalue(), made))


def _made_at(file: bytes, made: datetime) -> bytes:
    """openpyxl writes its own clock's time as the time of the last change; here it is the time of making."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "docProps/core.xml":
                part = MODIFIED.sub(rb"\g<1>" + made.isoformat().encode() + rb"Z\g<2>", part)
            after.writestr(name, part)
    return out.getvalue()


def _width(sheet: Sheet, n: int) -> int:
    longest = max((_length(row[n]) for row in [sheet.head, *sheet.rows[:500]] if n < len(row)), default=0)
    return min(max(longest + 2, NARROWEST), WIDEST)


def _length(value: Value) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in str("" if value is None else value))


def _cell(page: Any, value: Value, *, head: bool = False) -> Any:
    written: Any = value
    if isinstance(value, str):
        written = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST]
    elif isinstance(value, Decimal):
        written = f"{value:.2f}"
    cell = WriteOnlyCell(page, written)
    if isinstance(value, str):
        # openpyxl makes a formula of any text that starts with "=", a spreadsheet when the cell is edited; here it
        # is somebody's text.
        cell.data_type, cell.quotePrefix = "s", True
    elif isinstance(value, Decimal):
        # openpyxl prints numbers with 16 digits, so that 97.76 would become 97.76000000000001; its own digits stand.
        cell.data_type, cell.number_format = "n", "0.00"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if head:
        cell.font, cell.fill = BOLD, HEAD
    elif isinstance(value, str) and len(value) > 30:
        cell.alignment = WRAP
    return cell
