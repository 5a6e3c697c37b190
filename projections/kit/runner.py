"""The runner: brings all projections up to date, a page of events per transaction, each event exactly once."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, delete, select

from domain.kernel.event import Event
from domain.kernel.recorded import Recorded
from projections.kit import stamps
from projections.kit.projection import Projection
from projections.kit.rows import Rows
from projections.kit.stamps import Stamps
from projections.kit.tables import statements_making
from projections.kit.uncollected import uncollected
from projections.kit.writer import Live, Writer

PAGE = 1000
Progress = Callable[[int], None]
"""Called with the number of events just handled."""


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
            stamps.create(raw)
            rows = Rows.of(raw)
            known = stamps.held(rows)  # As by everybody who writes tables: nobody waits for each other.
            stamped = {name: stamp.version for name, stamp in known.each.items()}
            changed = [each for each in self._projections if stamped.get(each.name) != each.version]
            if not changed:
                return
            tables = tuple(table for projection in changed for table in projection.tables)
            for statement in statements_making(tables, raw.dialect.name):
                raw.exec_driver_sql(statement)
            for each in changed:
                known.begin(each.name, each.version)
            known.write(rows)

    def confirmed(self) -> bool:
        """Whether the log holds, wherever a projection has come to, the very event that it came to."""
        with self._engine.connect() as connection:
            places = stamps.seen(connection).places()
        return all(self._leaf_at(position) == leaf for position, leaf in places if position)

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
            uncollected(),
        ):
            rows = Rows.of(raw)
            known = stamps.held(rows)
            for projection in self._projections:
                for table in projection.tables:
                    raw.execute(delete(table))
            known.empty()
            known.write(rows)
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
        known = stamps.held(rows)
        at = self._at(known, projections)
        if not at:
            return 0
        page = self._log.read(after=min(at.values()), limit=PAGE, until=until)
        if page:
            self._apply(rows, live, known, at, page, self._leaf_at(page[-1].position))
            if progress is not None:
                progress(len(page))
        return len(page)

    def _apply(
        self,
        rows: Rows,
        live: Live,
        known: Stamps,
        at: Mapping[Projection, int],
        page: Sequence[Recorded],
        leaf: str,
    ) -> None:
        """Let every projection see those events of the page that are beyond where it is. ``leaf``: the last one's leaf
        hash.
        """
        write = Writer(rows, live)
        for recorded in page:
            for projection in self._handling(type(recorded.event)):
                if recorded.position > at.get(projection, recorded.position):
                    projection.apply(write, recorded)
        wrote = {self._of_table[table] for table in write.written()}
        known.move([projection.name for projection in at], page[-1].position, leaf, wrote)
        write.flush(known.writing())

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
        if live.known is not None and live.at:
            self._apply(rows, live, live.known, live.at, page, leaf)
        live.seen = rows.seen, page[-1].position
        return len(live.at) == len(self._projections)

    def _look(self, rows: Rows, live: Live, after: int) -> None:
        """Which projections have come to ``after``, and what of the live rows is still known."""
        live.known = stamps.stamps_of(rows, wait=False)
        found = {} if live.known is None else self._at(live.known, self._projections)
        live.at = {projection: position for projection, position in found.items() if position == after}
        built = {each.name: live.known.each[each.name].built for each in live.at} if live.known else {}
        # Of those that catch up by themselves, or were built anew, nothing is known from here on.
        others = [each for each in self._projections if live.built.get(each.name) != built.get(each.name)]
        live.forget(table for each in others for table in each.tables)
        live.built = built

    @staticmethod
    def _at(known: Stamps, projections: Sequence[Projection]) -> dict[Projection, int]:
        """How far projections have come; those that another version of this program has built are left to it."""
        found = [(each, known.each.get(each.name)) for each in projections]
        return {each: known.at(each.name) for each, stamp in found if stamp and stamp.version == each.version}

    def position(self) -> int:
        """The position up to which every projection has come."""
        return min(self._positions(), default=0)

    def newest(self) -> int:
        """The position up to which some projection has come."""
        return max(self._positions(), default=0)

    def _positions(self) -> Sequence[int]:
        with self._engine.connect() as connection:
            known = stamps.seen(connection)
        return [known.at(name) for name in known.each]

    def tables(self) -> list[str]:
        """The names of all tables."""
        return [table.name for projection in self._projections for table in projection.tables]

    def check(self, progress: Progress | None = None) -> list[str]:
        """Build everything anew in memory and compare; the names of the tables that differ."""
        with self._engine.connect() as live, live.begin():
            known = stamps.seen(live)
            at = min(map(known.at, known.each), default=0)
            # Built anew it is in SQLite, too: there rows may be held against each other as they are stored.
            stored = live.dialect.name == "sqlite"
            mine = digests(live, self._projections, stored=stored)
        fresh = create_engine("sqlite://")
        shadow = Runner(fresh, self._log, self._projections)
        shadow.create_tables()
        with fresh.connect() as raw, raw.begin(), uncollected():
            rows, built = Rows.of(raw), Live(complete=True)
            while shadow._advance(rows, built, self._projections, progress, at):
                pass
            theirs = digests(raw, self._projections, stored=stored)
        return sorted(name for name in mine if mine[name] != theirs[name])


def digests(
    connection: Connection, projections: Sequence[Projection], *, stored: bool = False
) -> dict[str, str]:
    """Table name to SHA-256 over its rows, in an order that does not depend on the database; nor do the rows, unless they are
    taken as they are ``stored``, which takes two thirds of the time.
    """
    result = {}
    for projection in projections:
        for table in projection.tables:
            hasher = hashlib.sha256()
            asked = select(table)
            found = connection.exec_driver_sql(str(asked)) if stored else connection.execute(asked)
            for line in sorted(repr(tuple(row)) for row in found):
                hasher.update(line.encode() + b"\n")
            result[table.name] = hasher.hexdigest()
    return result
