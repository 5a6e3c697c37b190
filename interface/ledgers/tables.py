"""Where the table is on a sheet: which ledger it is, its header row, its columns, and which rows are data.

Untidy hands add title rows, a 填报单位 row, totals, notes, blank formatted rows, page headers repeated in the
middle, and other columns. None of that is data and none of it is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from interface.ledgers.cells import is_blank, key_of, shown
from interface.ledgers.sheets import SHEETS, Column, Sheet
from interface.ledgers.workbook import RawSheet, Value

HEADER_WITHIN: Final = 40
"""The header row is looked for among this many filled rows."""

_ALIKE: Final = 0.6
_ALIKE_BY_TITLE: Final = 0.4
_REQUIRED_MARK: Final = re.compile(r"^[*＊]+|[*＊]+$|[(（]必填[)）]$")
_TOTAL: Final = re.compile(
    r"(?:本[页月季年县]|全[县年州])?(?:合计|总计|小计|共计|累计|总数)(?:[:：(（0-9].*)?"
)
_WHO: Final = "填报|填表|制表|编制|审核|审批|负责|联系|经办|主管|单位负责"
_WHAT: Final = "单位|人|日期|时间|电话|备注|注|说明|盖章|意见"
_NOTE: Final = re.compile(rf"(?:(?:{_WHO})(?:{_WHAT})?|{_WHAT})(?:\(.{{0,12}}\))?:.*")


@dataclass(frozen=True, slots=True)
class Table:
    """A ledger found on a sheet. ``columns`` gives each field found its column number, from 1."""

    sheet: Sheet
    raw: RawSheet
    header_row: int
    columns: Mapping[str, int]
    repeated: tuple[Column, ...]

    @property
    def missing(self) -> tuple[Column, ...]:
        """Needed columns that are not there."""
        return tuple(column for column in self.sheet.needed if column.field not in self.columns)

    def data(self) -> list[tuple[int, dict[str, Value]]]:
        """Row number and filled cells by field, in order, of every row that is data."""
        own = self.raw.rows
        fields = {number: field for field, number in self.columns.items()}
        found = []
        for number, cells in sorted(self.raw.fill_down(self.header_row).items()):
            if self._is_data(own[number]):
                found.append(
                    (number, {fields[c]: v for c, v in cells.items() if c in fields and not is_blank(v)})
                )
        return found

    def _is_data(self, cells: Mapping[int, Value]) -> bool:
        filled = {column: value for column, value in cells.items() if not is_blank(value)}
        known = [column for column in self.columns.values() if column in filled]
        if not known:
            return False
        first = key_of(shown(filled[min(filled)]))
        if _TOTAL.fullmatch(first) or (len(known) <= 2 and _NOTE.fullmatch(first)):
            return False
        if len(self.columns) > 2 and _is_numbering(filled):
            return False
        headers = self.raw.rows[self.header_row]
        # A page header repeated in the middle; only text is compared, for speed.
        repeats = 0
        for column in known:
            value = filled[column]
            if isinstance(value, str) and key_of(value) == key_of(shown(headers.get(column))):
                repeats += 1
        return repeats < max(2, len(known) * _ALIKE)


def _is_numbering(filled: Mapping[int, Value]) -> bool:
    """A row that numbers the columns: 1, 2, 3, ... one in each."""
    values = [filled[column] for column in sorted(filled)]
    return len(values) > 3 and all(
        isinstance(value, Decimal) and value == count for count, value in enumerate(values, start=1)
    )


def _header_key(value: Value) -> str:
    return key_of(_REQUIRED_MARK.sub("", shown(value).strip()))


@dataclass(frozen=True, slots=True)
class NoTable:
    """A sheet titled as a ledger on which no header row was found."""

    sheet: Sheet
    raw: RawSheet


def find_table(raw: RawSheet, sheets: Iterable[Sheet] = SHEETS) -> Table | NoTable | None:
    """The ledger on this sheet; nothing when the sheet is none (instructions, word lists).

    The sheet's title decides where it names one ledger, else the headers do: the ledger with most headers
    found, and among equals the one with fewest left over.
    """
    title = key_of(raw.title)
    titled = next((sheet for sheet in sheets if key_of(sheet.title) == title), None)
    if titled is not None:
        return _best(raw, (titled,), _ALIKE_BY_TITLE) or (NoTable(titled, raw) if raw.rows else None)
    return _best(raw, tuple(sheets), _ALIKE)


def _best(raw: RawSheet, sheets: tuple[Sheet, ...], alike: float) -> Table | None:
    best: Table | None = None
    best_score = (0, 0.0)
    for number in sorted(raw.rows)[:HEADER_WITHIN]:
        headers = {column: _header_key(value) for column, value in raw.rows[number].items()}
        for sheet in sheets:
            table = _match(raw, sheet, number, headers)
            there = len(sheet.needed) - len(table.missing)
            share = there / len(sheet.needed)
            score = (len(table.columns), share)
            if there and share >= alike and score > best_score:
                best, best_score = table, score
    return best


def _match(raw: RawSheet, sheet: Sheet, row: int, headers: Mapping[int, str]) -> Table:
    columns: dict[str, int] = {}
    repeated = []
    for number in sorted(headers):
        column = sheet.by_key.get(headers[number])
        if column is None:
            continue
        if column.field in columns:
            repeated.append(column)
        else:
            columns[column.field] = number
    return Table(sheet, raw, row, columns, tuple(repeated))
