"""The library's recorders, opened by us: explicit settings only, never the process environment.

Appending goes through these classes alone. They grow the Merkle tree in the same transaction through hooks of the
library that are private, which is why its version is pinned.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol, cast

from eventsourcing.persistence import IntegrityError, Notification, PersistenceError, StoredEvent
from eventsourcing.postgres import PostgresAggregateRecorder, PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)
from psycopg import Cursor
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, tuple_row
from psycopg.sql import SQL, Composed

from application.eventlog.tree import EVENTS, POSITION, SHA256, SM3, Grower, Query, TreeKind
from application.eventlog.writing import Newest, Stored, Writing
from domain.integrity.tree import SIZE
from projections.kit.rows import Rows
from projections.kit.runner import positions as stamps

CHECKPOINTS = SHA256.checkpoints
COSIGNATURES = "cosignatures"
BLOB = {"sqlite": "BLOB", "postgresql": "bytea"}
_COSIGNATURES = (
    f"CREATE TABLE IF NOT EXISTS {COSIGNATURES} (size bigint NOT NULL, line varchar(400) NOT NULL, "
    "text text NOT NULL, received_at varchar(40) NOT NULL, PRIMARY KEY (size, line))"
)


class LogRecorder(Protocol):
    """What the log needs of a recorder. ``attempts``: how often a transaction is tried whose connection was lost."""

    attempts: int

    def attach(self, views: Path) -> None:
        """Write the read models in the same transactions; on SQLite they are in the file ``views``."""

    def writing(self, streams: Sequence[str]) -> AbstractContextManager[Writing]:
        """A transaction under the write lock. ``streams``: whose history will be asked for."""

    def select_events(self, originator_id: Any, *, lte: int | None = None) -> Sequence[StoredEvent]: ...

    def select_notifications(
        self, start: int | None, limit: int, stop: int | None = None, *, inclusive_of_start: bool = True
    ) -> Sequence[Notification]: ...

    def max_notification_id(self) -> int | None: ...


def tables_of(kind: TreeKind, dialect: str) -> list[str]:
    """The statements that make the tables of a tree."""
    return [
        f"CREATE TABLE IF NOT EXISTS {kind.leaves} (leaf_index {'INTEGER' if dialect == 'sqlite' else 'bigint'} "
        f"PRIMARY KEY, position bigint NOT NULL UNIQUE, nodes {BLOB[dialect]} NOT NULL)",
        f"CREATE TABLE IF NOT EXISTS {kind.checkpoints} (size bigint NOT NULL, signed_at varchar(40) NOT NULL, "
        "note text NOT NULL, because varchar(200) NOT NULL, PRIMARY KEY (size, signed_at))",
    ]


def append_only(kinds: Sequence[TreeKind]) -> list[str]:
    """The tables in which nothing is ever changed."""
    own = [table for kind in kinds for table in (kind.leaves, kind.checkpoints)]
    return [EVENTS, COSIGNATURES, *own]


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
        self._views: Path | None = None
        self._attached = False
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
            self._attached = self._views is not None and _attach(raw, self._views)
            self._connection = SQLiteConnection(raw, max_age=None)
        return self._connection

    @contextmanager
    def writing(self, streams: Sequence[str]) -> Iterator[_SqliteWriting]:
        try:
            transaction = _LogThenViews(self._connected(), commit=True)
            transaction.views = self._attached
            with transaction as cursor, cursor:
                yield _SqliteWriting(self, cursor, transaction.views)
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
            cursor.execute(statement, parameters)
            return [tuple(row) for row in cursor.fetchall()]

        leaves = []
        for grower in self.growers:
            rows = grower.grow(query, positions, events)
            cursor.executemany(f"INSERT INTO {grower.table} VALUES (?, ?, ?)", rows)
            leaves.append(rows)
        return positions, _last_leaf(leaves)


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
        if views:
            # It changes whenever another connection has written to the file.
            cursor.execute("PRAGMA views.data_version")
            self.rows = Rows(cursor.sqlite_cursor, "sqlite", seen=cursor.fetchone()[0])
        cursor.execute(f"SELECT rowid, state FROM {EVENTS} ORDER BY rowid DESC LIMIT 1")
        found = cursor.fetchone()
        self._newest = None if found is None else Newest(found[0], bytes(found[1]))

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


def _last_leaf(leaves: Sequence[Sequence[tuple[int, int, bytes]]]) -> str:
    """The hash of the last leaf of the first tree."""
    return leaves[0][-1][2][:SIZE].hex() if leaves and leaves[0] else ""


class PostgresLog(PostgresApplicationRecorder):
    """The same; the table is locked from before the insert, so positions rise in the order of commits."""

    attempts = 3

    def __init__(self, datastore: PostgresDatastore, writer: PostgresDatastore) -> None:
        super().__init__(datastore, events_table_name=EVENTS)
        self.writer = writer
        self.views = False
        self.use([SHA256])

    def use(self, kinds: Sequence[TreeKind]) -> None:
        """Grow these trees from now on."""
        self.kinds = kinds
        self.growers = [Grower("postgresql", kind) for kind in kinds]

    def attach(self, views: Path) -> None:
        """Write the read models in the same transactions."""
        self.views = True

    def disconnect(self) -> None:
        """Close the connection that writes."""
        self.writer.close()

    @contextmanager
    def writing(self, streams: Sequence[str]) -> Iterator[_PostgresWriting]:
        with (
            self.writer.get_connection() as connection,
            connection.transaction(),
            connection.cursor() as cursor,
        ):
            yield _PostgresWriting(self, cursor, streams)

    def lock_and(self, statement: str) -> Composed:
        """The statement, once the log is locked: sent in one go."""
        return SQL("; ").join([*self.lock_table_statements, SQL(statement)])

    def insert_with_leaves(
        self, cursor: Cursor[DictRow], events: Sequence[Stored | StoredEvent]
    ) -> tuple[Sequence[int], str]:
        """Insert events and their leaves, with the table locked: the positions, and the last one's leaf hash in hex."""
        PostgresAggregateRecorder._insert_stored_events(self, cursor, cast(Sequence[StoredEvent], events))
        positions = [row["notification_id"] for row in cursor.fetchall()]
        return positions, _last_leaf(self._grow(cursor, positions, events))

    def _fetch_ids_after_insert_events(
        self, curs: Cursor[DictRow], stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        positions = super()._fetch_ids_after_insert_events(curs, stored_events, **kwargs) or []
        self._grow(curs, positions, stored_events)
        return positions

    def _grow(
        self,
        cursor: Cursor[DictRow],
        positions: Sequence[int],
        events: Sequence[Stored | StoredEvent],
    ) -> list[list[tuple[int, int, bytes]]]:
        leaves = []
        with cursor.connection.cursor(row_factory=tuple_row) as inner:

            def query(statement: str, parameters: Sequence[Any]) -> Sequence[Sequence[Any]]:
                inner.execute(statement.replace("?", "%s").encode(), parameters)
                return inner.fetchall()

            for grower in self.growers:
                rows = grower.grow(query, positions, events)
                into = f"INSERT INTO {grower.table} SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])"
                inner.execute(into.encode(), [list(column) for column in zip(*rows, strict=True)])
                leaves.append(rows)
        return leaves


class _PostgresWriting:
    """The session's transaction on PostgreSQL. Statements are waited for one by one: in a pipeline, 16 clients get a quarter of
    the work done."""

    def __init__(self, log: PostgresLog, cursor: Cursor[DictRow], streams: Sequence[str]) -> None:
        self._log = log
        self._cursor = cursor
        self._plain = plain = cursor.connection.cursor(row_factory=tuple_row)
        plain.execute(log.lock_and(_NEWEST))
        while plain.nextset():
            pass
        found = plain.fetchone()
        self._newest = None if found is None else Newest(found[0], bytes(found[1]))
        self._streams: dict[str, list[Stored]] = {stream: [] for stream in streams}
        if streams:
            plain.execute(f"{_HISTORY} ANY (%s){_IN_ORDER}".encode(), [list(streams)])
            for row in plain.fetchall():
                self._streams[row[0]].append(Stored(*row))
        self.rows = Rows(plain, "postgresql") if log.views else None

    def newest(self) -> Newest | None:
        return self._newest

    def history(self, stream: str) -> Sequence[Stored]:
        if stream not in self._streams:
            self._plain.execute(f"{_HISTORY} %s{_IN_ORDER}".encode(), [stream])
            self._streams[stream] = [Stored(*row) for row in self._plain.fetchall()]
        return self._streams[stream]

    def insert(self, events: Sequence[Stored]) -> tuple[Sequence[int], str]:
        return self._log.insert_with_leaves(self._cursor, events)


_NEWEST = f"SELECT notification_id, state FROM {EVENTS} ORDER BY notification_id DESC LIMIT 1"
_HISTORY = f"SELECT originator_id, originator_version, topic, state FROM {EVENTS} WHERE originator_id ="
_IN_ORDER = " ORDER BY originator_id, originator_version"


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


class PostgresDatabase:
    """The log's tables on PostgreSQL."""

    dialect = "postgresql"

    def __init__(self, datastore: PostgresDatastore) -> None:
        self._datastore = datastore

    def query(self, statement: str, parameters: Sequence[Any] = ()) -> Sequence[Sequence[Any]]:
        """All rows of a statement."""
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row, binary=True) as cursor,
        ):
            cursor.execute(statement.replace("?", "%s").encode(), parameters)
            return cursor.fetchall()

    def stream(self, statement: str, parameters: Sequence[Any] = ()) -> Iterator[Sequence[Any]]:
        """The rows of a statement, as of one moment, without holding them all."""
        with (
            self._datastore.get_connection() as connection,
            connection.transaction(),
            connection.cursor("verification", row_factory=tuple_row) as cursor,
        ):
            cursor.itersize = 5000
            cursor.execute(statement.replace("?", "%s").encode(), parameters, binary=True)
            yield from cursor

    def insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Add rows, all or none."""
        with (
            self._datastore.get_connection() as connection,
            connection.transaction(),
            connection.cursor() as cursor,
        ):
            marks = ",".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})".encode(), rows)


def catch_up(dialect: str, kind: TreeKind, query: Query) -> list[tuple[int, int, bytes]]:
    """The leaves that a tree lacks: a second tree is begun over old rows, and testifies from that day on."""
    at = POSITION[dialect]
    last = query(f"SELECT max(position) FROM {kind.leaves}", ())[0][0] or 0
    rows = query(
        f"SELECT {at}, originator_id, originator_version, topic, state FROM {EVENTS} WHERE {at} > ? ORDER BY {at}",
        [last],
    )
    events = [
        StoredEvent(originator_id=stream, originator_version=version, topic=topic, state=bytes(state))
        for _, stream, version, topic, state in rows
    ]
    return Grower(dialect, kind).grow(query, [row[0] for row in rows], events) if rows else []


def open_sqlite(path: Path, with_sm3: bool = False) -> tuple[SqliteLog, SqliteDatabase, SQLiteDatastore]:
    """Recorder over one SQLite file (WAL), created when missing."""
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
        cursor.execute(_COSIGNATURES)
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


def _datastore(url: str, **pool: Any) -> PostgresDatastore:
    parts = conninfo_to_dict(url)
    return PostgresDatastore(
        dbname=str(parts.get("dbname") or "lianjian"),
        host=str(parts.get("host") or "127.0.0.1"),
        port=str(parts.get("port") or 5432),
        user=str(parts.get("user") or "lianjian"),
        password=str(parts.get("password") or ""),
        connect_timeout=30.0,
        lock_timeout=30,
        originator_id_type="text",
        enable_db_functions=False,
        **pool,
    )


def open_postgres(
    url: str, with_sm3: bool = False
) -> tuple[PostgresLog, PostgresDatabase, PostgresDatastore]:
    """Recorder over PostgreSQL in the default mode, which locks the table so that commit order is id order.

    ``enable_db_functions`` stays off: without the lock a reader following positions misses events.
    Tables are created under an advisory lock, since two processes creating them at once fail.
    """
    # Whoever reads gets a connection that answers; the one that writes is tried, and replaced where it does not.
    datastore = _datastore(url, pool_size=2, max_overflow=8, max_waiting=64, pre_ping=True)
    writer = _datastore(url, pool_size=1, max_overflow=0, pre_ping=False)
    database = PostgresDatabase(datastore)
    recorder = PostgresLog(datastore, writer)
    with datastore.get_connection() as guard:
        guard.execute("SELECT pg_advisory_lock(7105412)")
        try:
            owned = guard.execute(
                "SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass(%s)", [EVENTS]
            ).fetchone()
            known = database.query("SELECT 1 FROM pg_class WHERE oid = to_regclass(?)", [SM3.leaves])
            kinds = [SHA256, SM3] if with_sm3 or known else [SHA256]
            # Whoever does not own the tables can append and no more (docs/postgresql.md); the owner has made them.
            if owned is None or next(iter(owned.values())):
                recorder.create_table()
                _create_tables(datastore, kinds, begin_sm3=SM3 in kinds and not known)
        finally:
            guard.execute("SELECT pg_advisory_unlock(7105412)")
    writer.psycopg_type_adapters = datastore.psycopg_type_adapters
    recorder.use(kinds)
    return recorder, database, datastore


def _create_tables(datastore: PostgresDatastore, kinds: Sequence[TreeKind], *, begin_sm3: bool) -> None:
    with datastore.get_connection() as connection, connection.transaction():
        for statement in [*(each for kind in kinds for each in tables_of(kind, "postgresql")), _COSIGNATURES]:
            connection.execute(statement.encode())
        connection.execute(
            "CREATE OR REPLACE FUNCTION lianjian_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
        )
        for table in append_only(kinds):
            connection.execute(
                f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION lianjian_append_only()".encode()
            )
            connection.execute(
                f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION lianjian_append_only()".encode()
            )
        if begin_sm3:
            connection.execute(f"LOCK TABLE {EVENTS} IN EXCLUSIVE MODE".encode())
            with connection.cursor(row_factory=tuple_row) as cursor:

                def query(statement: str, parameters: Sequence[Any]) -> Sequence[Sequence[Any]]:
                    cursor.execute(statement.replace("?", "%s").encode(), parameters)
                    return cursor.fetchall()

                rows = catch_up("postgresql", SM3, query)
                cursor.executemany(f"INSERT INTO {SM3.leaves} VALUES (%s, %s, %s)".encode(), rows)
