"""Rows of read models: few go in one statement and many are copied, and what is read of them is the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import psycopg
import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    select,
)

from projections.kit.columns import UtcDateTime
from projections.kit.rows import COPY_FROM, Rows
from tests.kit.databases import DatabaseCase

pytestmark = pytest.mark.both_databases
_own = MetaData()
everything = Table(
    "everything",
    _own,
    Column("key", String(40), primary_key=True),
    Column("Text of it", Text, nullable=False),
    Column("number", BigInteger),
    Column("yes", Boolean),
    Column("day", Date),
    Column("instant", UtcDateTime),
    # Nothing in such a column is JSON's own null.
    Column("data", JSON, nullable=False),
)
others = Table("others", _own, Column("key", String(40), primary_key=True))
counted = Table("counted", _own, Column("times", BigInteger), Column("said", Text))
AT_EIGHT = datetime(2026, 1, 9, 8, 30, 0, 123, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def connection(database: DatabaseCase) -> Iterator[Connection]:
    url = "sqlite://" if database.url is None else database.url
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as connection:
        _own.create_all(connection)
        connection.execute(counted.insert().values(times=0, said=""))
        yield connection
    engine.dispose()


def row(n: int, **changes: Any) -> dict[str, Any]:
    plain = {"key": f"k{n:05}", "Text of it": "甲村", "number": n, "yes": True, "day": date(2025, 2, 28)}
    return {**plain, "instant": AT_EIGHT, "data": {"村": ["甲", 1, None]}, **changes}


ODD = [
    row(90001, **{"Text of it": "引号' \" \\ % ? {} $1\n\t\u2028😀"}),
    row(90002, number=None, yes=None, day=None, instant=None, data=None),
    row(90003, number=2**62, yes=False, data=["%s", "'", '"', "\\"]),
]


@pytest.mark.parametrize("beside", [0, COPY_FROM], ids=["few", "many"])
def test_what_is_read_is_what_was_written(connection: Connection, beside: int) -> None:
    wanted = [*(row(n) for n in range(beside)), *ODD]
    move = "UPDATE counted SET times = times + ?, said = ? || '!'"
    Rows.of(connection).insert({everything: wanted, others: [{"key": "a"}]}, (move, (2, "那么")))
    found = [
        dict(each._mapping) for each in connection.execute(select(everything).order_by(everything.c.key))
    ]
    assert found == wanted
    assert {each["instant"].tzinfo for each in found if each["instant"]} == {UTC}
    assert connection.execute(select(others.c.key)).scalars().all() == ["a"]
    assert connection.execute(select(counted)).all() == [(2, "那么!")]


def test_a_statement_runs_where_there_are_no_rows(connection: Connection) -> None:
    Rows.of(connection).insert({}, ("UPDATE counted SET times = ?", (7,)))
    assert connection.execute(select(counted.c.times)).scalar_one() == 7


def test_rows_of_one_table_need_nothing_beside_them(connection: Connection) -> None:
    Rows.of(connection).insert({others: [{"key": "a"}, {"key": "b"}]})
    assert connection.execute(select(others.c.key).order_by("key")).scalars().all() == ["a", "b"]


def test_few_rows_are_one_statement(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.dialect.name != "postgresql":
        pytest.skip("SQLite is in the same process: nothing is waited for")
    sent = []
    execute = psycopg.Cursor.execute

    def noted(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        sent.append(query)
        return execute(self, query, *args, **kwargs)

    monkeypatch.setattr(psycopg.Cursor, "execute", noted)
    monkeypatch.setattr(psycopg.Cursor, "executemany", None)
    monkeypatch.setattr(psycopg.Cursor, "copy", None)
    rows = {everything: [row(n) for n in range(40)], others: [{"key": "a"}]}
    Rows.of(connection).insert(rows, ("UPDATE counted SET times = ?", (7,)))
    assert len(sent) == 1
