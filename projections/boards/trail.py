"""The trail: every event of the log, with what one filters by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    CompoundSelect,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    case,
    func,
    literal,
    select,
    true,
    union_all,
)

from domain.kernel.event import Event
from domain.kernel.recorded import Recorded
from domain.kernel.zone import county_day
from projections.kit.columns import UtcDateTime
from projections.kit.memory import ask_ahead
from projections.kit.projection import Projection
from projections.kit.tables import metadata
from projections.kit.writer import Writer

THINGS = (
    "branch",
    "village",
    "entry",
    "pairing_id",
    "proposal_id",
    "activity_id",
    "case_id",
    "meeting_id",
    "need_id",
    "project_id",
    "resource_id",
    "finding_id",
    "slip_id",
    "circular_id",
    "run_id",
    "appeal_id",
    "scheme_id",
    "objection_id",
    "use_id",
    "complaint_id",
    "policy_id",
    "nomination_id",
    "username",
)
"""Fields of events that name a thing one can ask the trail for."""

LATE = 15
"""An entry reported more days than this after it happened is late. [default]"""
COUNTED = 10_000
"""Events are counted up to here; beyond, a page says that there are more."""

trail = Table(
    "trail",
    metadata,
    # On SQLite the row id itself, not an index beside it.
    Column("position", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    Column("stream", String(120), nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", String(80), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("occurred_on", Date),
    Column("reported_on", Date),
    Column("known_by", String(12), nullable=False),
    Column("days_late", Integer),
    Column("actor", String(80), nullable=False),
    Column("office", String(120), nullable=False),
    Column("on_behalf_of", String(120), nullable=False),
    Column("acting_for", String(60), nullable=False),
    Column("source_kind", String(20), nullable=False),
    Column("source_name", String(200), nullable=False),
    Column("source_sheet", String(80), nullable=False),
    Column("source_row", Integer),
    Column("source_digest", String(64), nullable=False),
    Column("correlation", String(80), nullable=False),
    Column("causation", BigInteger),
    Column("data", JSON, nullable=False),
)
Index("trail_by_stream", trail.c.stream, trail.c.version)
Index("trail_by_name", trail.c.name, trail.c.position)
Index("trail_by_actor", trail.c.actor, trail.c.position)
Index("trail_by_office", trail.c.office, trail.c.position)
_CAUSED = trail.c.causation.is_not(None)
Index("trail_by_cause", trail.c.causation, sqlite_where=_CAUSED, postgresql_where=_CAUSED)
_CITES = trail.c.source_digest != ""
Index("trail_by_row", trail.c.source_digest, trail.c.source_row, sqlite_where=_CITES, postgresql_where=_CITES)
for _name, _condition in (("late", trail.c.days_late > LATE), ("assumed", trail.c.known_by == "assumed")):
    Index(f"trail_{_name}", trail.c.position, sqlite_where=_condition, postgresql_where=_condition)
_TOGETHER = trail.c.correlation != ""
Index(
    "trail_by_correlation",
    trail.c.correlation,
    trail.c.position,
    sqlite_where=_TOGETHER,
    postgresql_where=_TOGETHER,
)
trail_things = Table(
    "trail_thing",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("thing", String(120), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
trail_board = Projection("trail", 12, [trail, trail_things])


@trail_board.on_every
def _entered(write: Writer, event: Event) -> None:
    recorded = write.recorded
    by = recorded.by
    write.insert(
        trail,
        position=recorded.position,
        stream=recorded.stream,
        version=recorded.version,
        name=event.NAME,
        recorded_at=recorded.recorded_at,
        occurred_on=event.occurred_on,
        reported_on=event.reported_on,
        known_by=event.known_by.value,
        days_late=_days_late(recorded, event),
        actor=by.actor,
        office=by.office,
        on_behalf_of=by.on_behalf_of,
        acting_for=by.acting_for,
        source_kind=by.source.kind,
        source_name=by.source.name,
        source_sheet=by.source.sheet,
        source_row=by.source.row,
        source_digest=by.source.digest,
        correlation=by.correlation,
        causation=by.causation,
        data=event if not event.SEALED else _unsealed(event),
    )
    for kind in _named(type(event)):
        thing = getattr(event, kind)
        if thing:
            write.insert(trail_things, kind=kind, thing=thing, position=recorded.position)


def _unsealed(event: Event) -> dict[str, Any]:
    return {name: value for name, value in event.values().items() if name not in event.SEALED}


_NAMED: dict[type[Event], tuple[str, ...]] = {}


def _named(event_type: type[Event]) -> tuple[str, ...]:
    """The fields of an event that name things."""
    if event_type not in _NAMED:
        _NAMED[event_type] = tuple(
            kind for kind in THINGS if kind in event_type.FIELDS or hasattr(event_type, kind)
        )
    return _NAMED[event_type]


def _days_late(recorded: Recorded, event: Event) -> int | None:
    """Days from happening to reporting. A ledger was recorded long after; where it states no report, nobody knows."""
    reported = event.reported_on
    if reported is None and recorded.by.source.kind != "ledger":
        reported = county_day(recorded.recorded_at)
    if event.occurred_on is None or reported is None:
        return None
    return (reported - event.occurred_on).days


@dataclass(frozen=True, kw_only=True)
class TrailFilter:
    """What to look for; empty fields do not restrict. Dates are inclusive at both ends. ``things``: any one of them.
    ``after``, ``known_at``: positions, exclusive and inclusive.
    """

    names: Sequence[str] = ()
    thing_kind: str = ""
    thing: str = ""
    things: Sequence[str] = ()
    actor: str = ""
    office: str = ""
    late: bool = False
    assumed: bool = False
    source_kind: str = ""
    correlation: str = ""
    occurred_from: date | None = None
    occurred_to: date | None = None
    recorded_from: datetime | None = None
    recorded_before: datetime | None = None
    after: int = 0
    known_at: int | None = None


def _where(wanted: TrailFilter) -> Iterable[Any]:
    c = trail.c
    if wanted.names:
        yield c.name.in_(wanted.names)
    if wanted.things:
        yield c.position.in_(select(trail_things.c.position).where(trail_things.c.thing.in_(wanted.things)))
    if wanted.thing:
        found = select(trail_things.c.position).where(trail_things.c.thing == wanted.thing)
        if wanted.thing_kind:
            found = found.where(trail_things.c.kind == wanted.thing_kind)
        yield c.position.in_(found)
    if wanted.actor:
        yield c.actor == wanted.actor
    if wanted.office:
        yield c.office == wanted.office
    if wanted.late:
        yield c.days_late > LATE
    if wanted.assumed:
        yield c.known_by == "assumed"
    if wanted.source_kind:
        yield c.source_kind == wanted.source_kind
    if wanted.correlation:
        yield c.correlation == wanted.correlation
        yield _TOGETHER
    if wanted.occurred_from:
        yield c.occurred_on >= wanted.occurred_from
    if wanted.occurred_to:
        yield c.occurred_on <= wanted.occurred_to
    if wanted.after:
        yield c.position > wanted.after
    if wanted.known_at is not None:
        yield c.position <= wanted.known_at


def _by_positions(connection: Connection, wanted: TrailFilter) -> TrailFilter:
    """The same filter with positions for the instants of recording."""
    if wanted.recorded_from:
        after = max(wanted.after, position_before(connection, wanted.recorded_from))
        wanted = replace(wanted, after=after, recorded_from=None)
    if wanted.recorded_before:
        last = position_before(connection, wanted.recorded_before)
        last = last if wanted.known_at is None else min(last, wanted.known_at)
        wanted = replace(wanted, known_at=last, recorded_before=None)
    return wanted


def page(
    connection: Connection,
    wanted: TrailFilter,
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int = 50,
    counted: bool = False,
) -> list[Row[Any]]:
    """One page by key, newest first; ``before``/``after`` are exclusive positions. At most ``limit`` rows. ``counted``: how
    many the filter finds is asked next."""
    whole = wanted = _by_positions(connection, wanted)
    if before is not None and (wanted.known_at is None or before <= wanted.known_at):
        # One bound, not two: SQLite would walk down from the one it meets first.
        wanted = replace(wanted, known_at=before - 1)
    if after is not None:
        query = select(trail).where(*_where(wanted), trail.c.position > after)
        return list(reversed(connection.execute(query.order_by(trail.c.position).limit(limit)).all()))
    newest = _newest(wanted, limit)
    ask_ahead(connection, newest, *((_number(whole),) if counted else ()))
    return list(connection.execute(newest).all())


def page_ahead(connection: Connection, wanted: TrailFilter, *, limit: int) -> None:
    """Say that the newest page of a filter without instants will be asked."""
    ask_ahead(connection, _newest(wanted, limit))


def _newest(wanted: TrailFilter, limit: int) -> Select[Any]:
    return select(trail).where(*_where(wanted)).order_by(trail.c.position.desc()).limit(limit)


def count(connection: Connection, wanted: TrailFilter) -> int:
    """How many events the filter finds; one more than ``COUNTED`` stands for any larger number."""
    return connection.execute(_number(_by_positions(connection, wanted))).scalar_one()


def _number(wanted: TrailFilter) -> Select[int]:
    found = select(trail.c.position).where(*_where(wanted)).limit(COUNTED + 1).subquery()
    return select(func.count()).select_from(found)


def event_at(connection: Connection, position: int) -> Row[Any] | None:
    """The trail's row of one event."""
    return connection.execute(select(trail).where(trail.c.position == position)).first()


