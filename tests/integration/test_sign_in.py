"""Signing in: strangers slow only themselves down, few hashes are made at a time, sessions end when they must."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2 as httpx
import pytest
from argon2 import PasswordHasher

from application.look import look_of
from application.settings import Settings
from application.stores.accounts.accounts import SESSION, Accounts, Attempt
from application.stores.accounts.keeping import accounts_of, change_password, reset_password
from application.stores.accounts.passwords import Hashing
from application.stores.accounts.throttle import FORGOTTEN, OF_AN_ACCOUNT, OF_AN_ADDRESS
from application.system import System
from application.things import ACCOUNT
from application.verbs.accounts import disable_account, grant_role
from domain.account.role import Role
from domain.kernel.recorded import By, Source
from interface.composition import build
from interface.demo.accounts import PASSWORD, open_demo_accounts
from interface.web.app import create_app
from tests.kit.acts import act
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import register_demo
from tests.kit.serving import QUICK, served

HOME, ELSEWHERE = "10.0.0.1", "203.0.113.9"


@dataclass
class Hand:
    """A clock turned by hand."""

    now: datetime = datetime(2026, 1, 12, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Office:
    """A system with the demo accounts."""

    system: System
    accounts: Accounts
    clock: Hand

    def by(self, username: str) -> By:
        return By(actor=username, source=Source(kind="command", name="test"))


@pytest.fixture
def office(database: DatabaseCase) -> Iterator[Office]:
    clock = Hand()
    system = build(Settings(folder=database.folder, database_url=database.url), clock)
    register_demo(system)
    accounts = accounts_of(system, QUICK)
    open_demo_accounts(system, accounts)
    yield Office(system, accounts, clock)
    accounts.close()
    system.close()


def wrong(office: Office, times: int, address: str = ELSEWHERE, username: str = "kaohe") -> list[int]:
    """The waits that came of wrong passwords."""
    return [office.accounts.sign_in(username, "wrong", address).wait for _ in range(times)]


@pytest.mark.both_databases
def test_strangers_elsewhere_keep_nobody_out(office: Office) -> None:
    assert wrong(office, 5) == [0, 0, 0, 0, 0]
    assert wrong(office, 2) == [1, 1]
    assert office.accounts.sign_in("kaohe", PASSWORD, ELSEWHERE).wait == 1
    assert office.accounts.sign_in("kaohe", PASSWORD, HOME).token
    assert office.accounts.sign_in("ducha", PASSWORD, ELSEWHERE).token


def test_the_wait_grows_has_an_end_and_is_forgotten(office: Office) -> None:
    free, longest = OF_AN_ACCOUNT
    wrong(office, free)
    waits = []
    for _ in range(10):
        (wait,) = wrong(office, 1)
        waits.append(wait)
        office.clock.now += timedelta(seconds=wait)
        wrong(office, 1)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, longest]
    assert office.accounts.sign_in("kaohe", PASSWORD, ELSEWHERE).wait == longest
    office.clock.now += timedelta(seconds=longest)
    assert office.accounts.sign_in("kaohe", PASSWORD, ELSEWHERE).token
    assert wrong(office, free) == [0] * free
    office.clock.now += FORGOTTEN + timedelta(seconds=1)
    assert wrong(office, free) == [0] * free


def test_an_address_that_tries_many_names_waits_whether_they_exist_or_not(office: Office) -> None:
    free, _ = OF_AN_ADDRESS
    assert [wrong(office, 1, username=f"nobody{n}") for n in range(free)] == [[0]] * free
    assert office.accounts.sign_in("kaohe", PASSWORD, ELSEWHERE).wait == 1
    assert office.accounts.sign_in("kaohe", PASSWORD, HOME).token


def test_where_nobody_need_wait_a_clock_that_is_behind_makes_nobody_wait(office: Office) -> None:
    """Several servers share what is counted, and their clocks differ a little."""
    wrong(office, 3)
    office.clock.now -= timedelta(seconds=2)
    assert wrong(office, 1) == [0]
    assert office.accounts.sign_in("kaohe", PASSWORD, ELSEWHERE).token


def test_an_unknown_name_is_answered_as_a_known_one(office: Office) -> None:
    assert wrong(office, 7, username="nobody") == wrong(office, 7, HOME, username="kaohe")


@pytest.mark.both_databases
def test_wrong_passwords_at_once_are_all_counted(office: Office) -> None:
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: wrong(office, 1)[0], range(16)))
    assert sorted(waits) == [0] * 5 + [1] * 11


def test_a_name_is_found_however_it_is_written(office: Office) -> None:
    for written in ("KaoHe", "ｋａｏｈｅ", " kaohe "):
        assert office.accounts.sign_in(written, PASSWORD, HOME).token


def test_a_session_ends_when_idle_and_when_it_is_old(office: Office) -> None:
    token = office.accounts.sign_in("kaohe", PASSWORD, HOME).token
    office.clock.now += timedelta(minutes=59)
    assert office.accounts.session(token) is not None
    office.clock.now += timedelta(minutes=59)
    assert office.accounts.session(token) is not None, "it was used in between"
    office.clock.now += timedelta(minutes=61)
    assert office.accounts.session(token) is None
    token, began = office.accounts.sign_in("kaohe", PASSWORD, HOME).token, office.clock.now
    while office.clock.now < began + SESSION - timedelta(minutes=30):
        assert office.accounts.session(token) is not None
        office.clock.now += timedelta(minutes=30)
    office.clock.now = began + SESSION
    assert office.accounts.session(token) is None


def test_how_long_a_session_may_be_idle_is_set(office: Office) -> None:
    settings = replace(office.system.settings, idle_minutes=5)
    accounts = accounts_of(replace(office.system, settings=settings), QUICK)
    token = accounts.sign_in("kaohe", PASSWORD, HOME).token
    office.clock.now += timedelta(minutes=4)
    assert accounts.session(token) is not None
    office.clock.now += timedelta(minutes=5)
    assert accounts.session(token) is None
    accounts.close()


def test_a_new_password_ends_the_other_sessions(office: Office) -> None:
    here = office.accounts.sign_in("kaohe", PASSWORD, HOME).token
    there = office.accounts.sign_in("kaohe", PASSWORD, ELSEWHERE).token
    session = office.accounts.session(here)
    assert session is not None
    change_password(
        office.system, office.accounts, "kaohe", "qiu-shan-9-lu", keep=session.id, by=office.by("kaohe")
    )
    assert office.accounts.session(here) is not None and office.accounts.session(there) is None
    assert not office.accounts.sign_in("kaohe", PASSWORD, HOME).token
    reset_password(office.system, office.accounts, "cun", "bei-hai-7-qiao", by=office.by("guanli"))
    (token,) = (office.accounts.sign_in("cun", "bei-hai-7-qiao", HOME).token,)
    begun = office.accounts.session(token)
    assert begun is not None and begun.must_change


def test_a_session_lasts_no_longer_than_the_role(office: Office) -> None:
    token = office.accounts.sign_in("kaohe", PASSWORD, HOME).token
    reset_password(office.system, office.accounts, "fuhe", "bei-hai-7-qiao", by=office.by("guanli"))
    attempt = office.accounts.sign_in("fuhe", "bei-hai-7-qiao", HOME)
    assert attempt.no_role and not attempt.token, "a role granted by two waits for two again"
    act(office.system, disable_account, "kaohe", by=office.by("guanli"), because="调离")
    assert office.accounts.session(token) is None
    assert office.accounts.sign_in("kaohe", PASSWORD, HOME) == Attempt(), "as for a wrong password"
    token = office.accounts.sign_in("ducha", PASSWORD, HOME).token
    act(office.system, grant_role, "ducha", by=office.by("guanli"), role=Role.AUDITOR)
    session = office.accounts.session(token)
    assert session is None or session.actor.role is Role.AUDITOR


@pytest.mark.both_databases
def test_two_administrators_who_disable_each_other_at_once_leave_one(office: Office) -> None:
    def disable(pair: tuple[str, str]) -> str:
        try:
            act(office.system, disable_account, pair[0], by=office.by(pair[1]), because="x")
        except Exception as error:
            return type(error).__name__
        return ""

    with ThreadPoolExecutor(2) as threads:
        said = list(threads.map(disable, [("guanli", "guanli2"), ("guanli2", "guanli")]))
    assert len(ACCOUNT.state(look_of(office.system), "").administrators) == 1, said


@dataclass
class Gate:
    """A hasher that waits until it is let on, and counts how many are in it."""

    inner: PasswordHasher = QUICK
    open: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    now: int = 0
    most: int = 0
    began: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def hash(self, password: str) -> str:
        return self.inner.hash(password)

    def __getattr__(self, name: str) -> Any:
        """What a hash costs is what the other's costs."""
        return getattr(self.inner, name)

    def verify(self, hashed: str, password: str) -> bool:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.began.release()
        assert self.open.wait(60)
        with self.lock:
            self.now -= 1
        return self.inner.verify(hashed, password)


