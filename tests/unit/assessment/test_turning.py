"""A year is turned once its results and the next scheme are public, with what goes on said and known."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.assessment.year import clauses
from domain.assessment.year.events import RunPublished, YearTurned
from domain.assessment.year.turning import YearTurning
from tests.kit.given import given

DAY = date(2026, 2, 1)
GOING_ON = (("findings", 2),)
PUBLISHED = RunPublished(year=2025, run_id="r1", published_on=DAY)
TURNED = YearTurned(year=2025, leaves_behind=GOING_ON, turned_by="kaohe", turned_on=DAY)


def turn(**changes: Any) -> Any:
    said: dict[str, Any] = {"year": 2025, "next_scheme": True, "going_on": GOING_ON, "acknowledged": True}
    return lambda its: its.turn_year(**{**said, **changes}, turned_by="kaohe", today=DAY)


def test_a_year_is_turned_once_with_what_goes_on() -> None:
    given(YearTurning(), PUBLISHED).when(turn()).then(TURNED)
    given(YearTurning()).when(turn()).refused(clauses.TURNED_AFTER_PUBLICATION, "2025")
    given(YearTurning(), PUBLISHED).when(turn(next_scheme=False)).refused(
        clauses.TURNED_INTO_A_SCHEME, "2026"
    )
    given(YearTurning(), PUBLISHED, TURNED).when(turn()).refused(clauses.TURNED_ONCE, "2025")
    given(YearTurning(), PUBLISHED).when(turn(acknowledged=False)).refused(
        clauses.LEFT_BEHIND_ACKNOWLEDGED, "未销号的问题 2"
    )
