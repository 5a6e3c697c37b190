"""How an SQLite file is written and read."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.util import LRUCache

KEPT_STATEMENTS = 2000
"""How many statements are kept as they were put into SQL, for all files of the process together."""
_statements: LRUCache[Any, Any] = LRUCache(KEPT_STATEMENTS)


def prepare_sqlite(engine: Engine, *, lasting: bool = True) -> None:
    """WAL, and real transactions: a writer takes the write lock at once, a reader never does. A file that is not ``lasting``
    need not outlive the machine's going down, so nobody waits for the disk.

    What was put into SQL for one file is not put into SQL anew for the next: files are opened and closed with every
    business day that is looked at, and putting a statement into SQL takes longer than carrying it out.
    """

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
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
