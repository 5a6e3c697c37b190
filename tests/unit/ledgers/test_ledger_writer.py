"""Ledgers out: the template is readable, and refused rows come back in it with what to correct."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from application.ledgers.ledgers import KnownPairings
from application.ledgers.rows import PairingRow
from application.ledgers.sheets import SHEETS, WORKBOOKS
from interface.ledgers.reader import read_ledgers
from interface.ledgers.writer import KnownNames, template, write_refused
from tests.unit.ledgers.ledger_books import (
    UNIT,
    VILLAGE,
    Row,
    pairing,
    read_ledger,
    read_rows,
    right,
    write_book,
)

MESSY = Path(__file__).parents[2] / "golden" / "messy"
KNOWN = KnownPairings(pairs=frozenset([(UNIT, VILLAGE)]), villages=frozenset([VILLAGE]))


def test_the_template_has_every_sheet_and_reads_as_an_empty_county(tmp_path: Path) -> None:
    names = KnownNames([UNIT, "云州水文站二队"], [VILLAGE])
    content = template(names=names, heading="石桥县2025年")
    ledgers = read_ledger(content)
    assert (ledgers.refused, ledgers.rows, ledgers.warnings) == ((), (), ())
    assert ledgers.counts == dict.fromkeys((sheet.key for sheet in SHEETS), 0)
    book = openpyxl.load_workbook(BytesIO(content))
    assert book["活动台账"]["A1"].value == "石桥县2025年支部联建活动台账"
    checks = {str(each.sqref): each for each in book["活动台账"].data_validations.dataValidation}
    assert checks["B3:B5000"].type == "date"
    assert checks["C3:C5000"].formula1 == "选项!$A$1:$A$2" and checks["D3:D5000"].formula1 == "选项!$B$1:$B$1"
    assert "走访慰问" in checks["E3:E5000"].formula1.strip('"').split(",")
    assert (checks["G3:G5000"].type, checks["G3:G5000"].formula1) == ("whole", "1")


@pytest.mark.parametrize("key", WORKBOOKS)
def test_the_template_of_one_workbook_is_complete_and_says_how_every_column_is_filled_in(key: str) -> None:
    content = template(WORKBOOKS[key], KnownNames([UNIT], [VILLAGE]))
    ledgers = read_ledger(content)
    assert (ledgers.refused, ledgers.rows, ledgers.warnings) == ((), (), ())
    guide = openpyxl.load_workbook(BytesIO(content))["填写说明"]
    told = [(row[0], row[1]) for row in guide.iter_rows(min_row=2, values_only=True)]
    assert told == [(sheet.title, each.header) for sheet in WORKBOOKS[key] for each in sheet.columns]


def test_the_examples_of_the_guide_are_right_rows(tmp_path: Path) -> None:
    guide = openpyxl.load_workbook(BytesIO(template()))["填写说明"]
    rows: dict[str, list[Row]] = {"pairings": [pairing()]}
    for sheet in SHEETS:
        lines = [row for row in guide.iter_rows(min_row=2, values_only=True) if row[0] == sheet.title]
        row = dict(zip((each.field for each in sheet.columns), (line[4] for line in lines), strict=True))
        rows[sheet.key] = [*rows.get(sheet.key, ()), row]
    del rows["pairings"][0]
    ledgers = read_ledger(write_book(tmp_path / "示例.xlsx", rows))
    assert (ledgers.refused, len(ledgers.rows)) == ((), len(SHEETS))


def test_each_refused_row_comes_back_once_with_all_its_reasons(tmp_path: Path) -> None:
    wrong = right("activities", kind=None, participants=-1)
    ledgers = read_rows(tmp_path, {"activities": [right("activities"), wrong]})
    assert write_refused(tmp_path / "退回.xlsx", ledgers.written, ledgers.refused) == 1
    page = openpyxl.load_workbook(tmp_path / "退回.xlsx")["活动台账"]
    headers = [cell.value for cell in page[2]]
    row = dict(zip(headers, page[3], strict=True))
    assert page.max_row == 3
    assert row["参加人数"].value == -1
    assert row["原因"].value == "活动类型：必填单元格为空\n参加人数：数量不能为负"
    assert row["如何改正"].value == "请填写此单元格。\n请填 0 或正整数。"
    assert row["出处"].value == "台账.xlsx 活动台账 第4行"
    assert row["参加人数"].fill.fgColor.rgb.endswith("FFF2CC")
    assert not row["活动主题"].fill.fgColor.rgb.endswith("FFF2CC")


def test_the_returned_workbook_corrected_is_read_as_it_is(tmp_path: Path) -> None:
    ledgers = read_rows(
        tmp_path, {"needs": [right("needs", rating=9)], "slips": [right("slips", colour="紫")]}
    )
    path = tmp_path / "退回.xlsx"
    write_refused(path, ledgers.written, ledgers.refused)
    assert [r.code for r in read_ledgers(path, known=KNOWN).refused] == ["out_of_range", "unknown_value"]
    book = openpyxl.load_workbook(path)
    book["需求清单"].cell(3, 10).value = 4
    book["督查单"].cell(3, 3).value = "红"
    book.save(path)
    again = read_ledgers(path, known=KNOWN)
    assert again.refused == ()
    assert [type(row).__name__ for row in again.rows] == ["NeedRow", "SlipRow"]


def test_the_untidy_county_comes_back_complete_and_wrong_as_before(tmp_path: Path) -> None:
    ledgers = read_ledgers(MESSY)
    pairings = [row for row in ledgers.rows if isinstance(row, PairingRow)]
    known = KnownPairings(
        pairs=frozenset((row.unit, row.village) for row in pairings),
        villages=frozenset(row.village for row in pairings),
    )
    assert write_refused(tmp_path / "退回.xlsx", ledgers.written, ledgers.refused) == 20
    again = read_ledgers(tmp_path, known=known)
    # The repeated row is alone now and therefore no longer a repetition.
    first = [(r.sheet, r.column, r.code) for r in ledgers.refused if r.code != "duplicate"]
    assert sorted((r.sheet, r.column, r.code) for r in again.refused) == sorted(first)


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    wrong = right("activities", theme="'", participants=-1)
    ledgers = read_rows(tmp_path, {"activities": [wrong]})
    cells = ledgers.written[-1].cells
    assert isinstance(cells, dict)
    cells["theme"] = '=HYPERLINK("http://example.invalid","x")\x01'
    write_refused(tmp_path / "退回.xlsx", ledgers.written, ledgers.refused)
    page = openpyxl.load_workbook(tmp_path / "退回.xlsx")["活动台账"]
    cell = page.cell(3, [c.value for c in page[2]].index("活动主题") + 1)
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://example.invalid","x")')


def test_an_optional_unit_comes_back_in_its_own_column(tmp_path: Path) -> None:
    ledgers = read_rows(tmp_path, {"slips": [right("slips", unit=pairing()["unit"], colour="紫")]})
    write_refused(tmp_path / "退回.xlsx", ledgers.written, ledgers.refused)
    page = openpyxl.load_workbook(tmp_path / "退回.xlsx")["督查单"]
    assert [cell.value for cell in page[2]] == [
        "序号",
        "联建村（社区）",
        "颜色",
        "日期",
        "联建单位",
        "原因",
        "如何改正",
        "出处",
    ]
    assert page.cell(3, 5).value == UNIT
