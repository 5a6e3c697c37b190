"""The trail: every event of the log, with what one filters by, and one of them with its causes and consequences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row

from application.actors.actor import OFFICES
from application.question import USUAL, Asker, Limit, question
from application.questions.answers.numbers import list_numbered
from application.questions.results.comparing import LONGEST_POSITION
from application.questions.sentences import TrailRow
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, OptionalLine, Position, Ticked
from projections.boards import trail
from projections.boards.registry.names import Names


@dataclass(frozen=True)
class TrailShown:
    """Events, the newest first. ``found``: how many there are in all, 10 001 for any number above 10 000; counted for the first
    page only, ``None`` on the others."""

    found: int | None
    rows: tuple[TrailRow, ...]
    next: str | None


@question("/trail", OFFICES)
def list_trail(
    asker: Asker,
    *,
    name: OptionalLine,
    thing: OptionalLine,
    actor: OptionalLine,
    office: OptionalLine,
    source: OptionalLine,
    correlation: OptionalLine,
    late: Ticked,
    assumed: Ticked,
    occurred_from: date | None,
    occurred_to: date | None,
    recorded_from: date | None,
    recorded_to: date | None,
    newer_than: Position | None,
    after: Position | None,
    limit: Limit | None,
) -> TrailShown:
    """Events, the newest first, each with what it changed. ``after``: those before this record; ``newer_than``, where there is
    no ``after``: those that come next above this record."""
    wanted = trail.TrailFilter(
        names=[name] if name else [],
        things=_things(asker, thing) if thing else [],
        actor=actor,
        office=office,
        source_kind=source,
        correlation=correlation,
        late=late,
        assumed=assumed,
        occurred_from=occurred_from,
        occurred_to=occurred_to,
        recorded_from=_midnight(asker, recorded_from, 0),
        recorded_before=_midnight(asker, recorded_to, 1),
        known_at=asker.known_at,
    )
    most, first = limit or USUAL, after is None and newer_than is None
    if after is None and newer_than is not None:
        rows = trail.page(asker.connection, wanted, after=newer_than, limit=most)
        older = bool(rows)
    else:
        rows = trail.page(asker.connection, wanted, before=after, limit=most + 1, counted=first)
        older = len(rows) > most
    shown = _changed(asker, rows[:most])
    found = trail.count(asker.connection, wanted) if first else None
    return TrailShown(found, shown, str(shown[-1].record) if older else None)


def _things(asker: Asker, written: str) -> list[str]:
    """The ids of what is written: a village or unit by any name it ever bore, what has a number by it, anything by its id."""
    numbered = list_numbered.answer(asker, number=written).rows
    named = Names(asker.connection, asker.known_at).named(written)
    return [written, *named, *(each.thing for each in numbered)]


def _midnight(asker: Asker, day: date | None, days: int) -> datetime | None:
    if day is None:
        return None
    zone = asker.look.system.settings.zone
    return datetime.combine(day + timedelta(days=days), time(), zone).astimezone(UTC)


def _told(asker: Asker, rows: Iterable[Row[Any]]) -> list[TrailRow]:
    return asker.look.system.sentences(asker.connection, asker.known_at, rows)


def _changed(asker: Asker, rows: list[Row[Any]]) -> tuple[TrailRow, ...]:
    changed = trail.differences(asker.connection, rows)
    return tuple(replace(each, changed=tuple(changed[each.record])) for each in _told(asker, rows))


@question("/trail/facets", OFFICES)
def show_trail_facets(asker: Asker) -> trail.Facets:
    """The names, actors and offices by which the trail can be filtered."""
    return trail.facets(asker.connection)


@dataclass(frozen=True)
class EventNode:
    """An event, by its record, with what followed from it."""

    record: int
    sentence: str
    then: tuple[EventNode, ...]


@dataclass(frozen=True)
class EventShown:
    """An event with what it changed. ``tree``: from its first cause; ``together``: how many events were recorded by the same
    act, 0 where that is not known."""

    event: TrailRow
    tree: EventNode
    together: int


@question("/events/{key}", OFFICES)
def show_event(asker: Asker, *, key: Key) -> EventShown:
    """One event, by the number of its record."""
    sound = key.isascii() and key.isdecimal() and len(key) <= LONGEST_POSITION
    row = trail.event_at(asker.connection, int(key)) if sound and int(key) <= asker.known_at else None
    if row is None:
        raise Unknown("event", key)
    tree = trail.tree_of(asker.connection, row, asker.known_at)
    said = {each.record: each.sentence for each in _told(asker, _rows_of(tree))}
    same = trail.TrailFilter(correlation=row.correlation, known_at=asker.known_at)
    together = trail.count(asker.connection, same) if row.correlation else 0
    return EventShown(_changed(asker, [row])[0], _node(tree, said), together)


def _rows_of(branch: trail.Branch) -> Iterator[Row[Any]]:
    yield branch.row
    for each in branch.then:
        yield from _rows_of(each)


def _node(branch: trail.Branch, said: dict[int, str]) -> EventNode:
    record = branch.row.position
    return EventNode(record, said[record], tuple(_node(each, said) for each in branch.then))
