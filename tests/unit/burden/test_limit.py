"""The limit of what a village bears: from a month on, never backwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from domain.burden import clauses
from domain.burden.events import Burden, BurdenLimitSet
from domain.burden.limit import BurdenLimits
from tests.kit.given import given

TODAY = date(2025, 5, 2)
NONE: dict[str, Any] = {each.value: None for each in Burden}
MAY = BurdenLimitSet(month="2025-05", **{**NONE, "visits": 4}, because="减负", limited_on=TODAY)


def limit(month: str, **most: int) -> Callable[[BurdenLimits], Any]:
    return lambda its: its.set_burden_limit(month=month, **{**NONE, **most}, because="减负", today=TODAY)


def test_a_limit_holds_from_its_month_until_the_next() -> None:
    given(BurdenLimits()).when(limit("2025-05", visits=4)).then(MAY)
    given(BurdenLimits()).when(limit("2025-04", visits=4)).refused(clauses.NOT_BACKWARDS, "2025-04")
    given(BurdenLimits(), MAY).when(limit("2025-07", visits=4)).refused(clauses.LIMIT_DIFFERS)
    lifted = BurdenLimitSet(month="2025-07", **NONE, because="减负", limited_on=TODAY)
    given(BurdenLimits(), MAY).when(limit("2025-07")).then(lifted)
    limits = BurdenLimits().after(MAY).after(lifted)
    found = [limits.at(month) for month in ("2025-04", "2025-05", "2025-06", "2025-07")]
    assert found == [{}, {Burden.VISITS: 4}, {Burden.VISITS: 4}, {}]
