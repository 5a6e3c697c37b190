"""From a county's workbooks to typed rows and named refusals.

Files are known by their sheets and headers, not by their names. Every row that is data ends
either in `Ledgers.rows` or, with each reason, in `Ledgers.refused`; nothing is dropped in silence and
nothing is guessed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from interface.ledgers import cells, problems
from interface.ledgers.checks import EarlierRows, Reading, check_row
from interface.ledgers.names import KnownPairings, Names
from interface.ledgers.problems import Problem, RefusedRow, refused
from interface.ledgers.rows import LedgerRow, RowSource
from interface.ledgers.sheets import SERIAL, SHEETS, Column, Kind, Sheet
from interface.ledgers.stated import before_the_fault
from interface.ledgers.tables import NoTable, Table, find_table
from interface.ledgers.workbook import Unreadable, Value, bytes_of, read_workbook

__all__ = [
    "KnownPairings",
    "LedgerFile",
    "Ledgers",
    "RefusedCells",
    "RefusedRow",
    "read_files",
    "read_ledger",
    "read_ledgers",
]


class Progress(Protocol):
    """Told how far the reading is: ``done`` of ``total`` files read, then rows checked."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A workbook to read: the name to show, and where it is or its bytes."""

    name: str
    content: Path | bytes


@dataclass(frozen=True, slots=True)
class RefusedCells:
    """A refused row as it was written, by field, so that it can be handed back in the same template."""

    sheet_key: str
    source: RowSource
    cells: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Ledgers:
    """What was read. ``rows`` in the order of the sheets' declaration, then of files and rows."""

    rows: Sequence[LedgerRow] = ()
    partial: Sequence[LedgerRow] = ()
    """Of refused rows, what they state before the step that is wrong."""
    refused: Sequence[RefusedRow] = ()
    refused_cells: Sequence[RefusedCells] = ()
    files: Sequence[str] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    """Data rows seen per sheet key, good and refused."""


def read_ledgers(
    folder: Path, progress: Progress | None = None, *, known: KnownPairings | None = None
) -> Ledgers:
    """Read every ``.xlsx`` file of a folder, in the order of their names; a single file may be given too.

    ``known`` holds pairings already on record, for a folder without a pairing ledger. Hidden files and lock
    files of spreadsheet programs are passed over; an old ``.xls`` is named as unreadable.
    """
    try:
        paths = [folder] if folder.is_file() else [p for p in folder.iterdir() if _is_workbook(p)]
    except OSError:
        paths = []
    if not paths:
        return Ledgers(refused=(refused(problems.NO_LEDGERS, file=folder.name),))
    return read_files([LedgerFile(path.name, path) for path in sorted(paths)], progress, known=known)


def read_ledger(
    content: Path | bytes,
    *,
    name: str | None = None,
    known: KnownPairings | None = None,
    progress: Progress | None = None,
) -> Ledgers:
    """Read one workbook, such as an upload; ``name`` is shown for it."""
    shown = name or (content.name if isinstance(content, Path) else "upload.xlsx")
    return read_files([LedgerFile(shown, content)], progress, known=known)


def _is_workbook(path: Path) -> bool:
    """Files meant as ledgers; .xls and .et are taken so that they can be refused by name."""
    return (
        path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".et")
        and not path.name.startswith((".", "~$"))
        and path.is_file()
    )


