"""Keeping accounts: who may sign in, for what, and who let them. Secrets are none of the log's business."""

from __future__ import annotations

from datetime import date

from application.eventlog.log import Decision, Log
from domain.account.events import RoleGranted, RoleProposed
from domain.account.register import STREAM, AccountRegister
from domain.account.role import BY_TWO, Role
from domain.kernel.event import Event
from domain.kernel.person import PersonRef, Persons
from domain.kernel.recorded import By


def persons_of(log: Log) -> Persons:
    """Who ever stood behind each account, from the log."""
    return log.state(STREAM, AccountRegister()).persons


class AccountService:
    """Stream ``accounts``."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def register(self) -> AccountRegister:
        """All accounts as they are now."""
        return self._log.state(STREAM, AccountRegister())

    def _decide(self, decision: Decision[AccountRegister], by: By) -> None:
        self._log.decide(STREAM, AccountRegister(), decision, by)

    def open_account(
        self,
        username: str,
        *,
        person: PersonRef,
        office: str,
        branch: str = "",
        village: str = "",
        role: Role | None = None,
        first: bool = False,
        opened_on: date,
        by: By,
    ) -> None:
        """Let a registered person sign in; a ``role`` is granted, or proposed where two grant it."""

        def decide(register: AccountRegister) -> list[Event]:
            opened = register.open_account(
                username=username,
                person=person,
                office=office,
                branch=branch,
                village=village,
                opened_by=by.actor,
                opened_on=opened_on,
            )
            if role is None:
                return [opened]
            given = _given(register.after(opened), username, role, first, opened_on, by)
            return [opened, given]

        self._decide(decide, by)

    def give_role(self, username: str, *, role: Role, given_on: date, by: By) -> None:
        """Grant a role, or propose it where two grant it."""
        self._decide(lambda register: _given(register, username, role, False, given_on, by), by)

    def name_person(self, username: str, *, person: PersonRef, because: str, named_on: date, by: By) -> None:
        """Put right who stands behind an account."""
        self._decide(
            lambda register: register.name_person(
                username=username, person=person, because=because, named_by=by.actor, named_on=named_on
            ),
            by,
        )

    def grant_role(self, username: str, *, role: Role, granted_on: date, by: By, first: bool = False) -> None:
        """Grant a role that one may grant; ``first``: one of the first two administrators."""
        self._decide(
            lambda register: register.grant_role(
                username=username, role=role, granted_by=by.actor, granted_on=granted_on, first=first
            ),
            by,
        )

    def propose_role(self, username: str, *, role: Role, proposed_on: date, by: By) -> None:
        """Ask for a role that two grant."""
        self._decide(
            lambda register: register.propose_role(
                username=username, role=role, proposed_by=by.actor, proposed_on=proposed_on
            ),
            by,
        )

    def approve_role(self, username: str, *, granted_on: date, by: By) -> None:
        """Grant what another proposed."""
        self._decide(
            lambda register: register.approve_role(
                username=username, granted_by=by.actor, granted_on=granted_on
            ),
            by,
        )

    def refuse_role(self, username: str, *, because: str, refused_on: date, by: By) -> None:
        """Not grant it."""
        self._decide(
            lambda register: register.refuse_role(
                username=username, because=because, refused_by=by.actor, refused_on=refused_on
            ),
            by,
        )

    def reset_password(self, username: str, *, by_keeper: bool = False, reset_on: date, by: By) -> None:
        """Record that somebody else gave the account a new password."""
        self._decide(
            lambda register: register.reset_password(
                username=username, by_keeper=by_keeper, reset_by=by.actor, reset_on=reset_on
            ),
            by,
        )

    def change_password(self, username: str, *, changed_on: date, by: By) -> None:
        """Record that the person changed the own password."""
        self._decide(lambda register: register.change_password(username=username, changed_on=changed_on), by)

    def disable_account(self, username: str, *, because: str, disabled_on: date, by: By) -> None:
        """Let nobody sign in as this any more."""
        self._decide(
            lambda register: register.disable_account(
                username=username, because=because, disabled_by=by.actor, disabled_on=disabled_on
            ),
            by,
        )

    def enable_account(self, username: str, *, because: str, enabled_on: date, by: By) -> None:
        """Take the same person back."""
        self._decide(
            lambda register: register.enable_account(
                username=username, because=because, enabled_by=by.actor, enabled_on=enabled_on
            ),
            by,
        )


def _given(
    register: AccountRegister, username: str, role: Role, first: bool, given_on: date, by: By
) -> RoleGranted | RoleProposed:
    if role in BY_TWO and not first:
        return register.propose_role(username=username, role=role, proposed_by=by.actor, proposed_on=given_on)
    return register.grant_role(
        username=username, role=role, granted_by=by.actor, granted_on=given_on, first=first
    )
