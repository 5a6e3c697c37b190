"""How an SQLite file is written and read."""

from __future__ import annotations

import sqlite3
from functools import cache
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.util import LRUCache

KEPT_STATEMENTS = 2000
"""How many statements are kept as they were put into SQL, for all files of the process together."""
_statements: LRUCache[Any, Any] = LRUCache(KEPT_STATEMENTS)


PATIENCE = 30
"""Seconds that one who opens a file waits for another who begins it."""


def keep_journal(connection: sqlite3.Connection) -> None:
    """WAL, from the first connection to a file on.

    Of two that begin a file in the same instant SQLite refuses one at once, however long its connection would wait: it is
    tried again. Raises ``sqlite3.OperationalError`` where the file is no database, or cannot be had for too long.
    """
    until = monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
        sleep(0.005)


def prepare_sqlite(engine: Engine, *, lasting: bool = True) -> None:
    """WAL, and real transactions: a writer takes the write lock at once, a reader never does. A file that is not ``lasting``
    need not outlive the machine's going down, so nobody waits for the disk.

    What was put into SQL for one file is not put into SQL anew for the next: files are opened and closed with every
    business day that is looked at, and putting a statement into SQL takes longer than carrying it out.
    """

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        keep_journal(connection)
        connection.execute(f"PRAGMA synchronous={'NORMAL' if lasting else 'OFF'}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writer")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    # A kept statement is found by the dialect it was put into.
    engine.dialect = _common().dialect
    engine.update_execution_options(compiled_cache=_statements)


@cache
def _common() -> Engine:
    """Knows how SQLite is spoken to, and what this one can do."""
    engine = create_engine("sqlite://")
    with engine.connect():
        pass

    @event.listens_for(engine, "handle_error")
    def _failed(context: ExceptionContext) -> None:
        # SQLite does not say which file it is about.
        if context.engine is not None:
            context.original_exception.add_note(str(context.engine.url.database))

    return engine
