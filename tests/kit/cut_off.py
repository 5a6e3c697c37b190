"""A disk that ends: the database takes no event at some position."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg

from tests.kit.databases import DatabaseCase

ON_SQLITE = (
    "CREATE TRIGGER cut BEFORE INSERT ON stored_events WHEN NEW.rowid = {at} "
    "BEGIN SELECT RAISE(FAIL, 'the disk is gone'); END"
)
ON_POSTGRESQL = (
    "CREATE FUNCTION cut() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'the disk is gone'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER cut BEFORE INSERT ON stored_events FOR EACH ROW WHEN (NEW.notification_id = {at}) "
    "EXECUTE FUNCTION cut()",
)


@contextmanager
def cut_off(database: DatabaseCase, at: int) -> Iterator[None]:
    """The database takes no event at this position."""
    if database.url is None:
        with closing(sqlite3.connect(database.folder / "log.sqlite3", isolation_level=None)) as raw:
            raw.execute(ON_SQLITE.format(at=at))
            yield
            raw.execute("DROP TRIGGER cut")
    else:
        with psycopg.connect(database.url, autocommit=True) as raw_:
            for statement in ON_POSTGRESQL:
                raw_.execute(statement.format(at=at).encode())
            yield
            raw_.execute(b"DROP TRIGGER cut ON stored_events")
