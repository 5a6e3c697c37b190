"""A unit or a village is split in one act: the new ones, their codes, and the pairings that go to them.

docs/decisions/0038-splitting.md
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from application.claims.naming import coding, taking
from application.claims.splitting import Split, goes_along, going_along, held_by
from application.eventlog.pending import Claim
from application.look import Look
from application.things import BRANCH, PAIRING, VILLAGE
from application.verb import Thing, Verb
from domain.account.role import Role
from domain.kernel.values import Happened, Key, Today, Words
from domain.registry.branch import Branch
from domain.registry.entry import Entry
from domain.registry.events import FIRST_TARGETS, CodeSystem, EntryKind
from domain.registry.parents import under_on
from domain.registry.splitting import GoesAlong, Moves, UnitParts, VillageParts
from domain.registry.village import Village

_SUPERVISOR = frozenset({Role.SUPERVISOR})


def _unit_ids(look: Look, *, parts: UnitParts) -> tuple[str, ...]:
    return tuple(look.ids(BRANCH.drawn) for _ in parts)


def _village_ids(look: Look, *, parts: VillageParts) -> tuple[str, ...]:
    return tuple(look.ids(VILLAGE.drawn) for _ in parts)


def _held(kind: EntryKind) -> Callable[..., tuple[str, ...]]:
    def held(look: Look, *, key: Key) -> tuple[str, ...]:
        with look.system.reading() as connection:
            return tuple(held_by(connection, kind, key))

    return held


def _of_unit(
    look: Look, *, split_on: Happened, moves: Moves, part_ids: tuple[str, ...], held: tuple[str, ...]
) -> tuple[GoesAlong, ...]:
    """What goes along with each move; of what the decision refuses, nothing."""
    return tuple(
        goes_along(
            look,
            each.pairing_id,
            part_ids[each.part - 1],
            PAIRING.state(look, each.pairing_id).village,
            split_on,
        )
        for each in moves
        if each.part <= len(part_ids) and each.pairing_id in held
    )


def _of_village(
    look: Look, *, split_on: Happened, moves: Moves, part_ids: tuple[str, ...], held: tuple[str, ...]
) -> tuple[GoesAlong, ...]:
    """The same of a village."""
    return tuple(
        goes_along(
            look,
            each.pairing_id,
            PAIRING.state(look, each.pairing_id).branch,
            part_ids[each.part - 1],
            split_on,
        )
        for each in moves
        if each.part <= len(part_ids) and each.pairing_id in held
    )


def _units(
    look: Look,
    *,
    key: Key,
    split_on: Happened,
    because: Words,
    parts: UnitParts,
    part_ids: tuple[str, ...],
    along: tuple[GoesAlong, ...],
    today: Today,
) -> Sequence[Claim]:
    """Every new unit is registered with its name and code, then takes over what goes to it."""
    whole, claims = BRANCH.state(look, key), list[Claim]()
    for part, new in zip(parts, part_ids, strict=True):
        register = partial(
            Branch.register_branch,
            branch=new,
            unit_name=part.unit_name,
            branch_name=part.branch_name,
            level=whole.level,
            unit_class=whole.unit_class,
            since=split_on,
            split_from=key,
            parent=under_on(whole.parents, split_on),
            today=today,
        )
        claims.append(Claim(BRANCH.stream(look, new), BRANCH.initial, register))
        claims.append(taking(EntryKind.BRANCH, new, "", part.unit_name, split_on))
        claims += _coded(BRANCH, look, Branch(entry=new), CodeSystem.CREDIT, part.code)
    split = Split(split_on, because, today)
    return [*claims, *(each for goes in along for each in going_along(look, goes, split))]


def _villages(
    look: Look,
    *,
    key: Key,
    split_on: Happened,
    because: Words,
    parts: VillageParts,
    part_ids: tuple[str, ...],
    along: tuple[GoesAlong, ...],
    today: Today,
) -> Sequence[Claim]:
    """The same of a village."""
    whole, claims = VILLAGE.state(look, key), list[Claim]()
    system = CodeSystem.DIVISION if whole.kind in FIRST_TARGETS else CodeSystem.CREDIT
    for part, new in zip(parts, part_ids, strict=True):
        register = partial(
            Village.register_village,
            village=new,
            name=part.name,
            kind=whole.kind,
            township=whole.township,
            since=split_on,
            split_from=key,
            today=today,
        )
        claims.append(Claim(VILLAGE.stream(look, new), VILLAGE.initial, register))
        claims.append(taking(EntryKind.VILLAGE, new, whole.township, part.name, split_on))
        claims += _coded(VILLAGE, look, Village(entry=new), system, part.code)
    split = Split(split_on, because, today)
    return [*claims, *(each for goes in along for each in going_along(look, goes, split))]


def _coded(of: Thing[Any], look: Look, new: Entry, system: CodeSystem, code: str) -> list[Claim]:
    if not code:
        return []
    give = partial(Entry.give_code, system=system, code=code)
    return [Claim(of.stream(look, new.entry), of.initial, give), *coding(new, system, code)]


split_branch = Verb(
    BRANCH,
    Branch.split_branch,
    _SUPERVISOR,
    given={"part_ids": _unit_ids, "held": _held(EntryKind.BRANCH), "along": _of_unit},
    claims=_units,
    alone=True,
    aside=True,
    irreversible=True,
)
split_village = Verb(
    VILLAGE,
    Village.split_village,
    _SUPERVISOR,
    given={"part_ids": _village_ids, "held": _held(EntryKind.VILLAGE), "along": _of_village},
    claims=_villages,
    alone=True,
    aside=True,
    irreversible=True,
)
