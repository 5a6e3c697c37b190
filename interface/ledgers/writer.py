"""Ledgers out: the empty template, and refused rows handed back in that template with what to correct.

A returned workbook, corrected, can be read again as it is: its extra columns are ones the reader passes over.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from application.ledgers.cells import rounded, shown
from application.ledgers.ledgers import WrittenRow
from application.ledgers.problems import RefusedRow
from application.ledgers.raw import CellError, NoResult, Value
from application.ledgers.rows import RowSource
from application.ledgers.sheets import PLACE, REASON, REMEDY, SERIAL, SHEETS, Column, Kind, Sheet

_LONGEST_CELL: Final = 32_767
_BOLD: Final = Font(bold=True)
_WRAP: Final = Alignment(wrap_text=True, vertical="top")
_WRONG: Final = PatternFill("solid", fgColor="FFF2CC")


def write_template(path: Path, *, heading: str = "") -> None:
    """Write the eleven sheets with headers and no rows. ``heading`` goes before each title (云岭县2025年)."""
    book = Workbook(write_only=True)
    for sheet in SHEETS:
        _write_sheet(book, sheet, list(sheet.template_headers), heading + sheet.heading, [])
    _save(book, path)


def write_refused(path: Path, written: Sequence[WrittenRow], refused: Sequence[RefusedRow]) -> int:
    """Write the rows of ``written`` that ``refused`` speaks of, each once with all its reasons, and say how many
    rows they are.

    Every sheet of the template is there, so that the corrected file is complete. Cells hold what was read;
    those to correct are coloured. Errors of whole sheets or files have no row to hand back and are not in it.
    """
    reasons: dict[RowSource, list[RefusedRow]] = defaultdict(list)
    for row in refused:
        reasons[RowSource(row.file, row.sheet, row.row)].append(row)
    by_sheet: dict[str, list[WrittenRow]] = defaultdict(list)
    for cells in written:
        if cells.source in reasons:
            by_sheet[cells.sheet_key].append(cells)
    book = Workbook(write_only=True)
    for sheet in SHEETS:
        returned = by_sheet[sheet.key]
        headers = list(sheet.template_headers)
        for column in sheet.columns:
            if column.header not in headers and any(column.field in row.cells for row in returned):
                headers.append(column.header)
        headers += [REASON, REMEDY, PLACE]
        lines = [
            _line(sheet, headers, number, row, reasons[row.source])
            for number, row in enumerate(returned, start=1)
        ]
        _write_sheet(book, sheet, headers, sheet.heading, lines)
    _save(book, path)
    return sum(map(len, by_sheet.values()))


def _save(book: Workbook, path: Path) -> None:
    """Raises ``OSError`` where the file cannot be written; a workbook half written would complain of itself later."""
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())


Line = Mapping[str, tuple[Any, bool]]
"""Cell and whether it is to be coloured, by header."""


def _line(
    sheet: Sheet, headers: Sequence[str], number: int, row: WrittenRow, reasons: Sequence[RefusedRow]
) -> Line:
    wrong = {reason.column for reason in reasons}
    by_header = {column.header: column for column in sheet.columns}
    line: dict[str, tuple[Any, bool]] = {SERIAL: (number, SERIAL in wrong)} if SERIAL in headers else {}
    for header in headers:
        if header in by_header:
            value = row.cells.get(by_header[header].field)
            line[header] = (_cell_of(value, by_header[header]), header in wrong)
    line[REASON] = (_joined(_reason(reason) for reason in reasons), False)
    line[REMEDY] = (_joined(reason.remedy_zh for reason in reasons), False)
    line[PLACE] = (f"{row.source.file} {row.source.sheet} 第{row.source.row}行", False)
    return line


def _reason(reason: RefusedRow) -> str:
    """Where the row as a whole is refused, no column is named, but what speaks against it."""
    if reason.column:
        return f"{reason.column}：{reason.message_zh}"
    return f"{reason.message_zh}（{reason.value}）" if reason.value else reason.message_zh


def _joined(parts: Any) -> str:
    return "\n".join(dict.fromkeys(parts))


def _cell_of(value: Value | None, column: Column) -> Any:
    """The cell as it was, safe to write: text is never taken for a formula."""
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str | CellError | NoResult) or column.kind in (Kind.TEXT, Kind.NAME, Kind.NUMBER_ID):
        return ILLEGAL_CHARACTERS_RE.sub("", shown(value))[:_LONGEST_CELL]
    return rounded(value)


def _write_sheet(
    book: Workbook, sheet: Sheet, headers: Sequence[str], heading: str, lines: Sequence[Line]
) -> None:
    page = book.create_sheet(sheet.title)
    page.freeze_panes = "A3"
    for number, header in enumerate(headers, start=1):
        wide = header in (REASON, REMEDY, PLACE)
        width = 36 if wide else max(10, min(28, 2 * len(header) + 4))
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([_styled(page, heading, font=_BOLD)])
    page.append([_styled(page, header, font=_BOLD) for header in headers])
    for line in lines:
        cells = []
        for header in headers:
            value, is_wrong = line.get(header, (None, False))
            cell = _styled(page, value, alignment=_WRAP if header in (REASON, REMEDY) else None)
            if is_wrong:
                cell.fill = _WRONG
            cells.append(cell)
        page.append(cells)


def _styled(page: Any, value: Any, *, font: Font | None = None, alignment: Alignment | None = None) -> Any:
    cell = WriteOnlyCell(page, value=value)
    if isinstance(value, str):
        # openpyxl makes a formula of any text that starts with "=", a spreadsheet when the cell is edited; here it
        # is somebody's text.
        cell.data_type, cell.quotePrefix = "s", True
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if font is not None:
        cell.font = font
    if alignment is not None:
        cell.alignment = alignment
    return cell
