"""Somebody with full write access to the database, the source code, and a reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from application.integrity.keys import SigningKey
from domain.integrity.leaf import leaf_data
from domain.integrity.note import Checkpoint, Note
from domain.integrity.tree import Frontier, leaf_hash
from tests.kit.databases import DatabaseCase

TABLES = ("stored_events", "leaves", "checkpoints", "cosignatures")
SECOND = ("leaves_sm3", "checkpoints_sm3")
Row = tuple[int, int, str, str, bytes]
"""Position, version, stream, topic, state."""


class Insider:
    """Writes past the program: triggers are dropped for the length of a blow and put back after it."""

    def __init__(self, database: DatabaseCase) -> None:
        self.case = database
        self.at = "rowid" if database.url is None else "notification_id"
        self.connection: Any = None

    @contextmanager
    def inside(self, *, fences_back: bool = True) -> Iterator[Insider]:
        """With the triggers gone; afterwards they are back, unless somebody forgets."""
        if self.case.url is None:
            self.connection = sqlite3.connect(self.case.folder / "log.sqlite3")
            fences = list(
                self.connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            )
            for name, _ in fences:
                self.connection.execute(f"DROP TRIGGER {name}")
        else:
            self.connection = psycopg.connect(self.case.url)
            there = {name for (name,) in self.connection.execute("SELECT relname FROM pg_class").fetchall()}
            fenced = [table for table in (*TABLES, *SECOND) if table in there]
            for table in fenced:
                self.connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield self
        if fences_back and self.case.url is None:
            for _, sql in fences:
                self.connection.execute(sql)
        elif fences_back:
            for table in fenced:
                self.connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        self.connection.commit()
        self.connection.close()

    def run(self, statement: str, *parameters: Any) -> list[Any]:
        """A statement with ``?`` marks; its rows."""
        if self.case.url is not None:
            statement = statement.replace("?", "%s")
        cursor = self.connection.execute(statement, parameters)
        return list(cursor.fetchall()) if cursor.description else []

    def rows(self) -> list[Row]:
        """All events."""
        rows = self.run(
            f"SELECT {self.at}, originator_version, originator_id, topic, state FROM stored_events ORDER BY {self.at}"
        )
        return [(p, v, s, t, bytes(state)) for p, v, s, t, state in rows]

    def put(self, rows: Sequence[Row]) -> None:
        """Make the events table hold exactly these rows."""
        self.run("DELETE FROM stored_events")
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        """Insert an event at its position."""
        columns = f"{self.at}, originator_version, originator_id, topic, state"
        self.run(f"INSERT INTO stored_events ({columns}) VALUES (?, ?, ?, ?, ?)", *row)

    def edit(self, position: int, change: Callable[[bytes], bytes]) -> None:
        """Change an event's bytes."""
        (state,) = self.run(f"SELECT state FROM stored_events WHERE {self.at} = ?", position)[0]
        changed = change(bytes(state))
        assert changed != bytes(state)
        self.run(f"UPDATE stored_events SET state = ? WHERE {self.at} = ?", changed, position)

    def rebuild_tree(self) -> None:
        """The tree that the rows have now."""
        self.run("DELETE FROM leaves")
        frontier = Frontier()
        for position, version, stream, topic, state in self.rows():
            nodes = frontier.append(leaf_hash(leaf_data(position, version, stream, topic, state)))
            self.run("INSERT INTO leaves VALUES (?, ?, ?)", frontier.size - 1, position, nodes)

    def root(self, size: int) -> bytes:
        """The root over the first rows."""
        frontier = Frontier()
        for position, version, stream, topic, state in self.rows()[:size]:
            frontier.append(leaf_hash(leaf_data(position, version, stream, topic, state)))
        return frontier.root()

    def forget_signatures(self) -> None:
        """Delete all that was signed."""
        self.run("DELETE FROM checkpoints")
        self.run("DELETE FROM cosignatures")

    def sign_again(self, key: SigningKey) -> None:
        """Replace every checkpoint by one over the rows as they are now."""
        kept = self.run("SELECT size, signed_at, because FROM checkpoints")
        self.forget_signatures()
        size_now = len(self.rows())
        for size, signed_at, because in kept:
            held = min(size, size_now)
            text = str(Checkpoint(key.verifier.name, held, self.root(held)))
            note = str(Note(text, (key.sign(text),)))
            self.run("INSERT INTO checkpoints VALUES (?, ?, ?, ?)", held, signed_at, note, because)

    def snapshot(self) -> dict[str, list[Any]]:
        """A copy of everything, as from a backup."""
        kept = {table: self.run(f"SELECT * FROM {table}") for table in TABLES[1:]}
        return {"stored_events": self.rows(), **kept}

    def restore(self, copy: dict[str, list[Any]]) -> None:
        """Put a copy in the place of everything."""
        self.put(copy["stored_events"])
        for table in TABLES[1:]:
            self.run(f"DELETE FROM {table}")
            for row in copy[table]:
                self.run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", *row)
