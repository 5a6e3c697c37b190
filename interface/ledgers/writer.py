"""Ledgers out: the template to fill in, what is on record, and refused rows handed back in that template with what to correct.

A returned workbook, corrected, can be read again as it is: its extra columns are ones the reader passes over.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from application.ledgers.cells import CENTS_PER_WAN, HUNDREDTHS, rounded, shown
from application.ledgers.ledgers import WrittenRow
from application.ledgers.problems import RefusedRow
from application.ledgers.raw import CellError, NoResult, Value
from application.ledgers.rows import LedgerRow, RowSource
from application.ledgers.sheets import (
    GUIDE,
    LISTS,
    PLACE,
    REASON,
    REMEDY,
    SERIAL,
    SHEETS,
    Column,
    Kind,
    Sheet,
)
from interface.ledgers.filling_in import LAST_ROW, cell_check, guide_lines

_LONGEST_CELL: Final = 32_767
_BOLD: Final = Font(bold=True)
_WRAP: Final = Alignment(wrap_text=True, vertical="top")
_WRONG: Final = PatternFill("solid", fgColor="FFF2CC")


@dataclass(frozen=True)
class KnownNames:
    """The units and villages that a template offers for choice."""

    units: Sequence[str] = ()
    villages: Sequence[str] = ()


def template(
    sheets: Sequence[Sheet] = SHEETS, names: KnownNames = KnownNames(), *, heading: str = ""
) -> bytes:
    """These sheets with headers and no rows, their cells checked as they are filled in, and a sheet that says how, with an
    example of each. ``heading`` goes before each title (云岭县2025年). Read as it is, it holds nothing.
    """
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet, list(sheet.template_headers), heading + sheet.heading, [], names)
    guide = book.create_sheet(GUIDE)
    for letter, width in zip("ABCDE", (20, 20, 8, 60, 30), strict=True):
        guide.column_dimensions[letter].width = width
    for number, line in enumerate(guide_lines(sheets)):
        guide.append([_styled(guide, cell, font=None if number else _BOLD) for cell in line])
    _write_lists(book, names)
    return _bytes(book)


def ledgers(sheets: Sequence[Sheet], rows: Iterable[LedgerRow], names: KnownNames = KnownNames()) -> bytes:
    """These sheets with what is on record, as an import reads it; a column that is seldom needed where a row fills it."""
    of_sheet: dict[type[LedgerRow], list[LedgerRow]] = defaultdict(list)
    for row in rows:
        of_sheet[type(row)].append(row)
    book = Workbook(write_only=True)
    for sheet in sheets:
        stated = of_sheet[sheet.row_type]
        headers = list(sheet.template_headers)
        for column in sheet.columns:
            if not column.in_template and any(getattr(row, column.field) for row in stated):
                headers.append(column.header)
        lines = [_stated(sheet, number, row) for number, row in enumerate(stated, start=1)]
        _write_sheet(book, sheet, headers, sheet.heading, lines, names)
    _write_lists(book, names)
    return _bytes(book)


def _stated(sheet: Sheet, number: int, row: LedgerRow) -> Line:
    """A row as it is written: the words of the ledger, amounts in 万元."""
    line: dict[str, tuple[Any, bool]] = {SERIAL: (number, False)}
    for column in sheet.columns:
        value = getattr(row, column.field)
        match column.kind:
            case Kind.CHOICE if value is not None:
                value = _word(column, value)
            case Kind.FLAG:
                value = _word(column, "yes" if value else "no")
            case Kind.MONEY:
                value = Decimal(value) / CENTS_PER_WAN
            case Kind.HOURS if value is not None:
                value = Decimal(value) / HUNDREDTHS
        line[column.header] = (_shortest(value), False)
    return line


def _word(column: Column, identifier: str) -> str:
    return next(word for word, each in (column.choices or {}).items() if each == identifier)


def _shortest(value: Any) -> Any:
    return ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL] if isinstance(value, str) else value


def write_refused(path: Path, written: Sequence[WrittenRow], refused: Sequence[RefusedRow]) -> int:
    """Write the refused rows into a file and say how many they are. Raises ``OSError`` where it cannot be written; a
    workbook half written would complain of itself later.
    """
    content, rows = refused_rows(written, refused)
    path.write_bytes(content)
    return rows


def refused_rows(
    written: Sequence[WrittenRow], refused: Sequence[RefusedRow], names: KnownNames = KnownNames()
) -> tuple[bytes, int]:
    """The rows of ``written`` that ``refused`` speaks of, each once with all its reasons, and how many they are.

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
        _write_sheet(book, sheet, headers, sheet.heading, lines, names)
    _write_lists(book, names)
    return _bytes(book), sum(map(len, by_sheet.values()))


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_lists(book: Workbook, names: KnownNames) -> None:
    """The names one may choose from, on a sheet that nobody sees."""
    page = book.create_sheet(LISTS)
    page.sheet_state = "hidden"
    for unit, village in zip_longest(names.units, names.villages):
        page.append([_styled(page, unit), _styled(page, village)])


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
    book: Workbook,
    sheet: Sheet,
    headers: Sequence[str],
    heading: str,
    lines: Sequence[Line],
    names: KnownNames,
) -> None:
    page = book.create_sheet(sheet.title)
    page.freeze_panes = "A3"
    for number, header in enumerate(headers, start=1):
        wide = header in (REASON, REMEDY, PLACE)
        width = 36 if wide else max(10, min(28, 2 * len(header) + 4))
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = width
        column = next((each for each in sheet.columns if each.header == header), None)
        check = None if column is None else cell_check(sheet, column, len(names.units), len(names.villages))
        if check is not None:
            check.add(f"{letter}3:{letter}{LAST_ROW}")
            page.data_validations.append(check)
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
