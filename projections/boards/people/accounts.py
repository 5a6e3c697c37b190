"""The accounts with their roles, and which persons stood behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Select,
    String,
    Table,
    case,
    func,
    literal,
    or_,
    select,
)

from domain.account.events import (
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
    DeputyEnded,
    DeputyNamed,
    HandoverProposed,
    HandoverWithdrawn,
    OfficeHandedOver,
    PasswordReset,
    PersonNamed,
    PersonsLinked,
    PersonsUnlinked,
    RoleGranted,
    RoleProposed,
    RoleRefused,
)
from domain.account.role import BY_TWO, Role
from domain.kernel.person import Persons
from projections.boards.people.deputies import deputyships, end_deputies, end_one, keep_deputies, name_one
from projections.boards.people.handovers import begin_handover, handovers, withdraw
from projections.boards.people.person_links import link, links, person_links, unlink
from projections.boards.people.terms_of_office import begin_term, end_terms, keep_terms, terms_of_office
from projections.boards.registry.names import villages_of_township
from projections.kit.columns import known, said, versioned_table
from projections.kit.projection import Projection
from projections.kit.tables import metadata
from projections.kit.writer import Writer

holders = versioned_table(
    "account_holder",
    Column("username", String(60), nullable=False),
    *said(AccountOpened, "person", "office", "branch", "village", "township"),
    Column("role", String(20), nullable=False),
    Column("proposed_role", String(20), nullable=False),
    Column("proposed_by", String(60), nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("leaves_on", Date),
    Column("takes_role", String(20), nullable=False),
    Column("takes_on", Date),
    Column("stated_on", Date, nullable=False),
)
"""``stated_on``: the day of the act that made it so; ``leaves_on``: from then on it has no role; ``takes_on``: from then on it
has ``takes_role``; each unless another is granted. What an account is for on a day is said by ``role_on``."""
behind = Table(
    "account_person",
    metadata,
    Column("username", String(60), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("person", String(40), nullable=False, index=True),
)
_TABLES = [holders, behind, deputyships, handovers, terms_of_office, person_links]
accounts_board = Projection("accounts", 6, _TABLES, small=_TABLES)
accounts_board.on(PersonsLinked)(link)
accounts_board.on(PersonsUnlinked)(unlink)
_NO_PROPOSAL = {"proposed_role": "", "proposed_by": ""}
_NO_HANDOVER = {"leaves_on": None, "takes_role": "", "takes_on": None}
_TWO = {role.value for role in BY_TWO}


@accounts_board.on(AccountOpened)
def _opened(write: Writer, event: AccountOpened) -> None:
    write.add(holders, role="", disabled=False, stated_on=_day(write), **_NO_PROPOSAL, **_NO_HANDOVER)
    write.insert(behind, username=event.username, position=write.recorded.position, person=event.person.ref)


@accounts_board.on(PersonNamed)
def _named(write: Writer, event: PersonNamed) -> None:
    _state(write, event.username, "person")
    write.insert(behind, username=event.username, position=write.recorded.position, person=event.person.ref)


@accounts_board.on(RoleProposed)
def _proposed(write: Writer, event: RoleProposed) -> None:
    _state(write, event.username, "proposed_by", proposed_role=event.role.value)


@accounts_board.on(DeputyNamed)
def _deputy_named(write: Writer, event: DeputyNamed) -> None:
    name_one(write, event)
    for each in (event.username, event.deputy):
        row = write.get(holders, each)
        if row is not None and row["leaves_on"] is not None:
            end_deputies(write, each, row["leaves_on"])


accounts_board.on(DeputyEnded)(end_one)


@accounts_board.on(RoleGranted)
def _granted(write: Writer, event: RoleGranted) -> None:
    _take_role(write, event.username, event.role.value)
    _state(write, event.username, **_NO_PROPOSAL)


def _state(write: Writer, username: str, *said: str, **changes: object) -> None:
    write.change(holders, username, *said, stated_on=_day(write), **changes)


def _take_role(write: Writer, username: str, role: str) -> None:
    """Whoever acts for the account, or it for others, does so in the role that it had."""
    if _role(write, username) != role:
        end_deputies(write, username, _day(write))
        end_terms(write, username, _day(write))
        if role:
            begin_term(write, username, role, _day(write))
    _state(write, username, role=role, **_NO_HANDOVER)


def _day(write: Writer) -> date:
    day = write.recorded.event.occurred_on
    assert day is not None, "an account's events have their day"
    return day


def _role(write: Writer, username: str) -> str:
    """What the account is for on the day of the event."""
    row, day = write.get(holders, username), _day(write)
    if row is None:
        return ""
    if row["takes_on"] is not None and row["takes_on"] <= day:
        return str(row["takes_role"])
    return "" if row["leaves_on"] is not None and row["leaves_on"] <= day else str(row["role"])


@accounts_board.on(RoleRefused)
def _refused(write: Writer, event: RoleRefused) -> None:
    _state(write, event.username, **_NO_PROPOSAL)


@accounts_board.on(PasswordReset)
def _reset(write: Writer, event: PasswordReset) -> None:
    if _role(write, event.username) in _TWO and not event.by_keeper:
        _take_role(write, event.username, "")


@accounts_board.on(AccountDisabled)
def _disabled(write: Writer, event: AccountDisabled) -> None:
    _take_role(write, event.username, "")
    _state(write, event.username, disabled=True, **_NO_PROPOSAL)


@accounts_board.on(AccountEnabled)
def _enabled(write: Writer, event: AccountEnabled) -> None:
    _state(write, event.username, disabled=False)


accounts_board.on(HandoverProposed)(begin_handover)


@accounts_board.on(OfficeHandedOver)
def _handed_over(write: Writer, event: OfficeHandedOver) -> None:
    begin_handover(write, event)
    for each in (event.username, event.successor):
        # What earlier handovers made of them is what they are now.
        _state(write, each, role=_role(write, each), **_NO_HANDOVER)
    _state(write, event.username, leaves_on=event.from_on)
    _state(write, event.successor, takes_role=event.role.value, takes_on=event.from_on)
    end_deputies(write, event.username, event.from_on)
    end_terms(write, event.username, event.from_on)
    begin_term(write, event.successor, event.role.value, event.from_on)


@accounts_board.on(HandoverWithdrawn)
def _withdrawn(write: Writer, event: HandoverWithdrawn) -> None:
    if not withdraw(write, event):
        # What was only proposed had changed nothing yet.
        return
    _state(write, event.username, leaves_on=None)
    _state(write, event.successor, takes_role="", takes_on=None)
    for other in keep_deputies(write, event.username, event.withdrawn_on):
        row = write.get(holders, other)
        if row is not None and row["leaves_on"] is not None:
            end_deputies(write, other, row["leaves_on"])
    keep_terms(write, event.username, event.successor, event.withdrawn_on)


def role_on(day: date | ColumnElement[date]) -> ColumnElement[str]:
    """What an account is for on a day; empty for nothing."""
    c = holders.c
    return case((c.takes_on <= day, c.takes_role), (c.leaves_on <= day, ""), else_=c.role)


@dataclass(frozen=True)
class AccountRow:
    """An account as it is at a position; texts are empty where there is nothing."""

    username: str
    person: str
    office: str
    branch: str
    village: str
    township: str
    role: str
    proposed_role: str
    proposed_by: str
    disabled: bool


@dataclass(frozen=True)
class AccountOfDay(AccountRow):
    """An account on a day. ``villages``: those that are of its township then, however they came to it."""

    villages: frozenset[str] = frozenset()


def _of_day(connection: Connection, row: Sequence[Any], day: date) -> AccountOfDay:
    found = AccountOfDay(*row[: len(AccountRow.__dataclass_fields__)])
    if not found.township:
        return found
    return replace(found, villages=villages_of_township(connection, found.township, day))


def _shown(day: date | ColumnElement[date]) -> list[ColumnElement[Any]]:
    names = AccountRow.__dataclass_fields__
    return [role_on(day).label(name) if name == "role" else holders.c[name] for name in names]


def _rows(day: date, known_at: int | None, *conditions: ColumnElement[bool]) -> Select[Any]:
    query = select(*_shown(day)).where(known(holders, known_at), *conditions)
    return query.order_by(holders.c.username)


def account_list(connection: Connection, day: date, known_at: int | None = None) -> list[AccountRow]:
    """All accounts on a day, by user name, as known at a position."""
    return [AccountRow(*row) for row in connection.execute(_rows(day, known_at))]


def units_that_sign(connection: Connection, day: date, known_at: int | None = None) -> frozenset[str]:
    """The units for which somebody can sign: a clerk of theirs has an account in use."""
    clerks = role_on(day) == Role.BRANCH_CLERK.value
    query = select(holders.c.branch).where(known(holders, known_at), clerks, holders.c.disabled.is_(False))
    return frozenset(connection.execute(query).scalars())


def account_of(
    connection: Connection, username: str, day: date, known_at: int | None = None
) -> AccountOfDay | None:
    """One account on a day, as known at a position, by default now; ``username`` in normal form."""
    row = connection.execute(_rows(day, known_at, holders.c.username == username)).first()
    return None if row is None else _of_day(connection, row, day)


def account_since(connection: Connection, username: str, known_at: int, day: date) -> list[AccountOfDay]:
    """What an account was at a position and has been since, in order: each as it was on the day of the act after it, the last as
    it is on ``day``; nothing where there was none."""
    c = holders.c
    lasting = or_(c.known_to.is_(None), c.known_to > known_at)
    until = func.coalesce(func.lead(c.stated_on).over(order_by=c.known_from), literal(day, Date()))
    query = select(*_shown(until), c.known_from).where(c.username == username, lasting).order_by(c.known_from)
    rows = connection.execute(query).all()
    there = rows and rows[0].known_from <= known_at
    return [_of_day(connection, row, day) for row in rows] if there else []


def persons_behind(connection: Connection, usernames: Iterable[str]) -> set[str]:
    """References of all who ever stood behind these accounts; an account that names nobody stands for itself
    (``account:demo``), as in ``Persons``."""
    return set(persons(connection).of(*usernames))


def persons(connection: Connection) -> Persons:
    """Who ever stood behind each account."""
    found: dict[str, frozenset[str]] = {}
    for row in connection.execute(select(behind.c.username, behind.c.person)):
        found[row.username] = found.get(row.username, frozenset()) | {row.person}
    return Persons(found, links(connection))
