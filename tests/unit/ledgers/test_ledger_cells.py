"""Cells: forgiving about how a thing is written, strict about what it says."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.ledgers import cells
from application.ledgers.problems import Problem
from application.ledgers.raw import CellError

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
WAYS = (
    "{y}年{m}月{d}日",
    "{y}年{m}月{d}号",
    "{y} 年 {m} 月 {d} 日",
    "{y}/{m}/{d}",
    "{y}.{m}.{d}",
    "{y}-{m:02}-{d:02} ",
    "\u3000{y}-{m:02}-{d:02}",
    "{y:04}{m:02}{d:02}",
    "{y}-{m:02}-{d:02} 00:00:00",
    "{y}-{m:02}-{d:02}T14:30:00",
    "{y}/{m}/{d} 9:05",
    "{y}年{m}月{d}日（星期三）",
)
FULL_WIDTH = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")


@given(DAYS, st.sampled_from(WAYS), st.booleans())
def test_a_day_is_read_however_it_is_written(day: date, way: str, is_full_width: bool) -> None:
    written = way.format(y=day.year, m=day.month, d=day.day)
    if is_full_width and ":" not in written:
        written = written.translate(FULL_WIDTH)
    assert cells.parse_date(written) == day


@given(DAYS, st.booleans())
def test_a_day_is_read_from_a_spreadsheets_day_number_and_from_a_compact_number(
    day: date, is_text: bool
) -> None:
    serial = (day - date(1899, 12, 30)).days
    compact = day.year * 10_000 + day.month * 100 + day.day
    for number in (serial, compact):
        assert cells.parse_date(str(number) if is_text else Decimal(number)) == day


@pytest.mark.parametrize(
    "written",
    [
        "去年三月",
        "25/1/6",
        "2025年3月",
        "3月5日",
        "2025-1/5",
        "待定",
        "2025",
        "1",
        "123456789",
        "2025-01-05至06",
    ],
)
def test_what_needs_a_guess_is_not_a_date(written: str) -> None:
    read = cells.parse_date(written)
    assert isinstance(read, Problem)
    assert (read.code, read.message) == ("invalid_date", "not a date")


@pytest.mark.parametrize("written", ["2025年2月30日", "2025-13-05", "20250431", "2025.0.1", "2025/2/29"])
def test_a_day_not_in_the_calendar_is_no_such_day(written: str) -> None:
    read = cells.parse_date(written)
    assert isinstance(read, Problem)
    assert (read.code, read.message) == ("invalid_date", "no such day")


@pytest.mark.parametrize("written", ["1925-01-05", "2205-01-05", date(1999, 12, 31), CellError("#REF!")])
def test_a_year_out_of_this_century_and_a_formula_error_are_invalid_dates(written: object) -> None:
    read = cells.parse_date(written)  # type: ignore[arg-type]
    assert isinstance(read, Problem)
    assert read.code == "invalid_date"


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("245人", 245),
        (" 641 ", 641),
        ("３１２", 312),
        ("1,234", 1234),
        ("12 人次", 12),
        ("7.0", 7),
        ("+5", 5),
    ],
)
def test_a_count_is_read_however_it_is_written(written: str, count: int) -> None:
    assert cells.parse_count(written) == count


@given(st.integers(0, 10**9))
def test_a_count_is_exact(count: int) -> None:
    assert cells.parse_count(Decimal(count)) == cells.parse_count(f"{count:,}人") == count


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("十几人", "invalid_number"),
        ("20多", "invalid_number"),
        ("10-20", "invalid_number"),
        ("12.5", "invalid_number"),
        ("1,23", "invalid_number"),
        ("٣", "invalid_number"),
        ("9" * 5_000, "invalid_number"),
        (CellError("#VALUE!"), "invalid_number"),
        (date(1900, 1, 21), "invalid_number"),
        ("－5", "negative"),
        (Decimal(-5), "negative"),
    ],
)
def test_a_count_that_is_none_is_refused(written: object, code: str) -> None:
    read = cells.parse_count(written)  # type: ignore[arg-type]
    assert isinstance(read, Problem)
    assert read.code == code


@given(st.integers(0, 10**12))
def test_money_in_wan_yuan_becomes_exact_cents(cents: int) -> None:
    written = Decimal(cents).scaleb(-6)
    assert cells.parse_money(written) == cells.parse_money(f"{written:f} 万元") == cents


def test_binary_noise_of_a_computed_amount_is_not_money() -> None:
    assert cells.parse_money(Decimal("0.30000000000000004")) == 300_000
    assert cells.parse_money(Decimal("70.599999999999994")) == 70_600_000


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("约三十万", "invalid_number"),
        ("0.0000001", "invalid_number"),
        ("-1.5", "negative"),
        ("5000元", "invalid_number"),
    ],
)
def test_an_amount_that_is_none_is_refused(written: str, code: str) -> None:
    read = cells.parse_money(written)
    assert isinstance(read, Problem)
    assert read.code == code


def test_text_loses_stray_and_invisible_characters_and_keeps_chinese_punctuation() -> None:
    assert (
        cells.parse_text("\u3000我为群众办实事：助农\u200b采收 \n 第２期\u202e ")
        == "我为群众办实事：助农采收 第2期"
    )
    assert cells.parse_name(" 王\u3000芳 ") == "王芳"
    assert cells.parse_name("Anna Li") == "Anna Li"
    assert cells.parse_number_id(" ｗｔ2025－001") == "ｗｔ2025－001"


def test_a_text_too_long_or_a_formula_error_is_refused() -> None:
    for read in (
        cells.parse_text("长" * 2_001),
        cells.parse_name("长" * 101),
        cells.parse_text(CellError("#N/A")),
    ):
        assert isinstance(read, Problem)
        assert read.code == "invalid_text"


@given(DAYS, st.integers(-400, 400))
def test_day_numbers_keep_distances(day: date, days: int) -> None:
    later = day + timedelta(days=days)
    if 2000 <= later.year <= 2099:
        first = cells.parse_date(str((day - date(1899, 12, 30)).days))
        second = cells.parse_date(str((later - date(1899, 12, 30)).days))
        assert isinstance(first, date) and isinstance(second, date)
        assert (second - first).days == days
