"""Who reads a complaint, and who may handle it: never whom it is about."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from application.actors.actor import Actor
from domain.account.role import Role
from domain.complaint.events import Desk
from domain.kernel.person import Persons

READ_ALL = frozenset({Role.AUDITOR, Role.REVIEWER})
HANDLERS = frozenset(Role(each.value) for each in Desk)


class Heard(Protocol):
    """What of a complaint says so: its state, or its row."""

    @property
    def written_by(self) -> str: ...

    @property
    def concerning(self) -> Collection[str]: ...

    @property
    def doers(self) -> Collection[str]: ...


def kept_from(actor: Actor, its: Heard, persons: Persons) -> bool:
    """Whether it is about the actor, about another account of the same person, or about whom the actor acts for."""
    names = {actor.username, actor.acting_for} - {""}
    about = any(persons.meet(each, *its.concerning) for each in names)
    return actor.username != its.written_by and about


def reads(actor: Actor, its: Heard, desk: Desk, persons: Persons) -> bool:
    """Whether the actor may read it: its author, those it lies with or who have handled it, auditors and reviewers."""
    if kept_from(actor, its, persons):
        return False
    own = actor.username == its.written_by or actor.username in its.doers
    return own or actor.role in READ_ALL or actor.role.value == desk.value


def hears(actor: Actor, its: Heard, desk: Desk, persons: Persons) -> bool:
    """Whether it waits for the actor's role, or is the actor's own."""
    waits = actor.role.value == desk.value or actor.username == its.written_by
    return waits and not kept_from(actor, its, persons)
