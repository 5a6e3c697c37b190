"""Folders of ledgers with what is wrong with a sheet or a file, by the name that stories call them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font

from tests.unit.ledgers.ledger_books import VILLAGE, Row, other_pairing, pairing, right, write_book

Build = Callable[[Path], object]
BOOK = "台账.xlsx"
ROWS = {"pairings": [pairing()], "activities": [right("activities")]}
ACTIVITIES = "活动台账"
TWO: Mapping[str, list[Row]] = {
    **ROWS,
    "activities": [right("activities"), right("activities", held_on="2025-04-01", reported_on="2025-04-02")],
}


def _edited(edit: Callable[[Any], None], folder: Path, *, rows: Mapping[str, list[Row]] = TWO) -> None:
    """The workbook with something done to it."""
    book = openpyxl.load_workbook(write_book(folder / BOOK, rows))
    edit(book)
    book.save(folder / BOOK)


def edited(edit: Callable[[Any], None]) -> Build:
    """As whoever keeps the ledger would do it."""
    return partial(_edited, edit)


def _set(cell: str, value: object) -> Build:
    def edit(book: Any) -> None:
        book[ACTIVITIES][cell] = value

    return edited(edit)


def _strike(cells: str) -> Build:
    def edit(book: Any) -> None:
        for row in book[ACTIVITIES][cells]:
            for cell in row:
                cell.font = Font(strike=True)

    return edited(edit)


def _append(*cells: object) -> Build:
    return edited(lambda book: book[ACTIVITIES].append(cells))


def _merge(cells: str) -> Build:
    return edited(lambda book: book[ACTIVITIES].merge_cells(cells))


def _hide_rows(book: Any) -> None:
    book[ACTIVITIES].row_dimensions[4].hidden = True


def _hide_column(book: Any) -> None:
    book[ACTIVITIES].column_dimensions["G"].hidden = True


def _hide_sheet(book: Any) -> None:
    book["督查单"].append([1, "上河村", "橙", "2025-08-08"])
    book["督查单"].sheet_state = "hidden"


def _drop_header(book: Any) -> None:
    book[ACTIVITIES].delete_rows(2)


def _drop_sheet(book: Any) -> None:
    del book["资源清单"]


def _draft_sheet(book: Any) -> None:
    book.create_sheet("草稿").append(["姓名", "工资"])


def _with_file(name: str, content: bytes) -> Build:
    def build(folder: Path) -> None:
        write_book(folder / BOOK, TWO)
        (folder / name).write_bytes(content)

    return build


def _with_folder(folder: Path) -> None:
    write_book(folder / BOOK, TWO)
    (folder / "旧台账").mkdir()


def _many_files(folder: Path) -> None:
    write_book(folder / BOOK, TWO)
    for number in range(60):
        (folder / f"照片{number:02}.jpg").write_bytes(b"jpeg")


def _twice(folder: Path) -> None:
    first = write_book(folder / BOOK, TWO)
    (folder / "台账 - 副本.xlsx").write_bytes(first.read_bytes())


def _payroll(folder: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "工资"])
    book.save(folder / "工资表.xlsx")


def _left_out(header: str) -> Build:
    return lambda folder: write_book(folder / BOOK, TWO, left_out=[header])


def _large(folder: Path) -> None:
    """Formatted to the last row, as a filter over whole columns leaves it."""
    _edited(lambda book: [book.create_sheet(f"表{number}") for number in range(300)], folder)


FILES: Mapping[str, Build] = {
    "right-files": lambda folder: write_book(folder / BOOK, TWO),
    "no-files": lambda folder: None,
    "broken-file": lambda folder: (folder / BOOK).write_bytes(b"PK no workbook"),
    "large-file": _large,
    "workbook-of-something-else": _payroll,
    "same-file-twice": _twice,
    "without-header": edited(_drop_header),
    "without-sheet": edited(_drop_sheet),
    "without-column": _left_out("填报日期"),
    "column-twice": _set("K2", "日期"),
    "column-nobody-knows": edited(
        lambda book: [book[ACTIVITIES].__setitem__(c, v) for c, v in (("K2", "备注"), ("K3", "见附件"))]
    ),
    "column-misspelt": _set("G2", "参加人数数"),
    "without-pairings": lambda folder: write_book(folder / BOOK, {**TWO, "pairings": []}),
    "formula-without-result": _set("G3", "=1+1"),
    "formula-error": _set("F3", "#REF!"),
    "cell-struck": _strike("F3:F3"),
    "row-struck": _strike("A3:J3"),
    "figure-merged": _merge("G3:G4"),
    "total": _append("合计", None, None, None, None, None, 40),
    "note": _append(None, "填报人：甲某"),
    "heading-again": edited(
        lambda book: book[ACTIVITIES].append([cell.value for cell in book[ACTIVITIES][2]])
    ),
    "numbering": edited(
        lambda book: (
            book[ACTIVITIES].insert_rows(3),
            [book[ACTIVITIES].cell(3, at + 1, at + 1) for at in range(len(book[ACTIVITIES][2]))],
        )
    ),
    "rows-hidden": edited(_hide_rows),
    "column-hidden": edited(_hide_column),
    "rows-wait": lambda folder: write_book(folder / BOOK, {**TWO, "pairings": [pairing(unit_class="社团")]}),
    "new-name": lambda folder: write_book(
        folder / BOOK,
        {"pairings": [pairing(), {**other_pairing(), "village": VILLAGE, "target_kind": "行政村"}]},
    ),
    "sheet-hidden": edited(_hide_sheet),
    "draft-sheet": edited(_draft_sheet),
    "csv-beside": _with_file("活动台账.csv", b"a,b"),
    "open-elsewhere": _with_file("~$台账.xlsx", b"lock"),
    "photo-beside": _with_file("照片.jpg", b"jpeg"),
    "many-photos-beside": _many_files,
    "folder-beside": _with_folder,
}
"""What stands in the folder, by name."""
