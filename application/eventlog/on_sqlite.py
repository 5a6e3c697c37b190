"""The log in one SQLite file, with the read models attached to the connection that writes."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from eventsourcing.persistence import IntegrityError, PersistenceError, StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

from application.eventlog.recorders import COSIGNATURES_TABLE, append_only, catch_up, last_leaf, tables_of
from application.eventlog.tree import EVENTS, SHA256, SM3, Grower, TreeKind
from application.eventlog.write_ahead import WriteAhead, size_of_write_ahead
from application.eventlog.writing import Newest, Stored
from projections.kit.rows import Rows
from projections.kit.sqlite import keep_journal
from projections.kit.stamps import stamps


class _Immediately(SQLiteTransaction):
    """Takes the write lock at once, and waits for it: a reader that turns into a writer would be refused instead."""

    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        return cursor


class SqliteStore(SQLiteDatastore):
    """The library's pool of connections; whoever writes waits for whoever writes."""

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        kind = _Immediately if commit else SQLiteTransaction
        try:
            with (
                self.get_connection(commit=commit) as connection,
                kind(connection, commit=commit) as cursor,
                cursor,
            ):
                yield cursor
        except sqlite3.Error as error:
            raise PersistenceError(error) from error


LOCK_TIMEOUT = 30
"""Seconds that a writer waits for the log."""
VIEWS_TIMEOUT = 0.25
"""Seconds that it then waits for the read models: whoever builds them anew holds them for long, and catches up itself."""


CHECKPOINT = 4_000
"""Pages in a write-ahead file after which they are brought into the database. Whoever writes waits for that: with the usual
1 000 every fifty commands, for a tenth of all the time that disks are waited for."""
GROWN = 4 * CHECKPOINT
"""Pages' worth of bytes from which a write-ahead file is emptied by force: SQLite begins it anew only where it finds all of it
brought in as it starts to write, which it never does where several write without a pause and others bring in beside them."""
LOOKED_AFTER = 50
"""Transactions after which it is looked how large the files are."""
GIVEN_WAY = 0.25
"""Seconds in which nobody writes, so that somebody else who brings a grown file in gets to it."""


class _LogThenViews(SQLiteTransaction):
    """Takes the write lock of the log and waits for it; then that of the read models, unless somebody holds it."""

    views = False

    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            # Somebody holds one of the files, or it is damaged: each is waited for as long as it deserves.
            self._wait(cursor)
        return cursor

    def _wait(self, cursor: SQLiteCursor) -> None:
        cursor.execute(f"PRAGMA busy_timeout = {LOCK_TIMEOUT * 1000}")
        cursor.execute("BEGIN")
        # A statement that writes takes the lock before it reads; BEGIN IMMEDIATE would wait for both files alike.
        cursor.execute(f"UPDATE main.{EVENTS} SET topic = topic WHERE 0")
        cursor.execute(f"PRAGMA busy_timeout = {int(VIEWS_TIMEOUT * 1000)}")
        if self.views:
            try:
                cursor.execute(f"UPDATE views.{stamps.name} SET position = position WHERE 0")
            except sqlite3.Error:
                # Somebody holds them, or they are damaged: read models keep nobody from recording.
                self.views = False


