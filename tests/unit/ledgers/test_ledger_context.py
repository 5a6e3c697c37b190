"""Cells are read with what stands around them: the workbook's day 0, merges, strikes, formulas, what is hidden."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from application.ledgers.cells import is_placeholder, parse_date
from application.ledgers.ledgers import Ledgers
from application.ledgers.problems import Problem
from application.ledgers.raw import EPOCH_1904, CellError, NoResult, day_of
from application.ledgers.rows import ActivityRow, PairingRow
from interface.ledgers.folder import files_in, readable_name
from interface.ledgers.reader import read_ledgers
from interface.ledgers.xlsx.workbook import read_workbook
from tests.unit.ledgers.ledger_books import header, other_pairing, pairing, right, write_book
from tests.unit.ledgers.test_ledger_files import MAIN, package, problem_of


def changed(tmp_path: Path, change: Any, **rows: list[dict[str, Any]]) -> Ledgers:
    """The right county, its workbook changed before it is read."""
    path = write_book(tmp_path / "台账.xlsx", {"pairings": [pairing(), other_pairing()], **rows})
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return read_ledgers(path)


def column_of(page: Any, name: str) -> int:
    return [cell.value for cell in page[2]].index(name) + 1


def told(rows: Any) -> list[tuple[str, int, str, str]]:
    return [(row.sheet, row.row, row.column, row.code) for row in rows]


# --- days ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("45716.99999999999", date(2025, 3, 1)),
        ("45716.999999995", date(2025, 3, 1)),
        ("45716.9999999", date(2025, 2, 28)),
        ("45717.00000000001", date(2025, 3, 1)),
        ("45717", date(2025, 3, 1)),
    ],
)
def test_a_day_number_is_read_to_the_millisecond(number: str, day: date) -> None:
    assert parse_date(Decimal(number)) == day
    assert parse_date(number) == day


def test_a_bare_day_number_counts_from_the_workbooks_own_day_0() -> None:
    assert parse_date(Decimal("44259"), EPOCH_1904) == date(2025, 3, 5)
    assert day_of(Decimal(2_958_465), EPOCH_1904) is None


@pytest.mark.parametrize(
    "written", ["2025-02-28T16:00:00.000Z", "2025-03-01T00:00:00+08:00", "2025-03-05 14:30:00z"]
)
def test_a_time_with_its_zone_is_asked_about(written: str) -> None:
    problem = parse_date(written)
    assert isinstance(problem, Problem) and problem.message.startswith("a time with its zone")


# --- numbers that would be expanded without end -------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["1e-3000000000", "1E+999999", "1e-300", "1e300", "1_000", "９", "Infinity", "0" * 999]
)
def test_a_number_no_ledger_means_is_an_error_of_its_cell(written: str) -> None:
    cell = f'<x:sheetData><x:row r="1"><x:c r="A1"><x:v>{written}</x:v></x:c></x:row></x:sheetData>'
    (sheet,) = read_workbook(package(cell))
    assert sheet.rows[1][1] == CellError(written[:100])


# --- what a cell says of itself -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('t="inlineStr"><x:v>20</x:v><x:is><x:t>20</x:t></x:is>', "20"),
        ('t="n"><x:is><x:t>20</x:t></x:is><x:v>20</x:v>', Decimal(20)),
        ("><x:f>10+10</x:f><x:v></x:v>", NoResult()),
        ("><x:f>10+10</x:f>", NoResult()),
        ('t="str"><x:f>A2</x:f>', NoResult()),
        ('t="str"><x:f>A2</x:f><x:v></x:v>', None),
        ('t="str"><x:v>_xD800_</x:v>', "\ufffd"),
    ],
)
def test_a_cell_has_one_value(cell: str, value: object) -> None:
    data = f'<x:sheetData><x:row r="1"><x:c r="A1" {cell}</x:c></x:row></x:sheetData>'
    (sheet,) = read_workbook(package(data))
    assert sheet.rows.get(1, {}).get(1) == value


def test_a_cell_written_twice_is_damage() -> None:
    cells = '<x:c r="A1"><x:v>1</x:v></x:c><x:c r="A1"><x:v>2</x:v></x:c>'
    data = package(f'<x:sheetData><x:row r="1">{cells}</x:row></x:sheetData>')
    assert problem_of(data) == ("broken_file", "one cell is written twice")


@pytest.mark.parametrize("field", ["participants", "persons_visited", "held_on", "theme"])
def test_a_formula_without_a_result_is_named_in_optional_cells_too(tmp_path: Path, field: str) -> None:
    row = right("activities", kind="走访慰问", persons_visited=3) | {field: "=1+1"}
    ledgers = changed(tmp_path, lambda book: None, activities=[row])
    assert told(ledgers.refused) == [("活动台账", 3, header("activities", field), "formula_without_result")]


@pytest.mark.parametrize("word", ["在任", "至今", "无", "暂无", "/", "-", "—", "N/A", "ｎ／ａ", "／", "－－"])
def test_words_for_empty(word: str) -> None:
    assert is_placeholder(word)
    assert is_placeholder(word, marks_only=True) == (word in "/-—／－－")


def test_a_word_for_empty_in_running_text_that_may_be_empty(tmp_path: Path) -> None:
    row = right("findings", measures="无", ordered_on=None, due_on="暂无", submitted_on="/")
    row |= dict.fromkeys(("reinspected_on", "reinspector", "reinspection", "closed_on", "order_number"), "—")
    (read,) = changed(tmp_path, lambda book: None, findings=[row]).rows[2:]
    assert read.measures is None  # type: ignore[attr-defined]


# --- merges -------------------------------------------------------------------------------------------------------


def test_a_text_merged_down_belongs_to_each_row_and_a_figure_to_none(tmp_path: Path) -> None:
    rows = [right("activities", theme=f"主题{n}", participants=30) for n in range(3)]

    def merge(book: Any) -> None:
        page = book["活动台账"]
        for name in ("联建单位", "参加人数"):
            at = column_of(page, name)
            page.merge_cells(start_row=3, end_row=4, start_column=at, end_column=at)

    ledgers = changed(tmp_path, merge, activities=rows)
    assert told(ledgers.refused) == [
        ("活动台账", 3, "参加人数", "merged_figure"),
        ("活动台账", 4, "参加人数", "merged_figure"),
    ]
    assert [row.source.row for row in ledgers.rows if isinstance(row, ActivityRow)] == [5]


def test_a_row_two_lines_high_keeps_its_figure(tmp_path: Path) -> None:
    def merge(book: Any) -> None:
        page = book["活动台账"]
        for at in range(1, page.max_column + 1):
            page.merge_cells(start_row=3, end_row=4, start_column=at, end_column=at)

    ledgers = changed(tmp_path, merge, activities=[right("activities")])
    assert (told(ledgers.refused), len(ledgers.rows)) == ([], 3)


# --- headings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("merged", [True, False])
def test_a_heading_of_groups_and_parts_is_read_as_one(tmp_path: Path, merged: bool) -> None:
    def split(book: Any) -> None:
        page = book["结对台账"]
        page.insert_rows(3)
        for post in ("兼职书记", "特邀委员"):
            at = column_of(page, post)
            for place, part in enumerate(("姓名", "到任日期", "离任日期")):
                page.cell(3, at + place).value = part
                if place:
                    page.cell(2, at + place).value = None
            if merged:
                page.merge_cells(start_row=2, end_row=2, start_column=at, end_column=at + 2)

    ledgers = changed(
        tmp_path, split, pairings=[pairing(part_time_secretary_ended_on=date(2025, 6, 30)), other_pairing()]
    )
    assert (told(ledgers.refused), told(ledgers.warnings)) == ([], [])
    first = ledgers.rows[0]
    assert isinstance(first, PairingRow)
    assert (first.part_time_secretary, first.invited_member) == ("甲某", "乙某")
    assert first.part_time_secretary_ended_on == date(2025, 6, 30)
    assert first.source.row == 4


def test_groups_over_a_whole_heading_change_nothing(tmp_path: Path) -> None:
    def group(book: Any) -> None:
        page = book["活动台账"]
        page.insert_rows(2)
        page["B2"].value = "基本情况"
        page.merge_cells("B2:F2")
        # Cells merged down over both rows of the heading have their text in the upper one.
        for at in (1, 7, 8, 9):
            page.cell(2, at).value, page.cell(3, at).value = page.cell(3, at).value, None
            page.merge_cells(start_row=2, end_row=3, start_column=at, end_column=at)

    ledgers = changed(tmp_path, group, activities=[right("activities")])
    assert (told(ledgers.refused), told(ledgers.warnings), len(ledgers.rows)) == ([], [], 3)


def test_every_filled_column_nobody_knows_is_named(tmp_path: Path) -> None:
    def add(book: Any) -> None:
        page = book["问题整改台账"]
        page.cell(2, column_of(page, "是否反弹")).value = "反弹"
        for place, name in enumerate(("备注", None, "空列"), start=22):
            page.cell(2, place).value = name
            page.cell(3, place).value = "x" if name != "空列" else None

    ledgers = changed(tmp_path, add, findings=[right("findings")])
    assert told(ledgers.warnings) == [
        ("问题整改台账", 2, "反弹", "unknown_column"),
        ("问题整改台账", 2, "备注", "unknown_column"),
        ("问题整改台账", 2, "W列", "unknown_column"),
    ]
    assert "是否反弹" in ledgers.warnings[0].message_zh
    assert (ledgers.refused, len(ledgers.rows)) == ((), 3)


def test_a_slip_in_a_heading_stops_its_sheet_and_no_other(tmp_path: Path) -> None:
    def misspell(book: Any) -> None:
        page = book["问题整改台账"]
        page.cell(2, column_of(page, "是否反弹")).value = "是否反弹回潮"

    ledgers = changed(
        tmp_path, misspell, findings=[right("findings", relapsed="是")], activities=[right("activities")]
    )
    assert told(ledgers.refused) == [("问题整改台账", 2, "是否反弹回潮", "unknown_column")]
    assert "resembles 是否反弹" in ledgers.refused[0].message
    assert len(ledgers.rows) == 3


# --- out of sight -------------------------------------------------------------------------------------------------


def test_a_hidden_sheet_is_passed_over_and_hidden_rows_and_columns_are_read(tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        book["督查单"].sheet_state = "veryHidden"
        page = book["活动台账"]
        page.row_dimensions[4].hidden = True
        page.column_dimensions["G"].hidden = True

    rows = [right("activities", theme=f"主题{n}") for n in range(2)]
    ledgers = changed(tmp_path, hide, activities=rows, slips=[right("slips")])
    assert sorted(told(ledgers.warnings)) == [
        ("活动台账", 0, "", "hidden_rows"),
        ("活动台账", 2, "参加人数", "hidden_column"),
        ("督查单", 0, "", "hidden_sheet"),
    ]
    assert (ledgers.refused, len(ledgers.rows)) == ((), 4)


def test_a_row_struck_through_is_void_and_one_struck_cell_is_asked_about(tmp_path: Path) -> None:
    def strike(book: Any) -> None:
        page = book["活动台账"]
        for cell in page[3]:
            cell.font = Font(strike=True)
        page.cell(4, column_of(page, "参加人数")).font = Font(strike=True)

    rows = [right("activities", theme=f"主题{n}") for n in range(3)]
    ledgers = changed(tmp_path, strike, activities=rows)
    assert told(ledgers.refused) == [("活动台账", 4, "参加人数", "struck_through")]
    assert told(ledgers.warnings) == [("活动台账", 0, "", "passed_over_struck")]
    assert len(ledgers.rows) == 3


def test_a_shared_text_with_a_struck_part_is_struck() -> None:
    strings = f'<sst xmlns="{MAIN}"><si><r><rPr><strike/></rPr><t>旧</t></r><r><t>新</t></r></si></sst>'
    cells = '<x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData>'
    (sheet,) = read_workbook(package(cells, strings_xml=strings))
    assert (sheet.rows[1][1], sheet.struck) == ("旧新", {1: {1}})


@pytest.mark.parametrize(
    ("first", "filled"),
    [("小计", 1), ("城关镇小计", 2), ("合  计", 3), ("全县合计：", 1), ("一、二月份共计（人次）", 4)],
)
def test_a_total_wherever_it_stands_is_no_data_and_told(tmp_path: Path, first: str, filled: int) -> None:
    def total(book: Any) -> None:
        page = book["活动台账"]
        page.cell(4, filled).value = first
        page.cell(4, column_of(page, "参加人数")).value = 32

    ledgers = changed(tmp_path, total, activities=[right("activities")])
    assert (ledgers.refused, told(ledgers.warnings)) == ((), [("活动台账", 0, "", "passed_over_total")])


def test_a_theme_that_ends_like_a_total_is_an_activity(tmp_path: Path) -> None:
    ledgers = changed(tmp_path, lambda book: None, activities=[right("activities", theme="年度工作小计")])
    assert (ledgers.refused, ledgers.warnings, len(ledgers.rows)) == ((), (), 3)


# --- files --------------------------------------------------------------------------------------------------------


def test_everything_in_the_folder_is_named(tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx", {"pairings": [pairing()]})
    for name in ("活动.CSV", "项目.ods", "通报.xlsb", ".~lock", "~$台账.xlsx", "说明.docx", ".活动.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "二季度").mkdir()
    (tmp_path / "断链.xlsx").symlink_to(tmp_path / "没有")
    ledgers = read_ledgers(tmp_path)
    assert sorted((row.file, row.code) for row in ledgers.refused) == [
        ("活动.CSV", "other_format"),
        ("通报.xlsb", "other_format"),
        ("项目.ods", "other_format"),
    ]
    assert sorted((row.file, row.code) for row in ledgers.warnings) == [
        (".~lock", "other_file"),
        (".活动.xlsx", "other_file"),
        ("~$台账.xlsx", "lock_file"),
        ("二季度", "folder"),
        ("断链.xlsx", "other_file"),
        ("说明.docx", "other_file"),
    ]


def test_very_many_things_beside_are_counted(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number:02}.jpg").write_bytes(b"")
    found = files_in(tmp_path)
    assert len(found.warnings) == 51
    assert found.warnings[-1].message.startswith("10 further files")


def test_a_name_in_gbk_is_readable_and_one_in_nothing_is_valid_text(tmp_path: Path) -> None:
    assert readable_name(os.fsdecode("活动台账.xlsx".encode("gbk"))) == "活动台账.xlsx"
    assert readable_name(os.fsdecode(b"a\xff\xff\n.xlsx")) == "a\ufffd\ufffd\ufffd.xlsx"
    data = write_book(tmp_path / "台账.xlsx", {"pairings": [pairing()]}).read_bytes()
    os.unlink(tmp_path / "台账.xlsx")
    for name in ("台账.xlsx".encode(), "台账.xlsx".encode("gbk")):
        (tmp_path / os.fsdecode(name)).write_bytes(data)
    assert sorted(read_ledgers(tmp_path).files) == ["台账.xlsx", "台账.xlsx (2)"]


@pytest.mark.parametrize("case", [str.upper, str.title, lambda name: name.replace("/", "\\")])
def test_parts_are_found_in_any_case_and_with_backslashes(tmp_path: Path, case: Any) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package("<x:sheetData/>"))) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(case(name), before.read(name))
    assert [sheet.title for sheet in read_workbook(out.getvalue())] == ["一"]


# --- attacks on the reader itself ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ("<x:a>" * 5_000_000, "broken_file"),
        ('<x:row r="1048577"/>', "broken_file"),
        ('<x:row r="1"><x:c r="XFE1"><x:v>1</x:v></x:c></x:row>', "broken_file"),
        ('<x:mergeCell ref="A1:B2"/>' * 60_000, "too_large"),
        (f"<!--{'x' * 3_000_000}-->", "too_large"),
        ("<x:c " + " ".join(f"a{n}='1'" for n in range(200_000)) + "/>", "too_large"),
    ],
    ids=["deep", "rows", "columns", "merges", "comment", "attributes"],
)
def test_a_sheet_without_measure_is_one_error(sheet: str, code: str) -> None:
    assert problem_of(package(sheet))[0] == code


def test_very_many_shared_strings_are_refused() -> None:
    strings = f'<sst xmlns="{MAIN}">{"<si/>" * 600_000}</sst>'
    assert problem_of(package("", strings_xml=strings))[0] == "too_large"


def test_a_negative_place_in_the_shared_strings_is_damage() -> None:
    cell = '<x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>-1</x:v></x:c></x:row></x:sheetData>'
    assert problem_of(package(cell))[0] == "broken_file"
