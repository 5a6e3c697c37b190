"""Open the log on the embedded database or on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from application.eventlog.log import EventLog
from application.eventlog.mapper import Mapper
from application.eventlog.recorders import open_postgres, open_sqlite
from application.eventlog.tree import SM3, Tree
from domain.kernel.event import Catalogue


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
    if database_url is None:
        recorder, database, datastore = open_sqlite(folder / "log.sqlite3", with_sm3)
        trees = [Tree(database, kind) for kind in recorder.kinds]
        return EventLog(recorder, Mapper(catalogue), clock, trees, datastore.close)
    pg_recorder, pg_database, pg_datastore = open_postgres(database_url, with_sm3)
    trees = [Tree(pg_database, kind) for kind in pg_recorder.kinds]
    return EventLog(pg_recorder, Mapper(catalogue), clock, trees, pg_datastore.close)
