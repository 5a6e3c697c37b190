"""Open the log on the embedded database or on PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import psycopg

from application.eventlog.log import EventLog
from application.eventlog.mapper import Mapper
from application.eventlog.on_postgresql import PostgresLog, open_postgres
from application.eventlog.on_sqlite import SqliteLog, open_sqlite
from application.eventlog.tree import EVENTS, SM3, Tree
from domain.kernel.event import Catalogue

PATIENCE = 10
"""Seconds to wait for a database server that does not answer."""


def log_is_there(*, database_url: str | None, folder: Path) -> bool:
    """Whether a log with at least its first event is there; looking makes nothing.

    Raises the driver's errors where the database does not answer or is no database.
    """
    if database_url is not None:
        with psycopg.connect(database_url, connect_timeout=PATIENCE) as connection:
            found = connection.execute("SELECT to_regclass(%s)", [EVENTS]).fetchone()
            return found is not None and found[0] is not None and _begun(connection)
    path = folder / "log.sqlite3"
    if not path.exists():
        return False
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as lite:
        known = lite.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [EVENTS]).fetchone()
        return known is not None and lite.execute(f"SELECT 1 FROM {EVENTS} LIMIT 1").fetchone() is not None


def _begun(connection: psycopg.Connection) -> bool:
    return connection.execute(f"SELECT 1 FROM {EVENTS} LIMIT 1".encode()).fetchone() is not None


def open_log(
    catalogue: Catalogue,
    *,
    database_url: str | None,
    folder: Path,
    clock: Callable[[], datetime],
    with_sm3: bool = False,
) -> EventLog:
    """PostgreSQL where ``database_url`` is given, else ``log.sqlite3`` in ``folder``.

    ``with_sm3`` keeps a second tree; one that was begun is kept on in any case. Raises ``ValueError`` where the system
    has no SM3.
    """
    if with_sm3:
        SM3.h(b"")
    recorder: SqliteLog | PostgresLog
    if database_url is None:
        recorder, database, _ = open_sqlite(folder / "log.sqlite3", with_sm3)
        trees = [Tree(database, kind) for kind in recorder.kinds]
    else:
        recorder, pg_database, _ = open_postgres(database_url, with_sm3)
        trees = [Tree(pg_database, kind) for kind in recorder.kinds]

    def close() -> None:
        recorder.disconnect()
        recorder.datastore.close()

    return EventLog(recorder, Mapper(catalogue), clock, trees, close)
