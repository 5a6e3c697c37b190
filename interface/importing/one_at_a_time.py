"""One import at a time: two that look things up and record side by side would make one thing two."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import text

from domain.kernel.errors import Conflict
from interface.composition import System

KEY = 7105415
"""Of the advisory lock on PostgreSQL."""


@contextmanager
def alone(system: System) -> Iterator[None]:
    """Hold the right to import; it ends with the process, however that ends. ``Conflict`` while another holds it."""
    if system.settings.database_url is None:
        with closing(sqlite3.connect(system.settings.folder / "importing.sqlite3", timeout=0)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                raise _busy() from error
            yield
        return
    with system.views.connect() as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": KEY}):
            raise _busy()
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": KEY})


def _busy() -> Conflict:
    return Conflict("another import is under way; import again when it has ended")
