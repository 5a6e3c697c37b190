"""Who may act for an account: another person of the same role, for a time, and nobody for the deputy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from domain.account import clauses
from domain.account.events import AccountEvent, DeputyEnded, DeputyNamed, PasswordReset
from domain.account.register import AccountRegister
from domain.account.role import Role
from domain.kernel.clause import Clause
from domain.kernel.person import Persons
from tests.kit.given import given
from tests.unit.account.test_register import DAY, TWO, disabled, granted, opened

CLERK = Role.BRANCH_CLERK
LAST = DAY + timedelta(days=9)
OFFICE: tuple[AccountEvent, ...] = (
    *TWO,
    *(each for name in "xyz" for each in (opened(name, branch=f"b-{name}"), granted(name, CLERK))),
    *(each for name in "uv" for each in (opened(name), granted(name, Role.AUDITOR))),
    *(opened("same", "x", branch="b-y"), granted("same", CLERK)),
    *(opened("boss", "y"), granted("boss", Role.ADMIN, "a", "b")),
)


def named(of: str = "x", deputy: str = "y", *, by: str = "", n: int = 1, **days: date) -> DeputyNamed:
    return DeputyNamed(
        username=of,
        number=n,
        deputy=deputy,
        **{"from_on": DAY, "until_on": LAST, "named_on": DAY, **days},
        because="休假",
        named_by=by or of,
    )


def naming(of: str = "x", deputy: str = "y", *, by: str = "", **days: date) -> Callable[[Any], DeputyNamed]:
    asked = {"from_on": DAY, "until_on": LAST, "named_on": DAY, **days}
    return lambda r: r.name_deputy(username=of, deputy=deputy, because="休假", named_by=by or of, **asked)


def ending(day: date = DAY) -> Callable[[Any], DeputyEnded]:
    return lambda r: r.end_deputy(username="x", because="回来", ended_by="x", ended_on=day)


def test_the_holder_or_an_administrator_names_another_person_of_the_same_role() -> None:
    office = given(AccountRegister(), *OFFICE)
    office.when(naming()).then(named())
    office.when(naming(by="a")).then(named(by="a"))
    office.when(naming(deputy="u")).refused(clauses.DEPUTY_OF_SAME_ROLE)
    office.when(naming(deputy="nobody")).refused(clauses.EXISTS)
    office.when(naming(deputy="same")).refused(clauses.DEPUTY_IS_ANOTHER)
    office.when(naming(by="boss")).refused(clauses.NOT_ONESELF)
    office.when(naming("u", "v")).refused(clauses.DEPUTISED)
    office.when(naming("a", "b")).refused(clauses.DEPUTISED)
    given(AccountRegister(), *OFFICE, disabled("y")).when(naming()).refused(clauses.DEPUTY_OF_SAME_ROLE)
    given(AccountRegister(), *OFFICE, disabled("x")).when(naming()).refused(clauses.ENABLED)


@pytest.mark.parametrize(
    ("first", "last", "clause"),
    [
        (0, 0, None),
        (0, 91, None),
        (0, 92, clauses.DEPUTY_IN_TIME),
        (3, 2, clauses.DEPUTY_IN_TIME),
        (-1, 4, clauses.DEPUTY_IN_TIME),
    ],
)
def test_it_is_for_a_time_that_has_not_begun(first: int, last: int, clause: Clause | None) -> None:
    days = {"from_on": DAY + timedelta(first), "until_on": DAY + timedelta(last)}
    asked = given(AccountRegister(), *OFFICE).when(naming(**days))
    asked.refused(clause) if clause else asked.then(named(**days))


def test_an_account_has_one_deputy_and_a_deputy_has_none() -> None:
    with_one = given(AccountRegister(), *OFFICE, named())
    with_one.when(naming(deputy="z")).refused(clauses.ONE_DEPUTY)
    with_one.when(naming("y", "z")).refused(clauses.NO_DEPUTY_OF_DEPUTY)
    with_one.when(naming("z", "x")).refused(clauses.NO_DEPUTY_OF_DEPUTY)
    later = {"from_on": LAST + timedelta(1), "until_on": LAST + timedelta(5)}
    with_one.when(naming("y", "z", **later)).then(named("y", "z", **later))
    with_one.when(naming("z", "y")).then(named("z", "y"))
    after = {"from_on": LAST + timedelta(1), "until_on": LAST + timedelta(1), "named_on": LAST + timedelta(1)}
    with_one.when(naming(deputy="z", **after)).then(named(deputy="z", n=2, **after))


def test_it_ends_early_once() -> None:
    ended = DeputyEnded(username="x", number=1, deputy="y", because="回来", ended_by="x", ended_on=DAY)
    with_one = given(AccountRegister(), *OFFICE, named())
    with_one.when(ending()).then(ended)
    with_one.when(ending(LAST + timedelta(1))).refused(clauses.DEPUTY_THERE)
    given(AccountRegister(), *OFFICE, named(), ended).when(ending()).refused(clauses.DEPUTY_THERE)


@pytest.mark.parametrize(
    "event",
    [disabled("x"), disabled("y"), granted("x", Role.SUPERVISOR), granted("y", Role.SUPERVISOR)],
    ids=str,
)
def test_with_the_role_of_either_it_is_over_for_good(event: AccountEvent) -> None:
    gone = given(AccountRegister(), *OFFICE, named(), event).state
    assert gone.deputyships == []
    assert gone.after(granted(event.username, CLERK)).deputyships == []


def test_a_password_that_is_reset_ends_nothing_for_a_role_that_one_grants() -> None:
    reset = PasswordReset(username="x", by_keeper=False, reset_by="a", reset_on=DAY)
    assert len(given(AccountRegister(), *OFFICE, named(), reset).state.deputyships) == 1


def test_for_the_rule_of_two_a_deputy_and_whom_it_acts_for_are_one_person() -> None:
    persons = Persons({"x": frozenset({"p-x"}), "y": frozenset({"p-y"}), "x2": frozenset({"p-x"})})
    assert not persons.meet("y", "x")
    joined = persons.joined([("y", "x")])
    assert joined.meet("y", "x") and joined.meet("x", "y") and joined.meet("y", "x2")
    assert not joined.meet("y", "z") and persons.joined([("i", "z")]).meet("i", "z")
