"""Acting for an account: who may today, and as what. The rules of two persons take deputy and account for one person then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, select

from application.actors.actor import Actor
from domain.account.role import DEPUTISED, Role
from domain.kernel.person import Persons
from projections.boards.people.accounts import AccountRow, account_of
from projections.boards.people.deputies import deputies_about
from projections.boards.trail import trail


def principals(connection: Connection, username: str, today: date) -> list[AccountRow]:
    """The accounts in whose name somebody may act today, by user name."""
    found = [
        account_of(connection, each.username, today)
        for each in deputies_about(connection, username)
        if each.deputy == username and each.in_force(today)
    ]
    there = (each for each in found if each is not None and not each.disabled and each.role)
    return sorted(there, key=lambda each: each.username)


def acting_for(own: Actor, principal: AccountRow) -> Actor:
    """The same person in the role and the office of another account, and in its name."""
    assert Role(principal.role) in DEPUTISED
    return replace(
        own,
        office=principal.office,
        role=Role(principal.role),
        branch=principal.branch,
        village=principal.village,
        acting_for=principal.username,
    )


def together(
    connection: Connection, persons: Persons, stream: str, deputies: Iterable[tuple[str, str]]
) -> Persons:
    """``persons`` for deciding on a stream: whoever acts or has acted on it for an account is taken for one person with that
    account's. ``deputies``: who acts now, and for whom."""
    c = trail.c
    acted = select(c.actor, c.acting_for).where(c.stream == stream, c.acting_for != "").distinct()
    return persons.joined([*deputies, *((row.actor, row.acting_for) for row in connection.execute(acted))])
