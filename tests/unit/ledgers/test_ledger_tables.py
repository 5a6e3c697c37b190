"""What untidy hands put on a sheet besides data is no data and no error; what is missing is one error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from application.ledgers.ledgers import KnownPairings
from interface.ledgers.reader import read_ledgers
from tests.unit.ledgers.ledger_books import (
    OTHER_VILLAGE,
    UNIT,
    VILLAGE,
    pairing,
    read_ledger,
    right,
    write_book,
)

KNOWN = KnownPairings(pairs=frozenset([(UNIT, VILLAGE)]), villages=frozenset([VILLAGE, OTHER_VILLAGE]))
ROWS = {"pairings": [pairing()], "activities": [right("activities"), right("activities", theme="志愿宣讲")]}


def edited(path: Path, edit: Callable[[Any], None], title: str = "活动台账") -> Path:
    """The right workbook with one of its pages changed by hand."""
    book = openpyxl.load_workbook(write_book(path, ROWS))
    edit(book[title])
    book.save(path)
    return path


def blank_formatted_rows(page: Any) -> None:
    for number in range(5, 900):
        page.cell(number, 2).number_format = "yyyy-mm-dd"
        page.cell(number, 3).value = "\u3000" if number % 2 else None


def numbered_empty_rows(page: Any) -> None:
    for number in range(5, 60):
        page.cell(number, 1).value = number - 2


def total_rows(page: Any) -> None:
    page.append(["合　计", None, None, None, None, None, 40])
    page.append([None, "本页小计：", None, None, None, None, 40])
    page.append(["总计（2次）"])


def notes(page: Any) -> None:
    page.append(["填报人：甲某", None, None, "审核人：乙某"])
    page.append(["备注：数据截至年底"])
    page.append(["制表: 丙某"])


def extra_column(page: Any) -> None:
    page.cell(2, 12).value = "备注"
    page.cell(3, 12).value = "照片已存档"
    page.cell(9, 12).value = "此列之外没有数据"


def page_header_again(page: Any) -> None:
    page.append([cell.value for cell in page[2]])
    page.append(["石桥县2025年支部联建活动台账（续）"])


def title_rows(page: Any) -> None:
    page.insert_rows(1, 3)
    page.cell(2, 1).value = "填报单位：石桥县联建办"


def column_numbers(page: Any) -> None:
    page.insert_rows(3)
    for number in range(1, 10):
        page.cell(3, number).value = number


def untidy_headers(page: Any) -> None:
    page.cell(2, 4).value = " 联建村\n(社区) *"
    page.cell(2, 2).value = "日 期"
    page.cell(2, 5).value = "*活动类型(必填)"


def column_order(page: Any) -> None:
    page.move_range("B2:B4", cols=12)


def merged_over_two_columns(page: Any) -> None:
    page.insert_cols(7)
    page.merge_cells("F3:G3")


@pytest.mark.parametrize(
    "edit",
    [
        blank_formatted_rows,
        numbered_empty_rows,
        total_rows,
        notes,
        extra_column,
        page_header_again,
        title_rows,
        column_numbers,
        untidy_headers,
        column_order,
        merged_over_two_columns,
    ],
)
def test_what_is_no_data_is_no_error(tmp_path: Path, edit: Callable[[Any], None]) -> None:
    ledgers = read_ledgers(edited(tmp_path / "台账.xlsx", edit))
    assert ledgers.refused == ()
    assert ledgers.counts["activities"] == 2
    assert len(ledgers.rows) == 3


def test_a_merged_cell_fills_its_rows_and_makes_none(tmp_path: Path) -> None:
    def merge(page: Any) -> None:
        page.merge_cells("C3:C40")
        page.merge_cells("B3:B4")

    ledgers = read_ledgers(edited(tmp_path / "台账.xlsx", merge))
    assert ledgers.refused == ()
    assert {row.unit for row in ledgers.rows} == {UNIT}  # type: ignore[attr-defined]
    assert ledgers.counts["activities"] == 2


def test_sheets_are_known_by_their_headers_whatever_they_and_the_file_are_called(tmp_path: Path) -> None:
    titles = {
        "activities": "Sheet1",
        "pairings": "Sheet2",
        "findings": "一季度",
        "meetings": "x",
        "slips": "y",
    }
    rows = {key: [right(key)] for key in ("pairings", "activities", "findings", "meetings", "slips")}
    ledgers = read_ledgers(write_book(tmp_path / "anything.XLSX", rows, titles=titles))
    assert ledgers.refused == ()
    assert {key: count for key, count in ledgers.counts.items() if count} == dict.fromkeys(rows, 1)
    assert {row.source.sheet for row in ledgers.rows} == set(titles.values())


def test_a_missing_required_column_is_one_error_naming_its_header(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", ROWS, left_out=["填报日期"])
    ledgers = read_ledgers(path)
    assert [(r.sheet, r.row, r.column, r.code) for r in ledgers.refused] == [
        ("活动台账", 2, "填报日期", "missing_column")
    ]
    assert len(ledgers.rows) == 1


def test_a_pairing_ledger_without_a_column_still_makes_its_villages_known(tmp_path: Path) -> None:
    ledgers = read_ledgers(write_book(tmp_path / "台账.xlsx", ROWS, left_out=["所属乡镇"]))
    assert [(r.sheet, r.column, r.code) for r in ledgers.refused] == [
        ("结对台账", "所属乡镇", "missing_column")
    ]
    assert len(ledgers.rows) == 2


def test_an_optional_column_may_be_missing(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", ROWS, left_out=["兼职书记离任日期", "序号"])
    assert read_ledgers(path).refused == ()


def test_two_columns_of_one_name_are_refused_rather_than_guessed(tmp_path: Path) -> None:
    def repeat(page: Any) -> None:
        page.cell(2, 11).value = "日期"

    ledgers = read_ledgers(edited(tmp_path / "台账.xlsx", repeat))
    assert [(r.sheet, r.row, r.column, r.code) for r in ledgers.refused] == [
        ("活动台账", 2, "日期", "repeated_column")
    ]


def test_a_ledger_sheet_without_header_is_one_error(tmp_path: Path) -> None:
    ledgers = read_ledgers(edited(tmp_path / "台账.xlsx", lambda page: page.delete_rows(2)))
    assert [(r.sheet, r.code) for r in ledgers.refused] == [("活动台账", "missing_header")]


def test_a_missing_sheet_is_one_error(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_book(tmp_path / "台账.xlsx", ROWS))
    del book["资源清单"]
    book.save(tmp_path / "台账.xlsx")
    ledgers = read_ledgers(tmp_path)
    assert [(r.file, r.sheet, r.row, r.code) for r in ledgers.refused] == [
        ("台账.xlsx", "资源清单", 0, "missing_sheet")
    ]
    assert len(ledgers.rows) == 3


def test_a_workbook_of_something_else_is_one_error(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "工资"])
    book.save(tmp_path / "工资表.xlsx")
    ledgers = read_ledgers(tmp_path)
    assert [(r.file, r.code) for r in ledgers.refused] == [("工资表.xlsx", "unknown_workbook")]


def test_rows_that_name_villages_wait_until_a_pairing_is_known(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", ROWS | {"pairings": []})
    alone = read_ledger(path)
    assert [(r.sheet, r.row, r.code) for r in alone.refused] == [("活动台账", 0, "no_pairings")]
    assert "2 rows" in alone.refused[0].message
    assert read_ledger(path, known=KNOWN).refused == ()


def test_the_same_file_twice_is_one_error_and_not_a_duplicate_per_row(tmp_path: Path) -> None:
    first = write_book(tmp_path / "台账.xlsx", ROWS)
    (tmp_path / "台账 - 副本.xlsx").write_bytes(first.read_bytes())
    ledgers = read_ledgers(tmp_path)
    assert [r.code for r in ledgers.refused] == ["duplicate_file"]
    assert len(ledgers.rows) == 3


def test_only_workbooks_are_read_and_an_empty_folder_is_one_error(tmp_path: Path) -> None:
    assert [r.code for r in read_ledgers(tmp_path).refused] == ["no_ledgers"]
    assert [r.code for r in read_ledgers(tmp_path / "nowhere").refused] == ["no_ledgers"]
    write_book(tmp_path / "台账.xlsx", ROWS)
    (tmp_path / "~$台账.xlsx").write_bytes(b"lock")
    (tmp_path / "errors.json").write_text("[]")
    assert read_ledgers(tmp_path).refused == ()
