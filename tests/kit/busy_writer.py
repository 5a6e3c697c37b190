"""A process that writes to everything beside others that do the same."""

from __future__ import annotations

from pathlib import Path

from argon2 import PasswordHasher

from application.settings import Settings
from application.stores.accounts.keeping import NewAccount, accounts_of, open_account
from domain.account.role import Role
from domain.kernel.recorded import By, Source
from interface.composition import build
from tests.kit.entries import registered_village

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def main(url: str, folder: str, name: str, times: str) -> None:
    """Open (or begin) the log, then the vault, the accounts, the accesses and the log, turn and turn about."""
    system = build(Settings(folder=Path(folder), database_url=None if url == "-" else url))
    accounts = accounts_of(system, QUICK)
    by = By(actor="clerk", source=Source(kind="command", name="test"))
    new = NewAccount(username=name, person=name, display_name=name, office="县联建办", role=Role.AUDITOR)
    open_account(system, accounts, new, "dong-shan-3-he", by=by)
    for n in range(int(times)):
        system.vault.person(f"同名{n}", "县联建办")
        system.vault.person(f"{name}{n}", "县联建办")
        assert not accounts.sign_in(name, "wrong", f"10.0.0.{n}").token
        session = accounts.session(accounts.sign_in(name, "dong-shan-3-he", f"10.0.0.{n}").token)
        assert session is not None
        system.accesses.note(session.actor, "name", [f"{n}"], "/")
        registered_village(system, f"{name}村{n}", by=by)
    accounts.close()
    system.close()
