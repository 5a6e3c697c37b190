"""What is done with resources, needs and livelihood projects, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from application.claims.number import number_taken
from application.eventlog.pending import Claim
from application.look import Look
from application.look_ups import branch_of_pairing, span_of_pairing, village_of_pairing
from application.things import BRANCH, NEED, PAIRING, PROJECT, RESOURCE, VILLAGE
from application.verb import Verb
from domain.account.role import Role
from domain.kernel.values import Key, Line, PairingKey, VillageKey
from domain.livelihood.need import Need, OfPairing
from domain.livelihood.project import Project
from domain.livelihood.resource import Resource
from domain.registry.events import NumberedThing
from projections.boards.registry import name_book

_BRANCH = frozenset({Role.BRANCH_CLERK})
_VILLAGE = frozenset({Role.VILLAGE_CLERK})


def _need_number(_: Look, *, number: Line, raised_on: date, key: Key) -> Sequence[Claim]:
    return number_taken(NumberedThing.NEED, raised_on.year, number, key)


def _project_number(_: Look, *, number: Line, started_on: date, key: Key) -> Sequence[Claim]:
    return number_taken(NumberedThing.PROJECT, started_on.year, number, key)


def _is_of_village(look: Look, *, pairing_id: PairingKey, key: Key) -> bool:
    """Whether the need may be matched by the pairing."""
    return _pairing_of_village(look, pairing_id=pairing_id, village=NEED.state(look, key).village)


def _pairing_of_village(look: Look, *, pairing_id: OfPairing, village: VillageKey) -> bool:
    """Whether the pairing is with the village, or with what that is part of by now; also where none is stated."""
    if not pairing_id:
        return True
    paired = PAIRING.owner(look, pairing_id).village
    with look.system.reading() as connection:
        names = name_book(connection)
    return names.standing(village) == names.standing(paired)


offer_resource = Verb(RESOURCE, Resource.offer_resource, _BRANCH, begins=True, within=("branch", BRANCH))
raise_need = Verb(
    NEED,
    Need.raise_need,
    _VILLAGE,
    given={"of_village": _pairing_of_village},
    claims=_need_number,
    begins=True,
    within=("village", VILLAGE),
)
# The office brings need and unit together; until then the need is no branch's.
match_need = Verb(
    NEED,
    Need.match_need,
    frozenset({Role.SUPERVISOR}),
    given={"branch": branch_of_pairing, "within": span_of_pairing, "of_village": _is_of_village},
    then="meet_need",
)
meet_need = Verb(NEED, Need.meet_need, _BRANCH)
confirm_need = Verb(NEED, Need.confirm_need, _VILLAGE)
open_project = Verb(
    PROJECT,
    Project.open_project,
    _BRANCH,
    given={"branch": branch_of_pairing, "village": village_of_pairing, "within": span_of_pairing},
    claims=_project_number,
    begins=True,
    within=("pairing_id", PAIRING),
    then="complete_project",
)
complete_project = Verb(PROJECT, Project.complete_project, _BRANCH)
accept_project = Verb(PROJECT, Project.accept_project, _VILLAGE)