def events_at(connection: Connection, positions: Iterable[int]) -> dict[int, Row[Any]]:
    """Position to trail row, for many positions at once."""
    query = select(trail).where(trail.c.position.in_(list(positions)))
    return {row.position: row for row in connection.execute(query)}


def of_streams(connection: Connection, streams: Iterable[str], known_at: int) -> Iterator[Row[Any]]:
    """The trail's rows of some streams up to a position, each stream's in their order."""
    c, wanted = trail.c, sorted(streams)
    for first in range(0, len(wanted), 500):
        some = c.stream.in_(wanted[first : first + 500])
        yield from connection.execute(select(trail).where(some, c.position <= known_at).order_by(c.position))


def moved_on(connection: Connection, correlation: str) -> bool:
    """Whether anything was recorded in a stream after what one act recorded there."""
    act, later = trail.alias(), trail.alias()
    mine = select(act.c.stream, func.max(act.c.version).label("version")).where(
        act.c.position.in_(select(trail.c.position).where(trail.c.correlation == correlation, _TOGETHER))
    )
    newest = mine.group_by(act.c.stream).subquery()
    after = select(later.c.position).where(
        later.c.stream == newest.c.stream, later.c.version > newest.c.version
    )
    return connection.execute(after.limit(1)).first() is not None


