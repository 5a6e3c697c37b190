"""What a piece of work asks the databases: every statement, on whichever connection, those of the log's library as well."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_BESIDE = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "ATTACH", "DETACH", "--")
"""How those begin that ask for nothing: they open and close what is read together; and what a trigger does."""


class Statements:
    """Those of SQLite on connections opened since, by any thread of this process."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._heard: list[str] | None = None
        connect = sqlite3.connect

        def listened_to(*args: Any, **kwargs: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*args, **kwargs)
            connection.set_trace_callback(self._note)
            return connection

        # The log's library calls the one, SQLAlchemy the other.
        patch.setattr(sqlite3, "connect", listened_to)
        patch.setattr(sqlite3.dbapi2, "connect", listened_to)

    def _note(self, statement: str) -> None:
        if self._heard is not None and not statement.lstrip().startswith(_BESIDE):
            self._heard.append(statement)

    @contextmanager
    def heard(self) -> Iterator[list[str]]:
        """What is sent until the end."""
        heard: list[str] = []
        self._heard = heard
        try:
            yield heard
        finally:
            self._heard = None
