"""Activities as a list, with row versions: what was held, what the village says of it, and which are judged to be one."""

from __future__ import annotations

from functools import partial
from itertools import combinations

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Index,
    Integer,
    String,
)

from domain.kernel.zone import county_day
from domain.pairing.activity import TAUGHT, Attestation
from domain.pairing.events import (
    ActivityAttested,
    ActivityCorrected,
    ActivityDescribed,
    ActivityDisputed,
    ActivityHeld,
    ActivityMaintained,
    ActivityShared,
    ActivityTag,
    ActivityVoided,
    DisputeSettled,
    LikenessJudged,
    LikenessVerdict,
    TrainingDescribed,
)
from projections.kit.columns import said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

activities = versioned_table(
    "activity",
    Column("activity_id", String(40), nullable=False),
    *said(ActivityHeld, "pairing_id", "kind", "topic", "held_on", "reported_on", "participants"),
    *said(ActivityHeld, "persons_visited"),
    Column("status", String(12), nullable=False),
    Column("because", String(500), nullable=False),
    Column("attestation", String(12), nullable=False),
    Column("attestation_on", Date),
    Column("attestation_because", String(500), nullable=False),
    Column("venue", String(120), nullable=False),
    Column("host", String(120), nullable=False),
    Column("notes", String(500), nullable=False),
    *said(ActivityDescribed, "quantity", "measure_unit", "distinct_persons"),
    Column("tags", String(500), nullable=False),
    Column("hours_hundredths", Integer),
    Column("teacher_ref", String(60), nullable=False),
    Column("teacher_office", String(120), nullable=False),
    Column("asked_on", Date),
)
"""``asked_on``: when the village was asked to confirm it, which is when it was entered; a ledger asks nobody."""
Index("activity_by_pairing", activities.c.pairing_id, activities.c.held_on)
judged = versioned_table(
    "judged_likeness",
    Column("judged_id", String(90), nullable=False),
    Column("verdict", String(10), nullable=False),
)
"""Two activities that somebody judged, by their ids in order."""
activities_board = Projection("activities_board", 2, [activities, judged], small=[judged])

_UNHEARD = {"attestation": "unheard", "attestation_on": None, "attestation_because": ""}
_UNDESCRIBED = {"venue": "", "host": "", "notes": "", "tags": "", "teacher_ref": "", "teacher_office": ""}


@activities_board.on(ActivityHeld)
def _held(write: Writer, event: ActivityHeld) -> None:
    ledger = write.recorded.by.source.kind == "ledger"
    write.add(
        activities,
        status="recorded",
        because="",
        asked_on=None if ledger else county_day(write.recorded.recorded_at),
        **_UNHEARD,
        **_UNDESCRIBED,
    )


activities_board.changes(
    ActivityCorrected,
    activities,
    "kind",
    "topic",
    "held_on",
    "participants",
    "persons_visited",
    "because",
    status="corrected",
    **_UNHEARD,
)
activities_board.changes(ActivityVoided, activities, "because", status="voided")


_hears = partial(
    activities_board.stands,
    table=activities,
    column="attestation",
    on="attestation_on",
    because="attestation_because",
)
_hears(ActivityAttested, state=Attestation.ATTESTED)
_hears(ActivityDisputed, state=Attestation.DISPUTED)
_hears(ActivityMaintained, state=Attestation.MAINTAINED)
_hears(DisputeSettled, state=Attestation.SETTLED)


@activities_board.on(ActivityDescribed)
def _described(write: Writer, event: ActivityDescribed) -> None:
    names = ("venue", "host", "notes", "quantity", "measure_unit", "distinct_persons")
    write.change(
        activities, event.activity_id, *names, tags=_TAG.join(("", *(t.value for t in event.tags), ""))
    )


@activities_board.on(TrainingDescribed)
def _taught(write: Writer, event: TrainingDescribed) -> None:
    ref = event.teacher.ref if event.teacher else ""
    write.change(activities, event.activity_id, "hours_hundredths", "teacher_office", teacher_ref=ref)


TRAININGS = frozenset(each.value for each in TAUGHT)
"""The kinds whose hours and teacher count; those of an entry that was corrected to another kind are kept, should it be corrected
back."""


def two(one: str, other: str) -> str:
    """The key of two activities, whichever is named first."""
    return "/".join(sorted((one, other)))


def _judged(write: Writer, one: str, other: str, verdict: str) -> None:
    key = two(one, other)
    if write.get(judged, key) is None:
        write.add(judged, judged_id=key, verdict=verdict)
    else:
        write.change(judged, key, verdict=verdict)


@activities_board.on(LikenessJudged)
def _likeness(write: Writer, event: LikenessJudged) -> None:
    _judged(write, event.activity_id, event.other_id, event.verdict.value)


@activities_board.on(ActivityShared)
def _shared(write: Writer, event: ActivityShared) -> None:
    for one, other in combinations((event.activity_id, *event.into), 2):
        _judged(write, one, other, LikenessVerdict.JOINT.value)


_TAG = "|"


def tagged(tag: ActivityTag) -> ColumnElement[bool]:
    """The activities that belong to a campaign, a focus or a kind of contact."""
    return activities.c.tags.contains(f"{_TAG}{tag.value}{_TAG}", autoescape=True)


def tags_of(stored: str) -> tuple[str, ...]:
    """The tags of a row of the board."""
    return tuple(filter(None, stored.split(_TAG)))
