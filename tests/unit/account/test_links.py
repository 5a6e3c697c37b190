"""Two references are one person where somebody says so, with all that follows for rules of two, until it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.account import clauses
from domain.account.events import AccountEvent, PersonsLinked, PersonsUnlinked
from domain.account.register import AccountRegister
from domain.account.role import Role
from domain.kernel.person import Persons
from tests.kit.given import given
from tests.unit.account.test_handovers import handed
from tests.unit.account.test_register import DAY, TWO, disabled, granted, opened

OFFICE: tuple[AccountEvent, ...] = (
    *TWO,
    opened("s"),
    granted("s", Role.SUPERVISOR),
    opened("k"),
    opened("l"),
)


def linked(ref: str = "p-k", other: str = "p-post", by: str = "s") -> PersonsLinked:
    return PersonsLinked(ref=ref, other=other, because="本人核实", linked_by=by, linked_on=DAY)


def linking(ref: str = "p-k", other: str = "p-post", by: str = "s") -> Callable[[Any], Any]:
    return lambda r: r.link_person(ref=ref, other_ref=other, because="本人核实", linked_by=by, linked_on=DAY)


def unlinking(ref: str = "p-post", other: str = "p-k", by: str = "s") -> Callable[[Any], Any]:
    return lambda r: r.unlink_person(ref=ref, other=other, because="同名", unlinked_by=by, unlinked_on=DAY)


def test_it_is_said_once_and_of_others() -> None:
    office = given(AccountRegister(), *OFFICE)
    office.when(linking()).then(linked())
    office.when(linking(other="p-k")).refused(clauses.LINKED_ONCE)
    office.when(linking(other="p-s")).refused(clauses.LINK_OF_OTHERS)
    chain = given(AccountRegister(), *OFFICE, linked(), linked("p-post", "p-l"))
    chain.when(linking(other="p-l")).refused(clauses.LINKED_ONCE)
    assert chain.state.persons.same("p-l") == {"p-k", "p-post", "p-l"}


def test_rules_of_two_persons_know_it() -> None:
    register = given(AccountRegister(), *OFFICE, linked("p-k", "p-l")).state
    assert register.persons.meet("k", "l") and not register.persons.meet("k", "s")
    assert register.persons.joined([("k", "s")]).meet("l", "s")
    own = given(AccountRegister(), *OFFICE, linked("p-a", "p-k"))
    own.when(lambda r: r.grant_role(username="k", role=Role.AUDITOR, granted_by="a", granted_on=DAY)).refused(
        clauses.NOT_ONESELF
    )
    own.when(unlinking("p-k", "p-a", by="a")).refused(clauses.LINK_OF_OTHERS)


def test_two_persons_are_left_who_administrate() -> None:
    office = given(AccountRegister(), *OFFICE)
    office.when(linking("p-a", "p-b")).refused(clauses.LINK_LEAVES_TWO)
    # By a third reference, too.
    given(AccountRegister(), *OFFICE, linked("p-a", "p-k")).when(linking("p-k", "p-b")).refused(
        clauses.LINK_LEAVES_TWO
    )
    third = (*OFFICE, granted("k", Role.ADMIN, "a", "b"))
    given(AccountRegister(), *third).when(linking("p-a", "p-b")).then(linked("p-a", "p-b"))
    # One alone is not kept from being linked with what nobody administrates by.
    given(AccountRegister(), *OFFICE, disabled("b")).when(linking("p-a", "p-k")).then(linked("p-a", "p-k"))
    # b takes the office of a third tomorrow under another reference.
    goes = handed("a", "l", Role.ADMIN, by="b", first="x")
    given(AccountRegister(), *OFFICE, goes).when(linking("p-l", "p-b")).refused(clauses.LINK_LEAVES_TWO)


def test_one_person_with_two_references_is_not_two_administrators() -> None:
    alone = given(AccountRegister(), *OFFICE, disabled("b"), linked("p-a", "p-k"))
    first = {"role": Role.ADMIN, "granted_by": "command", "granted_on": DAY, "first": True}
    alone.when(lambda r: r.grant_role(username="l", **first)).then(granted("l", Role.ADMIN, by="command"))


def test_it_is_taken_back_from_either_side() -> None:
    event = PersonsUnlinked(ref="p-post", other="p-k", because="同名", unlinked_by="s", unlinked_on=DAY)
    one = given(AccountRegister(), *OFFICE, linked())
    one.when(unlinking()).then(event)
    one.when(unlinking(other="p-l")).refused(clauses.LINK_THERE)
    apart = given(AccountRegister(), *OFFICE, linked(), event)
    assert apart.state.persons.same("p-k") == {"p-k"}
    apart.when(unlinking()).refused(clauses.LINK_THERE)
    apart.when(linking()).then(linked())


def test_a_circle_of_links_ends() -> None:
    links = frozenset(frozenset(each) for each in (("a", "b"), ("b", "c"), ("c", "a")))
    assert Persons(links=links).same("a") == {"a", "b", "c"}
