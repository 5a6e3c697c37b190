"""Needs, projects and resources: each step once, in order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.kernel.clause import Clause
from domain.kernel.span import Span
from domain.livelihood import clauses
from domain.livelihood.events import (
    Category,
    NeedConfirmed,
    NeedMatched,
    NeedMet,
    NeedRaised,
    ProjectAccepted,
    ProjectCompleted,
    ProjectOpened,
    ResourceCategory,
    ResourceOffered,
)
from domain.livelihood.need import Need
from domain.livelihood.project import Project
from domain.livelihood.resource import Resource
from tests.kit.given import given

TODAY = date(2025, 12, 31)
WITHIN = Span(date(2025, 1, 10), date(2025, 11, 30))
RAISE: dict[str, Any] = {
    "need_id": "n-1",
    "number": "XQ2025-0001",
    "village": "v",
    "pairing_id": "",
    "category": Category.INDUSTRY,
    "content": "农产品销售渠道",
    "raised_on": date(2025, 3, 1),
}
RAISED = NeedRaised(**RAISE)
MATCHED = NeedMatched(
    need_id="n-1",
    village="v",
    pairing_id="2025-v-b",
    pairing_before="",
    branch="b",
    category=Category.INDUSTRY,
    raised_on=date(2025, 3, 1),
    matched_on=date(2025, 3, 10),
)
MET = NeedMet(need_id="n-1", pairing_id="2025-v-b", met_on=date(2025, 5, 1))
CONFIRMED = NeedConfirmed(need_id="n-1", pairing_id="2025-v-b", confirmed_on=date(2025, 5, 3), rating=5)


def match(on: date, of_village: bool = True) -> Any:
    return lambda n: n.match_need(
        pairing_id="2025-v-b", branch="b", of_village=of_village, matched_on=on, within=WITHIN, today=TODAY
    )


def raise_need(of_village: bool = True) -> Any:
    return lambda n: n.raise_need(**RAISE, of_village=of_village, today=TODAY)


def meet(on: date) -> Any:
    return lambda n: n.meet_need(met_on=on, today=TODAY)


def confirm(on: date, rating: int | None = 5) -> Any:
    return lambda n: n.confirm_need(confirmed_on=on, rating=rating, today=TODAY)


def test_a_need_goes_from_raised_to_confirmed() -> None:
    given(Need()).when(raise_need()).then(RAISED)
    given(Need(), RAISED).when(match(date(2025, 3, 10))).then(MATCHED)
    given(Need(), RAISED, MATCHED).when(meet(date(2025, 5, 1))).then(MET)
    given(Need(), RAISED, MATCHED, MET).when(confirm(date(2025, 5, 3))).then(CONFIRMED)


@pytest.mark.parametrize(
    ("before", "decision", "clause"),
    [
        ([], match(date(2025, 3, 10)), clauses.RAISED_FIRST),
        ([], raise_need(of_village=False), clauses.PAIRED_WITH_ITS_VILLAGE),
        ([RAISED], raise_need(), clauses.RECORDED_ONCE),
        ([RAISED], match(date(2025, 3, 10), of_village=False), clauses.PAIRED_WITH_ITS_VILLAGE),
        ([RAISED], match(date(2025, 2, 28)), clauses.IN_ORDER),
        ([RAISED], meet(date(2025, 5, 1)), clauses.MATCHED_FIRST),
        ([RAISED, MATCHED], match(date(2025, 3, 11)), clauses.RECORDED_ONCE),
        ([RAISED, MATCHED], meet(date(2025, 3, 9)), clauses.IN_ORDER),
        ([RAISED, MATCHED], meet(date(2026, 1, 1)), clauses.NOT_IN_THE_FUTURE),
        ([RAISED, MATCHED], confirm(date(2025, 5, 3)), clauses.MET_FIRST),
        ([RAISED, MATCHED, MET], meet(date(2025, 5, 2)), clauses.RECORDED_ONCE),
        ([RAISED, MATCHED, MET], confirm(date(2025, 4, 30)), clauses.IN_ORDER),
        ([RAISED, MATCHED, MET, CONFIRMED], confirm(date(2025, 5, 4)), clauses.RECORDED_ONCE),
    ],
)
def test_a_step_of_a_need_out_of_turn_is_refused(before: list[Any], decision: Any, clause: Clause) -> None:
    given(Need(), *before).when(decision).refused(clause)


OPEN: dict[str, Any] = {
    "project_id": "pj-1",
    "number": "XM2025-001",
    "pairing_id": "2025-v-b",
    "branch": "b",
    "village": "v",
    "name": "路灯亮化",
    "category": Category.LIVING_ENVIRONMENT,
    "budget_cents": 4_500_000,
    "started_on": date(2025, 2, 1),
    "planned_end_on": date(2025, 6, 1),
    "beneficiaries": 51,
}
OPENED = ProjectOpened(**OPEN)
THEN: dict[str, Any] = {"within": WITHIN, "today": TODAY}
COMPLETED = ProjectCompleted(project_id="pj-1", pairing_id="2025-v-b", completed_on=date(2025, 5, 20))
ACCEPTED = ProjectAccepted(project_id="pj-1", pairing_id="2025-v-b", accepted_on=date(2025, 5, 25))


def complete(on: date) -> Any:
    return lambda p: p.complete_project(completed_on=on, today=TODAY)


def accept(on: date) -> Any:
    return lambda p: p.accept_project(accepted_on=on, today=TODAY)


def test_a_project_goes_from_opened_to_accepted() -> None:
    given(Project()).when(lambda p: p.open_project(**OPEN, **THEN)).then(OPENED)
    given(Project(), OPENED).when(complete(date(2025, 5, 20))).then(COMPLETED)
    given(Project(), OPENED, COMPLETED).when(accept(date(2025, 5, 25))).then(ACCEPTED)


@pytest.mark.parametrize(
    ("before", "decision", "clause"),
    [
        ([OPENED], lambda p: p.open_project(**OPEN, **THEN), clauses.RECORDED_ONCE),
        (
            [],
            lambda p: p.open_project(**{**OPEN, **THEN, "planned_end_on": date(2025, 1, 1)}),
            clauses.IN_ORDER,
        ),
        ([], complete(date(2025, 5, 20)), clauses.OPENED_FIRST),
        ([], accept(date(2025, 5, 25)), clauses.OPENED_FIRST),
        ([OPENED], complete(date(2025, 1, 31)), clauses.IN_ORDER),
        ([OPENED], accept(date(2025, 5, 25)), clauses.COMPLETED_FIRST),
        ([OPENED, COMPLETED], complete(date(2025, 5, 21)), clauses.RECORDED_ONCE),
        ([OPENED, COMPLETED], accept(date(2025, 5, 19)), clauses.IN_ORDER),
        ([OPENED, COMPLETED, ACCEPTED], accept(date(2025, 5, 26)), clauses.RECORDED_ONCE),
    ],
)
def test_a_step_of_a_project_out_of_turn_is_refused(before: list[Any], decision: Any, clause: Clause) -> None:
    given(Project(), *before).when(decision).refused(clause)


@pytest.mark.parametrize("on", [date(2025, 1, 9), date(2025, 12, 1)])
def test_a_need_is_matched_and_a_project_started_while_the_pairing_lasts(on: date) -> None:
    raised = NeedRaised(**{**RAISE, "raised_on": date(2025, 1, 1)})
    given(Need(), raised).when(match(on)).refused(clauses.WITHIN_ITS_PAIRING, str(on))
    days = {"started_on": on, "planned_end_on": date(2026, 1, 31)}
    given(Project()).when(lambda p: p.open_project(**{**OPEN, **THEN, **days})).refused(
        clauses.WITHIN_ITS_PAIRING, str(on)
    )


def test_a_resource_is_listed_once() -> None:
    offer: dict[str, Any] = {
        "resource_id": "r-1",
        "branch": "b",
        "category": ResourceCategory.FUNDS,
        "content": "产业扶持资金",
        "offered_on": date(2025, 1, 5),
    }
    given(Resource()).when(lambda r: r.offer_resource(**offer, today=TODAY)).then(ResourceOffered(**offer))
    given(Resource(), ResourceOffered(**offer)).when(
        lambda r: r.offer_resource(**offer, today=TODAY)
    ).refused(clauses.RECORDED_ONCE, "产业扶持资金")
