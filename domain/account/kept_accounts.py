"""The accounts as they are on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Self

from domain.account import clauses, events
from domain.account.account import Account, evolved
from domain.account.deputy import Deputyship
from domain.account.handover import Handover
from domain.account.names import normal
from domain.account.role import Role
from domain.kernel.decisions import demand, demanded
from domain.kernel.person import PersonRef, Persons


@dataclass(frozen=True)
class KeptAccounts:
    """Every account by its user name in normal form. ``handovers``: of offices whose day has not come."""

    accounts: Mapping[str, Account] = field(default_factory=lambda: MappingProxyType({}))
    handovers: tuple[Handover, ...] = ()
    links: frozenset[frozenset[str]] = frozenset()
    """Pairs of references into the vault that are one person."""

    @property
    def persons(self) -> Persons:
        """Who ever stood behind each account."""
        behind = {name: frozenset(p.ref for p in each.persons) for name, each in self.accounts.items()}
        return Persons(behind, self.links)

    def person_behind(self, username: str) -> PersonRef:
        """Who stands behind an account now."""
        return self._account(username).persons[-1]

    @property
    def administrators(self) -> list[str]:
        """The accounts in use as administrators."""
        return [name for name, each in self.accounts.items() if each.role is Role.ADMIN]

    @property
    def deputyships(self) -> list[Deputyship]:
        """Those that nobody has ended, whether they have begun, last or are over."""
        return [each.deputy for each in self.accounts.values() if each.deputy is not None]

    def has(self, username: str) -> bool:
        """Whether there is such an account, in use or not."""
        return normal(username) in self.accounts

    def handover_of(self, username: str) -> Handover | None:
        """The handover that the account has a part in and whose day has not come."""
        return next((each for each in self.handovers if each.concerns(username)), None)

    def on(self, day: date) -> Self:
        """The accounts on a day: offices whose day has come by then are in other hands."""
        register = self
        for each in self.handovers:
            if each.is_due(day):
                register = register._handed_over(each)
        return register

    def _handed_over(self, due: Handover) -> Self:
        # Nobody acts for the account that leaves, nor it for others.
        register = self._without_deputies(due.username)
        register = register._with(due.username, replace(register.accounts[due.username], role=None))
        register = register._with(due.successor, replace(register.accounts[due.successor], role=due.role))
        return replace(register, handovers=register._without(due.username))

    def _without(self, username: str) -> tuple[Handover, ...]:
        return tuple(each for each in self.handovers if each.username != username)

    # ------------------------------------------------------------ what decisions ask

    def _account(self, username: str) -> Account:
        return demanded(self.accounts.get(normal(username)), clauses.EXISTS, username)

    def _in_use(self, username: str) -> Account:
        account = self._account(username)
        demand(not account.disabled, clauses.ENABLED, username)
        return account

    @property
    def administering(self) -> list[frozenset[str]]:
        """The persons who are administrators, each as all the references that stand for that person."""
        found: list[frozenset[str]] = []
        for username in self.administrators:
            own = self.persons.of(username)
            apart = [each for each in found if each.isdisjoint(own)]
            found = [*apart, own.union(*(each for each in found if each not in apart))]
        return found

    def _demand_another_administrator(self, account: Account) -> None:
        left = set(self.administrators) - {account.opened.username}
        demand(bool(left) or account.role is not Role.ADMIN, clauses.LAST_ADMINISTRATOR)

    def _demand_no_handover(self, account: Account) -> None:
        found = self.handover_of(account.opened.username)
        demand(found is None, clauses.HANDOVER_WITHDRAWN_FIRST, str(found) if found else "")

    def _demand_no_successor(self, account: Account) -> None:
        found = self.handover_of(account.opened.username)
        if found is not None and found.successor == account.opened.username:
            self._demand_no_handover(account)

    # ------------------------------------------------------------ evolution

    def after(self, event: events.AccountEvent | events.PersonLinkEvent) -> Self:
        """The accounts once ``event`` has happened, on its day."""
        day = event.occurred_on
        register = self if day is None else self.on(day)
        match event:
            case events.PersonsLinked():
                return replace(register, links=register.links | {frozenset({event.ref, event.other})})
            case events.PersonsUnlinked():
                return replace(register, links=register.links - {frozenset({event.ref, event.other})})
            case events.PersonLinkEvent():
                return register
            case events.AccountOpened():
                return register._with(event.username, Account(event, (event.person,)))
            case events.PasswordChanged():
                return register
            case events.HandoverProposed() | events.OfficeHandedOver():
                arranged = (*register._without(event.username), Handover(event))
                register = replace(register, handovers=arranged)
            case events.HandoverWithdrawn():
                return replace(register, handovers=register._without(event.username))
        before = register.accounts[event.username]
        after = evolved(before, event)
        changed = register._with(before.opened.username, after)
        # Another role, or none: nobody acts for it as what it was, nor it for others.
        return changed if after.role is before.role else changed._without_deputies(event.username)

    def _with(self, username: str, account: Account) -> Self:
        return replace(self, accounts={**self.accounts, username: account})

    def _without_deputies(self, username: str) -> Self:
        ended = {
            name: replace(each, deputy=None)
            for name, each in self.accounts.items()
            if each.deputy is not None and each.deputy.concerns(username)
        }
        return replace(self, accounts={**self.accounts, **ended})
