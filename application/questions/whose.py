"""What is shown in a list to whoever asks, said to the database: as ``admits`` says it of one thing."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, true

from application.actors.actor import READERS, Actor
from domain.account.role import Role


def own(actor: Actor, branch: ColumnElement[str], village: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a row, of the unit and the village in these columns, is shown: clerks see what is their unit's or village's and
    what has none, townships' offices what is their villages', other offices everything; nobody else sees anything."""
    if actor.role not in READERS:
        return false()
    if actor.role is Role.BRANCH_CLERK:
        return branch.in_(("", actor.branch))
    if actor.role is Role.VILLAGE_CLERK:
        return village.in_(("", actor.village))
    if actor.role is Role.TOWNSHIP_OFFICE:
        return village.in_(sorted(actor.villages))
    return true()
