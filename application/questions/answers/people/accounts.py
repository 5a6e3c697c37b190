"""The accounts and what each is for; persons are references into the vault."""

from __future__ import annotations

from dataclasses import dataclass

from application.actor import EVERYBODY
from application.question import Asker, Limit, Listing, question
from application.questions.history import newest_steps
from application.questions.of_row import of_row
from application.questions.sentences import HistoryStep
from application.things import ACCOUNT
from domain.account.role import Role
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, OptionalLine
from projections.boards.accounts import AccountRow, account_list, account_of

_ADMIN = frozenset({Role.ADMIN})


@question("/accounts", _ADMIN)
def list_accounts(asker: Asker, *, after: OptionalLine, limit: Limit | None) -> Listing[AccountRow]:
    """All accounts, by user name."""
    rows = account_list(asker.connection, asker.known_at)
    return Listing.of(rows, lambda row: row.username, after or None, limit)


@dataclass(frozen=True)
class AccountShown(AccountRow):
    """An account with what was done about it, the newest first."""

    history: tuple[HistoryStep, ...]


@question("/accounts/{key}", _ADMIN, on=ACCOUNT)
def show_account(asker: Asker, *, key: Key) -> AccountShown:
    """One account."""
    row = account_of(asker.connection, key, asker.known_at)
    if row is None:
        raise Unknown("account", key)
    return of_row(AccountShown, row, history=newest_steps(asker, "username", key, 100))


@dataclass(frozen=True)
class OwnAccount:
    """The account of whoever asks, with what was done about it, the newest first."""

    username: str
    office: str
    role: Role
    history: tuple[HistoryStep, ...]


@question("/own-account", EVERYBODY | _ADMIN)
def show_own_account(asker: Asker) -> OwnAccount:
    """What whoever asks is here, and since when."""
    actor = asker.actor
    history = newest_steps(asker, "username", actor.username, 50)
    return OwnAccount(actor.username, actor.office, actor.role, history)
