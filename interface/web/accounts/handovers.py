"""To whom an office may be handed over: accounts of the same desk that are for nothing yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from application.input.reading import Written
from domain.account.names import normal
from domain.account.role import Role
from interface.web.kit.page.page import Page
from projections.boards.people.accounts import AccountRow, account_list, account_of

_PLACED = {Role.BRANCH_CLERK.value, Role.VILLAGE_CLERK.value, Role.TOWNSHIP_OFFICE.value}


def successors(page: Page, key: str, _: Written) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Those that the rules leave, by user name with the name of the person, as on the list of accounts."""
    own = account_of(page.connection, normal(key), page.today)
    if own is None:
        return {"successor": ()}
    desk = _desk(own, own.role)
    found = [
        each
        for each in account_list(page.connection, page.today)
        if not (each.role or each.proposed_role or each.disabled or each.person == own.person)
        and _desk(each, own.role) == desk
    ]
    names = page.people(each.person for each in found)
    return {
        "successor": [(each.username, f"{names.get(each.person, '')} · {each.username}") for each in found]
    }


def _desk(account: AccountRow, role: str) -> tuple[str, str, str, str]:
    return account.branch, account.village, account.township, "" if role in _PLACED else account.office
