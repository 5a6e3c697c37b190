"""The log's write-ahead file is made longer before it is written to, and what was committed is in it all the same."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from application.eventlog import on_sqlite
from application.eventlog.on_sqlite import CHECKPOINT, LOOKED_AFTER, SqliteLog, open_sqlite
from application.eventlog.write_ahead import (
    FIRST,
    FRAME_HEADER,
    HEADER,
    STEP,
    WriteAhead,
    size_of_write_ahead,
)
from application.eventlog.writing import Stored

FRAME = FRAME_HEADER + 4096


def commit(log: SqliteLog, number: int, events: int = 1, size: int = 500) -> None:
    with log.writing([]) as writing:
        writing.insert([Stored(f"thing-{number}", 1 + n, "Named", b"x" * size) for n in range(events)])


def events(database: Path) -> int:
    with closing(sqlite3.connect(database)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found: int = raw.execute("SELECT count(*) FROM stored_events").fetchone()[0]
        return found


def test_no_commit_makes_it_longer(tmp_path: Path) -> None:
    log, _, datastore = open_sqlite(tmp_path / "log.sqlite3")
    file = tmp_path / "log.sqlite3-wal"
    lengths = []
    for number in range(150):
        with log.writing([]) as writing:
            before = file.stat().st_size
            writing.insert([Stored(f"thing-{number}", 1, "Named", b"x" * 500)])
        assert file.stat().st_size == before
        lengths.append(before)
    # A few steps, each of them long before there is no more room.
    assert 2 <= len(set(lengths)) <= 6
    assert all(later - earlier <= STEP * FRAME + HEADER for earlier, later in pairwise(lengths))
    log.disconnect()
    datastore.close()
    assert events(tmp_path / "log.sqlite3") == 150


def test_it_ends_where_it_is_brought_in_and_is_written_over(tmp_path: Path) -> None:
    log, _, datastore = open_sqlite(tmp_path / "log.sqlite3")
    file = tmp_path / "log.sqlite3-wal"
    for number in range(60):
        commit(log, number, events=12, size=50_000)
    full = file.stat().st_size
    assert CHECKPOINT * FRAME <= full <= (CHECKPOINT + 2 * STEP) * FRAME
    for number in range(60, 100):
        commit(log, number, events=12, size=50_000)
    assert file.stat().st_size == full
    log.disconnect()
    datastore.close()
    assert events(tmp_path / "log.sqlite3") == 1200


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> int:
    """Files are brought in early, and are large early: the bytes from which they are."""
    monkeypatch.setattr(on_sqlite, "CHECKPOINT", 250)
    monkeypatch.setattr(on_sqlite, "GROWN", 1_000)
    return 1_000 * 4096


def test_it_is_emptied_once_nobody_reads_any_more(tmp_path: Path, small: int) -> None:
    log, _, datastore = open_sqlite(tmp_path / "log.sqlite3")
    file = tmp_path / "log.sqlite3-wal"
    commit(log, 0)
    with closing(sqlite3.connect(tmp_path / "log.sqlite3")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM stored_events").fetchall()
        for number in range(1, 301):
            commit(log, number, size=20_000)
        assert file.stat().st_size > small
        reader.execute("COMMIT")
    for number in range(301, 301 + LOOKED_AFTER):
        commit(log, number)
    assert file.stat().st_size < small / 2
    log.disconnect()
    datastore.close()
    assert events(tmp_path / "log.sqlite3") == 301 + LOOKED_AFTER


def test_where_nobody_can_look_at_it_what_was_committed_stands(
    tmp_path: Path, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, _, datastore = open_sqlite(tmp_path / "log.sqlite3")
    stat = os.stat

    def refused(path: Any, *args: Any, **kwargs: Any) -> os.stat_result:
        if str(path).endswith("-wal"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return stat(path, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", refused)
        for number in range(LOOKED_AFTER + 1):
            commit(log, number)
    log.disconnect()
    datastore.close()
    assert events(tmp_path / "log.sqlite3") == LOOKED_AFTER + 1


def test_where_it_cannot_be_brought_in_what_was_committed_stands(
    tmp_path: Path, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database grows by what is brought in, so a disk may be full just then, after all was committed."""
    log, _, datastore = open_sqlite(tmp_path / "log.sqlite3")
    asked = []

    def full(_: sqlite3.Connection, schema: str, how: str) -> bool:
        asked.append(schema)
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(on_sqlite, "GROWN", 0)
        patch.setattr(on_sqlite, "_brought_in", full)
        for number in range(LOOKED_AFTER + 1):
            commit(log, number)
    assert asked == ["main"]
    commit(log, LOOKED_AFTER + 1)
    log.disconnect()
    datastore.close()
    assert events(tmp_path / "log.sqlite3") == LOOKED_AFTER + 2


def test_it_is_bounded_where_several_write_without_a_pause(tmp_path: Path, small: int) -> None:
    """Somebody brings it in from outside meanwhile, which keeps every writer from doing it. Seen: 447 MB."""
    database = tmp_path / "log.sqlite3"
    open_sqlite(database)[2].close()
    sizes = [0]

    def write(writer: int) -> None:
        log, _, datastore = open_sqlite(database)
        for number in range(500):
            commit(log, 1_000 * writer + number, size=40_000)
            sizes.append(size_of_write_ahead(database))
        log.disconnect()
        datastore.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    with closing(sqlite3.connect(database, timeout=5)) as outside:
        for each in writers:
            each.start()
        while any(each.is_alive() for each in writers):
            outside.execute("PRAGMA wal_checkpoint(FULL)").fetchall()
    # Each of them writes on until it looks again, and may find somebody in the way the first time.
    until = 2 * 3 * LOOKED_AFTER * 14 * FRAME
    assert max(sizes) < small + until + STEP * FRAME
    assert events(database) == 1_500


def test_what_was_committed_is_read_from_it_after_a_power_failure(tmp_path: Path) -> None:
    log, _, datastore = open_sqlite(tmp_path / "log.sqlite3")
    for number in range(40):
        commit(log, number)
        at = tmp_path / f"moment{number}"
        at.mkdir()
        for name in ("log.sqlite3", "log.sqlite3-wal"):
            shutil.copy(tmp_path / name, at)
        assert events(at / "log.sqlite3") == number + 1
    log.disconnect()
    datastore.close()


def test_it_is_made_longer_again_where_somebody_emptied_it(tmp_path: Path) -> None:
    log, _, datastore = open_sqlite(tmp_path / "log.sqlite3")
    file = tmp_path / "log.sqlite3-wal"
    commit(log, 1)
    with closing(sqlite3.connect(tmp_path / "log.sqlite3")) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert file.stat().st_size == 0
    commit(log, 2)
    assert file.stat().st_size == FIRST * FRAME + HEADER
    log.disconnect()
    datastore.close()
    assert events(tmp_path / "log.sqlite3") == 2


def test_what_cannot_be_made_longer_keeps_nobody_from_recording(tmp_path: Path) -> None:
    log, _, datastore = open_sqlite(tmp_path / "log.sqlite3")
    commit(log, 1)
    assert log._ahead is not None
    log._ahead.close()
    log._ahead = WriteAhead(tmp_path / "no_such_file", 4096)
    before = (tmp_path / "log.sqlite3-wal").stat().st_size
    for number in range(2, 50):
        commit(log, number)
    assert (tmp_path / "log.sqlite3-wal").stat().st_size > before
    log.disconnect()
    datastore.close()
    assert events(tmp_path / "log.sqlite3") == 49
