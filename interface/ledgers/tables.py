"""Where the table is on a sheet: which ledger it is, its header row, its columns, and which rows are data.

Untidy hands add title rows, a 填报单位 row, totals, notes, blank formatted rows, page headers repeated in the
middle, and other columns. None of that is data and none of it is an error; what was passed over is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Final

from application.ledgers.cells import is_blank, key_of, shown, text_of
from application.ledgers.raw import RawSheet, Value
from application.ledgers.sheets import NOT_READ, SHEETS, Column, Sheet
from interface.ledgers.headings import Heading, one_row, two_rows

HEADER_WITHIN: Final = 40
"""The header row is looked for among this many filled rows."""

_ALIKE: Final = 0.6
_ALIKE_BY_TITLE: Final = 0.4
_RESEMBLES: Final = 0.5
_TOTAL_WORDS: Final = "合计|总计|小计|共计|累计|总数"
_TOTAL: Final = re.compile(rf"(?:本[页月季年县]|全[县年州])?(?:{_TOTAL_WORDS})(?:[:：(（0-9].*)?")
_TOTAL_OF: Final = re.compile(rf".{{0,20}}(?:{_TOTAL_WORDS})(?:[:：(（0-9].*)?")
_WHO: Final = "填报|填表|制表|编制|审核|审批|负责|联系|经办|主管|单位负责"
_WHAT: Final = "单位|人|日期|时间|电话|备注|注|说明|盖章|意见"
_NOTE: Final = re.compile(rf"(?:(?:{_WHO})(?:{_WHAT})?|{_WHAT})(?:\(.{{0,12}}\))?:.*")


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row that is data: its filled cells by field, and which of them need a second look."""

    number: int
    cells: Mapping[str, Value]
    struck: frozenset[str]
    """Fields struck through in a row that is not struck through as a whole."""
    shared: frozenset[str]
    """Fields whose cell is merged over several rows."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A filled column whose heading is none of the sheet's. ``resembles`` is a column that was not found."""

    header: str
    rows: int
    resembles: Column | None
    likeness: float


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands under the heading. ``passed_over`` gives row numbers by kind (total, note, ...)."""

    data: list[DataRow]
    passed_over: Mapping[str, list[int]]
    unknown: list[Unknown]


@dataclass(frozen=True, slots=True)
class Table:
    """A ledger found on a sheet. ``columns`` gives each field found its column number, from 1; ``header_row`` is the
    last row of the heading, ``headers`` what it says.
    """

    sheet: Sheet
    raw: RawSheet
    header_row: int
    headers: Mapping[int, Heading]
    columns: Mapping[str, int]
    repeated: tuple[Column, ...]

    @property
    def missing(self) -> tuple[Column, ...]:
        """Needed columns that are not there."""
        return tuple(column for column in self.sheet.needed if column.field not in self.columns)

    @property
    def hidden_columns(self) -> list[Column]:
        """Columns of the ledger that the sheet hides."""
        found = self.columns.items()
        return [self.sheet.by_field[name] for name, at in found if not self.raw.shows_column(at)]

    def contents(self) -> Contents:
        """Every row under the heading, as data or as passed over, and the columns nobody knows."""
        own = self.raw.rows
        fields = {number: name for name, number in self.columns.items()}
        filled_rows, spread = self.raw.fill_down(self.header_row)
        data: list[DataRow] = []
        passed_over: dict[str, list[int]] = {}
        others: Counter[int] = Counter()
        for number, cells in sorted(filled_rows.items()):
            filled = {column: value for column, value in own[number].items() if not is_blank(value)}
            known = [column for column in self.columns.values() if column in filled]
            if not known:
                continue
            struck = self.raw.struck.get(number, set())
            kind = "struck" if struck.issuperset(known) else self._no_data(filled, known)
            if kind:
                passed_over.setdefault(kind, []).append(number)
                continue
            others.update(column for column in filled if column not in fields)
            data.append(
                DataRow(
                    number,
                    {fields[c]: v for c, v in cells.items() if c in fields and not is_blank(v)},
                    frozenset(fields[c] for c in struck if c in fields),
                    frozenset(fields[c] for c in spread.get(number, ()) if c in fields),
                )
            )
        return Contents(data, passed_over, self._unknown(others))

    def _no_data(self, filled: Mapping[int, Value], known: list[int]) -> str:
        """Why a row with cells in the ledger's columns is none of its rows; empty for one that is."""
        first = key_of(shown(filled[min(filled)]))
        if _TOTAL.fullmatch(first) or self._is_subtotal(filled):
            return "total"
        if len(known) <= 2 and _NOTE.fullmatch(first):
            return "note"
        if len(self.columns) > 2 and _is_numbering(filled):
            return "numbering"
        # A page header repeated in the middle; only text is compared, for speed.
        repeats = 0
        for column in known:
            value, heading = filled[column], self.headers.get(column)
            if isinstance(value, str) and heading is not None and key_of(value) in heading.keys:
                repeats += 1
        return "heading" if repeats >= max(2, len(known) * _ALIKE) else ""

    def _is_subtotal(self, filled: Mapping[int, Value]) -> bool:
        """A total of a part (城关镇小计), wherever it stands: fewer than half of what a row must have is there."""
        required = [column for column in self.sheet.columns if column.required]
        there = sum(self.columns.get(column.field) in filled for column in required)
        if 2 * there >= len(required):
            return False
        texts = (key_of(value) for value in filled.values() if isinstance(value, str))
        return any(_TOTAL_OF.fullmatch(text) for text in texts)

    def _unknown(self, others: Mapping[int, int]) -> list[Unknown]:
        found = []
        for column, rows in sorted(others.items()):
            heading = self.headers.get(column)
            if heading is not None and heading.keys & NOT_READ:
                continue
            near, likeness = self._nearest(heading)
            found.append(Unknown(_named(heading, column), rows, near, likeness))
        return found

    def _nearest(self, heading: Heading | None) -> tuple[Column | None, float]:
        """The column of the template, not found on this sheet, whose header is most like ``heading``."""
        best: tuple[Column | None, float] = (None, 0.0)
        for column in self.sheet.columns if heading is not None else ():
            if column.field in self.columns:
                continue
            for key in heading.keys if heading is not None else ():
                likeness = SequenceMatcher(None, key[:60], key_of(column.header)).ratio()
                if likeness >= _RESEMBLES and likeness > best[1]:
                    best = (column, likeness)
        return best


