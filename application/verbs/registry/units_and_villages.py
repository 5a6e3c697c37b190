"""What is done with units and villages, and by whom: the office's supervisors keep the registry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from application.claims.naming import coding, leaving, lending, renaming, taking, taking_again, uncoding
from application.eventlog.pending import Claim
from application.look import Look
from application.things import BRANCH, VILLAGE
from application.verb import Thing, Verb
from domain.account.role import Role
from domain.kernel.event import Event
from domain.kernel.state import State
from domain.kernel.values import BranchKey, Happened, Key, Line, Today, VillageKey
from domain.registry.branch import Branch, ParentKey
from domain.registry.entry import Entry, EntryName
from domain.registry.events import CodeSystem, EntryKind
from domain.registry.village import Village

_SUPERVISOR = frozenset({Role.SUPERVISOR})
_OF_UNIT = frozenset({Role.SUPERVISOR, Role.BRANCH_CLERK})
Claims = Callable[..., Sequence[Claim]]
S = TypeVar("S", bound=State)
P = ParamSpec("P")


def _unit_named(
    look: Look,
    *,
    key: Key,
    unit_name: EntryName,
    since: date | None,
    split_from: BranchKey,
    parent: ParentKey,
    today: Today,
) -> Sequence[Claim]:
    name = taking(EntryKind.BRANCH, key, "", unit_name, since)
    split = _split(BRANCH, look, split_from, key, since, today)
    return [name, *split, *demand_parent(look, key, parent, since or today)]


def _subordinated(look: Look, *, key: Key, parent: ParentKey, subordinated_on: Happened) -> Sequence[Claim]:
    return demand_parent(look, key, parent, subordinated_on)


def demand_parent(look: Look, entry: str, parent: str, on: date) -> list[Claim]:
    """The parent is there on the day, and does not stand below the unit."""
    if not parent:
        return []
    there = Claim(
        BRANCH.stream(look, parent), BRANCH.initial, partial(Branch.take_under, stated=parent, on=on)
    )
    return [there, _above_no_one_of_its_own(look, entry)]


def _above_no_one_of_its_own(look: Look, entry: str) -> Claim:
    """Asked of the unit as it is once the rest is decided."""
    demand = partial(Branch.demand_not_above_itself, units=partial(BRANCH.state, look))
    return Claim(BRANCH.stream(look, entry), BRANCH.initial, demand)


def _unit_merged(look: Look, *, key: Key, into: Line, merged_on: Happened, today: Today) -> Sequence[Claim]:
    claims = _merged(BRANCH)(look, key=key, into=into, merged_on=merged_on, today=today)
    return [*claims, _above_no_one_of_its_own(look, key)]


def _unit_restored(look: Look, *, key: Key) -> Sequence[Claim]:
    return [*_restored(BRANCH)(look, key=key), _above_no_one_of_its_own(look, key)]


def _village_named(
    look: Look,
    *,
    key: Key,
    name: EntryName,
    township: EntryName,
    since: date | None,
    split_from: VillageKey,
    today: Today,
) -> Sequence[Claim]:
    taken = taking(EntryKind.VILLAGE, key, township, name, since)
    return [taken, *_split(VILLAGE, look, split_from, key, since, today)]


def _split(
    of: Thing[Any], look: Look, entry: str, off: str, since: date | None, today: date
) -> Sequence[Claim]:
    """The one that it comes from lets go of it on the day."""
    if not entry or since is None:
        return []
    split = partial(Entry.split_off, off=off, split_on=since, today=today)
    return [Claim(of.stream(look, entry), of.initial, split)]


def _unit_renamed(look: Look, *, key: Key, unit_name: EntryName, renamed_on: Happened) -> Sequence[Claim]:
    return renaming(BRANCH.state(look, key), renamed_on, name=unit_name)


def _village_renamed(look: Look, *, key: Key, name: EntryName, renamed_on: Happened) -> Sequence[Claim]:
    return renaming(VILLAGE.state(look, key), renamed_on, name=name)


def _village_moved(look: Look, *, key: Key, township: EntryName, moved_on: Happened) -> Sequence[Claim]:
    return renaming(VILLAGE.state(look, key), moved_on, township=township)


def _merged(of: Thing[Any]) -> Claims:
    """The name is free, and the other takes the entry in."""

    def claims(look: Look, *, key: Key, into: Line, merged_on: Happened, today: Today) -> Sequence[Claim]:
        absorb = partial(Entry.absorb, other=key, merged_on=merged_on, today=today)
        left = leaving(of.state(look, key), merged_on)
        return [*left, Claim(of.stream(look, into), of.initial, absorb)]

    return claims


def _retired(of: Thing[Any]) -> Claims:
    def claims(look: Look, *, key: Key, retired_on: Happened) -> Sequence[Claim]:
        return leaving(of.state(look, key), retired_on)

    return claims


def _restored(of: Thing[Any]) -> Claims:
    def claims(look: Look, *, key: Key) -> Sequence[Claim]:
        return taking_again(of.state(look, key))

    return claims


def _called(of: Thing[Any]) -> Claims:
    def claims(look: Look, *, key: Key, alias: EntryName) -> Sequence[Claim]:
        return lending(of.state(look, key), alias)

    return claims


def _coded(of: Thing[Any]) -> Claims:
    def claims(look: Look, *, key: Key, system: CodeSystem, code: Line) -> Sequence[Claim]:
        return coding(of.state(look, key), system, code)

    return claims


def _uncoded(of: Thing[Any]) -> Claims:
    def claims(look: Look, *, key: Key, system: CodeSystem) -> Sequence[Claim]:
        return uncoding(of.state(look, key), system)

    return claims


register_branch = Verb(BRANCH, Branch.register_branch, _SUPERVISOR, claims=_unit_named, begins=True)
rename_branch = Verb(BRANCH, Branch.rename_branch, _SUPERVISOR, aside=True, claims=_unit_renamed)
reclassify_branch = Verb(BRANCH, Branch.reclassify_branch, _SUPERVISOR, aside=True)
subordinate_branch = Verb(BRANCH, Branch.subordinate_branch, _SUPERVISOR, aside=True, claims=_subordinated)
merge_branch = Verb(
    BRANCH, Branch.merge_branch, _SUPERVISOR, aside=True, claims=_unit_merged, irreversible=True
)
fix_party_day = Verb(BRANCH, Branch.fix_party_day, _OF_UNIT, aside=True, undone_by="change_party_day")
change_party_day = Verb(BRANCH, Branch.change_party_day, _OF_UNIT, aside=True)
register_village = Verb(VILLAGE, Village.register_village, _SUPERVISOR, claims=_village_named, begins=True)
rename_village = Verb(VILLAGE, Village.rename_village, _SUPERVISOR, aside=True, claims=_village_renamed)
move_village = Verb(VILLAGE, Village.move_village, _SUPERVISOR, aside=True, claims=_village_moved)
reclassify_village = Verb(VILLAGE, Village.reclassify_village, _SUPERVISOR, aside=True)
merge_village = Verb(
    VILLAGE, Village.merge_village, _SUPERVISOR, aside=True, claims=_merged(VILLAGE), irreversible=True
)


def _of_both(
    decision: Callable[Concatenate[Any, P], Event | Sequence[Event]],
    called: str,
    claims: Callable[[Thing[Any]], Claims] | None = None,
    *,
    undone_by: str = "",
    irreversible: bool = False,
) -> tuple[Verb[Branch, P], Verb[Village, P]]:
    """The same decision of units and of villages; each verb is called by what it is about."""

    def verb(of: Thing[S]) -> Verb[S, P]:
        return Verb(
            of,
            decision,
            _SUPERVISOR,
            aside=True,
            claims=None if claims is None else claims(of),
            called=called.format(of.kind),
            undone_by=undone_by.format(of.kind),
            irreversible=irreversible,
        )

    return verb(BRANCH), verb(VILLAGE)


retire_branch, retire_village = _of_both(Entry.retire, "retire_{}", _retired, irreversible=True)
restore_branch = Verb(
    BRANCH, Branch.restore, _SUPERVISOR, aside=True, claims=_unit_restored, called="restore_branch"
)
restore_village = Verb(
    VILLAGE, Village.restore, _SUPERVISOR, aside=True, claims=_restored(VILLAGE), called="restore_village"
)
learn_branch_alias, learn_village_alias = _of_both(
    Entry.learn_alias, "learn_{}_alias", _called, undone_by="take_{}_alias_back"
)
take_branch_alias_back, take_village_alias_back = _of_both(Entry.take_alias_back, "take_{}_alias_back")
give_branch_code, give_village_code = _of_both(
    Entry.give_code, "give_{}_code", _coded, undone_by="take_{}_code_back"
)
take_branch_code_back, take_village_code_back = _of_both(Entry.take_code_back, "take_{}_code_back", _uncoded)
