"""An office goes from one account to another on a day: who may, when, and what becomes of all that hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from domain.account import clauses
from domain.account.events import (
    AccountEvent,
    HandoverProposed,
    HandoverWithdrawn,
    OfficeHandedOver,
    PasswordReset,
)
from domain.account.register import AccountRegister
from domain.account.role import Role
from domain.kernel.clause import Clause
from tests.kit.given import given
from tests.unit.account.test_naming_deputies import named, naming
from tests.unit.account.test_register import DAY, TWO, disabled, granted, opened, proposed

CLERK, SIGNS = Role.BRANCH_CLERK, Role.ASSESSOR
THEN = DAY + timedelta(days=5)
BEFORE, AFTER = THEN - timedelta(days=1), THEN + timedelta(days=1)
OFFICE: tuple[AccountEvent, ...] = (
    *TWO,
    *(opened("x", branch="b-1"), granted("x", CLERK), opened("y", branch="b-1"), opened("z", branch="b-2")),
    *(opened("k"), granted("k", SIGNS, "a", "b"), opened("l"), opened("ax", "a")),
    *(opened("mate", branch="b-1"), granted("mate", CLERK), opened("again", "x", branch="b-1")),
)


def handing(
    of: str = "x", to: str = "y", *, by: str = "a", day: date = DAY, on: date = THEN
) -> Callable[[Any], Any]:
    asked = {"because": "调离", "arranged_by": by, "arranged_on": day, "from_on": on}
    return lambda r: r.hand_over_office(username=of, successor=to, **asked)


def handed(
    of: str = "x", to: str = "y", role: Role = CLERK, *, by: str = "a", first: str = "", **days: date
) -> OfficeHandedOver:
    return OfficeHandedOver(
        username=of,
        number=1,
        successor=to,
        role=role,
        **{"from_on": THEN, "arranged_on": DAY, **days},
        because="调离",
        proposed_by=first,
        arranged_by=by,
    )


ASKED = HandoverProposed(
    username="k",
    number=1,
    successor="l",
    role=SIGNS,
    from_on=THEN,
    because="调离",
    proposed_by="a",
    proposed_on=DAY,
)


def approving(by: str = "b", day: date = DAY) -> Callable[[Any], Any]:
    return lambda r: r.approve_handover(username="k", arranged_by=by, arranged_on=day)


def withdrawing(of: str = "x", day: date = DAY) -> Callable[[Any], Any]:
    return lambda r: r.withdraw_handover(username=of, because="不调了", withdrawn_by="b", withdrawn_on=day)


def roles(register: AccountRegister, day: date, *names: str) -> list[Role | None]:
    return [register.on(day).accounts[name].role for name in names]


def test_the_role_changes_hands_on_the_day_and_not_before() -> None:
    office = given(AccountRegister(), *OFFICE)
    office.when(handing()).then(handed())
    register = given(AccountRegister(), *OFFICE, handed()).state
    assert roles(register, BEFORE, "x", "y") == [CLERK, None]
    assert roles(register, THEN, "x", "y") == [None, CLERK]
    # What happens later finds it done, and goes on from there.
    later = register.after(disabled("x", AFTER))
    assert later.handovers == () and later.accounts["y"].role is CLERK
    given(AccountRegister(), *OFFICE, handed()).when(handing("y", "again", day=AFTER, on=AFTER)).then(
        handed("y", "again", from_on=AFTER, arranged_on=AFTER)
    )


@pytest.mark.parametrize(
    ("asked", "clause"),
    [
        (handing(on=DAY - timedelta(days=1)), clauses.HANDOVER_IN_TIME),
        (handing(to="z"), clauses.SUCCESSOR_OF_OFFICE),
        (handing(to="mate"), clauses.SUCCESSOR_WITHOUT_ROLE),
        (handing(to="x"), clauses.SUCCESSOR_IS_ANOTHER),
        (handing(to="again"), clauses.SUCCESSOR_IS_ANOTHER),
        (handing(to="nobody"), clauses.EXISTS),
        (handing("l", "ax"), clauses.HANDOVER_OF_ROLE),
        (handing("k", "ax"), clauses.NOT_ONESELF),
    ],
)
def test_what_is_refused(asked: Callable[[Any], Any], clause: Clause) -> None:
    given(AccountRegister(), *OFFICE).when(asked).refused(clause)


def test_a_role_that_signs_goes_over_by_two_and_never_before_it_is_approved() -> None:
    given(AccountRegister(), *OFFICE).when(handing("k", "l")).then(ASKED)
    waiting = given(AccountRegister(), *OFFICE, ASKED)
    assert roles(waiting.state, AFTER, "k", "l") == [SIGNS, None]
    waiting.when(approving("a")).refused(clauses.ANOTHER_APPROVES)
    waiting.when(approving()).then(handed("k", "l", SIGNS, by="b", first="a"))
    late = handed("k", "l", SIGNS, by="b", first="a", from_on=AFTER, arranged_on=AFTER)
    waiting.when(approving(day=AFTER)).then(late)
    done = given(AccountRegister(), *OFFICE, ASKED, late)
    done.when(approving(day=AFTER)).refused(clauses.HANDOVER_PROPOSED)
    assert roles(done.state, THEN, "k", "l") == [SIGNS, None]
    assert roles(done.state, AFTER, "k", "l") == [None, SIGNS]


def test_it_is_taken_back_before_its_day_only() -> None:
    event = HandoverWithdrawn(
        username="x", number=1, successor="y", because="不调了", withdrawn_by="b", withdrawn_on=BEFORE
    )
    arranged = given(AccountRegister(), *OFFICE, handed())
    arranged.when(withdrawing(day=BEFORE)).then(event)
    arranged.when(withdrawing(day=THEN)).refused(clauses.HANDOVER_THERE)
    back = given(AccountRegister(), *OFFICE, handed(), event).state
    assert roles(back, AFTER, "x", "y") == [CLERK, None]
    given(AccountRegister(), *OFFICE).when(withdrawing()).refused(clauses.HANDOVER_THERE)


def test_meanwhile_nothing_else_is_arranged_but_who_leaves_may_be_disabled() -> None:
    arranged = given(AccountRegister(), *OFFICE, handed())
    first = clauses.HANDOVER_WITHDRAWN_FIRST
    arranged.when(handing(to="z")).refused(first)
    arranged.when(handing("mate")).refused(first)
    arranged.when(lambda r: r.grant_role(username="y", role=CLERK, granted_by="a", granted_on=DAY)).refused(
        first
    )
    arranged.when(
        lambda r: r.disable_account(username="y", because="误开", disabled_by="a", disabled_on=DAY)
    ).refused(first)
    arranged.when(lambda r: r.reset_password(username="y", reset_by="a", reset_on=DAY)).refused(first)
    gone = given(AccountRegister(), *OFFICE, handed(), disabled("x")).state
    assert roles(gone, BEFORE, "x", "y") == [None, None]
    assert roles(gone, THEN, "x", "y") == [None, CLERK]
    given(AccountRegister(), *OFFICE, proposed("l")).when(handing("k", "l")).refused(
        clauses.PROPOSAL_DECIDED_FIRST
    )


def test_the_office_of_a_township_goes_over_within_the_township() -> None:
    role = Role.TOWNSHIP_OFFICE
    offices = [opened(name, township=of) for name, of in (("t", "甲镇"), ("u", "甲镇"), ("v", "乙镇"))]
    register = given(AccountRegister(), *TWO, *offices, granted("t", role))
    register.when(handing("t", "v")).refused(clauses.SUCCESSOR_OF_OFFICE)
    register.when(handing("t", "u")).then(handed("t", "u", role))
    given(AccountRegister(), *TWO, *offices, granted("t", role), granted("u", role)).when(
        naming("t", "u")
    ).refused(clauses.DEPUTISED)


def test_a_deputyship_ends_with_the_office() -> None:
    long = named("x", "mate", until_on=AFTER)
    register = given(AccountRegister(), *OFFICE, handed(), long).state
    assert len(register.on(BEFORE).deputyships) == 1 and register.on(THEN).deputyships == []
    given(AccountRegister(), *OFFICE, handed()).when(
        naming("x", "mate", from_on=AFTER, until_on=AFTER, named_on=AFTER)
    ).refused(clauses.DEPUTISED)


def test_the_last_administrator_hands_nothing_over() -> None:
    alone = (*OFFICE, disabled("b"))
    given(AccountRegister(), *alone).when(handing("a", "l")).refused(clauses.LAST_ADMINISTRATOR)
    given(AccountRegister(), *OFFICE).when(handing("a", "l")).then(
        HandoverProposed(**{**ASKED.values(), "username": "a", "role": Role.ADMIN})
    )


def test_a_reset_password_of_who_took_a_signing_role_lets_it_rest() -> None:
    reset = PasswordReset(username="l", by_keeper=False, reset_by="a", reset_on=AFTER)
    register = given(AccountRegister(), *OFFICE, handed("k", "l", SIGNS, by="b", first="a"), reset).state
    assert roles(register, AFTER, "k", "l") == [None, None]
