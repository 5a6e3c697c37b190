"""Column types and column groups that every read model shares."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Index,
    Table,
    Text,
    literal,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine

from domain.kernel.event import Event
from projections.kit.tables import metadata


class KnownAt(BigInteger):
    """A position as known at which rows are read: the newest ones before it say the same until another is written."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware UTC in Python, naive UTC in the database, equal on SQLite and PostgreSQL."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


_TYPES: dict[type, type[TypeEngine[Any]]] = {int: BigInteger, bool: Boolean, date: Date, tuple: JSON}
"""What holds a field of this type; all else is held as text."""


def said(event: type[Event], *names: str) -> list[Column[Any]]:
    """Columns that hold what the event says by these names; null is what the event may leave out. Raises ``KeyError`` for
    what is no field of the event.
    """
    hints = get_type_hints(event)
    return [_column(name, hints[name]) for name in names]


def _column(name: str, hint: Any) -> Column[Any]:
    may_lack = isinstance(hint, UnionType)
    kind = get_args(hint)[0] if may_lack else get_origin(hint) or hint
    return Column(name, _TYPES.get(kind, Text), nullable=may_lack)


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
        return _live(table) if isinstance(table, Table) else table.c.known_to.is_(None)
    at = literal(known_at, KnownAt)
    return (table.c.known_from <= at) & (table.c.known_to.is_(None) | (table.c.known_to > at))


@cache
def _live(table: Table) -> ColumnElement[bool]:
    """The clause of a table, made once: a page asks for it a dozen times."""
    return table.c.known_to.is_(None)
