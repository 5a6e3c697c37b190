"""The library's recorders, opened by us: explicit settings only, never the process environment.

Appending goes through these classes alone, so this is also the seam at which a Merkle tree is grown in the same
transaction (integrity.md 2.2).
"""

from __future__ import annotations

from pathlib import Path

from eventsourcing.persistence import ApplicationRecorder
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore
from psycopg.conninfo import conninfo_to_dict

TABLE = "stored_events"


def open_sqlite(path: Path) -> tuple[ApplicationRecorder, SQLiteDatastore]:
    """Recorder over one SQLite file (WAL), created when missing."""
    datastore = SQLiteDatastore(db_name=str(path), lock_timeout=30, originator_id_type="text")
    recorder = SQLiteApplicationRecorder(datastore, events_table_name=TABLE)
    recorder.create_table()
    _refuse_changes_sqlite(datastore)
    return recorder, datastore


def _refuse_changes_sqlite(datastore: SQLiteDatastore) -> None:
    with datastore.transaction(commit=True) as cursor:
        for verb in ("UPDATE", "DELETE"):
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
                "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            )


def open_postgres(url: str) -> tuple[ApplicationRecorder, PostgresDatastore]:
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
            recorder = PostgresApplicationRecorder(datastore, events_table_name=TABLE)
            recorder.create_table()
            _refuse_changes_postgres(datastore)
        finally:
            guard.execute("SELECT pg_advisory_unlock(7105412)")
    return recorder, datastore


def _refuse_changes_postgres(datastore: PostgresDatastore) -> None:
    with datastore.get_connection() as connection:
        connection.execute(
            "CREATE OR REPLACE FUNCTION lianjian_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
        )
        connection.execute(
            f"CREATE OR REPLACE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION lianjian_append_only()"
        )
        connection.execute(
            f"CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION lianjian_append_only()"
        )
