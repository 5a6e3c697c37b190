"""All accounts with the persons behind them. One stream, so that no two decisions about administrators pass each other by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.account import clauses, events
from domain.account.account import Account, demand_fitting
from domain.account.deputy import LONGEST, Deputyship
from domain.account.handovers import Handovers
from domain.account.links import Links
from domain.account.names import is_plain, normal
from domain.account.role import BY_TWO, DEPUTISED, Role
from domain.kernel.decisions import demand, demanded
from domain.kernel.person import PersonRef
from domain.kernel.span import Span
from domain.kernel.values import Actor, Key, KeyOf, Line, OptionalLine, Today, Words

STREAM = "accounts"
OfBranch = Annotated[str, KeyOf("branch", may_be_empty=True)]
"""The unit whose matters a clerk enters, empty for everybody else."""
OfVillage = Annotated[str, KeyOf("village", may_be_empty=True)]
"""The village whose matters a clerk enters, empty for everybody else."""
OfTownship = OptionalLine
"""The township whose office it is, as villages name theirs; empty for everybody else."""
OtherAccount = Annotated[str, KeyOf("account")]
"""The user name of another account."""


@dataclass(frozen=True)
class AccountRegister(Handovers, Links):
    """All that is decided about accounts."""

    # ------------------------------------------------------------ who

    def open_account(
        self,
        *,
        username: Key,
        person: PersonRef | None,
        office: Line,
        branch: OfBranch,
        village: OfVillage,
        role: Role | None,
        opened_by: Actor,
        opened_on: Today,
        township: OfTownship = "",
        first: bool = False,
    ) -> Sequence[events.AccountEvent]:
        """Let a registered person sign in; ``role`` is granted, or proposed where two grant it. ``first``: as for a role."""
        name = normal(username)
        demand(is_plain(name), clauses.NAME_PLAIN, username)
        demand(name not in self.accounts, clauses.NAME_NEW, name)
        demand(person is not None and bool(person.ref), clauses.PERSON_NAMED, name)
        demand(bool(office.strip()), clauses.OFFICE_GIVEN, name)
        demand(sum(map(bool, (branch, village, township.strip()))) <= 1, clauses.SCOPE_FITS, name)
        assert person is not None
        opened = events.AccountOpened(
            username=name,
            person=person,
            office=office.strip(),
            branch=branch,
            village=village,
            township=township.strip(),
            opened_by=opened_by,
            opened_on=opened_on,
        )
        if role is None:
            return [opened]
        register = self.after(opened)
        if role in BY_TWO and not first:
            return [
                opened,
                register.propose_role(username=name, role=role, proposed_by=opened_by, proposed_on=opened_on),
            ]
        granted = register.grant_role(
            username=name, role=role, granted_by=opened_by, granted_on=opened_on, first=first
        )
        return [opened, granted]

    def name_person(
        self, *, username: Key, person: PersonRef, because: Words, named_by: Actor, named_on: Today
    ) -> events.PersonNamed:
        """Put right who stands behind an account. Somebody else gets an account of the own instead."""
        account = self.name_person_allowed(username=username)
        demand(bool(person.ref), clauses.PERSON_NAMED, username)
        return events.PersonNamed(
            username=account.opened.username,
            person=person,
            because=because.strip(),
            named_by=named_by,
            named_on=named_on,
        )

    def name_person_allowed(self, *, username: Key) -> Account:
        """The account, in use."""
        return self._in_use(username)

    # ------------------------------------------------------------ what for

    def grant_role(
        self, *, username: Key, role: Role, granted_by: Actor, granted_on: Today, first: bool = False
    ) -> events.RoleGranted:
        """Give an account a role that one may grant. ``first``: on the command line, one of the first two administrators."""
        register = self.on(granted_on)
        account = register.grant_role_allowed(username=username)
        demand_fitting(account, role)
        if first:
            own = self.persons.of(username)
            others = [each for each in register.administering if each.isdisjoint(own)]
            demand(role is Role.ADMIN and len(others) < 2, clauses.FIRST_TWO, role)
        else:
            demand(role not in BY_TWO, clauses.GRANTED_BY_TWO, role)
            demand(not self.persons.meet(granted_by, username), clauses.NOT_ONESELF, granted_by)
        return events.RoleGranted(
            username=account.opened.username,
            role=role,
            proposed_by="",
            granted_by=granted_by,
            granted_on=granted_on,
        )

    def grant_role_allowed(self, *, username: Key) -> Account:
        """The account, in use, with no role waiting; an administrator is left."""
        account = self.propose_role_allowed(username=username)
        self._demand_another_administrator(account)
        return account

    def propose_role(
        self, *, username: Key, role: Role, proposed_by: Actor, proposed_on: Today
    ) -> events.RoleProposed:
        """Ask for a role that signs or decides."""
        account = self.on(proposed_on).propose_role_allowed(username=username)
        demand_fitting(account, role)
        demand(role in BY_TWO, clauses.PROPOSED_IF_BY_TWO, role)
        demand(not self.persons.meet(proposed_by, username), clauses.NOT_ONESELF, proposed_by)
        return events.RoleProposed(
            username=account.opened.username, role=role, proposed_by=proposed_by, proposed_on=proposed_on
        )

    def propose_role_allowed(self, *, username: Key) -> Account:
        """The account, in use, with no role and no handover waiting."""
        account = self._in_use(username)
        demand(account.proposed is None, clauses.PROPOSAL_DECIDED_FIRST, username)
        self._demand_no_handover(account)
        return account

    def approve_role(self, *, username: Key, granted_by: Actor, granted_on: Today) -> events.RoleGranted:
        """Grant what another administrator proposed."""
        account, proposed = self.on(granted_on).approve_role_allowed(username=username)
        by_another = not self.persons.meet(granted_by, proposed.proposed_by)
        demand(by_another, clauses.ANOTHER_APPROVES, granted_by)
        demand(not self.persons.meet(granted_by, username), clauses.NOT_ONESELF, granted_by)
        return events.RoleGranted(
            username=account.opened.username,
            role=proposed.role,
            proposed_by=proposed.proposed_by,
            granted_by=granted_by,
            granted_on=granted_on,
        )

    def approve_role_allowed(self, *, username: Key) -> tuple[Account, events.RoleProposed]:
        """The account and the role that waits; an administrator is left."""
        account, proposed = self.refuse_role_allowed(username=username)
        self._demand_another_administrator(account)
        return account, proposed

    def refuse_role(
        self, *, username: Key, because: Words, refused_by: Actor, refused_on: Today
    ) -> events.RoleRefused:
        """Let a proposed role not be granted; who proposed it may take it back."""
        account, proposed = self.refuse_role_allowed(username=username)
        return events.RoleRefused(
            username=account.opened.username,
            role=proposed.role,
            because=because.strip(),
            refused_by=refused_by,
            refused_on=refused_on,
        )

    def refuse_role_allowed(self, *, username: Key) -> tuple[Account, events.RoleProposed]:
        """The account, in use, and the role that waits."""
        account = self._in_use(username)
        return account, demanded(account.proposed, clauses.ROLE_PROPOSED, username)

    # ------------------------------------------------------------ passwords

    def reset_password(
        self, *, username: Key, reset_by: Actor, reset_on: Today, by_keeper: bool = False
    ) -> events.PasswordReset:
        """Let somebody in who forgot the password. ``by_keeper``: on the command line."""
        register = self.on(reset_on)
        account = register.reset_password_allowed(username=username, by_keeper=by_keeper)
        return events.PasswordReset(
            username=account.opened.username, by_keeper=by_keeper, reset_by=reset_by, reset_on=reset_on
        )

    def reset_password_allowed(self, *, username: Key, by_keeper: bool = False) -> Account:
        """The account, in use, and neither of an administrator nor of a successor, unless the machine's keeper resets it."""
        account = self._in_use(username)
        allowed = by_keeper or account.role is not Role.ADMIN
        demand(allowed, clauses.KEEPER_RESETS_ADMINISTRATORS, username)
        if not by_keeper:
            self._demand_no_successor(account)
        return account

    def change_password(self, *, username: Key, changed_on: Today) -> events.PasswordChanged:
        """Change the own password."""
        account = self.change_password_allowed(username=username)
        return events.PasswordChanged(username=account.opened.username, changed_on=changed_on)

    change_password_allowed = name_person_allowed

    # ------------------------------------------------------------ deputies

    def name_deputy(
        self,
        *,
        username: Key,
        deputy: OtherAccount,
        from_on: date,
        until_on: date,
        because: Words,
        named_by: Actor,
        named_on: Today,
    ) -> events.DeputyNamed:
        """Let another account act for this one from one day to another."""
        register = self.on(named_on)
        account = register.name_deputy_allowed(username=username)
        other = register._account(deputy)
        own, its = account.opened.username, other.opened.username
        demand(other.role is account.role, clauses.DEPUTY_OF_SAME_ROLE, its)
        demand(not self.persons.meet(its, own), clauses.DEPUTY_IS_ANOTHER, its)
        demand(named_by == own or not self.persons.meet(named_by, its), clauses.NOT_ONESELF, named_by)
        span, days = Span(from_on, until_on), (until_on - from_on).days + 1
        demand(named_on <= from_on and 1 <= days <= LONGEST, clauses.DEPUTY_IN_TIME, str(span))
        lasting = [each for each in register.deputyships if not each.is_over(named_on)]
        demand(all(each.named.username != own for each in lasting), clauses.ONE_DEPUTY, own)
        chained = [each for each in lasting if each.named.deputy == own or each.named.username == its]
        demand(not any(each.span.meets(span) for each in chained), clauses.NO_DEPUTY_OF_DEPUTY, str(span))
        return events.DeputyNamed(
            username=own,
            number=account.deputies + 1,
            deputy=its,
            from_on=from_on,
            until_on=until_on,
            because=because.strip(),
            named_by=named_by,
            named_on=named_on,
        )

    def name_deputy_allowed(self, *, username: Key) -> Account:
        """The account, in use, in a role in which somebody may act for another."""
        account = self._in_use(username)
        demand(account.role in DEPUTISED, clauses.DEPUTISED, account.role or "")
        return account

    def end_deputy(
        self, *, username: Key, because: Words, ended_by: Actor, ended_on: Today
    ) -> events.DeputyEnded:
        """Let nobody act for the account any more, though the last day has not come."""
        deputyship = self.on(ended_on).end_deputy_allowed(username=username)
        named = deputyship.named
        demand(not deputyship.is_over(ended_on), clauses.DEPUTY_THERE, str(deputyship.span))
        return events.DeputyEnded(
            username=named.username,
            number=named.number,
            deputy=named.deputy,
            because=because.strip(),
            ended_by=ended_by,
            ended_on=ended_on,
        )

    def end_deputy_allowed(self, *, username: Key) -> Deputyship:
        """The deputy's time, which nobody has ended."""
        return demanded(self._account(username).deputy, clauses.DEPUTY_THERE, username)

    # ------------------------------------------------------------ the end

    def disable_account(
        self, *, username: Key, because: Words, disabled_by: Actor, disabled_on: Today
    ) -> events.AccountDisabled:
        """Let nobody sign in as this any more."""
        account = self.on(disabled_on).disable_account_allowed(username=username)
        return events.AccountDisabled(
            username=account.opened.username,
            because=because.strip(),
            disabled_by=disabled_by,
            disabled_on=disabled_on,
        )

    def disable_account_allowed(self, *, username: Key) -> Account:
        """The account, in use and no successor's; an administrator is left."""
        account = self._in_use(username)
        self._demand_no_successor(account)
        self._demand_another_administrator(account)
        return account

    def enable_account(
        self, *, username: Key, because: Words, enabled_by: Actor, enabled_on: Today
    ) -> events.AccountEnabled:
        """Take the same person back, for no role yet."""
        account = self.enable_account_allowed(username=username)
        return events.AccountEnabled(
            username=account.opened.username,
            because=because.strip(),
            enabled_by=enabled_by,
            enabled_on=enabled_on,
        )

    def enable_account_allowed(self, *, username: Key) -> Account:
        """The account, disabled."""
        account = self._account(username)
        demand(account.disabled, clauses.DISABLED_FIRST, username)
        return account
