"""A process that writes to everything beside others that do the same: ``busy_writer URL|- FOLDER NAME TIMES``."""

from __future__ import annotations

import sys
from pathlib import Path

from argon2 import PasswordHasher

from application.access import Actor, Role
from domain.kernel.recorded import By, Source
from domain.registry.events import TargetKind
from interface.accounts.accounts import Accounts
from interface.composition import build
from interface.databases import open_engine
from interface.settings import Settings

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def main(url: str, folder: str, name: str, times: str) -> None:
    """Open (or begin) the log, then the vault, the accounts, the accesses and the log, turn and turn about."""
    system = build(Settings(folder=Path(folder), database_url=None if url == "-" else url))
    accounts = Accounts(open_engine(system.settings, "accounts"), system.clock, QUICK)
    accounts.create_tables()
    actor = Actor(username=name, person=name, display_name=name, office="县联建办", role=Role.APPROVER)
    accounts.put(actor, "right")
    by = By(actor=name, source=Source(kind="command", name="test"))
    for n in range(int(times)):
        system.vault.person(f"同名{n}", "县联建办")
        system.vault.person(f"{name}{n}", "县联建办")
        assert accounts.sign_in(name, "wrong") is None
        assert accounts.sign_in(name, "right") is not None
        system.accesses.note(actor, "name", [f"{n}"], "/")
        system.services.registry.register_village(
            name=f"{name}村{n}", kind=TargetKind.VILLAGE, township="镇", by=by
        )
    accounts.close()
    system.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