class SqliteLog(SQLiteApplicationRecorder):
    """Events and their leaves in one transaction under the write lock, so the tree stands still meanwhile."""

    attempts = 1

    def __init__(self, datastore: SQLiteDatastore) -> None:
        super().__init__(datastore, events_table_name=EVENTS)
        self._connection: SQLiteConnection | None = None
        self._ahead: WriteAhead | None = None
        self._views: Path | None = None
        self._attached = False
        self._files: list[tuple[Path, tuple[int, int]]] = []
        self._unlooked = 0
        self.use([SHA256])

    def use(self, kinds: Sequence[TreeKind]) -> None:
        """Grow these trees from now on."""
        self.kinds = kinds
        self.growers = [Grower("sqlite", kind) for kind in kinds]

    def attach(self, views: Path) -> None:
        """Write the read models of this file in the same transactions."""
        self._views = views
        self.disconnect()

    def disconnect(self) -> None:
        """Close the connection that writes; the next transaction opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None

    def _connected(self) -> SQLiteConnection:
        if self._connection is None:
            raw = sqlite3.connect(
                self.datastore.pool.db_name,
                timeout=VIEWS_TIMEOUT,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=500,
            )
            raw.execute("PRAGMA synchronous = FULL")
            raw.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
            self._attached = self._views is not None and _attach(raw, self._views)
            opened = [
                Path(self.datastore.pool.db_name),
                *([self._views] if self._attached and self._views else []),
            ]
            self._files = [(file, _identity(file)) for file in opened]
            self._connection = SQLiteConnection(raw, max_age=None)
        return self._connection

    def _lengthen(self) -> None:
        """Under the lock: let the write-ahead file be longer than what is written to it."""
        if self._ahead is None and self._connection is not None:
            page_size = self._connection._sqlite_conn.execute("PRAGMA main.page_size").fetchone()[0]
            self._ahead = WriteAhead(Path(self.datastore.pool.db_name), page_size)
        if self._ahead is not None:
            self._ahead.lengthen()

    def _empty_grown(self) -> None:
        """Between two transactions, now and then: let no write-ahead file grow without end. Where somebody
        reads, or writes already, it is left to the next time; whoever is bringing it in is given way to.
        """
        self._unlooked += 1
        if self._unlooked < LOOKED_AFTER or self._connection is None:
            return
        self._unlooked = 0
        raw = self._connection._sqlite_conn
        for schema, (file, _) in zip(("main", "views"), self._files, strict=False):
            page_size = raw.execute(f"PRAGMA {schema}.page_size").fetchone()[0]
            if size_of_write_ahead(file) > GROWN * page_size:
                raw.execute("PRAGMA busy_timeout = 0")
                if not _brought_in(raw, schema, "TRUNCATE") and not _brought_in(raw, schema, "PASSIVE"):
                    # Somebody else is bringing it in, and waits until nobody writes.
                    time.sleep(GIVEN_WAY)
                raw.execute(f"PRAGMA busy_timeout = {int(VIEWS_TIMEOUT * 1000)}")

    def _demand_same_files(self) -> None:
        """Under the lock. What goes into a file that was replaced meanwhile is lost, and pages would show the one or the other.

        Raises ``OSError`` (stale) with the file's name.
        """
        for file, identity in self._files:
            if _identity(file) != identity:
                raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(file))

    @contextmanager
    def writing(self, streams: Sequence[str]) -> Iterator[_SqliteWriting]:
        try:
            transaction = _LogThenViews(self._connected(), commit=True)
            transaction.views = self._attached
            with transaction as cursor, cursor:
                self._demand_same_files()
                self._lengthen()
                yield _SqliteWriting(self, cursor, transaction.views)
            try:
                self._empty_grown()
            except sqlite3.Error:
                # A full disk, such as: what was committed is recorded all the same, and the next who writes is told.
                self.disconnect()
        except IntegrityError:
            raise
        except (sqlite3.Error, PersistenceError) as error:
            self.disconnect()
            if isinstance(error, PersistenceError):
                raise
            raise PersistenceError(error) from error
        finally:
            if self._connection is not None and self._connection._sqlite_conn.in_transaction:
                # Whoever waited for the lock was interrupted as it was granted.
                self.disconnect()

    def _insert_events(
        self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        return list(self.insert_with_leaves(c, stored_events)[0])

    def insert_with_leaves(
        self, cursor: SQLiteCursor, events: Sequence[Stored | StoredEvent], after: int | None = None
    ) -> tuple[Sequence[int], str]:
        """Insert events and their leaves: the positions, and the last one's leaf hash in hex. ``after``: the newest position,
        where it is known already.
        """
        # Under the write lock the next row ids are known, so that one statement takes all events.
        if after is None:
            cursor.execute(f"SELECT max(rowid) FROM {EVENTS}")
            after = cursor.fetchone()[0] or 0
        first = after + 1
        positions = range(first, first + len(events))
        cursor.executemany(
            f"INSERT INTO {EVENTS} (rowid, originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?, ?)",
            [
                (position, each.originator_id, each.originator_version, each.topic, each.state)
                for position, each in zip(positions, events, strict=True)
            ],
        )

        def query(statement: str, parameters: Sequence[Any]) -> Sequence[Sequence[Any]]:
            return cursor.sqlite_cursor.execute(statement, parameters).fetchall()

        leaves = []
        for grower in self.growers:
            rows = grower.grow(query, positions, events)
            cursor.executemany(f"INSERT INTO {grower.table} VALUES (?, ?, ?)", rows)
            leaves.append(rows)
        return positions, last_leaf(leaves)


def _identity(file: Path) -> tuple[int, int]:
    """Which file it is, whatever its name; no file at all where it is gone."""
    try:
        found = os.stat(file)
    except FileNotFoundError:
        return 0, 0
    return found.st_dev, found.st_ino


def _brought_in(raw: sqlite3.Connection, schema: str, how: str) -> bool:
    """Bring a write-ahead file into its database; whether nobody was in the way of this."""
    busy, _, _ = raw.execute(f"PRAGMA {schema}.wal_checkpoint({how})").fetchone()
    return not busy


def _attach(raw: sqlite3.Connection, views: Path) -> bool:
    """Let the connection write the read models, too; whether they can be opened."""
    try:
        raw.execute("ATTACH DATABASE ? AS views", [str(views)])
        # After a power failure read models may be behind the log, never ahead: the log is synced first.
        raw.execute("PRAGMA views.synchronous = NORMAL")
    except sqlite3.Error:
        return False
    return True


class _SqliteWriting:
    """The session's transaction on SQLite."""

    def __init__(self, log: SqliteLog, cursor: SQLiteCursor, views: bool) -> None:
        self._log = log
        self._cursor = cursor
        self.rows: Rows | None = None
        raw = cursor.sqlite_cursor
        if views:
            # It changes whenever another connection has written to the file.
            seen = raw.execute("PRAGMA views.data_version").fetchone()[0]
            self.rows = Rows(raw, "sqlite", seen)
        found = raw.execute(f"SELECT rowid, state FROM {EVENTS} ORDER BY rowid DESC LIMIT 1").fetchone()
        self._newest = None if found is None else Newest(*found)

    def newest(self) -> Newest | None:
        return self._newest

    def history(self, stream: str) -> Sequence[Stored]:
        self._cursor.execute(
            f"SELECT originator_version, topic, state FROM {EVENTS} WHERE originator_id = ? "
            "ORDER BY originator_version",
            [stream],
        )
        return [Stored(stream, *each) for each in self._cursor.fetchall()]

    def insert(self, events: Sequence[Stored]) -> tuple[Sequence[int], str]:
        after = 0 if self._newest is None else self._newest.position
        return self._log.insert_with_leaves(self._cursor, events, after)