def positions_about(connection: Connection, kind: str, thing: str) -> list[int]:
    """The positions of all events that name a thing."""
    c = trail_things.c
    return list(connection.execute(select(c.position).where(c.kind == kind, c.thing == thing)).scalars())


def events_about(connection: Connection, kind: str, thing: str, names: Iterable[str]) -> list[Row[Any]]:
    """The trail's rows of the events of these names about a thing, in the order of the log."""
    return list(connection.execute(_events_about(kind, thing, names)))


def events_about_ahead(connection: Connection, kind: str, thing: str, names: Iterable[str]) -> None:
    """Say that they will be asked."""
    ask_ahead(connection, _events_about(kind, thing, names))


def _events_about(kind: str, thing: str, names: Iterable[str]) -> Select[Any]:
    named = select(trail_things.c.position).where(trail_things.c.kind == kind, trail_things.c.thing == thing)
    query = select(trail).where(trail.c.position.in_(named), trail.c.name.in_(list(names)))
    return query.order_by(trail.c.position)


def position_before(connection: Connection, instant: datetime) -> int:
    """The last position recorded before ``instant`` (UTC), 0 when there is none.

    The time of recording never goes backwards, so it is found by halving; an index would be written for every event.
    """
    c = trail.c
    edges = select(literal(0, BigInteger).label("low"), func.max(c.position).label("high")).cte(
        "edges", recursive=True
    )
    middle = (edges.c.low + edges.c.high + 1) // 2
    there = select(c.recorded_at).where(c.position <= middle).order_by(c.position.desc()).limit(1)
    earlier = func.coalesce(there.scalar_subquery() < instant, true())
    nearer = edges.union_all(
        select(
            case((earlier, middle), else_=edges.c.low), case((earlier, edges.c.high), else_=middle - 1)
        ).where(edges.c.low < edges.c.high)
    )
    last = select(func.max(nearer.c.low)).scalar_subquery()
    return connection.execute(select(func.max(c.position)).where(c.position <= last)).scalar_one() or 0


