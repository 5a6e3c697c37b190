"""The findings of the county by light, status and year, and one finding with its history."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select

from application.actors.actor import READERS, Owner
from application.input.keyset import After, Places
from application.question import Asker, Limit, Listing, question
from application.questions.appeals_about import AppealAbout, about_finding
from application.questions.history import events_ahead, newest_events, steps_of
from application.questions.of_row import of_row
from application.questions.sentences import HistoryStep
from application.things import FINDING
from domain.appeal.events import AppealFiled
from domain.kernel.errors import Unknown
from domain.kernel.folding import folded
from domain.kernel.values import Key, OptionalLine, PairingKey, Year
from domain.registry.events import NumberedThing
from domain.supervision.events import FindingType, Severity, StepStruck
from domain.supervision.finding_history import Status
from domain.supervision.light import Light, traffic_light
from projections.boards.findings import findings, found_in
from projections.boards.numbers import things_numbered
from projections.boards.people.accounts import units_that_sign
from projections.boards.registry.names import Names
from projections.kit.columns import known
from projections.kit.memory import ask_ahead

BY_URGENCY = (Light.RED, Light.YELLOW, Light.GREEN, Light.WAITING, Light.DONE, Light.WITHDRAWN)
"""The lights as they are listed."""
OPEN = frozenset({Light.RED, Light.YELLOW, Light.GREEN, Light.WAITING})
"""The lights of what is not done yet."""


@dataclass(frozen=True)
class FindingRow:
    """A finding as the list shows it, by the names of the day it was found. ``light``: as of today; ``measures``: what was
    ordered; ``relapsed``: it came back after it was closed."""

    finding_id: str
    number: str
    pairing_id: str
    branch: str
    unit_name: str
    village: str
    village_name: str
    township: str
    found_on: date
    finding_type: str
    severity: str
    description: str
    status: Status
    light: Light
    measures: str
    due_on: date | None
    closed_on: date | None
    relapsed: bool


@dataclass(frozen=True)
class IrregularStep:
    """A step that broke rules of procedure, by its record; ``struck_by``: the record that struck it out, and ``because``."""

    record: int
    broken: tuple[str, ...]
    struck_by: int | None
    because: str


@dataclass(frozen=True)
class FindingShown:
    """A finding with what was ordered, asked for and reported, and its history, the oldest step first. Whoever inspected is a
    reference into the vault, empty where nobody is named. ``service``: how the order was served, empty while it was not;
    ``unit_signs``: somebody has an account to sign for it; ``appeals``: those against it."""

    finding: FindingRow
    method: str
    inspector_ref: str
    document_no: str
    ordered_on: date | None
    served_on: date | None
    served_to: str
    service: str
    unit_signs: bool
    extension_wanted: date | None
    extension_because: str
    interim_measures: str
    submitted_on: date | None
    account: str
    because: str
    returns: int
    reinspected_on: date | None
    reinspector_ref: str
    passed: bool | None
    closed_on: date | None
    round: int
    irregular: tuple[IrregularStep, ...]
    appeals: tuple[AppealAbout, ...]
    history: tuple[HistoryStep, ...]


class FindingOrder(enum.Enum):
    """How findings are listed: the most urgent first, or by what is named; after a minus the other way round."""

    URGENCY = "urgency"
    URGENCY_LAST = "-urgency"
    DUE = "due"
    DUE_LAST = "-due"
    FOUND = "found"
    FOUND_LAST = "-found"
    NUMBER = "number"
    NUMBER_LAST = "-number"
    SEVERITY = "severity"
    SEVERITY_FIRST = "-severity"


@dataclass(frozen=True)
class LightCount:
    """How many findings have a light."""

    light: Light
    count: int


@dataclass(frozen=True)
class FindingsShown:
    """A page of findings. ``lights``: of all that the other filters find; ``found``: how many there are with the light, too.
    ``townships``: those in which any was found, whatever is filtered."""

    found: int
    lights: tuple[LightCount, ...]
    townships: tuple[str, ...]
    rows: tuple[FindingRow, ...]
    next: str | None


@question("/findings", READERS)
def list_findings(
    asker: Asker,
    *,
    year: Year | None,
    light: Light | None,
    status: Status | None,
    pairing_id: PairingKey | None,
    number: OptionalLine,
    q: OptionalLine,
    township: OptionalLine,
    finding_type: FindingType | None,
    severity: Severity | None,
    due_to: date | None,
    found_from: date | None,
    found_to: date | None,
    closed_from: date | None,
    closed_to: date | None,
    open_on: date | None,
    sort: FindingOrder | None,
    after: After | None,
    limit: Limit | None,
) -> FindingsShown:
    """Findings, those found last first where no order is stated; a clerk sees the own ones. ``q``: part of a village's or a
    unit's name, of the number or of what was found; ``due_to``: still open, and due by this day;
    ``open_on``: found by that day and, as they stand now, not closed by then nor withdrawn.
    """
    c = findings.c
    query = select(findings).where(known(findings, asker.known_at))
    if year is not None:
        query = query.where(found_in(year))
    if pairing_id is not None:
        query = query.where(c.pairing_id == pairing_id)
    if number:
        query = query.where(
            c.finding_id.in_(things_numbered(asker.connection, number, NumberedThing.FINDING))
        )
    query = query.where(*_within(found_from, found_to, closed_from, closed_to, open_on))
    names = Names(asker.connection, asker.known_at)
    every = [_finding_row(asker, names, row) for row in asker.connection.execute(query) if _sees(asker, row)]
    found = [
        each
        for each in every
        if (status is None or each.status is status)
        and (finding_type is None or each.finding_type == finding_type.value)
        and (severity is None or each.severity == severity.value)
        and (not township or each.township == township)
        and (due_to is None or (each.due_on is not None and each.due_on <= due_to and each.light in OPEN))
        and (not q or _names(each, folded(q)))
    ]
    counts = Counter(each.light for each in found)
    lit = [each for each in found if light is None or each.light is light]
    page = Listing.ordered(lit, _PLACES, sort or FindingOrder.FOUND_LAST, after, limit)
    return FindingsShown(
        found=len(lit),
        lights=tuple(LightCount(each, counts[each]) for each in BY_URGENCY),
        townships=tuple(sorted({each.township for each in every} - {""})),
        rows=page.rows,
        next=page.next,
    )


def _within(
    found_from: date | None,
    found_to: date | None,
    closed_from: date | None,
    closed_to: date | None,
    open_on: date | None,
) -> Iterator[ColumnElement[bool]]:
    c = findings.c
    if found_from is not None:
        yield c.found_on >= found_from
    if found_to is not None:
        yield c.found_on <= found_to
    if closed_from is not None:
        yield c.closed_on >= closed_from
    if closed_to is not None:
        yield c.closed_on <= closed_to
    if open_on is not None:
        yield and_(c.found_on <= open_on, c.status != "withdrawn")
        yield or_(c.closed_on.is_(None), c.closed_on > open_on)


def findings_of_pairing(asker: Asker, pairing_id: str, year: int) -> tuple[FindingRow, ...]:
    """Those of a pairing found in a year, found first first."""
    names = Names(asker.connection, asker.known_at)
    rows = asker.connection.execute(asked_of_pairing(asker.known_at, pairing_id, year))
    return tuple(_finding_row(asker, names, row) for row in rows if _sees(asker, row))


def asked_of_pairing(known_at: int, pairing_id: str, year: int) -> Select[Any]:
    """What the board says of them."""
    c = findings.c
    query = select(findings).where(known(findings, known_at), c.pairing_id == pairing_id, found_in(year))
    return query.order_by(c.found_on, c.finding_id.desc())


def overdue_of_pairings(asker: Asker) -> Counter[str]:
    """Pairing to how many of its findings, of whatever year, have a red light today."""
    c, today = findings.c, asker.look.today()
    query = select(c.pairing_id, c.status, c.due_on, c.submitted_on).where(
        known(findings, asker.known_at), c.due_on < today
    )
    rows = asker.connection.execute(query)
    return Counter(
        row.pairing_id
        for row in rows
        if traffic_light(row.status, row.due_on, row.submitted_on, today) is Light.RED
    )


def _sees(asker: Asker, row: Row[Any]) -> bool:
    return asker.sees(Owner(row.branch, row.village))


def _names(each: FindingRow, wanted: str) -> bool:
    return any(
        wanted in folded(text) for text in (each.village_name, each.unit_name, each.number, each.description)
    )


Place = tuple[int | str, ...]
_GRADES = [each.value for each in Severity]


def _ordinal(day: date | None) -> int:
    return date.max.toordinal() if day is None else day.toordinal()


_PLACES: Places[FindingRow] = {
    "urgency": lambda row: (BY_URGENCY.index(row.light), _ordinal(row.due_on), row.number, row.finding_id),
    "due": lambda row: (_ordinal(row.due_on), row.finding_id),
    "found": lambda row: (_ordinal(row.found_on), row.finding_id),
    "number": lambda row: (row.number, row.finding_id),
    "severity": lambda row: (_GRADES.index(row.severity), row.finding_id),
}
"""Every order ends with the id, so that no two findings have one place and a page begins behind the one before."""


def _row(asker: Asker, finding_id: str) -> Row[Any] | None:
    return asker.connection.execute(_asked(finding_id, asker.known_at)).first()


def shown_ahead(connection: Connection, finding_id: str, known_at: int) -> None:
    """Say that a finding will be shown."""
    ask_ahead(connection, _asked(finding_id, known_at))
    events_ahead(connection, "finding_id", finding_id, known_at)


def _asked(finding_id: str, known_at: int) -> Select[Any]:
    return select(findings).where(findings.c.finding_id == finding_id, known(findings, known_at))


def _finding_row(asker: Asker, names: Names, row: Row[Any]) -> FindingRow:
    return of_row(
        FindingRow,
        row,
        township=names.called(row.village, row.found_on).township,
        unit_name=names.units(row.found_on).get(row.branch, row.branch),
        village_name=names.villages(row.found_on).get(row.village, row.village),
        status=Status(row.status),
        light=traffic_light(row.status, row.due_on, row.submitted_on, asker.look.today()),
    )


@question("/findings/{key}", READERS, on=FINDING)
def show_finding(asker: Asker, *, key: Key) -> FindingShown:
    """One finding with its history."""
    shown_ahead(asker.connection, key, asker.known_at)
    events = newest_events(asker, "finding_id", key)[::-1]
    row = _row(asker, key)
    if row is None:
        raise Unknown("findings", key)
    return of_row(
        FindingShown,
        row,
        finding=_finding_row(asker, Names(asker.connection, asker.known_at), row),
        irregular=tuple(_irregular(events)),
        appeals=_appeals(asker, key, events),
        history=steps_of(asker, events),
        unit_signs=row.branch in units_that_sign(asker.connection, asker.look.today(), asker.known_at),
        **{name: getattr(row, name) for name in _SAME},
    )


_SAME = tuple(name for name in FindingShown.__dataclass_fields__ if name in findings.c)
"""What is called the same on the board."""


def _appeals(asker: Asker, finding_id: str, events: Sequence[Row[Any]]) -> tuple[AppealAbout, ...]:
    """Asked for only where the history says that there are any."""
    if not any(row.name == AppealFiled.NAME for row in events):
        return ()
    return about_finding(asker.connection, finding_id, asker.known_at)


def _irregular(events: Sequence[Row[Any]]) -> Iterator[IrregularStep]:
    struck = {row.data["record"]: row for row in events if row.name == StepStruck.NAME}
    for row in events:
        if row.data.get("irregular"):
            by = struck.get(row.position)
            because = by.data["because"] if by is not None else ""
            yield IrregularStep(
                row.position, tuple(row.data["irregular"]), None if by is None else by.position, because
            )