class SqliteDatabase:
    """The log's tables on SQLite."""

    dialect = "sqlite"

    def __init__(self, datastore: SQLiteDatastore) -> None:
        self._datastore = datastore

    def query(self, statement: str, parameters: Sequence[Any] = ()) -> Sequence[Sequence[Any]]:
        """All rows of a statement."""
        with self._datastore.transaction(commit=False) as cursor:
            cursor.execute(statement, parameters)
            return [tuple(row) for row in cursor.fetchall()]

    def stream(self, statement: str, parameters: Sequence[Any] = ()) -> Iterator[Sequence[Any]]:
        """The rows of a statement, as of one moment, without holding them all."""
        with self._datastore.transaction(commit=False) as cursor:
            cursor.execute(statement, parameters)
            for row in cursor.sqlite_cursor:
                yield tuple(row)

    def insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Add rows, all or none."""
        with self._datastore.transaction(commit=True) as cursor:
            marks = ",".join("?" * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def open_sqlite(path: Path, with_sm3: bool = False) -> tuple[SqliteLog, SqliteDatabase, SQLiteDatastore]:
    """Recorder over one SQLite file (WAL), created when missing."""
    with closing(sqlite3.connect(path, timeout=30)) as begun:
        # The datastore would do it, and give up at once where another process begins the log in the same instant.
        keep_journal(begun)
    datastore = SqliteStore(db_name=str(path), lock_timeout=30, originator_id_type="text")
    recorder = SqliteLog(datastore)
    recorder.create_table()
    database = SqliteDatabase(datastore)
    known = database.query("SELECT name FROM sqlite_master WHERE name = ?", [SM3.leaves])
    kinds = [SHA256, SM3] if with_sm3 or known else [SHA256]
    with datastore.transaction(commit=True) as cursor:
        for kind in kinds:
            for statement in tables_of(kind, "sqlite"):
                cursor.execute(statement)
        cursor.execute(COSIGNATURES_TABLE)
        for table in append_only(kinds):
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
                )
        if SM3 in kinds and not known:

            def query(statement: str, parameters: Sequence[Any]) -> Sequence[Sequence[Any]]:
                cursor.execute(statement, parameters)
                return [tuple(row) for row in cursor.fetchall()]

            cursor.executemany(f"INSERT INTO {SM3.leaves} VALUES (?, ?, ?)", catch_up("sqlite", SM3, query))
    recorder.use(kinds)
    return recorder, database, datastore
