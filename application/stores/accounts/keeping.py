"""Opening accounts and resetting passwords: the log first, which may refuse, then the secret, which is not the log's."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher

from application.eventlog.batch import Batch
from application.look import Look, look_of
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.passwords import problem
from application.stores.accounts.tokens import Tokens
from application.stores.databases import open_erasable
from application.system import System
from application.things import ACCOUNT
from application.verb import perform
from application.verbs import accounts as verbs
from domain.account.events import AccountDisabled, OfficeHandedOver, PersonNamed, RoleGranted
from domain.account.role import Role
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By
from projections.boards.people.accounts import AccountOfDay, account_of, account_since

CHANGED = frozenset(each.NAME for each in (RoleGranted, PersonNamed, AccountDisabled, OfficeHandedOver))
"""After these whoever is signed in signs in anew, as what the account is now. A successor has had no role until then: what
is left of its sessions is from before that, and none begins to live again with the office."""


class WeakPassword(Exception):
    """A password that is refused; ``problem`` is a label of ``password_problem``."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """``person`` is a name, which goes to the vault; or ``same_as`` names an account of the same person. Without a ``role`` it is
    for nothing until one is granted, or an office handed over to it."""

    username: str
    person: str = ""
    same_as: str = ""
    display_name: str
    office: str
    role: Role | None
    branch: str = ""
    village: str = ""
    township: str = ""


def accounts_of(system: System, hasher: PasswordHasher | None = None) -> Accounts:
    """The accounts beside the system's other databases."""

    def who(username: str) -> AccountOfDay | None:
        with system.remembering() as connection:
            return account_of(connection, username, system.today())

    def since(username: str, known_at: int) -> list[AccountOfDay]:
        with system.remembering() as connection:
            return account_since(connection, username, known_at, system.today())

    # Drafts name persons, whose names may have to go.
    engine = open_erasable(system.settings, "accounts")
    accounts = Accounts(
        engine,
        system.clock,
        who,
        Tokens(engine, system.clock, since, system.runner.position),
        hasher=hasher,
        idle=timedelta(minutes=system.settings.idle_minutes),
    )
    accounts.create_tables()
    return accounts


def demand_strong(password: str, username: str) -> None:
    """Raise ``WeakPassword`` for one that is guessed too easily."""
    found = problem(password, username)
    if found:
        raise WeakPassword(found)


def open_account(
    system: System, accounts: Accounts, new: NewAccount, password: str, *, by: By, first: bool = False
) -> None:
    """Open an account and grant its role, or propose it where two grant it. Its password is changed at the first sign-in."""
    demand_strong(password, new.username)
    asked = [(new.person.strip(), new.office.strip())] if new.person.strip() else []
    # Decided once for show: a name enters the vault only where the account is opened.
    for log, dry_run in ((Batch(system.log, dry_run=True), True), (system.log, False)):
        look = Look(system, log, system.ids)
        known = ACCOUNT.state(look, new.username).person_behind(new.same_as) if new.same_as else None
        people = system.vault.people(asked, dry_run=dry_run)
        person = known or next(iter(people.values()), PersonRef(ref="", commitment=""))
        record_account(look, new, person, by=by, first=first)
    accounts.set_password(new.username, password, must_change=True, display_name=new.display_name)


def record_account(look: Look, new: NewAccount, person: PersonRef, *, by: By, first: bool = False) -> None:
    """The events of opening an account."""
    perform(
        look,
        verbs.open_account,
        new.username,
        by,
        username=new.username,
        person=person,
        office=new.office,
        branch=new.branch,
        village=new.village,
        township=new.township,
        role=new.role,
        opened_by=by.actor,
        opened_on=look.today(),
        first=first,
    )


def reset_password(
    system: System, accounts: Accounts, username: str, password: str, *, by: By, by_keeper: bool = False
) -> None:
    """Give an account a password that its person changes at the next sign-in."""
    demand_strong(password, username)
    perform(
        look_of(system),
        verbs.reset_password,
        username,
        by,
        username=username,
        reset_by=by.actor,
        reset_on=system.today(),
        by_keeper=by_keeper,
    )
    accounts.set_password(username, password, must_change=True)


def change_password(
    system: System, accounts: Accounts, username: str, password: str, *, keep: str, by: By
) -> None:
    """Change the own password; the other sessions end."""
    demand_strong(password, username)
    perform(
        look_of(system), verbs.change_password, username, by, username=username, changed_on=system.today()
    )
    accounts.set_password(username, password, must_change=False, keep=keep)


def end_sessions_of_changed(system: System, accounts: Accounts) -> None:
    """From now on end the sessions of an account whose role, person or use changes, whichever door that came through."""
    lock, seen = threading.Lock(), system.log.position()

    def after_append(names: Collection[str]) -> None:
        nonlocal seen
        if not CHANGED.intersection(names):
            return
        with lock:
            for recorded in system.log.named(*CHANGED, after=seen):
                event = recorded.event
                handed = isinstance(event, OfficeHandedOver)
                accounts.end_sessions(event.successor if handed else event.username)  # type: ignore[attr-defined]
                seen = recorded.position

    system.log.on_append(after_append)