def recorded_between(connection: Connection, known_at: int) -> tuple[datetime | None, datetime | None]:
    """When the first event was recorded, and the last up to ``known_at``; ``None`` twice where nothing was."""
    c = trail.c
    of = select(c.recorded_at).where(c.position <= known_at)
    first, last = of.order_by(c.position).limit(1), of.order_by(c.position.desc()).limit(1)
    found = connection.execute(select(first.scalar_subquery(), last.scalar_subquery())).one()
    return found[0], found[1]


@dataclass(frozen=True)
class Facets:
    """What there is to choose from, each in its order."""

    names: list[str]
    actors: list[str]
    offices: list[str]


def facets(connection: Connection) -> Facets:
    """The names, actors and offices of all events there are."""
    found: dict[str, list[str]] = {column.name: [] for column in _FACETS}
    for facet, value in connection.execute(_facets()):
        if value:
            found[facet].append(value)
    return Facets(*map(sorted, found.values()))


def facets_ahead(connection: Connection) -> None:
    """Say that they will be asked."""
    ask_ahead(connection, _facets())


def _facets() -> CompoundSelect[Any]:
    return union_all(*map(_distinct, _FACETS))


_FACETS = (trail.c.name, trail.c.actor, trail.c.office)


def _distinct(column: Column[str]) -> Select[Any]:
    """The values of an indexed column, each found by one step in the index and not by reading all of it."""
    steps = select(func.min(column).label("value")).cte(f"{column.name}s", recursive=True)
    following = select(func.min(column)).where(column > steps.c.value).scalar_subquery()
    steps = steps.union_all(select(following).where(steps.c.value.is_not(None)))
    return select(literal(column.name), steps.c.value)


@dataclass(frozen=True)
class Difference:
    """A field of an event, and what it was before in the same stream; ``before`` is ``None`` where it is new."""

    name: str
    before: Any
    after: Any


UNCHANGING = {"reported_on", "known_by"}
"""Fields that say how an event is known; each event has its own."""


def differences(connection: Connection, rows: Iterable[Row[Any]]) -> dict[int, list[Difference]]:
    """Position to what each event changed: its fields that differ from the last value in its stream."""
    listed = list(rows)
    streams = sorted({row.stream for row in listed if row.version > 1})
    last: dict[tuple[str, str], dict[str, Any]] = {}
    wanted = {row.position for row in listed}
    found: dict[int, list[Difference]] = {row.position: [] for row in listed}
    for first in range(0, len(streams), 500):
        some = streams[first : first + 500]
        newest = max(row.position for row in listed)
        c = trail.c
        query = select(c.position, c.stream, c.data).where(c.stream.in_(some), c.position <= newest)
        for position, stream, data in connection.execute(query.order_by(c.stream, c.version)):
            # All accounts share a stream; what changed is told of each by itself.
            before = last.setdefault((stream, data.get("username", "")), {})
            if position in wanted:
                found[position] = _changed(before, data)
            before.update({name: value for name, value in data.items() if name not in UNCHANGING})
    for row in listed:
        if row.version == 1:
            found[row.position] = _changed({}, row.data)
    return found


def _changed(before: dict[str, Any], data: dict[str, Any]) -> list[Difference]:
    return [
        Difference(name, before.get(name), value)
        for name, value in data.items()
        if name not in UNCHANGING and value not in (None, "") and before.get(name) != value
    ]


@dataclass(frozen=True)
class Branch:
    """An event with what followed from it."""

    row: Row[Any]
    then: tuple[Branch, ...]


DEEPEST = 8
"""Causes are followed this far, in both directions."""


def tree_of(connection: Connection, row: Row[Any], known_at: int) -> Branch:
    """The tree of cause and consequence in which an event stands, from its first cause."""
    top = row
    for _ in range(DEEPEST):
        cause = event_at(connection, top.causation) if top.causation else None
        if cause is None:
            break
        top = cause
    return _branch(connection, top, known_at, DEEPEST)


def _branch(connection: Connection, row: Row[Any], known_at: int, depth: int) -> Branch:
    c = trail.c
    then: Sequence[Row[Any]] = []
    if depth:
        query = select(trail).where(c.causation == row.position, c.position <= known_at)
        then = connection.execute(query.order_by(c.position).limit(100)).all()
    return Branch(row, tuple(_branch(connection, each, known_at, depth - 1) for each in then))
