"""From a county's workbooks to typed rows and named refusals.

Files are known by their sheets and headers, not by their names. Every row that is data ends
either in `Ledgers.rows` or, with each reason, in `Ledgers.refused`; what is passed over, or read though it is
out of sight, is in `Ledgers.warnings`. Nothing is dropped in silence and nothing is guessed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

from application.ledgers import cells, problems
from application.ledgers.ledgers import KnownPairings, Ledgers, Workbook, WrittenRow
from application.ledgers.problems import Notice, Problem, RefusedRow, refused
from application.ledgers.raw import NoResult, RawSheet, Unreadable, Value
from application.ledgers.rows import LedgerRow, RowSource
from application.ledgers.sheets import GUIDE, LISTS, SERIAL, SHEETS, Column, Kind, Sheet
from interface.ledgers.checks import LISTED_WITH, EarlierRows, Reading, check_row
from interface.ledgers.folder import files_in, readable_name
from interface.ledgers.names import Names
from interface.ledgers.stated import before_the_fault
from interface.ledgers.tables import Contents, DataRow, NoTable, Table, find_table
from interface.ledgers.xlsx.workbook import bytes_of, read_workbook

MAX_CELLS_TOGETHER: Final = 1_000_000
MAX_BYTES_TOGETHER: Final = 256 * 1024 * 1024
"""Of all workbooks of one reading."""
NEARLY: Final = 0.75
"""How like a heading must be to one of the template's that is missing to be taken for a slip of the pen."""


class Progress(Protocol):
    """Told how far the reading is: ``done`` of ``total`` files read, then rows checked."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A workbook to read: the name to show, and where it is or its bytes."""

    name: str
    content: Path | bytes


def read_ledgers(
    folder: Path, progress: Progress | None = None, *, known: KnownPairings | None = None
) -> Ledgers:
    """Read every ``.xlsx`` file of a folder, in the order of their names; a single file may be given too.

    ``known`` holds pairings already on record, for a folder without a pairing ledger. Whatever else lies there is
    named: tables in another format are refused, other files and folders are passed over with a warning.
    """
    found = files_in(folder)
    files = [LedgerFile(name, path) for name, path in found.workbooks]
    read = read_files(files, progress, known=known) if files else Ledgers()
    none = () if files else (refused(problems.NO_LEDGERS, file=readable_name(folder.name)),)
    return replace(
        read,
        refused=(*none, *found.refused, *read.refused),
        warnings=(*found.warnings, *read.warnings),
    )


@dataclass(slots=True)
class _Found:
    """A table of one file with its data rows."""

    file: str
    table: Table
    order: int
    contents: Contents

    @property
    def data(self) -> Sequence[DataRow]:
        return self.contents.data

    @property
    def is_whole(self) -> bool:
        """Whether all columns are there once, and none is missed by a slip of the pen."""
        slips = any(column.likeness >= NEARLY for column in self.contents.unknown)
        return not (self.table.missing or self.table.repeated or slips)

    @property
    def sheet(self) -> Sheet:
        return self.table.sheet


def read_files(
    files: Sequence[LedgerFile], progress: Progress | None = None, *, known: KnownPairings | None = None
) -> Ledgers:
    """Read these workbooks as one set: villages and pairings of any of them are known to all."""
    reading = _Reading(known or KnownPairings(), progress or _silent)
    reading.open(files)
    return reading.check()


def _silent(step: str, done: int, total: int) -> None:
    """Progress nobody watches."""


