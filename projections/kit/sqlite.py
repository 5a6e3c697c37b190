"""How an SQLite file is written and read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext


def prepare_sqlite(engine: Engine) -> None:
    """WAL, and real transactions: a writer takes the write lock at once, a reader never does."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writer")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "handle_error")
    def _failed(context: ExceptionContext) -> None:
        # SQLite does not say which file it is about.
        context.original_exception.add_note(str(engine.url.database))
