"""Working days against an oracle from elsewhere, and the sentence that says why it is this day."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.working_days import Rest, WorkingDays, YearDays
from domain.system.calendar_text import read_calendar
from domain.system.calendars import EDITION, YEARS, calendar_text, shipped, with_imported

FIRST, LAST = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)


def test_every_day_shipped_is_as_the_other_package_has_it() -> None:
    day, days = FIRST, 0
    while day <= LAST:
        assert shipped().is_working_day(day) is chinese_calendar.is_workday(day), day
        day, days = day + timedelta(days=1), days + 1
    assert days == 366 + 365 + 365


@pytest.mark.parametrize("year", YEARS)
def test_a_shipped_year_names_its_notice(year: int) -> None:
    read = read_calendar(calendar_text(year))
    assert f"关于{year}年部分节假日安排的通知（国办发明电" in read.source
    assert read.year == year and EDITION.startswith(f"shipped-{YEARS[-1]}.")


@given(st.dates(FIRST, date(2026, 6, 30)), st.integers(1, 60), st.booleans())
def test_the_nth_working_day_is_the_nth_one_counts(start: date, n: int, counting_start: bool) -> None:
    found = shipped().add_working_days(start, n, counting_start=counting_start)
    first = start if counting_start else start + timedelta(days=1)
    between = [first + timedelta(days=i) for i in range((found.day - first).days + 1)]
    assert [day for day in between if chinese_calendar.is_workday(day)] == list(found.counted)
    assert len(found.counted) == n and found.counted[-1] == found.day
    assert [each.day for each in found.skipped] == [
        day for day in between if not chinese_calendar.is_workday(day)
    ]
    assert not found.provisional


def test_why_this_date_is_said() -> None:
    found = shipped().add_working_days(date(2026, 2, 12), 5)
    assert found.day == date(2026, 2, 26)
    assert found.zh == (
        "自2026年2月12日起第5个工作日为2026年2月26日；跳过节假日2026年2月15日至2026年2月23日；2026年2月14日为调休上班日，计入"
    )
    assert found.en == (
        "working day 5 from 2026-02-12 is 2026-02-26; skipping holidays 2026-02-15 to 2026-02-23; "
        "2026-02-14 is worked in exchange and counts"
    )
    assert {each.rest for each in found.skipped} == {Rest.HOLIDAY}
    over = shipped().add_working_days(date(2026, 1, 9), 1)
    assert over.zh == "自2026年1月9日起第1个工作日为2026年1月12日；跳过周末2026年1月10日至2026年1月11日"


def test_a_year_nobody_arranged_has_weekends_and_is_provisional() -> None:
    found = shipped().add_working_days(date(2026, 12, 30), 5)
    assert (found.day, found.unarranged, found.provisional) == (date(2027, 1, 6), (2027,), True)
    assert "2027年节假日安排尚未导入，暂只除去周末" in found.zh
    assert "holidays of 2027 are not imported yet" in found.en
    nothing = WorkingDays()
    assert nothing.rest(date(2025, 10, 1)) is None and nothing.rest(date(2025, 10, 4)) is Rest.WEEKEND


def test_imported_years_stand_before_shipped_ones() -> None:
    none = frozenset[date]()
    mine = YearDays(2026, frozenset({date(2026, 3, 3)}), none, "notice", 2)
    mixed = with_imported((mine,))
    assert mixed.version == f"2026v2,{EDITION}"
    assert not mixed.is_working_day(date(2026, 3, 3)) and mixed.is_working_day(date(2026, 2, 16))
    assert not mixed.is_working_day(date(2025, 10, 1))
    every = with_imported(tuple(YearDays(year, none, none, "notice", 1) for year in YEARS))
    assert every.version == "2024v1,2025v1,2026v1"
    assert with_imported(()).version == EDITION


@pytest.mark.parametrize("n", [0, -1, 1001])
def test_a_number_that_is_none_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="say 1 to 1000"):
        shipped().add_working_days(FIRST, n)
