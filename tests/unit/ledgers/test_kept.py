"""What is left of a kept workbook when names in it are erased: everything but the names, the same bytes every time."""

from __future__ import annotations

import io
from itertools import permutations

import pytest
from openpyxl import Workbook

from interface.ledgers.kept import ERASED, is_copy, sheets_of, without


def book(*rows: list[object]) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    made.create_sheet("另页").append(["无"])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


BOOK = book(["姓名", "经过"], ["张 三", "张三、李四到村"], ["李\u200b四", 12], ["⾼五", "Sonam  Dorje 到会"])


def cells(content: bytes) -> list[list[str]]:
    first, other = sheets_of(content)
    assert (first.title, other.title) == ("Sheet", "另页")
    return [[str(value) for value in row.values()] for row in first.rows.values()]


def without_all(content: bytes, names: tuple[str, ...]) -> bytes:
    for name in names:
        copy = without(content, [name])
        assert copy is not None
        content = copy
    return content


def test_a_name_goes_however_it_is_written_and_the_rest_stays() -> None:
    copy = without(BOOK, ["张三"])
    assert copy is not None and is_copy(copy) and not is_copy(BOOK)
    assert cells(copy) == [
        ["姓名", "经过"],
        [ERASED, f"{ERASED}、李四到村"],
        ["李\u200b四", "12"],
        ["⾼五", "Sonam  Dorje 到会"],
    ]
    assert cells(without_all(BOOK, ("李四", "高五", "Sonam Dorje"))) == [
        ["姓名", "经过"],
        ["张 三", f"张三、{ERASED}到村"],
        [ERASED, "12"],
        [ERASED, f"{ERASED} 到会"],
    ]


def test_one_after_the_other_comes_to_the_same_in_any_order() -> None:
    names = ("张三", "李四", "高五", "Sonam Dorje")
    assert len({without_all(BOOK, order) for order in permutations(names)}) == 1
    assert without(BOOK, names) == without_all(BOOK, names)


@pytest.mark.parametrize(("content", "name"), [(BOOK, "王五"), (b"PK no workbook", "张三"), (b"", "张三")])
def test_where_nobody_of_the_name_is_there_is_no_copy(content: bytes, name: str) -> None:
    assert without(content, [name]) is None
