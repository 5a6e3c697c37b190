"""The accounts and what each is for; persons are references into the vault."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from application.actors.actor import READERS
from application.input.keyset import After, Places
from application.question import Asker, Limit, Listing, question
from application.questions.history import events_ahead, newest_steps
from application.questions.of_row import of_row
from application.questions.sentences import HistoryStep
from application.things import ACCOUNT
from domain.account.role import Role
from domain.kernel.errors import Unknown
from domain.kernel.folding import folded
from domain.kernel.values import Key, OptionalLine
from projections.boards.people.accounts import AccountRow, account_list, account_of
from projections.boards.people.deputies import DeputyRow, deputies_about
from projections.boards.people.handovers import HandoverRow, handovers_about

_ADMIN = frozenset({Role.ADMIN})


class AccountState(enum.Enum):
    """What matters of an account beside its role."""

    PROPOSED = "proposed"
    NO_ROLE = "no_role"
    DISABLED = "disabled"


class AccountOrder(enum.Enum):
    """How accounts are listed; after a minus the other way round."""

    USERNAME = "username"
    USERNAME_LAST = "-username"
    OFFICE = "office"
    OFFICE_LAST = "-office"


@dataclass(frozen=True)
class AccountsShown:
    """A page of accounts. ``roles`` and ``states``: how many of all that ``q`` finds have each role and are in each state;
    ``found``: how many there are with the role and the state, too."""

    found: int
    roles: Mapping[str, int]
    states: Mapping[str, int]
    rows: tuple[AccountRow, ...]
    next: str | None


_PLACES: Places[AccountRow] = {
    "username": lambda row: (row.username,),
    "office": lambda row: (row.office, row.username),
}


@question("/accounts", _ADMIN)
def list_accounts(
    asker: Asker,
    *,
    role: Role | None,
    state: AccountState | None,
    q: OptionalLine,
    sort: AccountOrder | None,
    after: After | None,
    limit: Limit | None,
) -> AccountsShown:
    """Accounts, by user name where no order is stated. ``q``: part of the user name or of the office."""
    wanted = folded(q)
    rows = account_list(asker.connection, asker.look.today(), asker.known_at)
    found = [row for row in rows if wanted in folded(row.username) or wanted in folded(row.office)]
    listed = [
        row
        for row in found
        if (role is None or row.role == role.value) and (state is None or state in _states(row))
    ]
    page = Listing.ordered(listed, _PLACES, sort or AccountOrder.USERNAME, after, limit)
    return AccountsShown(
        found=len(listed),
        roles=Counter(row.role for row in found if row.role),
        states=Counter(each.value for row in found for each in _states(row)),
        rows=page.rows,
        next=page.next,
    )


def _states(row: AccountRow) -> Iterator[AccountState]:
    if row.proposed_role:
        yield AccountState.PROPOSED
    if row.disabled:
        yield AccountState.DISABLED
    elif not row.role:
        yield AccountState.NO_ROLE


@dataclass(frozen=True)
class AccountShown(AccountRow):
    """An account with its deputies and those it acts for, with the offices that go or went from it or to it, and with what was
    done about it, each the newest first."""

    deputies: tuple[DeputyRow, ...]
    handovers: tuple[HandoverRow, ...]
    history: tuple[HistoryStep, ...]


@question("/accounts/{key}", _ADMIN, on=ACCOUNT)
def show_account(asker: Asker, *, key: Key) -> AccountShown:
    """One account."""
    row = account_of(asker.connection, key, asker.look.today(), asker.known_at)
    if row is None:
        raise Unknown("account", key)
    deputies = tuple(deputies_about(asker.connection, key, asker.known_at))
    handovers = tuple(handovers_about(asker.connection, key, asker.known_at))
    history = newest_steps(asker, "username", key, 100)
    return of_row(AccountShown, row, deputies=deputies, handovers=handovers, history=history)


@dataclass(frozen=True)
class OwnAccount:
    """The account of whoever asks, with its deputies and those it acts for, and what was done about it, the newest first."""

    username: str
    office: str
    role: Role
    deputies: tuple[DeputyRow, ...]
    history: tuple[HistoryStep, ...]


NEWEST = 50


def own_account_ahead(connection: Connection, username: str, known_at: int) -> None:
    """Say that it will be asked."""
    events_ahead(connection, "username", username, known_at, NEWEST)


@question("/own-account", READERS | _ADMIN)
def show_own_account(asker: Asker) -> OwnAccount:
    """What whoever asks is here, and since when."""
    actor = asker.actor
    history = newest_steps(asker, "username", actor.username, NEWEST)
    deputies = tuple(deputies_about(asker.connection, actor.username, asker.known_at))
    return OwnAccount(actor.username, actor.office, actor.role, deputies, history)
