"""Importing holidays: versions, refusals, and what is known at a position."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.kernel.errors import Rejected
from domain.system import clauses
from domain.system.calendar import ImportedCalendar
from domain.system.calendar_text import read_calendar
from domain.system.calendars import calendar_text
from domain.system.events import CalendarImported
from tests.kit.given import given

DAY = date(2026, 11, 5)
IMPORTED = CalendarImported(
    year=2027,
    version=1,
    off_days=(date(2027, 1, 1), date(2027, 1, 2)),
    work_days=(date(2027, 1, 3),),
    source="通知",
    imported_by="kaohe",
    imported_on=DAY,
)


def importing(**changed: Any) -> Any:
    values: dict[str, Any] = {
        name: getattr(IMPORTED, name)
        for name in ("year", "off_days", "work_days", "source", "imported_by", "imported_on")
    }
    return lambda state: state.import_calendar(**{**values, **changed})


def test_an_import_is_a_version_and_the_next_one_differs() -> None:
    given(ImportedCalendar()).when(
        importing(off_days=(date(2027, 1, 2), date(2027, 1, 1), date(2027, 1, 1)))
    ).then(IMPORTED)
    given(ImportedCalendar(), IMPORTED).when(importing()).refused(clauses.CALENDAR_DIFFERS, "2027 v1")
    state = given(ImportedCalendar(), IMPORTED).state
    assert importing(work_days=())(state).version == 2


@pytest.mark.parametrize(
    ("changed", "clause", "saying"),
    [
        ({"off_days": (date(2028, 1, 1),)}, clauses.CALENDAR_WITHIN_YEAR, "2028-01-01"),
        ({"work_days": (date(2027, 1, 2),)}, clauses.OFF_OR_WORKED, "2027-01-02"),
        ({"work_days": (date(2027, 1, 4),)}, clauses.EXCHANGED_ON_WEEKENDS, "2027-01-04"),
    ],
)
def test_what_no_notice_says_is_refused(changed: dict[str, Any], clause: Any, saying: str) -> None:
    given(ImportedCalendar()).when(importing(**changed)).refused(clause, saying)


GOOD = calendar_text(2026)


@pytest.mark.parametrize(
    ("text", "saying"),
    [
        ("year = \nformat = 1", "line 1"),
        (GOOD.replace("format = 1", "format = 2"), "format = 2"),
        (GOOD.replace("year = 2026", 'year = "2026"'), "year = '2026'"),
        (GOOD.replace("source = ", "origin = "), "origin"),
        (GOOD.split("[[holiday]]")[0], "[[holiday]]"),
        (GOOD.replace('name = "春节"', 'name = ""'), "[[holiday]] 2.name"),
        (
            GOOD.replace("off = [2026-02-15, 2026-02-23]", "off = [2026-02-23, 2026-02-15]"),
            "[[holiday]] 2.off",
        ),
        (GOOD.replace("off = [2026-02-15, 2026-02-23]", "off = [2026-02-15, 2026-05-23]"), "98 days"),
        (GOOD.replace("off = [2026-02-15, 2026-02-23]", 'off = ["2026-02-15"]'), "[[holiday]] 2.off"),
        (GOOD.replace("work = [2026-01-04]", "worked = [2026-01-04]"), "[[holiday]] 1 worked"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(text: str, saying: str) -> None:
    with pytest.raises(Rejected) as refusal:
        read_calendar(text)
    assert refusal.value.clause.id == clauses.CALENDAR_READABLE.id
    assert saying in refusal.value.because
