"""The library's recorders, opened by us: explicit settings only, never the process environment.

Appending goes through these classes alone. They grow the Merkle tree in the same transaction through hooks of the
library that are private, which is why its version is pinned.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from eventsourcing.persistence import (
    InterfaceError,
    Notification,
    OperationalError,
    PersistenceError,
    StoredEvent,
)
from eventsourcing.postgres import PostgresAggregateRecorder, PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)
from eventsourcing.utils import retry
from psycopg import Cursor
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, tuple_row

from application.eventlog.tree import EVENTS, POSITION, SHA256, SM3, Grower, Query, TreeKind

CHECKPOINTS = SHA256.checkpoints
COSIGNATURES = "cosignatures"
BLOB = {"sqlite": "BLOB", "postgresql": "bytea"}
_COSIGNATURES = (
    f"CREATE TABLE IF NOT EXISTS {COSIGNATURES} (size bigint NOT NULL, line varchar(400) NOT NULL, "
    "text text NOT NULL, received_at varchar(40) NOT NULL, PRIMARY KEY (size, line))"
)


Make = Callable[[bytes | None], Sequence[StoredEvent]]
"""Makes the rows to append, given the newest stored event's bytes (``None`` for an empty log)."""


class LogRecorder(Protocol):
    """What the log needs of a recorder."""

    def append(self, make: Make) -> None:
        """Append what ``make`` makes, in one transaction in which nobody else appends."""

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


class _Writing(SQLiteTransaction):
    """Takes the write lock at once, and waits for it: a reader that turns into a writer would be refused instead."""

    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        return cursor


class SqliteStore(SQLiteDatastore):
    """The library's pool of connections; whoever writes waits for whoever writes."""

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        kind = _Writing if commit else SQLiteTransaction
        try:
            with (
                self.get_connection(commit=commit) as connection,
                kind(connection, commit=commit) as cursor,
                cursor,
            ):
                yield cursor
        except sqlite3.Error as error:
            raise PersistenceError(error) from error


class SqliteLog(SQLiteApplicationRecorder):
    """Events and their leaves in one transaction under the write lock, so the tree stands still meanwhile."""

    def __init__(self, datastore: SQLiteDatastore) -> None:
        super().__init__(datastore, events_table_name=EVENTS)
        self.use([SHA256])

    def use(self, kinds: Sequence[TreeKind]) -> None:
        """Grow these trees from now on."""
        self.kinds = kinds
        self._growers = [Grower("sqlite", kind) for kind in kinds]

    def append(self, make: Make) -> None:
        """Append what ``make`` makes, under the write lock."""
        with self.datastore.transaction(commit=True) as c:
            c.execute(f"SELECT state FROM {EVENTS} ORDER BY rowid DESC LIMIT 1")
            newest = c.fetchone()
            self._insert_events(c, make(bytes(newest[0]) if newest else None))

    def _insert_events(
        self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        inserted: Sequence[int] | None = super()._insert_events(c, stored_events, **kwargs)
        positions = inserted or []

        def query(statement: str, parameters: Sequence[Any]) -> Sequence[Sequence[Any]]:
            c.execute(statement, parameters)
            return [tuple(row) for row in c.fetchall()]

        for grower in self._growers:
            rows = grower.grow(query, positions, stored_events)
            c.executemany(f"INSERT INTO {grower.table} VALUES (?, ?, ?)", rows)
        return positions


class PostgresLog(PostgresApplicationRecorder):
    """The same; the table is locked from before the insert, so positions rise in the order of commits."""

    def __init__(self, datastore: PostgresDatastore) -> None:
        super().__init__(datastore, events_table_name=EVENTS)
        self.use([SHA256])

    def use(self, kinds: Sequence[TreeKind]) -> None:
        """Grow these trees from now on."""
        self.kinds = kinds
        self._growers = [Grower("postgresql", kind) for kind in kinds]

    @retry((InterfaceError, OperationalError), max_attempts=3, wait=0.2)
    def append(self, make: Make) -> None:
        """Append what ``make`` makes, with the table locked."""
        with (
            self.datastore.get_connection() as connection,
            connection.transaction(),
            connection.cursor() as cursor,
        ):
            self._lock_table(cursor)
            cursor.execute(f"SELECT state FROM {EVENTS} ORDER BY notification_id DESC LIMIT 1".encode())
            newest = cursor.fetchone()
            events = make(bytes(newest["state"]) if newest else None)
            PostgresAggregateRecorder._insert_stored_events(self, cursor, events)
            self._fetch_ids_after_insert_events(cursor, events)

    def _fetch_ids_after_insert_events(
        self, curs: Cursor[DictRow], stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        fetched: Sequence[int] | None = super()._fetch_ids_after_insert_events(curs, stored_events, **kwargs)
        positions = fetched or []
        with curs.connection.cursor(row_factory=tuple_row) as inner:

            def query(statement: str, parameters: Sequence[Any]) -> Sequence[Sequence[Any]]:
                inner.execute(statement.replace("?", "%s").encode(), parameters)
                return inner.fetchall()

            for grower in self._growers:
                rows = grower.grow(query, positions, stored_events)
                into = f"INSERT INTO {grower.table} SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])"
                inner.execute(into.encode(), [list(column) for column in zip(*rows, strict=True)])
        return positions


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


def open_postgres(
    url: str, with_sm3: bool = False
) -> tuple[PostgresLog, PostgresDatabase, PostgresDatastore]:
    """Recorder over PostgreSQL in the default mode, which locks the table so that commit order is id order.

    ``enable_db_functions`` stays off: without the lock a reader following positions misses events.
    Tables are created under an advisory lock, since two processes creating them at once fail.
    """
    parts = conninfo_to_dict(url)
    datastore = PostgresDatastore(
        dbname=str(parts.get("dbname") or "lianjian"),
        host=str(parts.get("host") or "127.0.0.1"),
        port=str(parts.get("port") or 5432),
        user=str(parts.get("user") or "lianjian"),
        password=str(parts.get("password") or ""),
        pool_size=2,
        max_overflow=8,
        max_waiting=64,
        connect_timeout=30.0,
        pre_ping=True,
        lock_timeout=30,
        originator_id_type="text",
        enable_db_functions=False,
    )
    database = PostgresDatabase(datastore)
    recorder = PostgresLog(datastore)
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
