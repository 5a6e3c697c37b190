"""Column types and column groups that every read model shares."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, FromClause, Index, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.schema import SchemaItem
from sqlalchemy.types import TypeDecorator

from projections.kit.tables import metadata


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware UTC in Python, naive UTC in the database, equal on SQLite and PostgreSQL."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def versioned_table(name: str, key: Column[Any], *columns: SchemaItem) -> Table:
    """A table with row versions: ``known_from`` (position, inclusive) to ``known_to`` (exclusive, null = live).

    ``key`` is the column that identifies the thing.
    """
    return Table(
        name,
        metadata,
        key,
        *columns,
        Column("known_from", BigInteger, nullable=False),
        Column("known_to", BigInteger),
        Index(f"{name}_versions", key.name, "known_from", unique=True),
        info={"key": key.name},
    )


def known(table: FromClause, known_at: int | None) -> Any:
    """The WHERE clause for rows as known at a position; ``None`` means now."""
    if known_at is None:
        return table.c.known_to.is_(None)
    return (table.c.known_from <= known_at) & (table.c.known_to.is_(None) | (table.c.known_to > known_at))
