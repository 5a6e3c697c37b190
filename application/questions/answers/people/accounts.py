"""The accounts and what each is for; persons are references into the vault."""

from __future__ import annotations

from application.question import Asker, Limit, Listing, question
from application.things import ACCOUNT
from domain.account.role import Role
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, OptionalLine
from projections.boards.accounts import AccountRow, account_list

_ADMIN = frozenset({Role.ADMIN})


@question("/accounts", _ADMIN)
def list_accounts(asker: Asker, *, after: OptionalLine, limit: Limit | None) -> Listing[AccountRow]:
    """All accounts, by user name."""
    rows = account_list(asker.connection, asker.known_at)
    return Listing.of(rows, lambda row: row.username, after or None, limit)


@question("/accounts/{key}", _ADMIN, on=ACCOUNT)
def show_account(asker: Asker, *, key: Key) -> AccountRow:
    """One account."""
    for row in account_list(asker.connection, asker.known_at):
        if row.username == key:
            return row
    raise Unknown("account", key)
