"""The cut-off by record date: fixed for a day that has come, moved with a reason, never after publication."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from domain.assessment.year import clauses
from domain.assessment.year.cut_off import CutOff
from domain.assessment.year.events import CutOffSet, RunPublished
from tests.kit.given import given

DAY = date(2026, 1, 12)
WANTED: dict[str, Any] = {
    "year": 2025,
    "record_on": DAY - timedelta(days=2),
    "known_at": 8410,
    "because": "",
    "set_by": "kaohe",
    "today": DAY,
}
SET = CutOffSet(
    year=2025, record_on=DAY - timedelta(days=2), known_at=8410, because="", set_by="kaohe", set_on=DAY
)


def test_the_cut_off_is_set_and_moved_with_a_reason() -> None:
    given(CutOff()).when(lambda c: c.set_cut_off(**WANTED)).then(SET)
    given(CutOff(), SET).when(lambda c: c.set_cut_off(**WANTED)).refused(
        clauses.CUT_OFF_MOVED_WITH_REASON, "2026-01-10 / 2026-01-10"
    )
    moved = CutOffSet(year=2025, record_on=DAY, known_at=8500, because="大雪", set_by="kaohe", set_on=DAY)
    given(CutOff(), SET).when(
        lambda c: c.set_cut_off(**{**WANTED, "record_on": DAY, "known_at": 8500, "because": " 大雪 "})
    ).then(moved)


def test_a_day_to_come_is_no_cut_off() -> None:
    given(CutOff()).when(lambda c: c.set_cut_off(**{**WANTED, "record_on": DAY + timedelta(days=1)})).refused(
        clauses.CUT_OFF_REACHED, "2026-01-13 > 2026-01-12"
    )


def test_a_day_before_the_year_is_over_is_no_cut_off() -> None:
    for day, allowed in ((date(2025, 12, 31), True), (date(2025, 12, 30), False), (date(2025, 1, 10), False)):
        asked = given(CutOff()).when(lambda c, day=day: c.set_cut_off(**{**WANTED, "record_on": day}))
        if allowed:
            asked.then(CutOffSet(**{**SET.values(), "record_on": day}))
        else:
            asked.refused(clauses.CUT_OFF_AFTER_THE_YEAR, f"{day} < 2025-12-31")


def test_after_publication_it_stands() -> None:
    published = RunPublished(run_id="2025-1", year=2025, published_on=DAY)
    given(CutOff(), SET, published).when(lambda c: c.set_cut_off(**{**WANTED, "because": "改"})).refused(
        clauses.CUT_OFF_STANDS
    )
