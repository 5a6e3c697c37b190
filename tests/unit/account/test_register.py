"""Accounts: one registered person behind each, roles that sign or decide granted by two, always an administrator left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.account import clauses
from domain.account.events import (
    AccountDisabled,
    AccountEnabled,
    AccountEvent,
    AccountOpened,
    PasswordChanged,
    PasswordReset,
    PersonNamed,
    RoleGranted,
    RoleProposed,
    RoleRefused,
)
from domain.account.names import is_plain, normal
from domain.account.register import AccountRegister
from domain.account.role import BY_TWO, Role
from domain.kernel.clause import Clause
from domain.kernel.person import PersonRef
from tests.kit.given import given

DAY = date(2026, 1, 12)


def person(name: str) -> PersonRef:
    return PersonRef(ref=f"p-{name}", commitment="c")


def opened(
    username: str, who: str = "", branch: str = "", village: str = "", township: str = ""
) -> AccountOpened:
    return AccountOpened(
        username=username,
        person=person(who or username),
        office="县联建办",
        branch=branch,
        village=village,
        opened_by="command",
        opened_on=DAY,
        township=township,
    )


def granted(username: str, role: Role, proposed_by: str = "", by: str = "a") -> RoleGranted:
    return RoleGranted(username=username, role=role, proposed_by=proposed_by, granted_by=by, granted_on=DAY)


def proposed(username: str = "x", role: Role = Role.ASSESSOR, by: str = "a") -> RoleProposed:
    return RoleProposed(username=username, role=role, proposed_by=by, proposed_on=DAY)


def disabled(username: str = "x", day: date = DAY) -> AccountDisabled:
    return AccountDisabled(username=username, because="调离", disabled_by="a", disabled_on=day)


TWO: tuple[AccountEvent, ...] = (
    opened("a"),
    granted("a", Role.ADMIN, by="command"),
    opened("b"),
    granted("b", Role.ADMIN, by="command"),
)
X: tuple[AccountEvent, ...] = (*TWO, opened("x"))
Decision = Callable[[AccountRegister], Any]


def opening(username: str = "x", **changes: Any) -> Decision:
    asked: dict[str, Any] = {
        "person": person("x"),
        "office": "县联建办",
        "branch": "",
        "village": "",
        "role": None,
        "opened_by": "command",
        "opened_on": DAY,
    }
    return lambda register: register.open_account(username=username, **{**asked, **changes})


def granting(role: Role, by: str = "a", username: str = "x", first: bool = False) -> Decision:
    return lambda register: register.grant_role(
        username=username, role=role, granted_by=by, granted_on=DAY, first=first
    )


def proposing(role: Role = Role.ASSESSOR, by: str = "a", username: str = "x") -> Decision:
    return lambda register: register.propose_role(
        username=username, role=role, proposed_by=by, proposed_on=DAY
    )


def approving(by: str = "b", username: str = "x") -> Decision:
    return lambda register: register.approve_role(username=username, granted_by=by, granted_on=DAY)


def refusing(because: str = "未培训") -> Decision:
    return lambda register: register.refuse_role(
        username="x", because=because, refused_by="b", refused_on=DAY
    )


def disabling(username: str = "x", because: str = "调离") -> Decision:
    return lambda register: register.disable_account(
        username=username, because=because, disabled_by="a", disabled_on=DAY
    )


def enabling(username: str = "x", because: str = "调回") -> Decision:
    return lambda register: register.enable_account(
        username=username, because=because, enabled_by="a", enabled_on=DAY
    )


def resetting(username: str = "x", by_keeper: bool = False) -> Decision:
    return lambda register: register.reset_password(
        username=username, by_keeper=by_keeper, reset_by="a", reset_on=DAY
    )


def naming(who: str = "y", because: str = "登记有误") -> Decision:
    return lambda register: register.name_person(
        username="x",
        person=PersonRef(ref=who and f"p-{who}", commitment="c"),
        because=because,
        named_by="a",
        named_on=DAY,
    )


def test_an_account_is_opened_for_one_registered_person_and_for_nothing_yet() -> None:
    given(AccountRegister()).when(opening()).then(opened("x"))
    register = given(AccountRegister(), opened("x")).state
    assert register.accounts["x"].role is None
    assert register.persons.of("x") == {"p-x"}


@pytest.mark.parametrize(
    "same",
    ["kaohe", "KAOHE", " kaohe ", "ｋａｏｈｅ", "Kaohe\n", "\u212aaohe"],  # the Kelvin sign is a k, too
)
def test_names_that_look_alike_are_the_same_name(same: str) -> None:
    assert normal(same) == "kaohe"
    given(AccountRegister(), opened("kaohe")).when(opening(same)).refused(clauses.NAME_NEW, "kaohe")


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "kao he",
        "kao\u200bhe",
        "kao\u202ehe",
        "kao\u2066he",
        "kao\u00adhe",
        "kao\x00he",
        "kao\ufeffhe",
        "k\u0430ohe",
        "kao\u0301he",
        "-kaohe",
        "k" * 61,
    ],
)
def test_a_name_has_no_blank_nothing_invisible_and_no_letter_that_only_looks_like_one(name: str) -> None:
    given(AccountRegister()).when(opening(name)).refused(clauses.NAME_PLAIN)


def test_a_normal_form_stays_as_it_is_and_chinese_names_are_names() -> None:
    for name in ("考核员一", "ß", "ﬁnanz", "Ⅷ", "ａ.b_c-9", "İ"):
        assert normal(normal(name)) == normal(name)
    assert is_plain(normal("考核员１"))


@pytest.mark.parametrize(
    ("changes", "clause"),
    [
        ({"person": PersonRef(ref="", commitment="")}, clauses.PERSON_NAMED),
        ({"office": " "}, clauses.OFFICE_GIVEN),
        ({"branch": "b-1", "village": "v-1"}, clauses.SCOPE_FITS),
    ],
)
def test_an_account_is_not_opened(changes: dict[str, Any], clause: Clause) -> None:
    given(AccountRegister()).when(opening(**changes)).refused(clause)


def test_a_role_without_signature_is_granted_by_one() -> None:
    given(AccountRegister(), *X).when(granting(Role.AUDITOR)).then(granted("x", Role.AUDITOR))
    given(AccountRegister(), *X, opened("c", branch="b-1")).when(
        granting(Role.BRANCH_CLERK, username="c")
    ).then(granted("c", Role.BRANCH_CLERK))


@pytest.mark.parametrize("role", sorted(BY_TWO, key=lambda role: role.value))
def test_a_role_that_signs_or_decides_is_granted_by_two_persons(role: Role) -> None:
    given(AccountRegister(), *X).when(granting(role)).refused(clauses.GRANTED_BY_TWO, role.value)
    given(AccountRegister(), *X).when(proposing(role)).then(proposed(role=role))
    waiting = given(AccountRegister(), *X, proposed(role=role))
    assert waiting.state.accounts["x"].role is None
    waiting.when(approving()).then(granted("x", role, proposed_by="a", by="b"))
    waiting.when(approving(by="a")).refused(clauses.ANOTHER_APPROVES, "a")


def test_one_person_with_two_accounts_is_one_person() -> None:
    twin = (*X, opened("a2", who="a"), granted("a2", Role.ADMIN, by="b"), proposed())
    given(AccountRegister(), *twin).when(approving(by="a2")).refused(clauses.ANOTHER_APPROVES, "a2")
    own = (*TWO, opened("b2", who="b"))
    given(AccountRegister(), *own).when(granting(Role.AUDITOR, by="b", username="b2")).refused(
        clauses.NOT_ONESELF
    )
    given(AccountRegister(), *own).when(proposing(by="b", username="b2")).refused(clauses.NOT_ONESELF)
    given(AccountRegister(), *own, proposed("b2")).when(approving(username="b2")).refused(clauses.NOT_ONESELF)


def test_whoever_stood_behind_an_account_once_stays_behind_it() -> None:
    right = PersonNamed(username="x", person=person("y"), because="登记有误", named_by="a", named_on=DAY)
    given(AccountRegister(), *X).when(naming()).then(right)
    assert given(AccountRegister(), *X, right).state.persons.of("x") == {"p-x", "p-y"}
    given(AccountRegister(), *X).when(naming(who="")).refused(clauses.PERSON_NAMED)


@pytest.mark.parametrize(
    ("more", "decision", "clause"),
    [
        ((), granting(Role.BRANCH_CLERK), clauses.SCOPE_FITS),
        ((), granting(Role.VILLAGE_CLERK), clauses.SCOPE_FITS),
        ((opened("c", branch="b-1"),), granting(Role.AUDITOR, username="c"), clauses.SCOPE_FITS),
        ((), granting(Role.TOWNSHIP_OFFICE), clauses.SCOPE_FITS),
        ((opened("c", township="甲镇"),), granting(Role.AUDITOR, username="c"), clauses.SCOPE_FITS),
        ((opened("c", village="v-1"),), granting(Role.TOWNSHIP_OFFICE, username="c"), clauses.SCOPE_FITS),
        ((granted("x", Role.AUDITOR),), granting(Role.AUDITOR), clauses.ROLE_DIFFERS),
        ((), granting(Role.AUDITOR, username="nobody"), clauses.EXISTS),
        ((disabled(),), granting(Role.AUDITOR), clauses.ENABLED),
        ((proposed(),), granting(Role.AUDITOR), clauses.PROPOSAL_DECIDED_FIRST),
        ((proposed(),), proposing(), clauses.PROPOSAL_DECIDED_FIRST),
        ((), proposing(Role.AUDITOR), clauses.PROPOSED_IF_BY_TWO),
        ((), approving(), clauses.ROLE_PROPOSED),
        ((), refusing(), clauses.ROLE_PROPOSED),
        ((disabled(), proposed()), approving(), clauses.ENABLED),
        ((disabled(),), disabling(), clauses.ENABLED),
        ((), enabling(), clauses.DISABLED_FIRST),
        ((disabled(),), resetting(), clauses.ENABLED),
        ((), resetting("b"), clauses.KEEPER_RESETS_ADMINISTRATORS),
    ],
)
def test_it_is_refused(more: tuple[AccountEvent, ...], decision: Decision, clause: Clause) -> None:
    given(AccountRegister(), *X, *more).when(decision).refused(clause)


def test_what_was_proposed_may_be_refused_and_proposed_anew() -> None:
    event = RoleRefused(username="x", role=Role.ASSESSOR, because="未培训", refused_by="b", refused_on=DAY)
    given(AccountRegister(), *X, proposed()).when(refusing()).then(event)
    given(AccountRegister(), *X, proposed(), event).when(proposing()).then(proposed())


def test_the_first_two_administrators_are_made_on_the_command_line() -> None:
    given(AccountRegister(), opened("x")).when(granting(Role.ADMIN, "command", first=True)).then(
        granted("x", Role.ADMIN, by="command")
    )
    given(AccountRegister(), *TWO[:2], opened("x")).when(granting(Role.ADMIN, "command", first=True)).then(
        granted("x", Role.ADMIN, by="command")
    )
    given(AccountRegister(), *X).when(granting(Role.ADMIN, "command", first=True)).refused(clauses.FIRST_TWO)
    given(AccountRegister(), opened("x")).when(granting(Role.AUDITOR, "command", first=True)).refused(
        clauses.FIRST_TWO
    )


def test_an_administrator_is_left() -> None:
    alone = (*TWO[:2], opened("x"))
    given(AccountRegister(), *alone).when(disabling("a")).refused(clauses.LAST_ADMINISTRATOR)
    given(AccountRegister(), *alone).when(granting(Role.AUDITOR, "x", "a")).refused(
        clauses.LAST_ADMINISTRATOR
    )
    given(AccountRegister(), *alone, proposed("a", by="x"), opened("y")).when(approving("y", "a")).refused(
        clauses.LAST_ADMINISTRATOR
    )
    given(AccountRegister(), *TWO).when(disabling("b")).then(disabled("b"))
    given(AccountRegister(), *TWO, disabled("b")).when(disabling("a")).refused(clauses.LAST_ADMINISTRATOR)


def test_a_disabled_account_comes_back_without_its_role() -> None:
    back = AccountEnabled(username="x", because="调回", enabled_by="a", enabled_on=DAY)
    history = (*X, granted("x", Role.APPROVER, proposed_by="a", by="b"), disabled())
    given(AccountRegister(), *history).when(enabling()).then(back)
    assert given(AccountRegister(), *history, back).state.accounts["x"].role is None


def test_after_a_reset_by_an_administrator_a_role_granted_by_two_waits_for_two_again() -> None:
    event = PasswordReset(username="x", by_keeper=False, reset_by="a", reset_on=DAY)
    assessor = given(AccountRegister(), *X, granted("x", Role.ASSESSOR, "a", "b"))
    assessor.when(resetting()).then(event)
    assert assessor.state.after(event).accounts["x"].role is None
    auditor = given(AccountRegister(), *X, granted("x", Role.AUDITOR)).state
    assert auditor.after(event).accounts["x"].role is Role.AUDITOR


def test_the_keeper_of_the_machine_resets_any_password_and_roles_stay() -> None:
    register = given(AccountRegister(), *TWO).state
    event = resetting("b", by_keeper=True)(register)
    assert event == PasswordReset(username="b", by_keeper=True, reset_by="a", reset_on=DAY)
    assert register.after(event).accounts["b"].role is Role.ADMIN


def test_whoever_is_in_use_changes_the_own_password() -> None:
    register = given(AccountRegister(), *X).state
    assert register.change_password(username="x", changed_on=DAY) == PasswordChanged(
        username="x", changed_on=DAY
    )
    given(AccountRegister(), *X, disabled()).when(
        lambda r: r.change_password(username="x", changed_on=DAY)
    ).refused(clauses.ENABLED)