@dataclass(slots=True)
class _Found:
    """A table of one file with its data rows."""

    file: str
    table: Table
    order: int
    data: list[tuple[int, dict[str, Value]]]

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
        self._cells: list[RefusedCells] = []
        self._partial: list[LedgerRow] = []
        self._files: list[str] = []

    def _refuse(self, place: tuple[int, int, int, int], row: RefusedRow) -> None:
        """``place`` is the order of file, sheet, row and column, so errors are listed as a clerk reads."""
        self._refused.append((place, row))

    # --- files ----------------------------------------------------------------------------------------------

    def open(self, files: Sequence[LedgerFile]) -> None:
        """Find the tables of all files."""
        seen: set[bytes] = set()
        for order, file in enumerate(files):
            self._progress("files", order, len(files))
            self._files.append(file.name)
            self._open_one(order, file, seen)
        self._progress("files", len(files), len(files))
        self._report_missing_sheets()

    def _open_one(self, order: int, file: LedgerFile, seen: set[bytes]) -> None:
        tables: list[_Found] = []
        headless: list[tuple[int, RefusedRow]] = []
        try:
            data = bytes_of(file.content)
            sheets = read_workbook(data)
            digest = hashlib.sha256(data).digest()
            if digest in seen:
                self._refuse((order, 0, 0, 0), refused(problems.SAME_FILE, file=file.name))
                return
            seen.add(digest)
            for place, raw in enumerate(sheets):
                table = find_table(raw)
                if isinstance(table, NoTable):
                    row = refused(problems.MISSING_HEADER, file=file.name, sheet=raw.title)
                    headless.append((place, row))
                elif table is not None:
                    tables.append(_Found(file.name, table, order * 1_000 + place, table.data()))
        except Unreadable as error:
            self._refuse((order, 0, 0, 0), refused(error.problem, file=file.name))
            return
        self._tables.extend(tables)
        for place, row in headless:
            self._refuse((order, place, 0, 0), row)
        if not tables and not headless:
            self._refuse((order, 0, 0, 0), refused(problems.NO_LEDGER_IN_FILE, file=file.name))

    def _report_missing_sheets(self) -> None:
        """A workbook of several sheets that came without one of them, which is in no other file either."""
        there = {found.sheet.key for found in self._tables}
        there |= {s.key for s in SHEETS for _, row in self._refused if row.sheet == s.title}
        for sheet in SHEETS:
            sisters = [found for found in self._tables if found.sheet.workbook == sheet.workbook]
            if sheet.key not in there and sisters:
                first = sisters[0]
                row = refused(problems.MISSING_SHEET, file=first.file, sheet=sheet.title)
                self._refuse((first.order // 1_000, 999, 0, 0), row)

    # --- rows -----------------------------------------------------------------------------------------------

    def check(self) -> Ledgers:
        """Type and check all rows against themselves, the pairings, and each other."""
        names = Names(self._known)
        for found in self._tables:
            if found.sheet.key == "pairings":
                for _, cell in found.data:
                    names.learn(_plain_name(cell.get("unit")), _plain_name(cell.get("village")))
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
            refused_cells=tuple(self._cells),
            files=tuple(self._files),
            counts=dict(counts),
        )

    def _is_readable(self, found: _Found, names: Names) -> bool:
        """Whether the rows can be read at all; if not, one error for each column in the way."""
        table = found.table
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
        if table.missing or table.repeated:
            return False
        if names.nothing_known and found.data and found.sheet.key != "pairings":
            row = refused(problems.no_pairings(len(found.data)), file=found.file, sheet=table.raw.title)
            self._refuse((*divmod(found.order, 1_000), 0, 0), row)
            return False
        return True

    def _rows(self, found: _Found, names: Names, earlier: EarlierRows) -> Iterator[LedgerRow]:
        sheet, title = found.sheet, found.table.raw.title
        places = {column.header: place for place, column in enumerate(sheet.columns, start=1)} | {SERIAL: 0}
        for number, cell in found.data:
            reading, wrong = _read_row(sheet, cell)
            wrong.extend(names.check(sheet, reading))
            wrong.extend((sheet.by_field[name].header, what) for name, what in check_row(sheet, reading))
            wrong.extend(earlier.check(sheet, reading))
            source = RowSource(found.file, title, number)
            if not wrong:
                yield sheet.row_type(source=source, **reading.values)
                continue
            self._cells.append(RefusedCells(sheet.key, source, cell))
            fields = {column.header: column.field for column in sheet.columns}
            stated = before_the_fault(
                sheet, reading.values, {fields.get(header, header) for header, _ in wrong}
            )
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


def _read_row(sheet: Sheet, cell: Mapping[str, Value]) -> tuple[Reading, list[tuple[str, Problem]]]:
    """The typed values of a row, and header and problem of each cell that has none."""
    values: dict[str, Any] = {}
    wrong: list[tuple[str, Problem]] = []
    faulty: set[str] = set()
    for column in sheet.columns:
        value = cell.get(column.field)
        read: Any
        if value is None or cells.is_placeholder(value, marks_only=column.kind is Kind.TEXT):
            read = problems.REQUIRED if column.required else column.empty
        else:
            read = _read_cell(column, value)
        if isinstance(read, Problem):
            wrong.append((column.header, read))
            faulty.add(column.field)
            read = None
        values[column.field] = read
    return Reading(values, frozenset(faulty)), wrong


def _read_cell(column: Column, value: Value) -> Any:
    """The value of one filled cell in its column's type, or the problem."""
    match column.kind:
        case Kind.DATE:
            return cells.parse_date(value)
        case Kind.COUNT:
            return _within(column, cells.parse_count(value, column.units))
        case Kind.MONEY:
            return _within(column, cells.parse_money(value))
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
    return problems.out_of_range(column.what, column.header, column.low, column.high)
