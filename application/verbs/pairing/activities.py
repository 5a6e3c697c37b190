"""What is done with activities, and by whom: the unit enters them, the village says whether it was so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any

from sqlalchemy import select

from application.eventlog.pending import Claim
from application.look import Look
from application.look_ups import branch_of_pairing, span_of_pairing, village_of_pairing
from application.things import ACTIVITY, PAIRING
from application.verb import Verb
from domain.account.role import Role
from domain.burden.events import Burden
from domain.kernel.span import Span
from domain.kernel.values import Happened, Key, KeyOf, PairingKey, Tick, Today
from domain.pairing.activity import Activity, Others, Topic, likeness
from domain.pairing.clauses import ASKED_IF_SAME
from domain.pairing.events import ActivityKind, ActivityTag, PairingEvent
from projections.boards.pairing.activities import activities
from projections.kit.columns import known

_BRANCH = frozenset({Role.BRANCH_CLERK})
_VILLAGE = frozenset({Role.VILLAGE_CLERK})
_SUPERVISOR = frozenset({Role.SUPERVISOR})
_CORRECTS = frozenset({Role.BRANCH_CLERK, Role.SUPERVISOR})
Another = Annotated[bool, Tick(asked_by=(ASKED_IF_SAME.id,))]
"""Somebody says that it is another activity than the one it is like."""


def _like(
    look: Look,
    *,
    pairing_id: PairingKey,
    kind: ActivityKind,
    topic: Topic,
    held_on: Happened,
    another: Another,
) -> str:
    """The topic of an activity that stands and is like this one; empty where there is none, or this is another."""
    if another:
        return ""
    c = activities.c
    of_day = known(activities, None), c.pairing_id == pairing_id, c.kind == kind.value, c.held_on == held_on
    with look.system.reading() as connection:
        topics = connection.execute(select(c.topic).where(*of_day, c.status != "voided")).scalars()
        return next((each for each in topics if likeness(each) == likeness(topic)), "")


def _reported_today(look: Look) -> date | None:
    """Whoever enters it reports it with that."""
    return look.today()


def _stands(look: Look, *, other: Annotated[str, KeyOf("activity")]) -> bool:
    activity = ACTIVITY.state(look, other)
    return bool(activity.activity_id) and not activity.voided


def _of_unit(look: Look, *, pairings: Others, key: Key) -> bool:
    branch = ACTIVITY.state(look, key).branch
    return all(PAIRING.owner(look, pairing).branch == branch for pairing in pairings)


def _held_already(look: Look, *, pairings: Others, key: Key) -> bool:
    """Whether one of the pairings has an activity that is like it on its day."""
    held = ACTIVITY.state(look, key).describe_activity_allowed()
    return any(
        _like(look, pairing_id=pairing, kind=held.kind, topic=held.topic, held_on=held.held_on, another=False)
        for pairing in pairings
    )


def _entry_ids(look: Look, *, pairings: Others) -> tuple[str, ...]:
    return tuple(look.ids(ACTIVITY.drawn) for _ in pairings)


def _entries(
    look: Look, *, pairings: Others, into: tuple[str, ...], key: Key, today: Today
) -> Sequence[Claim]:
    """The same entry in each of the pairings, with its tags; what was described further is of each village's own part."""
    activity = ACTIVITY.state(look, key)
    held = activity.describe_activity_allowed()
    tags = activity.described.tags if activity.described is not None else ()
    claims = []
    for pairing_id, activity_id in zip(pairings, into, strict=True):
        owner = PAIRING.owner(look, pairing_id)
        record = partial(
            _entry,
            tags=tags,
            activity_id=activity_id,
            pairing_id=pairing_id,
            branch=owner.branch,
            village=owner.village,
            kind=held.kind,
            topic=held.topic,
            held_on=held.held_on,
            participants=held.participants,
            persons_visited=held.persons_visited,
            reported_on=today,
            within=span_of_pairing(look, pairing_id=pairing_id),
            near="",
            today=today,
        )
        claims.append(Claim(ACTIVITY.stream(look, activity_id), ACTIVITY.initial, record))
    return claims


def _entry(state: Activity, *, tags: tuple[ActivityTag, ...], **values: Any) -> Sequence[PairingEvent]:
    """It is tagged by an event of its own, so that it counts from this day on, and is tagged otherwise later by itself."""
    held = state.record_activity(**values)
    if not tags:
        return [held]
    unsaid = dict.fromkeys(("quantity", "measure_unit", "distinct_persons"))
    described = state.after(held).describe_activity(venue="", host="", notes="", tags=tags, **unsaid)
    return [held, described]


def _description(activity: Activity) -> dict[str, object]:
    """What is described already, for whoever adds to it: the whole is stated each time."""
    described = activity.described
    names = ("venue", "host", "notes", "quantity", "measure_unit", "distinct_persons", "tags")
    return {} if described is None else {name: getattr(described, name) for name in names}


def _taught(activity: Activity) -> dict[str, object]:
    """What is stated already, but for the name, which no form shows."""
    said = activity.taught
    names = ("hours_hundredths", "teacher_office")
    return {} if said is None else {name: getattr(said, name) for name in names}


def _span_of_activity(look: Look, *, key: Key) -> Span:
    return span_of_pairing(look, pairing_id=ACTIVITY.state(look, key).pairing_id)


record_activity = Verb(
    ACTIVITY,
    Activity.record_activity,
    _BRANCH,
    given={
        "branch": branch_of_pairing,
        "village": village_of_pairing,
        "within": span_of_pairing,
        "reported_on": _reported_today,
        "near": _like,
    },
    begins=True,
    within=("pairing_id", PAIRING),
    undone_by="void_activity",
    burdens=(Burden.VISITS, Burden.REQUESTS),
    then="describe_activity",
    takes_files=True,
)
correct_activity = Verb(ACTIVITY, Activity.correct_activity, _CORRECTS, given={"within": _span_of_activity})
void_activity = Verb(ACTIVITY, Activity.void_activity, _CORRECTS, irreversible=True)
describe_activity = Verb(ACTIVITY, Activity.describe_activity, _CORRECTS, proposes=_description)
describe_training = Verb(ACTIVITY, Activity.describe_training, _CORRECTS, aside=True, proposes=_taught)
share_activity = Verb(
    ACTIVITY,
    Activity.share_activity,
    _BRANCH,
    given={"into": _entry_ids, "of_unit": _of_unit, "already": _held_already},
    claims=_entries,
    aside=True,
)
judge_likeness = Verb(
    ACTIVITY,
    Activity.judge_likeness,
    _SUPERVISOR,
    given={"other_stands": _stands},
    aside=True,
    irreversible=True,
)
# What the unit claims, the village confirms or disputes; what they cannot settle between them, the office does.
attest_activity = Verb(ACTIVITY, Activity.attest_activity, _VILLAGE, undone_by="dispute_activity")
dispute_activity = Verb(ACTIVITY, Activity.dispute_activity, _VILLAGE, undone_by="attest_activity")
maintain_activity = Verb(ACTIVITY, Activity.maintain_activity, _BRANCH)
settle_dispute = Verb(ACTIVITY, Activity.settle_dispute, _SUPERVISOR, irreversible=True)
