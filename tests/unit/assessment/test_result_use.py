"""What a published result leads to: ordered, reported by one person, found done by another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.assessment.year import clauses
from domain.assessment.year.events import (
    ResultUse,
    ResultUseCompleted,
    ResultUseOrdered,
    ResultUseRegistered,
    ResultUseReported,
    ResultUseWithdrawn,
)
from domain.assessment.year.result_use import ResultUsing, Standing, UsesOfResult, called_for, use_light
from domain.kernel.clause import Clause
from tests.kit.given import given
from tests.kit.persons import ALONE, same

DAY = date(2026, 2, 2)
ID: dict[str, Any] = {"use_id": "u-1", "pairing_id": "p-1", "branch": "b", "village": "v"}
BEST = Standing(
    run_id="r-1",
    year=2025,
    pairing_id="p-1",
    branch="b",
    village="v",
    published=True,
    best=True,
    worst=False,
    vetoed=False,
)
MIDDLE = replace(BEST, best=False)
WORST = replace(BEST, best=False, worst=True)
VETOED = replace(MIDDLE, vetoed=True)
ORDER: dict[str, Any] = {
    "use_id": "u-1",
    "use": ResultUse.COMMENDATION,
    "standing": BEST,
    "measure": "全县通报表扬",
    "because": "",
    "due_on": DAY + timedelta(days=30),
    "ordered_by": "kaohe",
    "ordered_on": DAY,
}
ORDERED = ResultUseOrdered(
    **ID,
    year=2025,
    run_id="r-1",
    use=ResultUse.COMMENDATION,
    measure="全县通报表扬",
    because="",
    due_on=DAY + timedelta(days=30),
    ordered_by="kaohe",
    ordered_on=DAY,
)
REGISTERED = ResultUseRegistered(
    use_id="u-1",
    run_id="r-1",
    use=ResultUse.COMMENDATION,
    pairing_id="p-1",
    measure="全县通报表扬",
    registered_on=DAY,
)
REPORTED = ResultUseReported(**ID, account="已通报", accounted_by="danwei", accounted_on=DAY)
COMPLETED = ResultUseCompleted(**ID, account="属实", completed_by="kaohe", completed_on=DAY)
WITHDRAWN = ResultUseWithdrawn(**ID, because="申诉后更正", withdrawn_by="kaohe", withdrawn_on=DAY)


def test_a_result_is_used_reported_and_completed() -> None:
    given(ResultUsing()).when(lambda u: u.order_result_use(**ORDER)).then(ORDERED)
    given(ResultUsing(), ORDERED).when(
        lambda u: u.report_result_use(account="已通报", accounted_by="danwei", accounted_on=DAY)
    ).then(REPORTED)
    given(ResultUsing(), ORDERED, REPORTED).when(
        lambda u: u.complete_result_use(account="属实", completed_by="kaohe", completed_on=DAY, persons=ALONE)
    ).then(COMPLETED)
    given(ResultUsing(), ORDERED, REPORTED).when(
        lambda u: u.withdraw_result_use(because="申诉后更正", withdrawn_by="kaohe", withdrawn_on=DAY)
    ).then(WITHDRAWN)


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        ({"standing": replace(BEST, published=False)}, clauses.USE_OF_PUBLISHED),
        ({"due_on": DAY - timedelta(days=1)}, clauses.USE_DUE_LATER),
        ({"standing": MIDDLE}, clauses.USE_REASONED),
        ({"standing": VETOED}, clauses.USE_REASONED),
        ({"use": ResultUse.CRITICISM}, clauses.USE_REASONED),
        ({"use": ResultUse.DUTY}, clauses.USE_REASONED),
    ],
)
def test_an_order_is_refused(change: dict[str, Any], clause: Clause) -> None:
    given(ResultUsing()).when(lambda u: u.order_result_use(**{**ORDER, **change})).refused(clause)


@pytest.mark.parametrize("standing", [MIDDLE, WORST, VETOED])
def test_what_the_grade_does_not_call_for_may_be_ordered_with_a_reason(standing: Standing) -> None:
    order = {**ORDER, "standing": standing, "because": "承办全州现场会"}
    given(ResultUsing()).when(lambda u: u.order_result_use(**order)).then(
        replace(ORDERED, because="承办全州现场会")
    )


def test_the_grade_calls_for_praise_or_for_criticism() -> None:
    assert called_for(BEST) == (ResultUse.COMMENDATION,)
    assert called_for(WORST) == called_for(VETOED) == (ResultUse.CRITICISM, ResultUse.TALK)
    assert called_for(MIDDLE) == ()
    assert called_for(replace(BEST, vetoed=True)) == (ResultUse.CRITICISM, ResultUse.TALK)


def test_the_same_measure_is_ordered_once() -> None:
    again: dict[str, Any] = {
        "use_id": "u-2",
        "use": ResultUse.COMMENDATION,
        "standing": BEST,
        "measure": " 全县通报表扬",
        "registered_on": DAY,
    }
    registered = given(UsesOfResult(), REGISTERED)
    registered.when(lambda u: u.register_result_use(**again)).refused(
        clauses.USE_ORDERED_ONCE, "全县通报表扬"
    )
    other = replace(REGISTERED, use_id="u-2", measure="奖金")
    registered.when(lambda u: u.register_result_use(**{**again, "measure": "奖金"})).then(other)


def test_who_reported_does_not_complete_and_nobody_completes_unreported() -> None:
    complete: dict[str, Any] = {
        "account": "属实",
        "completed_by": "danwei",
        "completed_on": DAY,
        "persons": ALONE,
    }
    given(ResultUsing(), ORDERED).when(lambda u: u.complete_result_use(**complete)).refused(
        clauses.USE_REPORTED_FIRST
    )
    given(ResultUsing(), ORDERED, REPORTED).when(lambda u: u.complete_result_use(**complete)).refused(
        clauses.USE_COMPLETED_BY_OTHERS, "danwei"
    )
    twice = {"completed_by": "kaohe", "persons": same("danwei", "kaohe")}
    given(ResultUsing(), ORDERED, REPORTED).when(
        lambda u: u.complete_result_use(**{**complete, **twice})
    ).refused(clauses.USE_COMPLETED_BY_OTHERS, "kaohe")


@pytest.mark.parametrize("end", [COMPLETED, WITHDRAWN])
def test_what_is_over_does_not_change(end: Any) -> None:
    over = given(ResultUsing(), ORDERED, REPORTED, end)
    over.when(lambda u: u.report_result_use(account="x", accounted_by="danwei", accounted_on=DAY)).refused(
        clauses.USE_OPEN
    )
    over.when(lambda u: u.withdraw_result_use(because="x", withdrawn_by="kaohe", withdrawn_on=DAY)).refused(
        clauses.USE_OPEN
    )


@pytest.mark.parametrize(
    ("status", "days", "light"),
    [
        ("ordered", -6, "green"),
        ("ordered", -5, "yellow"),
        ("reported", 0, "yellow"),
        ("reported", 1, "red"),
        ("completed", 9, "done"),
        ("withdrawn", 9, "done"),
    ],
)
def test_the_light_follows_from_the_day(status: str, days: int, light: str) -> None:
    assert use_light(status, DAY, DAY + timedelta(days=days)) == light
