"""The library's recorders, opened by us: explicit settings only, never the process environment.

Appending goes through these classes alone. They grow the Merkle tree in the same transaction through hooks of the
library that are private, which is why its version is pinned (integrity.md 2.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from eventsourcing.persistence import ApplicationRecorder, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor, SQLiteDatastore
from psycopg import Cursor
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, tuple_row

from application.eventlog.tree import EVENTS, LEAVES, Database, Grower

CHECKPOINTS = "checkpoints"
COSIGNATURES = "cosignatures"
APPEND_ONLY = (EVENTS, LEAVES, CHECKPOINTS, COSIGNATURES)
SIGNED_TABLES = (
    f"CREATE TABLE IF NOT EXISTS {CHECKPOINTS} (size bigint NOT NULL, signed_at varchar(40) NOT NULL, "
    "note text NOT NULL, because varchar(200) NOT NULL, PRIMARY KEY (size, signed_at))",
    f"CREATE TABLE IF NOT EXISTS {COSIGNATURES} (size bigint NOT NULL, line varchar(400) NOT NULL, "
    "text text NOT NULL, received_at varchar(40) NOT NULL, PRIMARY KEY (size, line))",
)


class SqliteLog(SQLiteApplicationRecorder):
    """Events and their leaves in one transaction. The first insert takes the write lock, so the tree then stands still."""

    def __init__(self, datastore: SQLiteDatastore) -> None:
        super().__init__(datastore, events_table_name=EVENTS)
        self._grower = Grower("sqlite")

    def _insert_events(
        self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        inserted: Sequence[int] | None = super()._insert_events(c, stored_events, **kwargs)
        positions = inserted or []

        def query(statement: str, parameters: Sequence[Any]) -> Sequence[Sequence[Any]]:
            c.execute(statement, parameters)
            return [tuple(row) for row in c.fetchall()]

        c.executemany(
            f"INSERT INTO {LEAVES} VALUES (?, ?, ?)", self._grower.grow(query, positions, stored_events)
        )
        return positions


class PostgresLog(PostgresApplicationRecorder):
    """The same; the table is locked from before the insert, so positions rise in the order of commits."""

    def __init__(self, datastore: PostgresDatastore) -> None:
        super().__init__(datastore, events_table_name=EVENTS)
        self._grower = Grower("postgresql")

    def _fetch_ids_after_insert_events(
        self, curs: Cursor[DictRow], stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        fetched: Sequence[int] | None = super()._fetch_ids_after_insert_events(curs, stored_events, **kwargs)
        positions = fetched or []
        with curs.connection.cursor(row_factory=tuple_row) as inner:

            def query(statement: str, parameters: Sequence[Any]) -> Sequence[Sequence[Any]]:
                inner.execute(statement.replace("?", "%s").encode(), parameters)
                return inner.fetchall()

            rows = self._grower.grow(query, positions, stored_events)
            inner.execute(
                f"INSERT INTO {LEAVES} SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])".encode(),
                [list(column) for column in zip(*rows, strict=True)],
            )
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


def open_sqlite(path: Path) -> tuple[ApplicationRecorder, Database, SQLiteDatastore]:
    """Recorder over one SQLite file (WAL), created when missing."""
    datastore = SQLiteDatastore(db_name=str(path), lock_timeout=30, originator_id_type="text")
    recorder = SqliteLog(datastore)
    recorder.create_table()
    with datastore.transaction(commit=True) as cursor:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS {LEAVES} "
            "(leaf_index INTEGER PRIMARY KEY, position INTEGER NOT NULL UNIQUE, nodes BLOB NOT NULL)"
        )
        for statement in SIGNED_TABLES:
            cursor.execute(statement)
        for table in APPEND_ONLY:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
                )
    return recorder, SqliteDatabase(datastore), datastore


def open_postgres(url: str) -> tuple[ApplicationRecorder, Database, PostgresDatastore]:
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
        lock_timeout=30,
        originator_id_type="text",
        enable_db_functions=False,
    )
    with datastore.get_connection() as guard:
        guard.execute("SELECT pg_advisory_lock(7105412)")
        try:
            recorder = PostgresLog(datastore)
            owned = guard.execute(
                "SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass(%s)", [EVENTS]
            ).fetchone()
            # Whoever does not own the tables can append and no more (docs/postgresql.md); the owner has made them.
            if owned is None or next(iter(owned.values())):
                recorder.create_table()
                _create_leaves(datastore)
        finally:
            guard.execute("SELECT pg_advisory_unlock(7105412)")
    return recorder, PostgresDatabase(datastore), datastore


def _create_leaves(datastore: PostgresDatastore) -> None:
    with datastore.get_connection() as connection:
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS {LEAVES} "
            "(leaf_index bigint PRIMARY KEY, position bigint NOT NULL UNIQUE, nodes bytea NOT NULL)".encode()
        )
        for statement in SIGNED_TABLES:
            connection.execute(statement.encode())
        connection.execute(
            "CREATE OR REPLACE FUNCTION lianjian_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
        )
        for table in APPEND_ONLY:
            connection.execute(
                f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION lianjian_append_only()".encode()
            )
            connection.execute(
                f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION lianjian_append_only()".encode()
            )