def test_while_passwords_are_hashed_everybody_else_is_answered(database: DatabaseCase) -> None:
    """Eight wrong sign-ins in parallel made the server 600 times slower, for all were hashed on the loop."""
    system = build(Settings(folder=database.folder, database_url=database.url))
    gate: Any = Gate()
    accounts = accounts_of(system, gate)
    open_demo_accounts(system, accounts)
    with served(create_app(system, accounts)) as address, ThreadPoolExecutor(8) as threads:

        def attempt(n: int) -> httpx.Response:
            form = {"username": f"nobody{n}", "password": "wrong", "next": "/"}
            return httpx.post(f"{address}/sign-in", data=form, timeout=60)

        waiting = [threads.submit(attempt, n) for n in range(8)]
        try:
            assert gate.began.acquire(timeout=60) and gate.began.acquire(timeout=60)
            answers = [httpx.get(f"{address}/health", timeout=60).status_code for _ in range(20)]
            assert not any(each.done() for each in waiting), "none was let on"
        finally:
            gate.open.set()
        assert answers == [200] * 20
        assert [each.result().status_code for each in waiting] == [401] * 8
        assert gate.most == 2
    accounts.close()
    system.close()


def test_who_comes_when_too_many_wait_is_sent_away_for_a_while(database: DatabaseCase) -> None:
    system = build(Settings(folder=database.folder, database_url=database.url))
    gate: Any = Gate()
    accounts = accounts_of(system, gate)
    accounts.hashing = Hashing(at_once=1, waiting=0)
    form = {"username": "nobody", "password": "wrong", "next": "/"}
    with served(create_app(system, accounts)) as address, ThreadPoolExecutor(1) as thread:
        first = thread.submit(httpx.post, f"{address}/sign-in", data=form, timeout=60)
        try:
            assert gate.began.acquire(timeout=60)
            second = httpx.post(f"{address}/sign-in", data=form, timeout=60)
        finally:
            gate.open.set()
        assert (second.status_code, second.headers["retry-after"]) == (503, "2")
        assert first.result().status_code == 401
    accounts.close()
    system.close()
