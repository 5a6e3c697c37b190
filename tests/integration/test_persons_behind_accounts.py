"""Which persons stood behind an account is answered from the log, and rules of two ask for persons, not for accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from application.settings import Settings
from application.system import System
from application.verbs.accounts import grant_role, name_person
from application.verbs.assessment.schemes import approve_scheme, draft_scheme
from domain.account.role import Role
from domain.assessment.year import clauses
from domain.kernel.errors import Rejected
from domain.kernel.recorded import By, Source
from interface.composition import build
from interface.demo.accounts import DEMO_ACTORS, record_demo_accounts
from projections.boards.people.accounts import account_list, account_of, persons_behind
from tests.kit.acts import act, open_for
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import register_demo

DAY = date(2026, 1, 12)


def by(username: str) -> By:
    return By(actor=username, office="县联建办", source=Source(kind="command", name="test"))


@pytest.fixture
def system(database: DatabaseCase) -> Iterator[System]:
    system = build(Settings(folder=database.folder, database_url=database.url))
    register_demo(system)
    yield system
    system.close()


def test_the_demo_accounts_are_granted_as_everywhere_and_name_their_persons(system: System) -> None:
    actors = record_demo_accounts(system)
    with system.reading() as connection:
        rows = {row.username: row for row in account_list(connection, system.today())}
        assert {name: (row.role, row.person) for name, row in rows.items()} == {
            actor.username: (actor.role.value, actor.person) for actor in actors
        }
        assert persons_behind(connection, ["kaohe"]) == {rows["kaohe"].person}
        assert persons_behind(connection, ["kaohe", "demo"]) == {rows["kaohe"].person, "account:demo"}
    names = system.vault.names(row.person for row in rows.values())
    # What is registered here has no township, so nobody is there for one.
    actors_here = [actor for actor in DEMO_ACTORS if actor.role is not Role.TOWNSHIP_OFFICE]
    assert {actor.username for actor in actors_here} == rows.keys()
    assert names == {rows[actor.username].person: actor.person for actor in actors_here}
    at = system.log.position()
    assert record_demo_accounts(system) == actors
    assert system.log.position() == at


def test_who_stood_behind_an_account_is_known_from_the_log(system: System) -> None:
    vault = system.vault
    wrong, right = vault.person("寅一", "县联建办"), vault.person("卯二", "县联建办")
    open_for(system, "x", wrong, "县联建办", by=by("a"))
    before = system.log.position()
    act(system, name_person, "x", by=by("a"), name="卯二", because="登记有误")
    act(system, grant_role, "x", by=by("a"), role=Role.AUDITOR)
    with system.reading() as connection:
        assert persons_behind(connection, ["x"]) == {wrong.ref, right.ref}
        row = account_of(connection, "x", system.today())
        assert row is not None and (row.person, row.role) == (right.ref, "auditor")
        assert [each.person for each in account_list(connection, system.today(), before)] == [wrong.ref]
    assert system.runner.check() == []


def test_one_person_with_two_accounts_does_not_approve_the_own_draft(system: System) -> None:
    record_demo_accounts(system)
    with system.reading() as connection:
        row = account_of(connection, "kaohe", system.today())
    assert row is not None
    name = system.vault.names([row.person])[row.person]
    own = system.vault.person(name, row.office)
    open_for(system, "second", own, "县联建办", by=by("guanli"))
    act(system, draft_scheme, "2026", by=by("kaohe"), text="a", based_on=0, because="年度")
    with pytest.raises(Rejected) as refused:
        act(system, approve_scheme, "2026", by=by("second"), draft=1, seen_moved=0, approver=name)
    assert refused.value.clause is clauses.ANOTHER_APPROVES
