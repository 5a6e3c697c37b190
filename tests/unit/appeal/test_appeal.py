"""An appeal from filing to its decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from domain.appeal import clauses
from domain.appeal.appeal import Appeal
from domain.appeal.contested_thing import ContestedThing
from domain.appeal.events import (
    AppealAdmitted,
    AppealDecided,
    AppealFiled,
    AppealNumbered,
    AppealRefused,
    AppealRegistered,
    AppealWithdrawn,
    Outcome,
    Side,
)
from domain.appeal.numbers import AppealNumbers
from domain.appeal.target import Matter, Target
from domain.kernel.clause import Clause
from domain.kernel.event import Event
from tests.kit.given import given

ID: dict[str, Any] = {"appeal_id": "ap-1", "pairing_id": "p-1"}
LINE = Target(
    year=2025,
    pairing_id="p-1",
    branch="b",
    village="v",
    run_id="r-1",
    indicator="C2",
    points_hundredths=525,
    known_at=8410,
    known_on=date(2026, 1, 20),
    facts_digest="f-1",
)
FINDING = replace(LINE, run_id="", indicator="", finding_id="f-1", points_hundredths=None)
FILED_FROM: dict[str, Any] = {
    **ID,
    "number": "SS2026-001",
    "year": 2025,
    "branch": "b",
    "village": "v",
    "side": Side.UNIT,
    "run_id": "r-1",
    "indicator": "C2",
    "finding_id": "",
    "filed_on": date(2026, 2, 1),
    "filed_by": "县林业局",
    "grounds": "第一季度活动漏登",
    "contested_points_hundredths": 525,
    "known_at": 8410,
    "facts_digest": "f-1",
}
FILED = AppealFiled(**FILED_FROM)
AGAINST_FINDING = replace(FILED, run_id="", indicator="", finding_id="f-1", contested_points_hundredths=None)
DEDUCTION = replace(FILED, indicator="M1", contested_points_hundredths=200)
ADMITTED = AppealAdmitted(**ID, admitted_on=date(2026, 2, 3), due_on=date(2026, 3, 5))
REFUSED = AppealRefused(**ID, refused_on=date(2026, 2, 3), because="超期")
WITHDRAWN = AppealWithdrawn(**ID, withdrawn_on=date(2026, 2, 4))
ACTING = {"fuhe", "p-fuhe"}
MATTER = Matter(involved={"ducha", "p-ducha"}, standing=(525, 525), maximum_hundredths=700)
GONE = replace(MATTER, stands=False)
TAKEN_OFF = replace(MATTER, standing=(200,), takes_off=True)
DECIDE: dict[str, Any] = {
    "decided_on": date(2026, 2, 20),
    "outcome": Outcome.VARIED,
    "reasons": "经核实，第一季度活动属实",
    "corrected_points_hundredths": 700,
    "acting": ACTING,
    "matter": MATTER,
}
DECIDED = AppealDecided(
    **ID,
    number="SS2026-001",
    year=2025,
    run_id="r-1",
    indicator="C2",
    finding_id="",
    decided_on=date(2026, 2, 20),
    outcome=Outcome.VARIED,
    reasons="经核实，第一季度活动属实",
    corrected_points_hundredths=700,
)


def file(on: date = date(2026, 2, 1), grounds: str = "第一季度活动漏登", **other: Any) -> Any:
    return lambda a: a.file_appeal(
        appeal_id="ap-1",
        number="SS2026-001",
        target=replace(LINE, **other),
        side=Side.UNIT,
        filed_on=on,
        filed_by="县林业局",
        grounds=grounds,
    )


def decide(**other: Any) -> Any:
    return lambda a: a.decide_appeal(**{**DECIDE, **other})


def admit(appeal: Appeal, acting: Any = frozenset(ACTING), matter: Matter = MATTER) -> Event:
    return appeal.admit_appeal(admitted_on=date(2026, 2, 3), acting=acting, matter=matter)


def refuse(
    appeal: Appeal, because: str = "超期", acting: Any = frozenset(ACTING), matter: Matter = MATTER
) -> Event:
    return appeal.refuse_appeal(refused_on=date(2026, 2, 3), because=because, acting=acting, matter=matter)


def withdraw(appeal: Appeal, side: Side = Side.UNIT) -> Event:
    return appeal.withdraw_appeal(withdrawn_on=date(2026, 2, 4), side=side)


@pytest.mark.parametrize(
    ("before", "decision", "event"),
    [
        ([], file(), FILED),
        ([FILED], admit, ADMITTED),
        ([FILED], refuse, REFUSED),
        ([FILED], withdraw, WITHDRAWN),
        ([FILED, ADMITTED], withdraw, WITHDRAWN),
        ([FILED, ADMITTED], decide(), DECIDED),
        ([FILED, ADMITTED], partial(refuse, matter=GONE), REFUSED),
    ],
)
def test_a_step_in_turn(before: list[Event], decision: Any, event: Event) -> None:
    given(Appeal(), *before).when(decision).then(event)


@pytest.mark.parametrize(
    ("before", "decision", "clause"),
    [
        ([FILED], file(), clauses.FILED_ONCE),
        ([], file(finding_id="f-1"), clauses.ONE_TARGET),
        ([], file(indicator=""), clauses.ONE_TARGET),
        ([], file(stands=False), clauses.STILL_STANDS),
        ([], file(on=date(2026, 2, 20)), clauses.FILED_IN_TIME),
        ([], admit, clauses.FILED_FIRST),
        ([FILED, ADMITTED], admit, clauses.STILL_UNDECIDED),
        ([FILED, ADMITTED], refuse, clauses.STILL_UNDECIDED),
        ([FILED, REFUSED], admit, clauses.STILL_UNDECIDED),
        ([FILED, WITHDRAWN], withdraw, clauses.STILL_UNDECIDED),
        ([FILED, ADMITTED, DECIDED], decide(), clauses.STILL_UNDECIDED),
        ([FILED], decide(), clauses.ADMITTED_FIRST),
        ([FILED, ADMITTED], decide(acting={"ducha", "p-other"}), clauses.RECUSAL),
        ([FILED, ADMITTED], decide(acting={"ducha-2", "p-ducha"}), clauses.RECUSAL),
        ([FILED], partial(admit, acting={"ducha"}), clauses.RECUSAL),
        ([FILED], partial(refuse, acting={"p-ducha"}), clauses.RECUSAL),
        ([FILED], partial(admit, matter=GONE), clauses.STILL_STANDS),
        ([FILED, ADMITTED], decide(matter=GONE), clauses.STILL_STANDS),
        ([FILED], partial(withdraw, side=Side.VILLAGE), clauses.BY_WHO_FILED),
        ([FILED, ADMITTED], decide(corrected_points_hundredths=524), clauses.NO_WORSE),
        ([FILED, ADMITTED], decide(matter=replace(MATTER, standing=(525, 701))), clauses.NO_WORSE),
        ([FILED, ADMITTED], decide(matter=replace(MATTER, no_lower=701)), clauses.NO_WORSE),
        (
            [FILED, ADMITTED],
            decide(matter=replace(MATTER, standing=()), corrected_points_hundredths=524),
            clauses.NO_WORSE,
        ),
        ([FILED, ADMITTED], decide(corrected_points_hundredths=701), clauses.WITHIN_MAXIMUM),
        ([FILED, ADMITTED], decide(corrected_points_hundredths=None), clauses.OUTCOME_FITS),
        ([FILED, ADMITTED], decide(outcome=Outcome.UPHELD), clauses.OUTCOME_FITS),
        ([FILED, ADMITTED], decide(outcome=Outcome.REVOKED), clauses.OUTCOME_FITS),
        ([AGAINST_FINDING, ADMITTED], decide(), clauses.OUTCOME_FITS),
        ([DEDUCTION, ADMITTED], decide(corrected_points_hundredths=201, matter=TAKEN_OFF), clauses.NO_WORSE),
        ([DEDUCTION, ADMITTED], decide(corrected_points_hundredths=-1, matter=TAKEN_OFF), clauses.NO_WORSE),
    ],
)
def test_a_step_out_of_turn_is_refused(before: list[Event], decision: Any, clause: Clause) -> None:
    given(Appeal(), *before).when(decision).refused(clause)


def test_the_last_day_of_filing_is_in_time() -> None:
    given(Appeal()).when(file(on=date(2026, 2, 19))).then(replace(FILED, filed_on=date(2026, 2, 19)))


def test_a_deduction_may_become_smaller_than_what_stands() -> None:
    decided = given(Appeal(), DEDUCTION, ADMITTED).state.decide_appeal(
        **{**DECIDE, "corrected_points_hundredths": 100, "matter": replace(TAKEN_OFF, standing=(200, 150))}
    )
    assert decided.corrected_points_hundredths == 100


def test_a_deduction_that_an_earlier_appeal_made_smaller_does_not_grow_again() -> None:
    given(Appeal(), DEDUCTION, ADMITTED).when(
        decide(corrected_points_hundredths=160, matter=replace(TAKEN_OFF, standing=(200, 150)))
    ).refused(clauses.NO_WORSE, "160 / 150")


def registering(target: Target = LINE, **earlier: Appeal) -> Any:
    return lambda contested: contested.register_appeal(
        appeal_id="ap-2", target=target, registered_on=date(2026, 2, 1), earlier=earlier
    )


def registered(appeal_id: str, contested: str = "2025/p-1/C2") -> AppealRegistered:
    return AppealRegistered(
        appeal_id=appeal_id, pairing_id="p-1", contested=contested, registered_on=date(2026, 2, 1)
    )


@pytest.mark.parametrize(
    ("now", "clause"),
    [
        ([FILED], clauses.ONE_OPEN_CASE),
        ([FILED, ADMITTED], clauses.ONE_OPEN_CASE),
        ([FILED, ADMITTED, DECIDED], clauses.DECIDED_ONCE),
    ],
)
def test_one_thing_has_one_open_case_and_is_decided_once_on_the_same_facts(
    now: list[Event], clause: Clause
) -> None:
    earlier = {"ap-1": given(Appeal(), *now).state}
    given(ContestedThing(), registered("ap-1")).when(registering(**earlier)).refused(clause, "SS2026-001")


@pytest.mark.parametrize("now", [[FILED, REFUSED], [FILED, WITHDRAWN]])
def test_what_nobody_decided_may_be_contested_again(now: list[Event]) -> None:
    earlier = {"ap-1": given(Appeal(), *now).state}
    given(ContestedThing(), registered("ap-1")).when(registering(**earlier)).then(registered("ap-2"))


def test_new_facts_may_be_contested_after_a_decision() -> None:
    earlier = {"ap-1": given(Appeal(), FILED, ADMITTED, DECIDED).state}
    given(ContestedThing(), registered("ap-1")).when(
        registering(replace(LINE, facts_digest="f-2"), **earlier)
    ).then(registered("ap-2"))


def test_a_finding_is_one_thing_whoever_appeals() -> None:
    given(ContestedThing()).when(registering(FINDING)).then(registered("ap-2", "f-1"))


def test_appeals_are_numbered_within_the_year_in_which_they_are_filed() -> None:
    day = date(2026, 2, 1)
    first = AppealNumbered(**ID, year=2026, number="SS2026-001", numbered_on=day)
    second = replace(first, appeal_id="ap-2", number="SS2026-002")
    given(AppealNumbers()).when(lambda n: n.number_appeal(**ID, numbered_on=day)).then(first)
    given(AppealNumbers(), first).when(
        lambda n: n.number_appeal(appeal_id="ap-2", pairing_id="p-1", numbered_on=day)
    ).then(second)
