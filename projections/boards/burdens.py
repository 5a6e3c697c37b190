"""What each village bore: visits, requests, fields filled in and files attached by its clerk; and the limits set for it.

What other boards hold with its day is counted there: activities, meetings, slips and circulars. Rows of their own have the
steps of which these boards keep the newest only, and what a clerk did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    Select,
    String,
    Subquery,
    Table,
    Text,
    literal,
    select,
    union,
    union_all,
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
from domain.pairing.events import PairingStarted, TaskPlanned
from domain.supervision.events import (
    FindingHandedOver,
    FindingRaised,
    FindingReinspected,
    FindingVoided,
    Method,
    RectificationOrdered,
)
from projections.boards.findings import circulars, findings_board, slips
from projections.boards.pairing.activities import activities, activities_board
from projections.boards.pairing.pairings import pairings, pairings_board
from projections.boards.pairing.recognitions import recognitions, recognitions_board
from projections.kit.columns import KnownAt, known, said, versioned_table
from projections.kit.one_of import Texts, one_of
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
    sqlite_with_rowid=False,
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
burdens_board = Projection("burdens", 4, [burdens, limits, _clerks, _pairs, _handed], small=[limits, _clerks])
BORNE_IN = (burdens_board, activities_board, recognitions_board, findings_board, pairings_board)
"""Whose tables say what villages bore."""


def borne(known_at: int, first: date, last: date, villages: Collection[str]) -> Subquery:
    """What these villages bore from a day to another, as known at a position: a row each with ``village``, ``day``, ``kind``,
    ``name`` and ``filled``."""
    c, at = burdens.c, literal(known_at, KnownAt)
    stands = (c.position <= at) & (c.retracted_at.is_(None) | (c.retracted_at > at))
    stated = select(c.village, c.day, c.kind, c.name, c.filled).where(
        stands, c.day.between(first, last), one_of(c.village, literal(villages, Texts))
    )
    return union_all(stated, *_elsewhere(known_at, first, last, villages)).subquery("borne")


def _elsewhere(known_at: int, first: date, last: date, villages: Collection[str]) -> Iterator[Select[Any]]:
    """What other boards hold, of the pairings of the villages."""
    a, r = activities.c, recognitions.c
    stands = a.status != "voided"
    for kind, day, where in (
        (ACTIVITY, a.held_on, stands),
        (REQUEST, a.asked_on, stands),
        (MEETING, r.occurred_on, r.kind == "meeting"),
        (REQUEST, slips.c.issued_on, None),
        (REQUEST, circulars.c.issued_on, None),
    ):
        table = day.table
        query = select(
            pairings.c.village, day.label("day"), literal(kind).label("kind"), literal(""), literal("")
        ).join_from(pairings, table, table.c.pairing_id == pairings.c.pairing_id)
        yield query.where(
            *(known(each, known_at) for each in (pairings, table)),
            one_of(pairings.c.village, literal(villages, Texts)),
            day.between(first, last),
            *(() if where is None else (where,)),
        )


def changed_since(connection: Connection, at: int) -> frozenset[str]:
    """The villages of which anything is recorded here that was not known then."""
    c = burdens.c
    found = [select(c.village).where((c.position > at) | (c.retracted_at > at))]
    for table in (activities, recognitions, slips, circulars):
        since = (table.c.known_from > at) | (table.c.known_to > at)
        found.append(
            select(pairings.c.village)
            .join_from(pairings, table, table.c.pairing_id == pairings.c.pairing_id)
            .where(since)
        )
    found.append(select(pairings.c.village).where((pairings.c.known_from > at) | (pairings.c.known_to > at)))
    return frozenset(connection.execute(union(*found)).scalars())


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
        _bear(write, clerk["village"], day, UPLOAD)
        return
    filled = " ".join(name for name, value in event.values().items() if value not in (None, "", ()))
    _bear(write, clerk["village"], day, ENTRIES, name=event.NAME, filled=filled)


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


_VOIDED: tuple[type[Event], ...] = (FindingVoided, NeedVoided, ProjectVoided)
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


def _bear(write: Writer, village: str, day: date, kind: str, *, name: str = "", filled: str = "") -> None:
    of_clerk = kind in (ENTRIES, UPLOAD)
    write.insert(
        burdens,
        position=write.recorded.position,
        seq=int(of_clerk),
        village=village,
        day=day,
        kind=kind,
        # What a clerk typed and attached she did, whatever becomes of the thing.
        thing="" if of_clerk else write.recorded.stream,
        name=name,
        filled=filled,
    )
