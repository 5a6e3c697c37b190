"""What can happen to an account. No event holds a password, a name or anything a password could be found from."""

from __future__ import annotations

from datetime import date

from domain.account.role import Role
from domain.kernel.event import Event
from domain.kernel.person import PersonRef


class AccountEvent(Event, context="account"):
    """Base of the events about accounts; each names its account."""

    username: str


class AccountOpened(AccountEvent, occurred="opened_on"):
    """A registered person may sign in as ``username``; what for is granted apart. ``branch`` and ``village``: the unit or
    village whose matters a clerk enters, ``township``: whose office it is; each empty for others."""

    person: PersonRef
    office: str
    branch: str
    village: str
    opened_by: str
    opened_on: date
    township: str = ""


class PersonNamed(AccountEvent, occurred="named_on"):
    """The person behind the account was named wrongly; both stood behind it from here on."""

    person: PersonRef
    because: str
    named_by: str
    named_on: date


class RoleProposed(AccountEvent, occurred="proposed_on"):
    """An administrator asks for a role that is granted by two."""

    role: Role
    proposed_by: str
    proposed_on: date


class RoleGranted(AccountEvent, occurred="granted_on"):
    """The account has this role, and no other, from now on. ``proposed_by`` is empty for a role that one may grant."""

    role: Role
    proposed_by: str
    granted_by: str
    granted_on: date


class RoleRefused(AccountEvent, occurred="refused_on"):
    """A proposed role was not granted, or its proposal taken back."""

    role: Role
    because: str
    refused_by: str
    refused_on: date


class PasswordReset(AccountEvent, occurred="reset_on"):
    """Somebody else gave the account a new password, to be changed at the next sign-in; its sessions ended. A role granted
    by two rests until two have granted it again, unless the machine's keeper did it (``by_keeper``)."""

    by_keeper: bool
    reset_by: str
    reset_on: date


class PasswordChanged(AccountEvent, occurred="changed_on"):
    """The person changed the own password; the other sessions ended."""

    changed_on: date


class AccountDisabled(AccountEvent, occurred="disabled_on"):
    """Nobody signs in as this any more; its role and its sessions ended."""

    because: str
    disabled_by: str
    disabled_on: date


class AccountEnabled(AccountEvent, occurred="enabled_on"):
    """The same person may sign in again, for no role until one is granted."""

    because: str
    enabled_by: str
    enabled_on: date


class DeputyNamed(AccountEvent, occurred="named_on"):
    """From one day to another, both included, ``deputy`` may act with the role and in the office of the account, in its name;
    who acts is recorded all the same. ``number`` counts the account's deputies, from 1."""

    number: int
    deputy: str
    from_on: date
    until_on: date
    because: str
    named_by: str
    named_on: date


class DeputyEnded(AccountEvent, occurred="ended_on"):
    """The deputy acts no more, though the last day had not come."""

    number: int
    deputy: str
    because: str
    ended_by: str
    ended_on: date


class HandoverProposed(AccountEvent, occurred="proposed_on"):
    """An administrator asks that the account's office goes to another from a day on, in a role that is granted by two.
    ``number`` counts the account's handovers, from 1."""

    number: int
    successor: str
    role: Role
    from_on: date
    because: str
    proposed_by: str
    proposed_on: date


class OfficeHandedOver(AccountEvent, occurred="arranged_on"):
    """From the day ``from_on`` the account has no role, and ``successor`` has the one it had, with all that waits for it.
    Nothing changes before. ``proposed_by`` is empty for a role that one may grant."""

    number: int
    successor: str
    role: Role
    from_on: date
    because: str
    proposed_by: str
    arranged_by: str
    arranged_on: date


class HandoverWithdrawn(AccountEvent, occurred="withdrawn_on"):
    """The office stays where it is: the handover was not approved, or taken back before its day."""

    number: int
    successor: str
    because: str
    withdrawn_by: str
    withdrawn_on: date


class PersonLinkEvent(Event, context="account"):
    """Base of what is said of two references into the vault."""

    ref: str
    other: str


class PersonsLinked(PersonLinkEvent, occurred="linked_on"):
    """The two references are one person."""

    because: str
    linked_by: str
    linked_on: date


class PersonsUnlinked(PersonLinkEvent, occurred="unlinked_on"):
    """They are two after all."""

    because: str
    unlinked_by: str
    unlinked_on: date
