"""The runner: brings all projections up to date, a page of events per transaction, each event exactly once."""

from __future__ import annotations

import gc
import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex
from typing import Protocol

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    insert,
    inspect,
    select,
    update,
)

from domain.kernel.event import Event
from domain.kernel.recorded import Recorded
from projections.kit.projection import Projection
from projections.kit.rows import Rows
from projections.kit.tables import statements_making
from projections.kit.writer import Live, Writer

PAGE = 1000
_own = MetaData()
positions = Table(
    "projection_stamp",
    _own,
    Column("name", String(60), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("leaf", String(64), nullable=False),
    Column("wrote", BigInteger, nullable=False),
    Column("built", String(16), nullable=False),
)
"""Up to which position each projection has come, and the log's leaf hash there: tables of another log show. ``wrote``: the
last position of which it wrote something; until that moves, what was read of its tables holds, unless they were ``built``
anew, of which each time has a mark of its own."""

Progress = Callable[[int], None]
"""Called with the number of events just handled."""


@dataclass(frozen=True)
class Stamp:
    """How far a projection has come, and by which version of its code."""

    name: str
    version: int
    position: int
    leaf: str
    built: str


def stamps_of(rows: Rows, *, wait: bool = True) -> list[Stamp]:
    """The stamps, which nobody else moves until the transaction ends; unless ``wait``, without those that somebody holds."""
    locked = "" if rows.dialect == "sqlite" else " FOR UPDATE" if wait else " FOR UPDATE SKIP LOCKED"
    found = rows.query(
        f"SELECT name, version, position, leaf, built FROM {positions.name} ORDER BY name{locked}"
    )
    return [Stamp(*each) for each in found]


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


class Reader(Protocol):
    """The log as the runner sees it."""

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> list[Recorded]: ...

    def position(self) -> int: ...


class Runner:
    """Runs ``projections`` over ``log`` into the database of ``engine``.

    Several processes may catch up at once: the position rows are locked for the length of a page. ``leaf_at`` gives the
    leaf hash of a position, where the tables shall be held against the log later.
    """

    def __init__(
        self,
        engine: Engine,
        log: Reader,
        projections: Sequence[Projection],
        leaf_at: Callable[[int], str] = lambda position: "",
    ) -> None:
        self._engine = engine
        self._log = log
        self._projections = projections
        self._leaf_at = leaf_at
        self._of_table = {table: each.name for each in projections for table in each.tables}
        self._handlers: dict[type[Event], Sequence[Projection]] = {}

    def create_tables(self) -> None:
        """Create what is missing; a projection whose version changed is emptied, to be built anew."""
        with self._engine.connect() as raw, raw.execution_options(writer=True).begin():
            if raw.dialect.name == "postgresql":
                raw.exec_driver_sql("SELECT pg_advisory_xact_lock(7105413)")
            _own.create_all(raw)
            if "built" not in {each["name"] for each in inspect(raw).get_columns(positions.name)}:
                # Made by a version that did not keep it: all is built anew.
                positions.drop(raw)
                positions.create(raw)
            stamps_of(Rows.of(raw))  # Held, as by everybody who writes tables: nobody waits for each other.
            known = {row.name: row.version for row in raw.execute(select(positions))}
            changed = [each for each in self._projections if known.get(each.name) != each.version]
            if not changed:
                return
            tables = tuple(table for projection in changed for table in projection.tables)
            for statement in statements_making(tables, raw.dialect.name):
                raw.exec_driver_sql(statement)
            raw.execute(delete(positions).where(positions.c.name.in_([each.name for each in changed])))
            raw.execute(
                insert(positions),
                [
                    {
                        "name": each.name,
                        "version": each.version,
                        "position": 0,
                        "leaf": "",
                        "wrote": 0,
                        "built": token_hex(8),
                    }
                    for each in changed
                ],
            )

    def confirmed(self) -> bool:
        """Whether the log holds, wherever a projection has come to, the very event that it came to."""
        with self._engine.connect() as connection:
            query = select(positions.c.position, positions.c.leaf).where(positions.c.position > 0).distinct()
            stamps = connection.execute(query).all()
        return all(self._leaf_at(position) == leaf for position, leaf in stamps)

    def catch_up(self, progress: Progress | None = None) -> None:
        """Apply everything the log has beyond the stored positions.

        A projection that cannot take an event in holds up none of the others; what it raises is raised at the end.
        """
        try:
            self._follow(self._projections, progress)
        except Exception:
            failures = []
            for projection in self._projections:
                try:
                    self._follow([projection], progress)
                except Exception as failure:
                    failure.add_note(f"projection {projection.name}")
                    failures.append(failure)
            if failures:
                raise failures[0] from None

    @staticmethod
    @contextmanager
    def _uncollected() -> Iterator[None]:
        """Many rows and no cycles: looking for garbage among them again and again takes a tenth of the time."""
        collects = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if collects:
                gc.enable()

    def _follow(self, projections: Sequence[Projection], progress: Progress | None) -> None:
        pages = True
        while pages:
            with self._engine.connect() as raw, raw.execution_options(writer=True).begin():
                try:
                    # Between two pages anybody may have written.
                    pages = self._advance(Rows.of(raw), Live(), projections, progress, None) == PAGE
                except sqlite3.Error as error:
                    # SQLite does not say which file it is about.
                    error.add_note(str(self._engine.url.database))
                    raise

    def rebuild(self, progress: Progress | None = None) -> None:
        """Empty all tables and build them from the first event, in one transaction: readers see old or new."""
        with (
            self._engine.connect() as raw,
            raw.execution_options(writer=True).begin(),
            self._uncollected(),
        ):
            rows = Rows.of(raw)
            stamps_of(rows)
            for projection in self._projections:
                for table in projection.tables:
                    raw.execute(delete(table))
            raw.execute(update(positions).values(position=0, leaf="", wrote=0, built=token_hex(8)))
            live = Live(complete=True)
            while self._advance(rows, live, self._projections, progress, None) == PAGE:
                pass

    def _advance(
        self,
        rows: Rows,
        live: Live,
        projections: Sequence[Projection],
        progress: Progress | None,
        until: int | None,
    ) -> int:
        at = {projection: stamp.position for projection, stamp in self._stamped(rows, projections)}
        if not at:
            return 0
        page = self._log.read(after=min(at.values()), limit=PAGE, until=until)
        if page:
            self._apply(rows, live, at, page, self._leaf_at(page[-1].position))
            if progress is not None:
                progress(len(page))
        return len(page)

    def _apply(
        self, rows: Rows, live: Live, at: Mapping[Projection, int], page: Sequence[Recorded], leaf: str
    ) -> None:
        """Let every projection see those events of the page that are beyond where it is. ``leaf``: the last one's leaf
        hash.
        """
        write = Writer(rows, live)
        for recorded in page:
            for projection in self._handling(type(recorded.event)):
                if recorded.position > at.get(projection, recorded.position):
                    projection.apply(write, recorded)
        write.flush()
        last = page[-1].position
        wrote = sorted({self._of_table[table] for table in write.written()})
        moved = f", wrote = CASE WHEN name IN ({_marks(wrote)}) THEN ? ELSE wrote END" if wrote else ""
        rows.execute(
            f"UPDATE {positions.name} SET position = ?, leaf = ?{moved} WHERE position < ? AND name IN ({_marks(at)})",
            (last, leaf, *((*wrote, last) if wrote else ()), last, *(projection.name for projection in at)),
        )

    def _handling(self, event_type: type[Event]) -> Sequence[Projection]:
        """The projections that do something with such an event."""
        found = self._handlers.get(event_type)
        if found is None:
            found = [each for each in self._projections if each.every or event_type in each.handlers]
            self._handlers[event_type] = found
        return found

    def take_in(self, rows: Rows, live: Live, page: Sequence[Recorded], leaf: str, *, after: int) -> bool:
        """Let the projections that have come to ``after`` see the events that follow; whether these are all.

        ``leaf``: the last event's leaf hash. The others, and those that somebody else is building, catch up by themselves.
        """
        if rows.seen is None or (rows.seen, after) != live.seen:
            self._look(rows, live, after)
        at = {each: after for each in self._projections if each.name in live.built}
        if at:
            self._apply(rows, live, at, page, leaf)
        live.seen = rows.seen, page[-1].position
        return len(at) == len(self._projections)

    def _look(self, rows: Rows, live: Live, after: int) -> None:
        """Which projections have come to ``after``, and what of the live rows is still known."""
        stamped = self._stamped(rows, self._projections, wait=False)
        built = {projection.name: stamp.built for projection, stamp in stamped if stamp.position == after}
        # Of those that catch up by themselves, or were built anew, nothing is known from here on.
        others = [each for each in self._projections if live.built.get(each.name) != built.get(each.name)]
        live.forget(table for each in others for table in each.tables)
        live.built = built

    def _stamped(
        self, rows: Rows, projections: Sequence[Projection], *, wait: bool = True
    ) -> list[tuple[Projection, Stamp]]:
        """The projections with their stamps; those that another version of this program has built are left to it."""
        stamps = {each.name: each for each in stamps_of(rows, wait=wait)}
        found = [(each, stamps[each.name]) for each in projections if each.name in stamps]
        return [(projection, stamp) for projection, stamp in found if stamp.version == projection.version]

    def position(self) -> int:
        """The position up to which every projection has come."""
        return min(self._positions(), default=0)

    def newest(self) -> int:
        """The position up to which some projection has come."""
        return max(self._positions(), default=0)

    def _positions(self) -> Sequence[int]:
        with self._engine.connect() as connection:
            return connection.execute(select(positions.c.position)).scalars().all()

    def tables(self) -> list[str]:
        """The names of all tables."""
        return [table.name for projection in self._projections for table in projection.tables]

    def check(self, progress: Progress | None = None) -> list[str]:
        """Build everything anew in memory and compare; the names of the tables that differ."""
        with self._engine.connect() as live, live.begin():
            at = min(live.execute(select(positions.c.position)).scalars().all(), default=0)
            mine = digests(live, self._projections)
        fresh = create_engine("sqlite://")
        shadow = Runner(fresh, self._log, self._projections)
        shadow.create_tables()
        with fresh.connect() as raw, raw.begin(), self._uncollected():
            rows, built = Rows.of(raw), Live(complete=True)
            while shadow._advance(rows, built, self._projections, progress, at):
                pass
            theirs = digests(raw, self._projections)
        return sorted(name for name in mine if mine[name] != theirs[name])


def digests(connection: Connection, projections: Sequence[Projection]) -> dict[str, str]:
    """Table name to SHA-256 over its rows, in an order that does not depend on the database."""
    result = {}
    for projection in projections:
        for table in projection.tables:
            hasher = hashlib.sha256()
            for line in sorted(repr(tuple(row)) for row in connection.execute(select(table))):
                hasher.update(line.encode() + b"\n")
            result[table.name] = hasher.hexdigest()
    return result
