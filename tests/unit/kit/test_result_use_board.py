"""The board of uses of results: each event changes its own row, and the past stays readable."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from domain.assessment.year.events import (
    ResultUse,
    ResultUseCompleted,
    ResultUseOrdered,
    ResultUseReported,
    ResultUseWithdrawn,
)
from domain.kernel.event import Event
from projections.boards.assessment.result_uses import result_use_board, result_uses
from projections.kit.columns import known
from tests.kit.events import projected

DAY = date(2026, 2, 2)


def ordered(n: int) -> ResultUseOrdered:
    return ResultUseOrdered(
        use_id=f"use-{n}",
        year=2025,
        run_id="2025-1",
        use=ResultUse.CRITICISM,
        pairing_id=f"2025-v-{n}-b-{n}",
        branch=f"b-{n}",
        village=f"v-{n}",
        measure="通报批评",
        because="",
        due_on=DAY,
        ordered_by="kaohe",
        ordered_on=DAY,
    )


OF: dict[str, Any] = {"use_id": "use-1", "pairing_id": "2025-v-1-b-1", "branch": "b-1", "village": "v-1"}
REPORTED = ResultUseReported(**OF, account="已整改", accounted_by="danwei", accounted_on=DAY)
COMPLETED = ResultUseCompleted(**OF, account="属实", completed_by="fukao", completed_on=DAY)
WITHDRAWN = ResultUseWithdrawn(**OF, because="更正", withdrawn_by="kaohe", withdrawn_on=DAY)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (REPORTED, ("reported", "已整改", "danwei", None)),
        (COMPLETED, ("completed", "属实", "danwei", DAY)),
        (WITHDRAWN, ("withdrawn", "已整改", "danwei", DAY)),
    ],
)
def test_each_event_changes_its_own_row(last: Event, expected: tuple[Any, ...]) -> None:
    events = [ordered(1), ordered(2), REPORTED] + ([] if last is REPORTED else [last])
    engine, runner = projected([result_use_board], *events)
    c = result_uses.c
    query = select(c.status, c.account, c.reported_by, c.ended_on)
    with engine.connect() as connection:
        now = connection.execute(query.where(c.use_id == "use-1", known(result_uses, None))).one()
        other = connection.execute(query.where(c.use_id == "use-2", known(result_uses, None))).one()
        then = connection.execute(query.where(c.use_id == "use-1", known(result_uses, 2))).one()
    assert tuple(now) == expected
    assert tuple(other) == tuple(then) == ("ordered", "", "", None)
    assert runner.check() == []