class _Reading:
    """One run over a set of files."""

    def __init__(self, known: KnownPairings, progress: Progress) -> None:
        self._known = known
        self._progress = progress
        self._tables: list[_Found] = []
        self._refused: list[tuple[tuple[int, int, int, int], RefusedRow]] = []
        self._partial: list[LedgerRow] = []
        self._warnings: list[tuple[tuple[int, int, int, int], Notice]] = []
        self._written: list[WrittenRow] = []
        self._hidden: set[str] = set()
        self._cells = 0
        self._bytes = 0
        self._files: list[str] = []
        self._workbooks: dict[str, Workbook] = {}

    def _refuse(self, place: tuple[int, int, int, int], row: RefusedRow) -> None:
        """``place`` is the order of file, sheet, row and column, so errors are listed as a clerk reads."""
        self._refused.append((place, row))

    # --- files ----------------------------------------------------------------------------------------------

    def open(self, files: Sequence[LedgerFile]) -> None:
        """Find the tables of all files."""
        seen: set[str] = set()
        for order, file in enumerate(files):
            self._progress("files", order, len(files))
            self._files.append(file.name)
            self._open_one(order, file, seen)
        self._progress("files", len(files), len(files))
        self._report_missing_sheets()

    def _open_one(self, order: int, file: LedgerFile, seen: set[str]) -> None:
        tables: list[_Found] = []
        headless: list[tuple[int, RefusedRow]] = []
        try:
            data = bytes_of(file.content)
            sheets = read_workbook(data)
            digest = hashlib.sha256(data).hexdigest()
            if digest in seen:
                self._refuse((order, 0, 0, 0), refused(problems.SAME_FILE, file=file.name))
                return
            seen.add(digest)
            self._count(len(data), sheets)
            self._workbooks[file.name] = Workbook(digest, data)
            for place, raw in enumerate(sheets):
                table = find_table(raw)
                if isinstance(table, Table):
                    found = _Found(file.name, table, order * 1_000 + place, table.contents())
                    if raw.hidden:
                        self._pass_over(found)
                    else:
                        tables.append(found)
                elif isinstance(table, NoTable) and not raw.hidden:
                    row = refused(problems.MISSING_HEADER, file=file.name, sheet=raw.title)
                    headless.append((place, row))
                elif raw.rows and not raw.hidden and raw.title not in (GUIDE, LISTS):
                    unknown = refused(problems.UNKNOWN_SHEET, file=file.name, sheet=raw.title)
                    self._warn((order, place, 0, 0), unknown)
        except Unreadable as error:
            self._refuse((order, 0, 0, 0), refused(error.problem, file=file.name))
            return
        self._tables.extend(tables)
        for place, row in headless:
            self._refuse((order, place, 0, 0), row)
        if not tables and not headless:
            self._refuse((order, 0, 0, 0), refused(problems.NO_LEDGER_IN_FILE, file=file.name))

    def _count(self, size: int, sheets: Sequence[RawSheet]) -> None:
        """All files together may hold so many bytes and cells; what comes later is refused."""
        if self._bytes + size > MAX_BYTES_TOGETHER:
            raise Unreadable(problems.too_large("all files together are too large", "各文件合计过大"))
        self._bytes += size
        cells = sum(len(row) for sheet in sheets for row in sheet.rows.values())
        if self._cells + cells > MAX_CELLS_TOGETHER:
            raise Unreadable(
                problems.too_large("too many cells in all files together", "各文件单元格总数过多")
            )
        self._cells += cells

    def _pass_over(self, found: _Found) -> None:
        """A ledger on a hidden sheet is a draft or a leftover: what nobody sees is not counted."""
        self._hidden.add(found.sheet.key)
        self._tell(found, 0, problems.hidden_sheet(len(found.data)))

    def _warn(self, place: tuple[int, int, int, int], row: Notice) -> None:
        self._warnings.append((place, row))

    def _tell(self, found: _Found, row: int, problem: Problem, column: str = "") -> None:
        """A warning about a sheet, or about its heading."""
        notice = refused(problem, file=found.file, sheet=found.table.raw.title, row=row, column=column)
        self._warn((*divmod(found.order, 1_000), row, 0), notice)

    def _report_missing_sheets(self) -> None:
        """A workbook of several sheets that came without one of them, which is in no other file either."""
        there = {found.sheet.key for found in self._tables} | self._hidden
        there |= {s.key for s in SHEETS for _, row in self._refused if row.sheet == s.title}
        for sheet in SHEETS:
            sisters = [found for found in self._tables if found.sheet.workbook == sheet.workbook]
            if sheet.key not in there and sisters and not sheet.may_be_missing:
                first = sisters[0]
                row = refused(problems.MISSING_SHEET, file=first.file, sheet=sheet.title)
                self._refuse((first.order // 1_000, 999, 0, 0), row)

    # --- rows -----------------------------------------------------------------------------------------------

    def check(self) -> Ledgers:
        """Type and check all rows against themselves, the pairings, and each other."""
        names = Names(self._known)
        for found in self._tables:
            if found.sheet.key == "pairings":
                for row in found.data:
                    names.learn(_plain_name(row.cells.get("unit")), _plain_name(row.cells.get("village")))
            elif found.sheet.key == "parents":
                for row in found.data:
                    if any(row.cells.get(field) for field in LISTED_WITH):
                        names.learn_listed(_plain_name(row.cells.get("unit")))
        order = {sheet.key: place for place, sheet in enumerate(SHEETS)}
        total = sum(len(found.data) for found in self._tables)
        done = 0
        rows: list[LedgerRow] = []
        counts: Counter[str] = Counter()
        earlier = EarlierRows()
        for found in sorted(self._tables, key=lambda found: (order[found.sheet.key], found.order)):
            self._progress("rows", done, total)
            if self._is_readable(found, names):
                counts[found.sheet.key] += len(found.data)
                rows.extend(self._rows(found, names, earlier))
            done += len(found.data)
        self._progress("rows", total, total)
        return Ledgers(
            rows=tuple(rows),
            partial=tuple(self._partial),
            refused=tuple(row for _, row in sorted(self._refused, key=lambda item: item[0])),
            warnings=tuple(row for _, row in sorted(self._warnings, key=lambda item: item[0])),
            written=tuple(self._written),
            files=tuple(self._files),
            workbooks=self._workbooks,
            counts=dict(counts),
        )

    def _tell_what_is_odd(self, found: _Found) -> None:
        """Rows passed over, rows and columns out of sight that were read all the same."""
        table = found.table
        for kind, numbers in found.contents.passed_over.items():
            self._tell(found, 0, problems.passed_over(kind, numbers))
        hidden = [row.number for row in found.data if row.number in table.raw.hidden_rows]
        if hidden:
            self._tell(found, 0, problems.hidden_rows_read(hidden))
        for column in table.hidden_columns if found.data else ():
            self._tell(found, table.header_row, problems.HIDDEN_COLUMN, column.header)

    def _name_unknown_columns(self, found: _Found) -> None:
        """Every filled column that is not read. A heading so near one of the template's that the ledger would be wrong
        without it stops the sheet.
        """
        row = found.table.header_row
        for place, column in enumerate(found.contents.unknown):
            header = column.resembles.header if column.resembles else ""
            if column.likeness < NEARLY:
                self._tell(found, row, problems.unknown_column(column.rows, header), column.header)
                continue
            problem = problems.nearly_a_column(len(found.data), header)
            title = found.table.raw.title
            told = refused(problem, file=found.file, sheet=title, row=row, column=column.header)
            self._refuse((*divmod(found.order, 1_000), row, 100 + place), told)

    def _is_readable(self, found: _Found, names: Names) -> bool:
        """Whether the rows can be read at all; if not, one error for each column in the way."""
        table = found.table
        self._tell_what_is_odd(found)
        self._name_unknown_columns(found)
        for problem, columns in (
            (problems.MISSING_COLUMN, table.missing),
            (problems.REPEATED_COLUMN, table.repeated),
        ):
            for place, column in enumerate(columns):
                row = refused(
                    problem,
                    file=found.file,
                    sheet=table.raw.title,
                    row=table.header_row,
                    column=column.header,
                )
                self._refuse((*divmod(found.order, 1_000), table.header_row, place), row)
        if not found.is_whole:
            return False
        if names.nothing_known and found.data and found.sheet.key not in ("pairings", "parents"):
            row = refused(problems.no_pairings(len(found.data)), file=found.file, sheet=table.raw.title)
            self._refuse((*divmod(found.order, 1_000), 0, 0), row)
            return False
        return True

    def _rows(self, found: _Found, names: Names, earlier: EarlierRows) -> Iterator[LedgerRow]:
        sheet, title = found.sheet, found.table.raw.title
        places = {column.header: place for place, column in enumerate(sheet.columns, start=1)} | {SERIAL: 0}
        for data in found.data:
            number, cell = data.number, data.cells
            reading, wrong = _read_row(sheet, data, found.table.raw.epoch)
            strange = list(names.check(sheet, reading))
            wrong.extend(strange)
            wrong.extend((sheet.by_field[name].header, what) for name, what in check_row(sheet, reading))
            wrong.extend(earlier.check(sheet, reading))
            source = RowSource(found.file, title, number)
            self._written.append(WrittenRow(sheet.key, source, cell))
            if not wrong:
                yield sheet.row_type(source=source, **reading.values)
                continue
            fields = {column.header: column.field for column in sheet.columns}
            # A name that leads nowhere leaves in doubt what the row is about, whatever column it stands in.
            at = {fields.get(header, header) for header, _ in wrong}
            stated = None if strange else before_the_fault(sheet, reading.values, at)
            if stated is not None:
                self._partial.append(sheet.row_type(source=source, **stated))
            for header, problem in wrong:
                column = next((c for c in sheet.columns if c.header == header), None)
                value = cells.shown(cell.get(column.field)) if column else ""
                row = refused(
                    problem, file=found.file, sheet=title, row=number, column=header, value=value[:200]
                )
                self._refuse((*divmod(found.order, 1_000), number, places[header]), row)


def _plain_name(value: Value | None) -> str | None:
    if value is None or cells.is_placeholder(value):
        return None
    name = cells.parse_name(value)
    return name if isinstance(name, str) else None


def _read_row(sheet: Sheet, row: DataRow, epoch: date) -> tuple[Reading, list[tuple[str, Problem]]]:
    """The typed values of a row, and header and problem of each cell that has none."""
    values: dict[str, Any] = {}
    wrong: list[tuple[str, Problem]] = []
    faulty: set[str] = set()
    for column in sheet.columns:
        read = _read_field(column, row, epoch)
        if isinstance(read, Problem):
            wrong.append((column.header, read))
            faulty.add(column.field)
            read = None
        values[column.field] = read
    return Reading(values, frozenset(faulty)), wrong


def _read_field(column: Column, row: DataRow, epoch: date) -> Any:
    """The value of a row in one column, the column's own for an empty cell, or the problem."""
    value = row.cells.get(column.field)
    if column.field in row.struck:
        return problems.STRUCK
    # In running text that must be there, 无 is what somebody wrote.
    marks_only = column.kind is Kind.TEXT and column.required
    if value is None or cells.is_placeholder(value, marks_only=marks_only):
        return problems.REQUIRED if column.required else column.empty
    if isinstance(value, NoResult):
        return problems.WITHOUT_RESULT
    if column.kind in (Kind.COUNT, Kind.MONEY, Kind.HOURS) and column.field in row.shared:
        # Whether each row has so much, or all together, nobody can tell.
        return problems.MERGED_FIGURE
    return _read_cell(column, value, epoch)


def _read_cell(column: Column, value: Value, epoch: date) -> Any:
    """The value of one filled cell in its column's type, or the problem."""
    match column.kind:
        case Kind.DATE:
            return cells.parse_date(value, epoch)
        case Kind.COUNT:
            return _within(column, cells.parse_count(value, column.units))
        case Kind.MONEY:
            return _within(column, cells.parse_money(value))
        case Kind.HOURS:
            return _within(column, cells.parse_hours(value))
        case Kind.TEXT:
            return cells.parse_text(value)
        case Kind.NAME | Kind.UNIT | Kind.VILLAGE:
            return cells.parse_name(value)
        case Kind.NUMBER_ID:
            return cells.parse_number_id(value)
        case Kind.CHOICE | Kind.FLAG:
            word = column.words.get(cells.key_of(cells.shown(value)))
            if word is None:
                return problems.unknown_value(column.what, column.header, tuple(column.choices or ()))
            return word == "yes" if column.kind is Kind.FLAG else word


def _within(column: Column, number: int | Problem) -> int | Problem:
    if isinstance(number, Problem) or column.low <= number <= column.high:
        return number
    if column.kind is Kind.MONEY:
        most = column.high // cells.CENTS_PER_WAN
        return problems.out_of_range("the amount in 万元", column.header, 0, most)
    if column.kind is Kind.HOURS:
        return problems.out_of_range(column.what, column.header, 0, column.high // cells.HUNDREDTHS)
    return problems.out_of_range(column.what, column.header, column.low, column.high)
