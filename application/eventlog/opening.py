"""Open the log on the embedded database or on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from application.eventlog.log import EventLog
from application.eventlog.mapper import Mapper
from application.eventlog.recorders import open_postgres, open_sqlite
from application.eventlog.tree import Tree
from domain.kernel.event import Catalogue


def open_log(
    catalogue: Catalogue,
    *,
    database_url: str | None,
    folder: Path,
    clock: Callable[[], datetime],
) -> EventLog:
    """PostgreSQL where ``database_url`` is given, else ``log.sqlite3`` in ``folder``."""
    if database_url is None:
        recorder, database, datastore = open_sqlite(folder / "log.sqlite3")
        return EventLog(recorder, Mapper(catalogue), clock, Tree(database), datastore.close)
    recorder, database, pg_datastore = open_postgres(database_url)
    return EventLog(recorder, Mapper(catalogue), clock, Tree(database), pg_datastore.close)
