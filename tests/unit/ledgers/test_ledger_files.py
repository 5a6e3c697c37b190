"""Hostile and broken files: one clear error each, never a traceback, never much memory."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from application.ledgers.raw import CellError, Unreadable
from interface.ledgers.reader import read_ledgers
from interface.ledgers.xlsx import workbook
from interface.ledgers.xlsx.workbook import read_workbook
from tests.kit.examples import examples
from tests.unit.ledgers.ledger_books import pairing, read_ledger, right, write_book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = {
    "_rels/.rels": '<Relationships xmlns="r"><Relationship Id="a" Type="x/officeDocument" '
    'Target="/xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<x:workbook xmlns:x="{MAIN}" xmlns:r="rel"><x:sheets>'
    '<x:sheet name="一" sheetId="1" r:id="s"/></x:sheets></x:workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="r"><Relationship Id="s" Type="x/worksheet" '
    'Target="worksheets/a.xml"/><Relationship Id="t" Type="x/sharedStrings" Target="strings.xml"/>'
    '<Relationship Id="u" Type="x/styles" Target="styles.xml"/></Relationships>',
    "xl/strings.xml": f'<sst xmlns="{MAIN}"><si><r><t>日</t></r><r><t>期</t></r>'
    "<rPh><t>rìqī</t></rPh></si></sst>",
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" '
    'formatCode="yyyy&quot;年&quot;m"/><numFmt numFmtId="171" formatCode="0&quot;day&quot;"/></numFmts>'
    '<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>',
}


def package(sheet: str, **members: str) -> bytes:
    """An XLSX made by hand around the XML of one sheet's rows (and what follows them)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PACKAGE.items():
            archive.writestr(name, members.get(name.rsplit("/", 1)[-1].replace(".", "_"), text))
        archive.writestr("xl/worksheets/a.xml", f'<x:worksheet xmlns:x="{MAIN}">{sheet}</x:worksheet>')
    return out.getvalue()


def problem_of(data: bytes) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        read_workbook(data)
    return caught.value.problem.code, caught.value.problem.message


def test_every_way_the_format_writes_a_cell_is_understood() -> None:
    (sheet,) = read_workbook(
        package(
            '<x:dimension ref="A1:XFD1048576"/><x:sheetData><x:row r="3">'
            '<x:c r="A3" t="s"><x:v>0</x:v></x:c><x:c r="B3" s="1"><x:v>45658</x:v></x:c>'
            '<x:c r="C3" s="2"><x:v>45658.75</x:v></x:c><x:c r="D3" s="3"><x:v>45658</x:v></x:c>'
            '<x:c r="E3" t="str"><x:f>A1&amp;B1</x:f><x:v>文字_x000D_</x:v></x:c>'
            '<x:c r="F3" t="e"><x:v>#REF!</x:v></x:c><x:c r="G3" t="b"><x:v>1</x:v></x:c>'
            '<x:c r="H3" t="inlineStr"><x:is><x:t>行内</x:t></x:is></x:c>'
            '<x:c r="I3" t="d"><x:v>2025-01-05</x:v></x:c>'
            '<x:c r="AA3"><x:v>4.5E1</x:v></x:c></x:row>'
            '<x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>1E+999999</x:v></x:c><x:c t="s"/></x:row></x:sheetData>'
            '<x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells>'
        )
    )
    first = sheet.rows[3]
    assert (first[1], first[4], first[5], first[8]) == ("日期", Decimal(45658), "文字\r", "行内")
    assert (str(first[2]), str(first[3]), first[9], first[27]) == (
        "2025-01-01",
        "2025-01-01",
        "2025-01-05",
        Decimal(45),
    )
    assert (first[6], first[7]) == (CellError("#REF!"), "TRUE")
    assert sheet.rows[4] == {1: Decimal(1), 2: CellError("1E+999999")}
    assert sheet.merged == [(1, 1, 2, 2)]


