"""A copy of the log's tables in one SQLite file, whatever the database: every position, leaf and signature as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from application.eventlog.on_postgresql import open_postgres
from application.eventlog.on_sqlite import open_sqlite
from application.eventlog.recorders import COSIGNATURES
from application.eventlog.tree import EVENTS, POSITION, SHA256, SM3, TreeKind

Select = Callable[[str], Iterable[Sequence[Any]]]
"""The rows of a statement, all statements as of one moment."""
Progress = Callable[[int], None]
PAGE = 1000


def _columns(kinds: Sequence[TreeKind], dialect: str) -> dict[str, tuple[str, ...]]:
    """The log's tables with their columns, the one to order by first."""
    tables: dict[str, tuple[str, ...]] = {
        EVENTS: (POSITION[dialect], "originator_id", "originator_version", "topic", "state"),
        COSIGNATURES: ("size", "line", "text", "received_at"),
    }
    for kind in kinds:
        tables[kind.leaves] = ("leaf_index", "position", "nodes")
        tables[kind.checkpoints] = ("size", "signed_at", "note", "because")
    return tables


def save(select: Select, dialect: str, path: Path, kinds: Sequence[TreeKind], progress: Progress) -> None:
    """Make the file from the rows that ``select`` gives."""
    _, _, store = open_sqlite(path, SM3 in kinds)
    mine = _columns(kinds, "sqlite")
    try:
        with store.transaction(commit=True) as cursor:
            for table, columns in _columns(kinds, dialect).items():
                marks = ",".join("?" * len(columns))
                into = f"INSERT INTO {table} ({', '.join(mine[table])}) VALUES ({marks})"
                rows = select(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {columns[0]}")
                for number, row in enumerate(rows, start=1):
                    cursor.execute(into, tuple(row))
                    if not number % PAGE:
                        progress(PAGE)
    finally:
        store.close()


def load(path: Path, url: str, progress: Progress) -> None:
    """Put the file's rows into an empty PostgreSQL database, all or none."""
    with closing(sqlite3.connect(path)) as lite:
        known = lite.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [SM3.leaves]).fetchone()
        kinds = [SHA256, SM3] if known else [SHA256]
        _, _, store = open_postgres(url, SM3 in kinds)
        store.close()
        mine = _columns(kinds, "postgresql")
        with psycopg.connect(url) as connection, connection.cursor() as cursor:
            for table, columns in _columns(kinds, "sqlite").items():
                rows = lite.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {columns[0]}")
                with cursor.copy(f"COPY {table} ({', '.join(mine[table])}) FROM STDIN".encode()) as copy:
                    for number, row in enumerate(rows, start=1):
                        copy.write_row(row)
                        if not number % PAGE:
                            progress(PAGE)
            at = POSITION["postgresql"]
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{EVENTS}', '{at}'), max({at})) FROM {EVENTS}".encode()
            )
