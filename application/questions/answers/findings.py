"""The findings of the county by light, status and year, and one finding with its history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Annotated, Any

from sqlalchemy import ColumnElement, Row, and_, or_, select

from application.actor import EVERYBODY, Owner
from application.question import USUAL, Asker, Limit, Listing, question
from application.questions.history import steps_of
from application.questions.of_row import of_row
from application.questions.sentences import HistoryStep
from application.reading import Fault, FaultCode, Malformed
from application.things import FINDING
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, KeyOf, OptionalLine, PairingKey, Year
from domain.registry.events import NumberedThing
from domain.supervision.events import StepStruck
from domain.supervision.finding_history import Status
from domain.supervision.light import Light, traffic_light
from projections.boards import trail
from projections.boards.findings import findings, found_in
from projections.boards.names import Names
from projections.boards.numbers import things_numbered
from projections.kit.columns import known

BY_URGENCY = (Light.RED, Light.YELLOW, Light.GREEN, Light.WAITING, Light.DONE, Light.WITHDRAWN)
"""The lights as they are listed."""


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
    reference into the vault, empty where nobody is named."""

    finding: FindingRow
    method: str
    inspector_ref: str
    document_no: str
    ordered_on: date | None
    served_on: date | None
    served_to: str
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
    history: tuple[HistoryStep, ...]


@question("/findings")
def list_findings(
    asker: Asker,
    *,
    year: Year | None,
    light: Light | None,
    status: Status | None,
    pairing_id: PairingKey | None,
    number: OptionalLine,
    township: OptionalLine,
    found_from: date | None,
    found_to: date | None,
    closed_from: date | None,
    closed_to: date | None,
    open_on: date | None,
    after: Annotated[str, KeyOf("finding")] | None,
    limit: Limit | None,
) -> Listing[FindingRow]:
    """Findings, those found last first; a clerk sees the own ones. ``open_on``: found by that day and, as they stand now, not
    closed by then nor withdrawn.
    """
    c = findings.c
    query = select(findings).where(known(findings, asker.known_at))
    if year is not None:
        query = query.where(found_in(year))
    if status is not None:
        query = query.where(c.status == status.value)
    if pairing_id is not None:
        query = query.where(c.pairing_id == pairing_id)
    if number:
        query = query.where(
            c.finding_id.in_(things_numbered(asker.connection, number, NumberedThing.FINDING))
        )
    query = query.where(*_within(found_from, found_to, closed_from, closed_to, open_on))
    if after is not None:
        last = _row(asker, after)
        if last is None:
            raise Malformed(
                {"after": Fault(FaultCode.NOT_THERE, f"没有问题 {after}", f"there is no finding {after}")}
            )
        earlier = and_(c.found_on == last.found_on, c.finding_id > after)
        query = query.where(or_(c.found_on < last.found_on, earlier))
    rows = asker.connection.execute(query.order_by(c.found_on.desc(), c.finding_id))
    names, most = Names(asker.connection, asker.known_at), limit or USUAL
    shown = _shown(asker, names, rows, light)
    if township:
        shown = (each for each in shown if names.called(each.village, each.found_on).township == township)
    found = list(islice(shown, most + 1))
    return Listing(tuple(found[:most]), found[most - 1].finding_id if len(found) > most else None)


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


def _shown(asker: Asker, names: Names, rows: Any, light: Light | None) -> Iterator[FindingRow]:
    for row in rows:
        if asker.sees(Owner(row.branch, row.village)):
            shown = _finding_row(asker, names, row)
            if light is None or shown.light is light:
                yield shown


def _row(asker: Asker, finding_id: str) -> Row[Any] | None:
    query = select(findings).where(findings.c.finding_id == finding_id, known(findings, asker.known_at))
    return asker.connection.execute(query).first()


def _finding_row(asker: Asker, names: Names, row: Row[Any]) -> FindingRow:
    return of_row(
        FindingRow,
        row,
        unit_name=names.units(row.found_on).get(row.branch, row.branch),
        village_name=names.villages(row.found_on).get(row.village, row.village),
        status=Status(row.status),
        light=traffic_light(row.status, row.due_on, row.submitted_on, asker.look.today()),
    )


@question("/findings/{key}", EVERYBODY, on=FINDING)
def show_finding(asker: Asker, *, key: Key) -> FindingShown:
    """One finding with its history."""
    row = _row(asker, key)
    if row is None:
        raise Unknown("findings", key)
    about = trail.TrailFilter(thing_kind="finding_id", thing=key, known_at=asker.known_at)
    events = trail.page(asker.connection, about, limit=200)[::-1]
    return of_row(
        FindingShown,
        row,
        finding=_finding_row(asker, Names(asker.connection, asker.known_at), row),
        irregular=tuple(_irregular(events)),
        history=steps_of(asker, events),
        **{name: getattr(row, name) for name in _SAME},
    )


_SAME = tuple(name for name in FindingShown.__dataclass_fields__ if name in findings.c)
"""What is called the same on the board."""


def _irregular(events: Sequence[Row[Any]]) -> Iterator[IrregularStep]:
    struck = {row.data["record"]: row for row in events if row.name == StepStruck.NAME}
    for row in events:
        if row.data.get("irregular"):
            by = struck.get(row.position)
            because = by.data["because"] if by is not None else ""
            yield IrregularStep(
                row.position, tuple(row.data["irregular"]), None if by is None else by.position, because
            )
