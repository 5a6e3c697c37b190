"""Who acts, whose a thing is, and whether the one may touch the other."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from domain.account.role import Role
from domain.kernel.parties import Side


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who is signed in. ``branch`` and ``village`` bound what a clerk may see and do, ``villages`` what a township's office
    sees: those that are of its ``township`` today; empty elsewhere. ``person`` is the reference of the one registered person
    behind the account. ``acting_for``: the account in whose name ``username`` acts, whose role and office these are then;
    empty for the own."""

    username: str
    person: str
    display_name: str
    office: str
    role: Role
    branch: str = ""
    village: str = ""
    township: str = ""
    villages: frozenset[str] = frozenset()
    acting_for: str = ""


@dataclass(frozen=True)
class Owner:
    """Whose a thing is: of a branch, of a village, or of nobody in particular (empty). ``side``: what one side of the
    pairing began, which the clerk of the other has no say in. ``only``: who alone may touch it, where neither roles nor
    sides say so."""

    branch: str = ""
    village: str = ""
    side: str = ""
    only: Callable[[Actor], bool] | None = None


NOBODY = Owner()
SIDES = {Role.BRANCH_CLERK: Side.UNIT, Role.VILLAGE_CLERK: Side.VILLAGE}
"""Whom a clerk acts for: one side of the pairing, never the other."""
OFFICES = frozenset({Role.SUPERVISOR, Role.ASSESSOR, Role.REVIEWER, Role.AUDITOR, Role.APPROVER})
"""Who sees all of the county."""
EVERYBODY = OFFICES | frozenset(SIDES)
"""The same and the clerks, who see what is their own."""
TOWNSHIPS = frozenset({Role.TOWNSHIP_OFFICE})
"""Who sees what is of the own township's villages. A question is theirs only where it says so."""
BOUNDED = frozenset(SIDES) | TOWNSHIPS
"""Who sees a part of the county."""
READERS = EVERYBODY | TOWNSHIPS
"""Everybody to whom anything is shown that belongs to somebody."""


def admits(roles: Collection[Role], actor: Actor, owner: Owner = NOBODY) -> bool:
    """Whether ``actor`` has one of the roles and, as a clerk, acts on what is the own side's; as a township's office,
    on what is of one of its villages, or nobody's at all."""
    if actor.role not in roles:
        return False
    if owner.only is not None:
        return owner.only(actor)
    if owner.side and actor.role in SIDES and SIDES[actor.role].value != owner.side:
        return False
    if actor.role is Role.BRANCH_CLERK and owner.branch:
        return owner.branch == actor.branch
    if actor.role is Role.VILLAGE_CLERK and owner.village:
        return owner.village == actor.village
    if actor.role is Role.TOWNSHIP_OFFICE and (owner.branch or owner.village):
        return owner.village in actor.villages
    return True
