"""Two processes that begin a file of SQLite in the same instant wait for each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

from application.eventlog.on_sqlite import open_sqlite
from application.stores.databases import open_sqlite_file
from projections.kit.sqlite import keep_journal


def a_log(path: Path) -> None:
    _, _, store = open_sqlite(path)
    store.close()


def a_store(path: Path) -> None:
    engine = open_sqlite_file(path)
    with engine.connect():
        pass
    engine.dispose()


@pytest.mark.parametrize("begin", [a_log, a_store])
def test_who_comes_second_waits(begin: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "begun.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as first:
        first.execute("BEGIN IMMEDIATE")
        first.execute("CREATE TABLE a (x)")
        done = Timer(0.1, first.execute, ["COMMIT"])
        done.start()
        begin(path)
        done.join()
    with closing(sqlite3.connect(path)) as later:
        assert later.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_is_no_database_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_bytes(b"no database, nor long enough to be one" * 40)
    with closing(sqlite3.connect(tmp_path / "x.sqlite3")) as opened, pytest.raises(sqlite3.DatabaseError):
        keep_journal(opened)
