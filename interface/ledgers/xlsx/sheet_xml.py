"""A worksheet part as filled cells. Formulas are not computed; what a cell says is read by its type and style."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from application.ledgers.problems import broken_file, too_large
from application.ledgers.raw import CellError, NoResult, RawSheet, Unreadable, Value, day_of
from interface.ledgers.xlsx.strings_and_styles import LONGEST_CELL, MAX_PIECES, Strings, Styles, unescape
from interface.ledgers.xlsx.xml_events import is_true, parse

MAX_CELLS: Final = 500_000
"""Of a workbook: fifty thousand activities."""
MAX_MERGED: Final = 50_000
LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# Written by programs, hence ASCII and an exponent of at most three digits; a longer one would be expanded without end.
_NUMBER: Final = re.compile(
    r"[-+]?(?:[0-9]{1,320}(?:\.[0-9]{0,320})?|\.[0-9]{1,320})(?:[eE][-+]?[0-9]{1,3})?"
)
_LARGEST_EXPONENT: Final = 20


def place_of(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as ``B12``, both from 1. Raises ``ValueError`` beyond the last of a sheet."""
    match = _REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return _on_the_sheet(int(match[2])), _on_the_sheet(column, LAST_COLUMN)


def _on_the_sheet(number: int, last: int = LAST_ROW) -> int:
    if not 1 <= number <= last:
        raise ValueError(number)
    return number


class SheetReader:
    """Reads worksheet parts against the workbook's strings, styles and epoch."""

    def __init__(self, strings: Strings, styles: Styles, epoch: date) -> None:
        self._strings, self._styles, self._epoch = strings, styles, epoch
        self._cells = 0

    def read(self, sheet: RawSheet, data: bytes) -> RawSheet:
        """Fill ``sheet`` from the XML of its part."""
        cell = _Cell()
        row = column = 0
        collecting: list[str] | None = None
        guides = 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal row, column, collecting, guides
            if tag == "c":
                if "r" in attributes:
                    row, column = place_of(attributes["r"])
                else:
                    column = _on_the_sheet(column + 1, LAST_COLUMN)
                cell.begin(attributes.get("t", "n"), attributes.get("s", ""))
            elif tag == "v":
                collecting = cell.stored
            elif tag == "t" and not guides:
                collecting = cell.inline
            elif tag == "f":
                cell.formula = True
            elif tag == "strike":
                cell.struck = cell.struck or is_true(attributes.get("val", "1"))
            elif tag == "row":
                row, column = _on_the_sheet(int(attributes.get("r", row + 1))), 0
                if is_true(attributes.get("hidden")) or attributes.get("ht") == "0":
                    sheet.hidden_rows.add(row)
            elif tag == "rPh":
                guides += 1
            else:
                _about_the_sheet(sheet, tag, attributes)

        def end(tag: str) -> None:
            nonlocal collecting, guides
            if tag in ("v", "t"):
                cell.has_stored = cell.has_stored or tag == "v"
                collecting = None
            elif tag == "rPh":
                guides -= 1
            elif tag == "c":
                self._keep(sheet, row, column, cell)

        def text(piece: str) -> None:
            if collecting is not None and len(collecting) < MAX_PIECES:
                collecting.append(piece)

        parse(data, start, end, text)
        return sheet

    def _keep(self, sheet: RawSheet, row: int, column: int, cell: _Cell) -> None:
        value = self._value(cell)
        if value is None:
            return
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise Unreadable(too_large("too many cells", "单元格过多"))
        cells = sheet.rows.setdefault(row, {})
        if column in cells:
            raise Unreadable(broken_file("one cell is written twice", "同一单元格出现两次"))
        cells[column] = value
        if self._is_struck(cell):
            sheet.struck.setdefault(row, set()).add(column)

    def _is_struck(self, cell: _Cell) -> bool:
        if cell.struck or (cell.style and int(cell.style) in self._styles.struck):
            return True
        return cell.kind == "s" and int("".join(cell.stored)) in self._strings.struck

    def _value(self, cell: _Cell) -> Value | None:
        """The typed value of one cell; nothing for text that shows nothing."""
        text = cell.text()
        if cell.formula and not text.strip() and not (cell.kind == "str" and cell.has_stored):
            return NoResult()
        if not text.strip():
            return None
        match cell.kind:
            case "s":
                return self._shared(int(text))
            case "inlineStr" | "str":
                text = unescape(text)
                return text if text.strip() else None
            case "b":
                return "TRUE" if text.strip() == "1" else "FALSE"
            case "e":
                return CellError(text[:100])
            case "d":
                return text
        return self._number(text.strip(), cell.style)

    def _shared(self, place: int) -> str | None:
        if place < 0:
            raise ValueError(place)
        text = self._strings.texts[place]
        return text if text.strip() else None

    def _number(self, text: str, style: str) -> Value:
        """A number, or the day it is shown as. What no ledger can mean (1E+999, 1E-30) is an error of the cell."""
        if not _NUMBER.fullmatch(text):
            return CellError(text[:100])
        number = Decimal(text)
        if not number:
            return Decimal(0)
        if abs(number.adjusted()) > _LARGEST_EXPONENT:
            return CellError(text[:100])
        # Day 0 concerns no ledger; a number beyond the calendar is a compact date (20250305).
        if style and int(style) in self._styles.dated and number >= 1:
            return day_of(number, self._epoch) or number
        return number


class _Cell:
    """What has been read of the cell at hand."""

    __slots__ = ("formula", "has_stored", "inline", "kind", "stored", "struck", "style")

    def __init__(self) -> None:
        self.stored: list[str] = []
        self.inline: list[str] = []
        self.begin("n", "")

    def begin(self, kind: str, style: str) -> None:
        self.kind, self.style = kind, style
        self.stored.clear()
        self.inline.clear()
        self.formula = self.has_stored = self.struck = False

    def text(self) -> str:
        """A cell has a stored value or, by its type, a text of its own; some programs write both."""
        own = self.inline if self.inline and (self.kind == "inlineStr" or not self.stored) else self.stored
        return "".join(own)[:LONGEST_CELL]


def _about_the_sheet(sheet: RawSheet, tag: str, attributes: dict[str, str]) -> None:
    if tag == "mergeCell":
        top, _, bottom = attributes["ref"].partition(":")
        sheet.merged.append((*place_of(top), *place_of(bottom or top)))
        if len(sheet.merged) > MAX_MERGED:
            raise Unreadable(too_large("too many merged cells", "合并单元格过多"))
    elif tag == "col" and is_true(attributes.get("hidden")) and len(sheet.hidden_columns) < LAST_COLUMN:
        sheet.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
