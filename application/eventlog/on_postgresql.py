"""The log on PostgreSQL, with one connection that writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresAggregateRecorder, PostgresApplicationRecorder, PostgresDatastore
from psycopg import Cursor, DataError, InternalError, ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, tuple_row
from psycopg.sql import SQL, Literal

from application.eventlog.recorders import COSIGNATURES_TABLE, append_only, catch_up, last_leaf, tables_of
from application.eventlog.tree import EVENTS, SHA256, SM3, Grower, TreeKind
from application.eventlog.writing import Newest, Stored
from projections.kit.rows import Rows, Statement
from projections.kit.stamps import HELD

Answer = Sequence[Sequence[Any]]
"""The rows that a statement answered with."""
Leaves = Sequence[tuple[int, int, bytes]]
"""The rows of a tree's leaves."""


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
        asked = [_NEWEST, *(grower.newest for grower in self.growers)]
        begun = [SQL("BEGIN"), *self.lock_table_statements, *(SQL(statement) for statement in asked)]
        # Put together once: that takes as long as asking.
        self.opening = SQL("; ").join(begun).as_bytes()
        self.stamped = b"; " + HELD.encode()

    def attach(self, views: Path) -> None:
        """Write the read models in the same transactions."""
        self.views = True

    def disconnect(self) -> None:
        """Close the connection that writes."""
        self.writer.close()

    @contextmanager
    def writing(self, streams: Sequence[str]) -> Iterator[_PostgresWriting]:
        # It begins with the first statement; whatever is raised before its end rolls it back.
        with self.writer.get_connection() as connection, connection.cursor() as cursor:
            writing = _PostgresWriting(self, cursor, streams)
            yield writing
            writing.finish()
            connection.commit()

    def insert_with_leaves(
        self,
        cursor: Cursor[DictRow],
        events: Sequence[Stored | StoredEvent],
        newest: Sequence[Answer],
    ) -> tuple[Sequence[int], str, Sequence[Statement]]:
        """Insert events, with the table locked: the positions, the last one's leaf hash in hex, and what inserts the leaves.
        ``newest``: of each tree, what it asks first.
        """
        PostgresAggregateRecorder._insert_stored_events(self, cursor, cast(Sequence[StoredEvent], events))
        positions = [row["notification_id"] for row in cursor.fetchall()]
        with cursor.connection.cursor(row_factory=tuple_row) as inner:
            leaves = self._grown(inner, positions, events, newest)
        return positions, last_leaf(leaves), self._inserting(leaves)

    def _fetch_ids_after_insert_events(
        self, curs: Cursor[DictRow], stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        positions = super()._fetch_ids_after_insert_events(curs, stored_events, **kwargs) or []
        with curs.connection.cursor(row_factory=tuple_row) as inner:
            for statement, values in self._inserting(self._grown(inner, positions, stored_events)):
                inner.execute(statement.encode(), values)
        return positions

    def _grown(
        self,
        cursor: Cursor[tuple[Any, ...]],
        positions: Sequence[int],
        events: Sequence[Stored | StoredEvent],
        newest: Sequence[Answer] | None = None,
    ) -> Sequence[Leaves]:
        """The leaves of each tree."""

        def query(statement: str, parameters: Sequence[Any]) -> Sequence[Sequence[Any]]:
            cursor.execute(statement.replace("?", "%s").encode(), parameters)
            return cursor.fetchall()

        return [
            grower.grow(query, positions, events, None if newest is None else newest[n])
            for n, grower in enumerate(self.growers)
        ]

    def _inserting(self, leaves: Sequence[Leaves]) -> Sequence[Statement]:
        return [
            (
                f"INSERT INTO {grower.table} SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])",
                [list(column) for column in zip(*rows, strict=True)],
            )
            for grower, rows in zip(self.growers, leaves, strict=True)
        ]


class _PostgresWriting:
    """The session's transaction on PostgreSQL. Statements are waited for one by one: in a pipeline, 16 clients get a quarter of
    the work done. So they are few, and what is known to be asked is asked with the lock."""

    def __init__(self, log: PostgresLog, cursor: Cursor[DictRow], streams: Sequence[str]) -> None:
        self._log = log
        self._cursor = cursor
        self._plain = plain = cursor.connection.cursor(row_factory=tuple_row)
        asked = b""
        if streams:
            named = Literal(list(streams)).as_bytes(plain)
            asked = b"; %s ANY (%s)%s" % (_HISTORY.encode(), named, _IN_ORDER.encode())
        views = log.views
        try:
            answers = self._opened(log.opening + asked + (log.stamped if views else b""))
        except (ProgrammingError, InternalError, DataError):
            # Read models that are not there, or are damaged, keep nobody from recording.
            if not views:
                raise
            cursor.connection.rollback()
            views = False
            answers = self._opened(log.opening + asked)
        stamped = answers.pop() if views else []
        found, *self._leaves = answers[: 1 + len(log.growers)]
        self._newest = Newest(found[0][0], bytes(found[0][1])) if found else None
        self._streams: dict[str, list[Stored]] = {stream: [] for stream in streams}
        for row in answers[-1] if streams else ():
            self._streams[row[0]].append(Stored(*row))
        self.rows = Rows(plain, "postgresql", stamped=stamped) if views else None
        self._left: Sequence[Statement] = ()

    def _opened(self, statements: bytes) -> list[Answer]:
        """What each of the statements that ask for something answers."""
        plain = self._plain
        answers: list[Answer] = []
        plain.execute(statements)
        while True:
            if plain.description is not None:
                answers.append(plain.fetchall())
            if not plain.nextset():
                return answers

    def newest(self) -> Newest | None:
        return self._newest

    def history(self, stream: str) -> Sequence[Stored]:
        if stream not in self._streams:
            self._plain.execute(f"{_HISTORY} %s{_IN_ORDER}".encode(), [stream])
            self._streams[stream] = [Stored(*row) for row in self._plain.fetchall()]
        return self._streams[stream]

    def insert(self, events: Sequence[Stored]) -> tuple[Sequence[int], str]:
        positions, leaf, inserting = self._log.insert_with_leaves(self._cursor, events, self._leaves)
        if self.rows is None:
            self._left = inserting
        else:
            self.rows.first = inserting
        return positions, leaf

    def finish(self) -> None:
        """Insert the leaves, unless it was done with the rows of read models."""
        for statement, values in self._left if self.rows is None else self.rows.first:
            self._plain.execute(statement.encode(), values)


_NEWEST = f"SELECT notification_id, state FROM {EVENTS} ORDER BY notification_id DESC LIMIT 1"
_HISTORY = f"SELECT originator_id, originator_version, topic, state FROM {EVENTS} WHERE originator_id ="
_IN_ORDER = " ORDER BY originator_id, originator_version"


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
        for statement in [
            *(each for kind in kinds for each in tables_of(kind, "postgresql")),
            COSIGNATURES_TABLE,
        ]:
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