def _named(heading: Heading | None, column: int) -> str:
    """The heading as written; the column's letters where it has none."""
    if heading is not None and (text := text_of(heading.text)):
        return text[:60]
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return f"{letters}列"


def _is_numbering(filled: Mapping[int, Value]) -> bool:
    """A row that numbers the columns: 1, 2, 3, ... one in each."""
    values = [filled[column] for column in sorted(filled)]
    return len(values) > 3 and all(
        isinstance(value, Decimal) and value == count for count, value in enumerate(values, start=1)
    )


@dataclass(frozen=True, slots=True)
class NoTable:
    """A sheet titled as a ledger on which no header row was found."""

    sheet: Sheet
    raw: RawSheet


def find_table(raw: RawSheet) -> Table | NoTable | None:
    """The ledger on this sheet; nothing when the sheet is none (instructions, word lists).

    The sheet's title decides where it names one ledger, else the headers do: the ledger with most headers
    found, and among equals the one with fewest left over.
    """
    title = key_of(raw.title)
    titled = next((sheet for sheet in SHEETS if key_of(sheet.title) == title), None)
    if titled is not None:
        return _best(raw, (titled,), _ALIKE_BY_TITLE) or (NoTable(titled, raw) if raw.rows else None)
    return _best(raw, SHEETS, _ALIKE)


def _best(raw: RawSheet, sheets: tuple[Sheet, ...], alike: float) -> Table | None:
    best: Table | None = None
    best_score = (0, 0.0)
    first = sorted(raw.rows)[:HEADER_WITHIN]
    # One row where it says as much: a title over the heading is no row of groups.
    for last, headers in (*(one_row(raw, n) for n in first), *two_rows(raw, first)):
        for sheet in sheets:
            table = _match(raw, sheet, last, headers)
            there = len(sheet.needed) - len(table.missing)
            share = there / len(sheet.needed)
            score = (len(table.columns), share)
            # What one finds in any list of units (单位, 上级单位) makes no ledger: without its title it has all it needs.
            enough = 1.0 if sheet.may_be_missing and len(sheets) > 1 else alike
            if there and share >= enough and score > best_score:
                best, best_score = table, score
    return best


def _match(raw: RawSheet, sheet: Sheet, row: int, headers: Mapping[int, Heading]) -> Table:
    columns: dict[str, int] = {}
    repeated = []
    for number in sorted(headers):
        column = next((sheet.by_key[k] for k in headers[number].spellings if k in sheet.by_key), None)
        if column is None:
            continue
        if column.field in columns:
            repeated.append(column)
        else:
            columns[column.field] = number
    return Table(sheet, raw, row, headers, columns, tuple(repeated))
