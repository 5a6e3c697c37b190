"""Needs, projects and resources: each step once, in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.kernel.clause import Clause
from domain.kernel.parties import Side
from domain.kernel.span import Span
from domain.livelihood import clauses
from domain.livelihood.events import (
    Category,
    ClaimDeclined,
    FundOfSource,
    FundSource,
    FundsStated,
    MilestonePlanned,
    MilestoneReached,
    NeedClaimed,
    NeedConfirmed,
    NeedMatched,
    NeedMet,
    NeedRaised,
    NeedReleased,
    NeedReturned,
    NeedRevised,
    NeedWithdrawn,
    ProjectAccepted,
    ProjectCompleted,
    ProjectOpened,
    ProjectRefused,
    ResourceCategory,
    ResourceOffered,
)
from domain.livelihood.need import Need, NeedPart
from domain.livelihood.project import Fund, Project
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
SENSES = {"gain": 4, "happiness": None, "security": 5}
CONFIRMED = NeedConfirmed(
    need_id="n-1", pairing_id="2025-v-b", confirmed_on=date(2025, 5, 3), rating=5, **SENSES
)
OF_NEED: dict[str, Any] = {"need_id": "n-1", "village": "v"}
CLAIMED = NeedClaimed(
    **OF_NEED, pairing_id="2025-v-b", branch="b", side=Side.UNIT, claimed_on=date(2025, 3, 10)
)
WITHDRAWN = NeedWithdrawn(
    **OF_NEED, pairing_id="", because="已自行解决", into=(), withdrawn_on=date(2025, 3, 11)
)


def match(on: date, of_village: bool = True) -> Any:
    return lambda n: n.match_need(
        pairing_id="2025-v-b", branch="b", of_village=of_village, matched_on=on, within=WITHIN, today=TODAY
    )


def raise_need(of_village: bool = True) -> Any:
    return lambda n: n.raise_need(**RAISE, of_village=of_village, today=TODAY)


def meet(on: date) -> Any:
    return lambda n: n.meet_need(met_on=on, today=TODAY)


def confirm(on: date, rating: int | None = 5) -> Any:
    return lambda n: n.confirm_need(confirmed_on=on, rating=rating, **SENSES, today=TODAY)


def test_steps_may_be_of_one_day() -> None:
    day = RAISED.raised_on
    matched = replace(MATCHED, matched_on=day)
    given(Need(), RAISED).when(match(day)).then(matched)
    given(Need(), RAISED, matched).when(meet(day)).then(replace(MET, met_on=day))


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


def test_a_claim_is_accepted_by_the_other_side_or_ended() -> None:
    day = date(2025, 3, 10)
    given(Need(), RAISED).when(
        lambda n: n.claim_need(
            pairing_id="2025-v-b", branch="b", of_village=True, within=WITHIN, side=Side.UNIT, today=day
        )
    ).then(CLAIMED)
    given(Need(), RAISED, CLAIMED).when(
        lambda n: n.accept_claim(side=Side.VILLAGE, within=WITHIN, today=day)
    ).then(MATCHED)
    given(Need(), RAISED, CLAIMED).when(
        lambda n: n.accept_claim(side=Side.UNIT, within=WITHIN, today=day)
    ).refused(clauses.ANSWERED_BY_THE_OTHER_SIDE)
    given(Need(), RAISED, CLAIMED).when(lambda n: n.decline_claim(because="力量不足", today=day)).then(
        ClaimDeclined(**OF_NEED, pairing_id="2025-v-b", branch="b", because="力量不足", declined_on=day)
    )


def test_a_claim_falls_with_a_match_by_the_office_or_a_withdrawal() -> None:
    for ended in (MATCHED, WITHDRAWN):
        given(Need(), RAISED, CLAIMED, ended).when(
            lambda n: n.decline_claim(because="力量不足", today=TODAY)
        ).refused(clauses.RECORDED_ONCE if ended is MATCHED else clauses.STILL_WANTED)


def test_a_need_that_is_handed_back_or_not_met_goes_on() -> None:
    released = NeedReleased(
        **OF_NEED, pairing_id="2025-v-b", branch="b", because="无此条件", released_on=date(2025, 3, 12)
    )
    returned = NeedReturned(
        **OF_NEED, pairing_id="2025-v-b", because="只修了一半", returned_on=date(2025, 5, 2)
    )
    given(Need(), RAISED, MATCHED).when(
        lambda n: n.release_need(because="无此条件", today=date(2025, 3, 12))
    ).then(released)
    again = replace(MATCHED, pairing_before="2025-v-b", matched_on=date(2025, 4, 1))
    given(Need(), RAISED, MATCHED, released).when(match(date(2025, 4, 1))).then(again)
    given(Need(), RAISED, MATCHED, MET).when(
        lambda n: n.return_need(returned_on=date(2025, 5, 2), because="只修了一半", today=TODAY)
    ).then(returned)
    given(Need(), RAISED, MATCHED, MET, returned).when(meet(date(2025, 5, 1))).then(MET)


def test_a_need_is_revised_split_or_withdrawn_until_it_is_met() -> None:
    day = date(2025, 3, 11)
    revised = NeedRevised(
        **OF_NEED,
        pairing_id="",
        category=Category.PUBLIC_SERVICES,
        content="销路",
        category_before=Category.INDUSTRY,
        content_before="农产品销售渠道",
        raised_on=date(2025, 3, 1),
        because="写错",
        revised_on=day,
    )
    parts = (NeedPart("XQ2025-2", Category.INDUSTRY, "销路"), NeedPart("XQ2025-3", Category.INDUSTRY, "冷库"))
    given(Need(), RAISED).when(
        lambda n: n.revise_need(category=Category.PUBLIC_SERVICES, content="销路", because="写错", today=day)
    ).then(revised)
    given(Need(), RAISED).when(lambda n: n.withdraw_need(because="已自行解决", today=day)).then(WITHDRAWN)
    given(Need(), RAISED).when(
        lambda n: n.split_need(parts=parts, because="已自行解决", part_ids=("n-2", "n-3"), today=day)
    ).then(replace(WITHDRAWN, into=("n-2", "n-3")))
    given(Need(), RAISED, MATCHED, MET).when(
        lambda n: n.withdraw_need(because="已自行解决", today=day)
    ).refused(clauses.NOT_MET_YET, "XQ2025-0001: 2025-05-01")


def test_what_the_village_refuses_goes_on_and_is_accepted_later() -> None:
    refused = ProjectRefused(
        project_id="pj-1",
        pairing_id="2025-v-b",
        completed_before=date(2025, 5, 20),
        because="路面开裂",
        refused_on=date(2025, 5, 22),
    )
    completed = given(Project(), OPENED, COMPLETED)

    def refuse(on: date) -> Any:
        return lambda p: p.refuse_project(refused_on=on, because="路面开裂", today=TODAY)

    completed.when(refuse(date(2025, 5, 22))).then(refused)
    completed.when(refuse(date(2025, 5, 19))).refused(clauses.IN_ORDER)
    given(Project(), OPENED, COMPLETED, ACCEPTED).when(refuse(date(2025, 6, 1))).refused(
        clauses.RECORDED_ONCE
    )
    again = given(Project(), OPENED, COMPLETED, refused)
    again.when(refuse(date(2025, 6, 1))).refused(clauses.COMPLETED_FIRST)
    later = ProjectCompleted(project_id="pj-1", pairing_id="2025-v-b", completed_on=date(2025, 6, 10))
    again.when(lambda p: p.complete_project(completed_on=date(2025, 6, 10), today=TODAY)).then(later)


def test_funds_come_to_the_budget_or_it_is_said_why_not() -> None:
    budget = OPEN["budget_cents"]
    of: dict[str, Any] = {"project_id": "pj-1", "pairing_id": "2025-v-b"}
    halves = (Fund(FundSource.UNIT, budget - 1), Fund(FundSource.COUNTY, 1))

    def state(funds: tuple[Fund, ...], because: str = "") -> Any:
        return lambda p: p.state_funds(funds=funds, because=because, today=TODAY)

    def stated(funds: tuple[Fund, ...], because: str = "") -> list[Any]:
        total = sum(each.amount_cents for each in funds)
        said = {"total_cents": total, "budget_cents": budget, "because": because, "stated_on": TODAY}
        parts = [
            FundOfSource(**of, source=each.source, amount_cents=each.amount_cents, stated_on=TODAY)
            for each in funds
        ]
        return [FundsStated(**of, **said), *parts]

    opened = given(Project(), OPENED)
    # The state keeps no funds: what is stated last stands.
    assert list(state(halves)(opened.state)) == stated(halves)
    opened.when(state(halves[:1])).refused(clauses.FUNDS_COME_TO_THE_BUDGET, "44999.99 ≠ 45000.00")
    assert list(state(halves[:1], "尚缺一分")(opened.state)) == stated(halves[:1], "尚缺一分")


def test_the_milestones_of_a_project_are_reached_once() -> None:
    of: dict[str, Any] = {"project_id": "pj-1", "pairing_id": "2025-v-b"}
    opened = given(Project(), OPENED)
    due = OPEN["planned_end_on"]
    planned = MilestonePlanned(**of, milestone=1, title="路基", due_on=due, planned_on=TODAY)
    opened.when(lambda p: p.plan_milestone(title="路基", due_on=due, today=TODAY)).then(planned)
    reached = MilestoneReached(**of, milestone=1, title="路基", reached_on=due)

    def reach(milestone: int) -> Any:
        return lambda p: p.reach_milestone(milestone=milestone, reached_on=due, today=TODAY)

    given(Project(), OPENED, planned).when(reach(1)).then(reached)
    given(Project(), OPENED, planned).when(reach(2)).refused(clauses.MILESTONE_OF_THE_PROJECT, "2")
    given(Project(), OPENED, planned, reached).when(reach(1)).refused(clauses.RECORDED_ONCE, "路基")
