"""What is done with resources, needs and livelihood projects, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from application.claims.number import number_freed, number_taken
from application.eventlog.pending import Claim
from application.look import Look
from application.look_ups import branch_of_pairing, span_of_pairing, village_of_pairing
from application.things import BRANCH, NEED, PAIRING, PROJECT, RESOURCE, VILLAGE
from application.verb import Verb
from domain.account.role import Role
from domain.burden.events import Burden
from domain.kernel.span import Span
from domain.kernel.values import Key, Line, PairingKey, Today, VillageKey
from domain.livelihood.need import Need, OfPairing, Parts
from domain.livelihood.project import Project
from domain.livelihood.resource import Resource
from domain.registry.events import NumberedThing
from projections.boards.registry.units_and_villages import name_book

_BRANCH = frozenset({Role.BRANCH_CLERK})
_VILLAGE = frozenset({Role.VILLAGE_CLERK})


def _need_number(look: Look, *, number: Line, raised_on: date, key: Key) -> Sequence[Claim]:
    voided = number_freed(look, NEED, NumberedThing.NEED, raised_on.year, number)
    return number_taken(NumberedThing.NEED, raised_on.year, number, key, voided=voided)


def _project_number(look: Look, *, number: Line, started_on: date, key: Key) -> Sequence[Claim]:
    voided = number_freed(look, PROJECT, NumberedThing.PROJECT, started_on.year, number)
    return number_taken(NumberedThing.PROJECT, started_on.year, number, key, voided=voided)


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


def _span_of_claim(look: Look, *, key: Key) -> Span:
    claim = NEED.state(look, key).claim
    return span_of_pairing(look, pairing_id=claim.pairing_id if claim else "")


def _span_of_need(look: Look, *, key: Key) -> Span:
    """How long the pairing lasts that the need is matched with; of one that is not, no day is asked for."""
    need = NEED.state(look, key)
    return span_of_pairing(look, pairing_id=need.pairing_id) if need.matched_on else Span(date.min)


def _span_of_project(look: Look, *, key: Key) -> Span:
    return span_of_pairing(look, pairing_id=PROJECT.state(look, key).pairing_id)


def _part_ids(look: Look, *, parts: Parts) -> tuple[str, ...]:
    return tuple(look.ids(NEED.drawn) for _ in parts)


def _parts(look: Look, *, parts: Parts, part_ids: tuple[str, ...], key: Key, today: Today) -> Sequence[Claim]:
    """The needs that take its place, each with its number."""
    whole = NEED.state(look, key)
    raised_on, _ = whole.revise_need_allowed()
    claims: list[Claim] = []
    for part, need_id in zip(parts, part_ids, strict=True):
        claims += number_taken(NumberedThing.NEED, raised_on.year, part.number, need_id)
        raise_part = partial(
            Need.raise_need,
            need_id=need_id,
            number=part.number,
            village=whole.village,
            pairing_id=whole.pairing_id,
            category=part.category,
            content=part.content,
            raised_on=raised_on,
            of_village=True,
            today=today,
        )
        claims.append(Claim(NEED.stream(look, need_id), NEED.initial, raise_part))
    return claims


def _resource(resource: Resource) -> dict[str, object]:
    return {"category": resource.category, "content": resource.content}


def _steps_of_need(need: Need) -> dict[str, object]:
    names = ("raised_on", "matched_on", "met_on", "confirmed_on", "rating")
    return {name: getattr(need, name) for name in names}


def _project(project: Project) -> dict[str, object]:
    names = ("name", "category", "budget_cents", "started_on", "planned_end_on", "beneficiaries")
    said = {name: getattr(project.opened, name, None) for name in names}
    return {**said, "completed_on": project.completed_on, "accepted_on": project.accepted_on}


def _need(need: Need) -> dict[str, object]:
    return {"category": need.category, "content": need.content}


offer_resource = Verb(RESOURCE, Resource.offer_resource, _BRANCH, begins=True, within=("branch", BRANCH))
revise_resource = Verb(RESOURCE, Resource.revise_resource, _BRANCH, proposes=_resource)
withdraw_resource = Verb(RESOURCE, Resource.withdraw_resource, _BRANCH)
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
meet_need = Verb(NEED, Need.meet_need, _BRANCH, burdens=(Burden.REQUESTS,))
confirm_need = Verb(NEED, Need.confirm_need, _VILLAGE)
return_need = Verb(NEED, Need.return_need, _VILLAGE)
revise_need = Verb(NEED, Need.revise_need, _VILLAGE, proposes=_need)
withdraw_need = Verb(NEED, Need.withdraw_need, _VILLAGE, irreversible=True)
split_need = Verb(
    NEED,
    Need.split_need,
    _VILLAGE,
    given={"part_ids": _part_ids},
    claims=_parts,
    irreversible=True,
    aside=True,
)
# Either side asks, the other answers; the office may still bring the two together by itself.
claim_need = Verb(
    NEED,
    Need.claim_need,
    _BRANCH | _VILLAGE,
    given={"branch": branch_of_pairing, "within": span_of_pairing, "of_village": _is_of_village},
    within=("pairing_id", PAIRING),
    undone_by="decline_claim",
)
accept_claim = Verb(
    NEED, Need.accept_claim, _BRANCH | _VILLAGE, given={"within": _span_of_claim}, then="meet_need"
)
decline_claim = Verb(NEED, Need.decline_claim, _BRANCH | _VILLAGE)
release_need = Verb(NEED, Need.release_need, _BRANCH)
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
complete_project = Verb(
    PROJECT, Project.complete_project, _BRANCH, burdens=(Burden.REQUESTS,), takes_files=True
)
accept_project = Verb(PROJECT, Project.accept_project, _VILLAGE)
refuse_project = Verb(PROJECT, Project.refuse_project, _VILLAGE)
plan_milestone = Verb(PROJECT, Project.plan_milestone, _BRANCH, aside=True)
reach_milestone = Verb(PROJECT, Project.reach_milestone, _BRANCH, aside=True, takes_files=True)
state_funds = Verb(PROJECT, Project.state_funds, _BRANCH, aside=True)
# What was entered wrongly: right values beside the wrong ones, or nothing of it counts.
_OFFICE = frozenset({Role.SUPERVISOR})
correct_need = Verb(
    NEED,
    Need.correct_need,
    _VILLAGE | _OFFICE,
    given={"within": _span_of_need},
    proposes=_steps_of_need,
    aside=True,
)
void_need = Verb(NEED, Need.void_need, _OFFICE, irreversible=True, aside=True)
correct_project = Verb(
    PROJECT,
    Project.correct_project,
    _BRANCH | _OFFICE,
    given={"within": _span_of_project},
    proposes=_project,
    aside=True,
)
void_project = Verb(PROJECT, Project.void_project, _BRANCH | _OFFICE, irreversible=True, aside=True)
void_resource = Verb(RESOURCE, Resource.void_resource, _BRANCH | _OFFICE, irreversible=True, aside=True)
