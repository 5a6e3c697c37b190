"""What several tests of assessment need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine

from projections.fact_table import facts
from tests.kit.databases import DatabaseCase


@pytest.fixture
def empty(database: DatabaseCase) -> Iterator[Connection]:
    """A connection to a database with an empty table of facts."""
    url = "sqlite://" if database.url is None else database.url.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url)
    with engine.connect() as connection:
        facts.create(connection)
        yield connection
        connection.rollback()
    engine.dispose()
