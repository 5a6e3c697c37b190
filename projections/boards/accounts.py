"""The accounts with their roles, and which persons stood behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Row, String, Table, or_, select

from domain.account.events import (
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
    DeputyEnded,
    DeputyNamed,
    PasswordReset,
    PersonNamed,
    RoleGranted,
    RoleProposed,
    RoleRefused,
)
from domain.account.role import BY_TWO, Role
from domain.kernel.person import Persons
from projections.boards.deputies import deputyships, end_deputies, end_one, name_one
from projections.kit.columns import known, said, versioned_table
from projections.kit.projection import Projection
from projections.kit.tables import metadata
from projections.kit.writer import Writer

holders = versioned_table(
    "account_holder",
    Column("username", String(60), nullable=False),
    *said(AccountOpened, "person", "office", "branch", "village"),
    Column("role", String(20), nullable=False),
    Column("proposed_role", String(20), nullable=False),
    Column("proposed_by", String(60), nullable=False),
    Column("disabled", Boolean, nullable=False),
)
behind = Table(
    "account_person",
    metadata,
    Column("username", String(60), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("person", String(40), nullable=False, index=True),
)
accounts_board = Projection(
    "accounts", 2, [holders, behind, deputyships], small=[holders, behind, deputyships]
)
_NO_PROPOSAL = {"proposed_role": "", "proposed_by": ""}
_TWO = {role.value for role in BY_TWO}


@accounts_board.on(AccountOpened)
def _opened(write: Writer, event: AccountOpened) -> None:
    write.add(holders, role="", disabled=False, **_NO_PROPOSAL)
    write.insert(behind, username=event.username, position=write.recorded.position, person=event.person.ref)


@accounts_board.on(PersonNamed)
def _named(write: Writer, event: PersonNamed) -> None:
    write.change(holders, event.username, "person")
    write.insert(behind, username=event.username, position=write.recorded.position, person=event.person.ref)


@accounts_board.on(RoleProposed)
def _proposed(write: Writer, event: RoleProposed) -> None:
    write.change(holders, event.username, "proposed_by", proposed_role=event.role.value)


accounts_board.on(DeputyNamed)(name_one)
accounts_board.on(DeputyEnded)(end_one)


@accounts_board.on(RoleGranted)
def _granted(write: Writer, event: RoleGranted) -> None:
    _take_role(write, event.username, event.role.value)
    write.change(holders, event.username, **_NO_PROPOSAL)


def _take_role(write: Writer, username: str, role: str) -> None:
    """Whoever acts for the account, or it for others, does so in the role that it had."""
    before = write.get(holders, username)
    if before is not None and before["role"] != role:
        write.change(holders, username, role=role)
        end_deputies(write, username)


accounts_board.changes(RoleRefused, holders, **_NO_PROPOSAL)


@accounts_board.on(PasswordReset)
def _reset(write: Writer, event: PasswordReset) -> None:
    before = write.get(holders, event.username)
    if before is not None and before["role"] in _TWO and not event.by_keeper:
        _take_role(write, event.username, "")


@accounts_board.on(AccountDisabled)
def _disabled(write: Writer, event: AccountDisabled) -> None:
    _take_role(write, event.username, "")
    write.change(holders, event.username, disabled=True, **_NO_PROPOSAL)


accounts_board.changes(AccountEnabled, holders, disabled=False)


@dataclass(frozen=True)
class AccountRow:
    """An account as it is at a position; texts are empty where there is nothing."""

    username: str
    person: str
    office: str
    branch: str
    village: str
    role: str
    proposed_role: str
    proposed_by: str
    disabled: bool


def _row(row: Row[Any]) -> AccountRow:
    return AccountRow(*row[: len(AccountRow.__dataclass_fields__)])


def account_list(connection: Connection, known_at: int | None = None) -> list[AccountRow]:
    """All accounts, by user name, as known at a position."""
    query = select(holders).where(known(holders, known_at)).order_by(holders.c.username)
    return [_row(row) for row in connection.execute(query)]


def units_that_sign(connection: Connection, known_at: int | None = None) -> frozenset[str]:
    """The units for which somebody can sign: a clerk of theirs has an account in use."""
    clerks = holders.c.role == Role.BRANCH_CLERK.value
    query = select(holders.c.branch).where(known(holders, known_at), clerks, holders.c.disabled.is_(False))
    return frozenset(connection.execute(query).scalars())


def account_of(connection: Connection, username: str, known_at: int | None = None) -> AccountRow | None:
    """One account as known at a position, as it is now by default; ``username`` in normal form."""
    query = select(holders).where(known(holders, known_at), holders.c.username == username)
    row = connection.execute(query).first()
    return None if row is None else _row(row)


def account_since(connection: Connection, username: str, known_at: int) -> list[AccountRow]:
    """What an account was at a position and has been since, in order; nothing where there was none."""
    c = holders.c
    lasting = or_(c.known_to.is_(None), c.known_to > known_at)
    rows = connection.execute(
        select(holders).where(c.username == username, lasting).order_by(c.known_from)
    ).all()
    return [_row(row) for row in rows] if rows and rows[0].known_from <= known_at else []


def persons_behind(connection: Connection, usernames: Iterable[str]) -> set[str]:
    """References of all who ever stood behind these accounts; an account that names nobody stands for itself
    (``account:demo``), as in ``Persons``."""
    return set(persons(connection).of(*usernames))


def persons(connection: Connection) -> Persons:
    """Who ever stood behind each account."""
    found: dict[str, frozenset[str]] = {}
    for row in connection.execute(select(behind.c.username, behind.c.person)):
        found[row.username] = found.get(row.username, frozenset()) | {row.person}
    return Persons(found)
