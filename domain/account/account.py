"""One account: who stands behind it, and what for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.account import clauses, events
from domain.account.deputy import Deputyship
from domain.account.role import BY_TWO, Role
from domain.kernel.decisions import demand
from domain.kernel.person import PersonRef


@dataclass(frozen=True)
class Account:
    """``persons``: who ever stood behind it, the newest last. ``role`` is ``None`` until one is granted. ``deputy``: who acts for
    it for a time, unless that was ended; ``deputies`` and ``handovers``: how many of them it ever had or began."""

    opened: events.AccountOpened
    persons: tuple[PersonRef, ...]
    role: Role | None = None
    proposed: events.RoleProposed | None = None
    disabled: bool = False
    deputy: Deputyship | None = None
    deputies: int = 0
    handovers: int = 0


def demand_fitting(account: Account, role: Role) -> None:
    """Refuse a role that the account is not for, or has."""
    opened = account.opened
    fits = bool(opened.branch) == (role is Role.BRANCH_CLERK)
    fits = fits and bool(opened.village) == (role is Role.VILLAGE_CLERK)
    fits = fits and bool(opened.township) == (role is Role.TOWNSHIP_OFFICE)
    demand(fits, clauses.SCOPE_FITS, role)
    demand(role is not account.role, clauses.ROLE_DIFFERS, role)


def evolved(account: Account, event: events.AccountEvent) -> Account:
    """The account once the event about it has happened."""
    match event:
        case events.PersonNamed():
            return replace(account, persons=(*account.persons, event.person))
        case events.RoleProposed():
            return replace(account, proposed=event)
        case events.RoleGranted():
            return replace(account, role=event.role, proposed=None)
        case events.RoleRefused():
            return replace(account, proposed=None)
        case events.PasswordReset() if not event.by_keeper and account.role in BY_TWO:
            return replace(account, role=None)
        case events.AccountDisabled():
            return replace(account, role=None, proposed=None, disabled=True)
        case events.DeputyNamed():
            return replace(account, deputy=Deputyship(event), deputies=event.number)
        case events.DeputyEnded():
            return replace(account, deputy=None)
        case events.HandoverProposed() | events.OfficeHandedOver():
            return replace(account, handovers=event.number)
        case events.AccountEnabled():
            return replace(account, disabled=False)
    return account
