"""What each village bore: visits, requests, fields filled in and files attached by its clerk; and the limits set for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    literal,
    select,
)

from domain.account.events import AccountOpened
from domain.attachment.events import AttachmentAdded
from domain.burden.events import Burden, BurdenLimitSet
from domain.kernel.event import Event
from domain.kernel.parties import Side
from domain.kernel.zone import county_day
from domain.livelihood.events import (
    NeedClaimed,
    NeedHandedOver,
    NeedMet,
    NeedVoided,
    ProjectCompleted,
    ProjectVoided,
)
from domain.pairing.events import (
    ActivityCorrected,
    ActivityHeld,
    ActivityVoided,
    MeetingCorrected,
    MeetingHosted,
    MeetingVoided,
    PairingStarted,
    TaskPlanned,
)
from domain.supervision.events import (
    CircularCorrected,
    CircularIssued,
    CircularVoided,
    FindingHandedOver,
    FindingRaised,
    FindingReinspected,
    FindingVoided,
    Method,
    RectificationOrdered,
    SlipCorrected,
    SlipIssued,
    SlipVoided,
)
from projections.kit.columns import KnownAt, known, said, versioned_table
from projections.kit.projection import Projection
from projections.kit.tables import metadata
from projections.kit.writer import Writer

ACTIVITY, INSPECTION, MEETING, REQUEST, ENTRIES, UPLOAD = (
    "activity",
    "inspection",
    "meeting",
    "request",
    "entries",
    "upload",
)
COMING = frozenset(
    {Method.ON_SITE, Method.COVERT_VISIT, Method.DISCUSSION, Method.INTERVIEW, Method.PUBLIC_HEARING}
)
"""Ways of inspecting in which somebody comes to the village."""
_NO_BURDEN = ("account.", "complaint.", "system.")
"""What a clerk does for herself."""
burdens = Table(
    "burden",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("village", String(20), nullable=False),
    Column("day", Date, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("thing", String(120), nullable=False),
    Column("name", String(80), nullable=False),
    Column("filled", Text, nullable=False),
    Column("retracted_at", BigInteger),
    Index("burden_by_village", "village", "day"),
    Index("burden_by_day", "day"),
)
"""``thing``: the stream of what it was, by which it is found again when it was entered wrongly. ``name`` and ``filled``: of
what a clerk did, the event and its fields that say something, parted by spaces; empty for others."""
limits = versioned_table(
    "burden_limit",
    *said(BurdenLimitSet, "month", "visits", "requests", "entries", "uploads", "because", "limited_on"),
)
_clerks = versioned_table(
    "burden_clerk",
    Column("username", String(60), nullable=False),
    Column("village", String(20), nullable=False),
)
_pairs = versioned_table(
    "burden_pair",
    Column("pairing_id", String(60), nullable=False),
    Column("village", String(20), nullable=False),
)
_handed = versioned_table(
    "burden_handed",
    Column("stream", String(120), nullable=False),
    Column("village", String(20), nullable=False),
)
"""Findings and needs that went to another village when theirs was split."""
burdens_board = Projection("burdens", 3, [burdens, limits, _clerks, _pairs, _handed], small=[limits, _clerks])


def known_burdens(known_at: int) -> Any:
    """The WHERE clause for what is known at a position."""
    at, c = literal(known_at, KnownAt), burdens.c
    return (c.position <= at) & (c.retracted_at.is_(None) | (c.retracted_at > at))


def limits_of(connection: Connection, known_at: int | None) -> list[tuple[str, dict[Burden, int]]]:
    """The limits by the month from which each holds, the first first."""
    rows = connection.execute(select(limits).where(known(limits, known_at)).order_by(limits.c.month))
    return [
        (row.month, {each: most for each in Burden if (most := getattr(row, each.value)) is not None})
        for row in rows
    ]


def limits_at(listed: list[tuple[str, dict[Burden, int]]], month: str) -> dict[Burden, int]:
    """Those of a month."""
    return next((each for begun, each in reversed(listed) if begun <= month), {})


@burdens_board.on_every
def _clerk_did(write: Writer, event: Event) -> None:
    by = write.recorded.by
    if by.source.kind == "ledger" or event.NAME.startswith(_NO_BURDEN):
        return
    clerk = write.get(_clerks, by.acting_for or by.actor)
    if clerk is None:
        return
    day = county_day(write.recorded.recorded_at)
    if isinstance(event, AttachmentAdded):
        _bear(write, clerk["village"], day, UPLOAD, 9)
        return
    filled = " ".join(name for name, value in event.values().items() if value not in (None, "", ()))
    _bear(write, clerk["village"], day, ENTRIES, 9, name=event.NAME, filled=filled)


@burdens_board.on(AccountOpened)
def _opened(write: Writer, event: AccountOpened) -> None:
    if event.village:
        write.put(_clerks)


@burdens_board.on(PairingStarted)
def _paired(write: Writer, event: PairingStarted) -> None:
    write.put(_pairs)


@burdens_board.on(BurdenLimitSet)
def _limited(write: Writer, event: BurdenLimitSet) -> None:
    write.put(limits)


@burdens_board.on(ActivityHeld)
def _held(write: Writer, event: ActivityHeld) -> None:
    _bear(write, event.village, event.held_on, ACTIVITY)
    if write.recorded.by.source.kind != "ledger":
        # Who enters it asks the village to confirm it.
        asked = county_day(write.recorded.recorded_at)
        _bear(write, event.village, asked, REQUEST, 1)


@burdens_board.on(ActivityCorrected)
def _held_otherwise(write: Writer, event: ActivityCorrected) -> None:
    _again(write, event.village, event.held_on, ACTIVITY)


@burdens_board.on(MeetingHosted)
def _hosted(write: Writer, event: MeetingHosted) -> None:
    _bear(write, event.village, event.hosted_on, MEETING)


@burdens_board.on(MeetingCorrected)
def _hosted_otherwise(write: Writer, event: MeetingCorrected) -> None:
    _again(write, event.village, event.hosted_on, MEETING)


@burdens_board.on(FindingRaised)
def _found(write: Writer, event: FindingRaised) -> None:
    if event.method in COMING:
        _bear(write, event.village, event.found_on, INSPECTION)


@burdens_board.on(FindingReinspected)
def _looked_again(write: Writer, event: FindingReinspected) -> None:
    _of_pairing(write, event.pairing_id, event.reinspected_on, INSPECTION)


@burdens_board.on(RectificationOrdered)
def _ordered(write: Writer, event: RectificationOrdered) -> None:
    _of_pairing(write, event.pairing_id, event.ordered_on, REQUEST)


@burdens_board.on(SlipIssued, CircularIssued)
def _told(write: Writer, event: SlipIssued | CircularIssued) -> None:
    _bear(write, event.village, event.issued_on, REQUEST)


@burdens_board.on(SlipCorrected, CircularCorrected)
def _told_otherwise(write: Writer, event: SlipCorrected | CircularCorrected) -> None:
    _again(write, event.village, event.issued_on, REQUEST)


@burdens_board.on(NeedClaimed)
def _claimed(write: Writer, event: NeedClaimed) -> None:
    if event.side is Side.UNIT:
        _bear(write, event.village, event.claimed_on, REQUEST)


@burdens_board.on(NeedMet)
def _met(write: Writer, event: NeedMet) -> None:
    _of_pairing(write, event.pairing_id, event.met_on, REQUEST)


@burdens_board.on(ProjectCompleted)
def _completed(write: Writer, event: ProjectCompleted) -> None:
    _of_pairing(write, event.pairing_id, event.completed_on, REQUEST)


@burdens_board.on(TaskPlanned)
def _planned(write: Writer, event: TaskPlanned) -> None:
    if event.side is Side.VILLAGE:
        _bear(write, event.village, event.planned_on, REQUEST)


def _not_so(write: Writer, _: Event) -> None:
    write.retract(burdens, thing=write.recorded.stream)


_VOIDED: tuple[type[Event], ...] = (
    ActivityVoided,
    MeetingVoided,
    FindingVoided,
    SlipVoided,
    CircularVoided,
    NeedVoided,
    ProjectVoided,
)
for _voided in _VOIDED:
    burdens_board.on(_voided)(_not_so)


@burdens_board.on(FindingHandedOver, NeedHandedOver)
def _goes_on_elsewhere(write: Writer, event: FindingHandedOver | NeedHandedOver) -> None:
    write.put(_handed, stream=write.recorded.stream)


def _of_pairing(write: Writer, pairing_id: str, day: date, kind: str) -> None:
    """The village that the matter was handed over to, else the pairing's."""
    whose = write.get(_handed, write.recorded.stream) or write.get(_pairs, pairing_id)
    if whose is not None:
        _bear(write, whose["village"], day, kind)


def _again(write: Writer, village: str, day: date, kind: str) -> None:
    """On another day than was said."""
    write.retract(burdens, thing=write.recorded.stream, kind=kind)
    _bear(write, village, day, kind)


def _bear(
    write: Writer,
    village: str,
    day: date,
    kind: str,
    seq: int = 0,
    *,
    name: str = "",
    filled: str = "",
) -> None:
    write.insert(
        burdens,
        position=write.recorded.position,
        seq=seq,
        village=village,
        day=day,
        kind=kind,
        # What a clerk typed and attached she did, whatever becomes of the thing.
        thing="" if kind in (ENTRIES, UPLOAD) else write.recorded.stream,
        name=name,
        filled=filled,
    )
