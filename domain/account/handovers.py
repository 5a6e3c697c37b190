"""Handing an office over: as one act, from a day on, and by two where two grant the role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.account import clauses, events
from domain.account.account import Account
from domain.account.handover import Handover
from domain.account.kept_accounts import KeptAccounts
from domain.account.role import BY_TWO, Role
from domain.kernel.decisions import demand, demanded
from domain.kernel.values import Actor, Key, KeyOf, Today, Words

Successor = Annotated[str, KeyOf("account")]
"""The user name of the account that takes an office."""


@dataclass(frozen=True)
class Handovers(KeptAccounts):
    """What is decided about handing offices over."""

    def hand_over_office(
        self,
        *,
        username: Key,
        successor: Successor,
        from_on: date,
        because: Words,
        arranged_by: Actor,
        arranged_on: Today,
    ) -> events.HandoverProposed | events.OfficeHandedOver:
        """Let another account have the role of this one from a day on, with all that waits for it; proposed where two grant
        the role."""
        register = self.on(arranged_on)
        account = register.hand_over_office_allowed(username=username)
        role = demanded(account.role, clauses.HANDOVER_OF_ROLE, username)
        other = register._in_use(successor)
        own, its = account.opened, other.opened
        demand(not self.persons.meet(own.username, its.username), clauses.SUCCESSOR_IS_ANOTHER, its.username)
        demand(not self.persons.meet(arranged_by, its.username), clauses.NOT_ONESELF, arranged_by)
        demand(other.role is None, clauses.SUCCESSOR_WITHOUT_ROLE, its.username)
        demand(other.proposed is None, clauses.PROPOSAL_DECIDED_FIRST, its.username)
        register._demand_no_handover(other)
        demand(_desk(own, role) == _desk(its, role), clauses.SUCCESSOR_OF_OFFICE, its.office)
        demand(arranged_on <= from_on, clauses.HANDOVER_IN_TIME, str(from_on))
        proposed = events.HandoverProposed(
            username=own.username,
            number=account.handovers + 1,
            successor=its.username,
            role=role,
            from_on=from_on,
            because=because.strip(),
            proposed_by=arranged_by,
            proposed_on=arranged_on,
        )
        return proposed if role in BY_TWO else _ordered(proposed, "", arranged_by, arranged_on)

    def hand_over_office_allowed(self, *, username: Key) -> Account:
        """The account, in use, with a role and nothing that waits; an administrator is left until then."""
        account = self._in_use(username)
        demanded(account.role, clauses.HANDOVER_OF_ROLE, username)
        demand(account.proposed is None, clauses.PROPOSAL_DECIDED_FIRST, username)
        self._demand_no_handover(account)
        self._demand_another_administrator(account)
        return account

    def approve_handover(
        self, *, username: Key, arranged_by: Actor, arranged_on: Today
    ) -> events.OfficeHandedOver:
        """Let go over what another administrator proposed: from its day on, or from today where that has passed."""
        proposed = self.on(arranged_on).approve_handover_allowed(username=username)
        by_another = not self.persons.meet(arranged_by, proposed.proposed_by)
        demand(by_another, clauses.ANOTHER_APPROVES, arranged_by)
        demand(not self.persons.meet(arranged_by, proposed.successor), clauses.NOT_ONESELF, arranged_by)
        return _ordered(proposed, proposed.proposed_by, arranged_by, arranged_on)

    def approve_handover_allowed(self, *, username: Key) -> events.HandoverProposed:
        """The handover that waits; an administrator is left until then."""
        account = self._account(username)
        found = self._handover_from(account)
        proposed = demanded(found.proposed if found else None, clauses.HANDOVER_PROPOSED, username)
        self._demand_another_administrator(account)
        return proposed

    def withdraw_handover(
        self, *, username: Key, because: Words, withdrawn_by: Actor, withdrawn_on: Today
    ) -> events.HandoverWithdrawn:
        """Let the office stay where it is: refuse the handover, or take it back before its day."""
        stated = self.on(withdrawn_on).withdraw_handover_allowed(username=username).stated
        return events.HandoverWithdrawn(
            username=stated.username,
            number=stated.number,
            successor=stated.successor,
            because=because.strip(),
            withdrawn_by=withdrawn_by,
            withdrawn_on=withdrawn_on,
        )

    def withdraw_handover_allowed(self, *, username: Key) -> Handover:
        """The handover whose day has not come."""
        found = self._handover_from(self._account(username))
        return demanded(found, clauses.HANDOVER_THERE, username)

    def _handover_from(self, account: Account) -> Handover | None:
        return next((each for each in self.handovers if each.username == account.opened.username), None)


def _desk(opened: events.AccountOpened, role: Role) -> tuple[str, str, str, str]:
    """What the account is of: a clerk's unit or village, or a township, whatever the office is called; else the office."""
    placed = role in (Role.BRANCH_CLERK, Role.VILLAGE_CLERK, Role.TOWNSHIP_OFFICE)
    return opened.branch, opened.village, opened.township, "" if placed else opened.office


def _ordered(
    proposed: events.HandoverProposed, proposed_by: str, by: str, day: date
) -> events.OfficeHandedOver:
    return events.OfficeHandedOver(
        username=proposed.username,
        number=proposed.number,
        successor=proposed.successor,
        role=proposed.role,
        from_on=max(proposed.from_on, day),
        because=proposed.because,
        proposed_by=proposed_by,
        arranged_by=by,
        arranged_on=day,
    )
