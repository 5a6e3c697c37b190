"""One import at a time: two that look things up and record side by side would make one thing two."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from psycopg.errors import LockNotAvailable
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from application.system import System
from domain.kernel.errors import Conflict

KEY = 7105415
"""Of the advisory lock on PostgreSQL."""
WAIT = 2
"""Seconds: a server takes a moment to notice that a process which held the right was killed."""


@contextmanager
def alone(system: System) -> Iterator[None]:
    """Hold the right to import; it ends with the process, however that ends. ``Conflict`` while another holds it."""
    with _on_sqlite(system) if system.settings.database_url is None else _on_postgresql(system):
        yield


@contextmanager
def _on_sqlite(system: System) -> Iterator[None]:
    with closing(sqlite3.connect(system.settings.folder / "importing.sqlite3", timeout=WAIT)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise _busy() from error
        yield


@contextmanager
def _on_postgresql(system: System) -> Iterator[None]:
    with system.views.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{WAIT}s'"))
        try:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": KEY})
        except OperationalError as error:
            if not isinstance(error.orig, LockNotAvailable):
                raise
            raise _busy() from error
        finally:
            connection.execute(text("RESET lock_timeout"))
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": KEY})


def _busy() -> Conflict:
    return Conflict("another import is under way; import again when it has ended")