def test_the_1904_calendar_of_some_workbooks_is_respected() -> None:
    book = PACKAGE["xl/workbook.xml"].replace("<x:sheets>", '<x:workbookPr date1904="1"/><x:sheets>')
    cell = '<x:sheetData><x:row r="1"><x:c r="A1" s="1"><x:v>44196</x:v></x:c></x:row></x:sheetData>'
    (sheet,) = read_workbook(package(cell, workbook_xml=book))
    assert str(sheet.rows[1][1]) == "2025-01-01"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a workbook",
        b"PK\x03\x04" + b"\x00" * 60,
        "姓名,日期".encode("gbk"),
        b"\xd0\xcf\x11\xe0\xa1\xb1" * 9,
    ],
    ids=["empty", "text", "cut", "csv", "old"],
)
def test_a_file_that_is_no_workbook_is_one_error(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(data)
    ledgers = read_ledgers(tmp_path)
    assert [(r.file, r.row, r.code) for r in ledgers.refused] == [("台账.xlsx", 0, "broken_file")]
    assert read_ledger(data, name="上传").refused[0].file == "上传"


def test_one_broken_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write_book(tmp_path / "a.xlsx", {"pairings": [pairing()], "activities": [right("activities")]})
    (tmp_path / "b.xlsx").write_bytes(b"broken")
    (tmp_path / "c.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    ledgers = read_ledgers(tmp_path)
    assert [(r.file, r.code) for r in ledgers.refused] == [
        ("b.xlsx", "broken_file"),
        ("c.xls", "broken_file"),
    ]
    assert len(ledgers.rows) == 2


def test_a_broken_pairing_ledger_is_told_once_and_its_villages_are_not_called_unknown(tmp_path: Path) -> None:
    rows = [right("activities", theme=f"主题{number}") for number in range(50)]
    write_book(tmp_path / "活动.xlsx", {"activities": rows})
    (tmp_path / "结对.xlsx").write_bytes(b"broken")
    assert [(r.file, r.code) for r in read_ledgers(tmp_path).refused] == [
        ("活动.xlsx", "no_pairings"),
        ("结对.xlsx", "broken_file"),
    ]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/a.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(80):
            member.write(b" " * 1024 * 1024)
    assert len(out.getvalue()) < 200_000
    assert problem_of(out.getvalue())[0] == "too_large"


def test_a_bomb_that_lies_about_its_size_is_refused_too() -> None:
    data = bytearray(package("<x:sheetData/>" + " " * 1_000_000))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = (
            data.rfind(b"xl/worksheets/a.xml")
            if signature == b"PK\x01\x02"
            else data.find(b"xl/worksheets/a.xml")
        )
        start = data.rfind(signature, 0, place)
        data[start + offset : start + offset + 4] = bytes(4)
    assert problem_of(bytes(data))[0] == "broken_file"


def test_many_members_many_sheets_and_one_sheet_shown_many_times_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(workbook.MAX_MEMBERS + 1):
            archive.writestr(f"{number}.xml", "")
    assert problem_of(out.getvalue())[0] == "too_large"
    sheets = "".join(f'<x:sheet name="{n}" sheetId="{n}" r:id="s"/>' for n in range(90))
    book = PACKAGE["xl/workbook.xml"].replace('<x:sheet name="一" sheetId="1" r:id="s"/>', sheets)
    assert problem_of(package("<x:sheetData/>" + " " * 1_000_000, workbook_xml=book))[0] == "too_large"
    assert (
        problem_of(package("", workbook_xml=book.replace("</x:sheets>", sheets + "</x:sheets>")))[0]
        == "too_large"
    )


def test_xml_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + PACKAGE["xl/strings.xml"]
    assert problem_of(package("", strings_xml=bomb)) == ("broken_file", "the file declares XML entities")


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(package("<x:sheetData/>"))
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/a.xml"))
    data[place + 8] |= 1
    assert problem_of(bytes(data))[0] == "broken_file"


@pytest.mark.parametrize(
    "sheet",
    [
        '<x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>7</x:v></x:c></x:row></x:sheetData>',
        '<x:sheetData><x:row r="x"/></x:sheetData>',
        '<x:sheetData><x:row r="1"><x:c r="?"><x:v>7</x:v></x:c></x:row></x:sheetData>',
        "<x:sheetData><x:row>",
        '<x:mergeCells><x:mergeCell ref="A1:"/><x:mergeCell/></x:mergeCells>',
        "<x:sheetData>\x00</x:sheetData>",
    ],
)
def test_a_damaged_sheet_is_one_error(sheet: str) -> None:
    assert problem_of(package(sheet))[0] == "broken_file"


def test_merged_ranges_over_everything_cost_nothing(tmp_path: Path) -> None:
    ranges = '<x:mergeCell ref="A1:XFD1048576"/>' * 1_000
    rows = "".join(f'<x:row r="{n}"><x:c r="A{n}"><x:v>1</x:v></x:c></x:row>' for n in range(1, 2_000))
    (sheet,) = read_workbook(
        package(f"<x:sheetData>{rows}</x:sheetData><x:mergeCells>{ranges}</x:mergeCells>")
    )
    assert len(sheet.fill_down(1)[0]) == 1_998
    sheet.merged[:] = [(2, 1, 1_048_576, 1)] * 1_000
    with pytest.raises(Unreadable, match="merged"):
        sheet.fill_down(1)


@examples(150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.integers(0, 1_000_000), byte=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_byte_never_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, position: int, byte: int, cut: bool
) -> None:
    data = bytearray(_whole_book(tmp_path_factory))
    place = position % len(data)
    if cut:
        del data[place:]
    else:
        data[place] = byte
    for row in read_ledger(bytes(data), name="台账.xlsx").refused:
        assert row.code and row.remedy


_BOOK: list[bytes] = []


def _whole_book(factory: pytest.TempPathFactory) -> bytes:
    if not _BOOK:
        rows = {"pairings": [pairing()], "activities": [right("activities")]}
        _BOOK.append(write_book(factory.mktemp("book") / "台账.xlsx", rows).read_bytes())
    return _BOOK[0]
