"""Which villages a township's office sees: those that are of its township today, whatever was done since it has an account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from application.question import ask
from application.questions.answers import QUESTIONS
from application.settings import Settings
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.keeping import NewAccount, accounts_of, open_account
from application.system import System
from application.verbs.pairing.pairings import start_pairing
from application.verbs.registry.units_and_villages import merge_village, move_village, rename_village
from domain.account.role import Role
from domain.kernel.errors import Rejected, Unknown
from interface.composition import build
from tests.kit.acts import CLERK, carried
from tests.kit.entries import registered_unit, registered_village
from tests.kit.played import Calendar
from tests.kit.serving import QUICK

TODAY, TOMORROW = date(2026, 3, 9), date(2026, 3, 10)
BEGUN = date(2026, 1, 5)


@pytest.fixture
def clock() -> Calendar:
    return Calendar(TODAY)


@pytest.fixture
def system(tmp_path: Path, clock: Calendar) -> Iterator[System]:
    with closing(build(Settings(folder=tmp_path), clock)) as system:
        yield system


@pytest.fixture
def accounts(system: System) -> Iterator[Accounts]:
    with closing(accounts_of(system, QUICK)) as accounts:
        yield accounts


@pytest.fixture
def token(system: System, accounts: Accounts) -> str:
    """Of the office of 甲镇, whose account was opened before any of its villages was registered."""
    new = NewAccount(
        username="jiazhen",
        person="某人",
        display_name="甲镇",
        office="甲镇党委组织办",
        role=Role.TOWNSHIP_OFFICE,
        township="甲镇",
    )
    open_account(system, accounts, new, "jia-zhen-zu-zhi", by=CLERK)
    return accounts.tokens.issue("jiazhen", purpose="test")[0]


def seen(accounts: Accounts, token: str) -> frozenset[str]:
    bearer = accounts.tokens.bearer(token)
    assert bearer is not None
    return bearer.actor.villages


def listed(system: System, accounts: Accounts, token: str, **stated: object) -> list[str]:
    """The villages that the office's list has."""
    bearer = accounts.tokens.bearer(token)
    assert bearer is not None
    asked = QUESTIONS["list_villages"]
    values = {each.name: None for each in asked.fields} | {"q": "", "township": ""} | stated
    return [each.entry for each in ask(system, asked, bearer.actor, "", values).rows]


def test_a_village_is_seen_from_its_registration_to_the_day_on_which_it_goes_elsewhere(
    system: System, accounts: Accounts, token: str, clock: Calendar
) -> None:
    assert seen(accounts, token) == frozenset() and listed(system, accounts, token) == []
    stays, goes = (registered_village(system, name, "甲镇", since=BEGUN) for name in ("甲村", "乙村"))
    other = registered_village(system, "丙村", "乙镇", since=BEGUN)
    assert seen(accounts, token) == {stays, goes}
    clock.turn_to(TOMORROW)
    assert set(listed(system, accounts, token)) == {stays, goes}
    # Recorded today of yesterday: it is gone from now on.
    carried(system, move_village, goes, township="乙镇", moved_on=TODAY, today=TOMORROW)
    assert listed(system, accounts, token) == [stays]
    # Of an earlier day, too: what is seen is what is theirs today.
    assert listed(system, accounts, token, on=BEGUN) == [stays]
    assert listed(system, accounts, token, known_at=system.runner.position() - 1) == [stays]
    carried(system, rename_village, stays, name="甲新村", renamed_on=TOMORROW, today=TOMORROW)
    carried(system, merge_village, other, into=stays, merged_on=TOMORROW, today=TOMORROW)
    assert seen(accounts, token) == {stays, other}
    carried(system, merge_village, stays, into=goes, merged_on=TOMORROW, today=TOMORROW)
    assert seen(accounts, token) == frozenset()


def test_a_village_split_off_into_another_township_is_not_seen(
    system: System, accounts: Accounts, token: str
) -> None:
    whole = registered_village(system, "甲村", "甲镇", since=BEGUN)
    part = registered_village(system, "甲东村", "乙镇", since=TODAY, split_from=whole)
    near = registered_village(system, "甲西村", "甲镇", since=TODAY, split_from=whole)
    assert seen(accounts, token) == {whole, near} and part not in listed(system, accounts, token)


def test_a_pairing_goes_with_its_village(
    system: System, accounts: Accounts, token: str, clock: Calendar
) -> None:
    village, unit = (
        registered_village(system, "甲村", "甲镇", since=BEGUN),
        registered_unit(system, "甲局", since=BEGUN),
    )
    pairing = carried(system, start_pairing, branch=unit, village=village, started_on=BEGUN, today=TODAY)
    asked = QUESTIONS["show_pairing"]

    def show() -> object:
        bearer = accounts.tokens.bearer(token)
        assert bearer is not None
        return ask(system, asked, bearer.actor, pairing, {"year": 2026, "known_at": None})

    assert show()
    clock.turn_to(TOMORROW)
    assert show()
    carried(system, move_village, village, township="乙镇", moved_on=TOMORROW, today=TOMORROW)
    with pytest.raises(Unknown):
        show()
    carried(system, move_village, village, township="甲镇", moved_on=TOMORROW, today=TOMORROW)
    assert show()


def test_an_account_of_a_township_names_one_and_no_unit_or_village(
    system: System, accounts: Accounts
) -> None:
    for stated in ({}, {"township": "甲镇", "village": "v-1"}, {"village": "v-1"}, {"township": "  "}):
        new = NewAccount(
            username="x", person="某人", display_name="x", office="甲镇", role=Role.TOWNSHIP_OFFICE, **stated
        )
        with pytest.raises(Rejected, match="SCOPE_FITS"):
            open_account(system, accounts, new, "jia-zhen-zu-zhi", by=CLERK)
    of_office = NewAccount(
        username="x", person="某人", display_name="x", office="甲镇", role=Role.AUDITOR, township="甲镇"
    )
    with pytest.raises(Rejected, match="SCOPE_FITS"):
        open_account(system, accounts, of_office, "jia-zhen-zu-zhi", by=CLERK)
