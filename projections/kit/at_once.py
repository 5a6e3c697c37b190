"""Several statements asked as one, their answers told apart by the database as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    DateTime,
    Label,
    Select,
    SelectBase,
    func,
    literal,
    select,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

_OF_JSON: dict[type[TypeEngine[Any]], Callable[[str], Any]] = {
    DateTime: datetime.fromisoformat,
    Date: date.fromisoformat,
}
"""How a driver's value is read that JSON has as text. SQLite has no other than that in its tables either."""
Read = Callable[[Any], Any]
Rows = list[tuple[Any, ...]]


def asked_at_once(
    connection: Connection, statements: Sequence[SelectBase], values: Mapping[str, Any] = MappingProxyType({})
) -> list[Rows]:
    """The rows of each statement, in its order, its values as it would give them itself. ``values``: those of all of them."""
    dialect = connection.dialect
    asked = [each.subquery() for each in statements]
    columns = [tuple(each.c) for each in asked]
    one = select(
        *(
            _rows(dialect, select(*own).select_from(each), n)
            for n, (each, own) in enumerate(zip(asked, columns, strict=True))
        )
    )
    found = Connection.execute(connection, one, values or None).one()
    return [
        _read(rows, [_reader(each.type, dialect) for each in own])
        for rows, own in zip(found, columns, strict=True)
    ]


def _rows(dialect: Dialect, asked: Select[Any], n: int) -> Label[Any]:
    """The rows as a list of lists."""
    columns = tuple(asked.selected_columns)
    sqlite = dialect.name == "sqlite"
    row = (func.json_array if sqlite else func.json_build_array)(*columns)
    gathered = (func.json_group_array if sqlite else func.json_agg)(row, type_=JSON())
    whole = gathered if sqlite else func.coalesce(gathered, literal([], JSON()), type_=JSON())
    return asked.with_only_columns(whole).scalar_subquery().label(f"rows_{n}")


def _read(rows: Sequence[Sequence[Any]], readers: Sequence[Read | None]) -> Rows:
    needed = [(n, read) for n, read in enumerate(readers) if read is not None]
    if not needed:
        return [tuple(row) for row in rows]
    found = []
    for row in rows:
        values = list(row)
        for n, read in needed:
            values[n] = read(values[n])
        found.append(tuple(values))
    return found


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Read | None:
    """From JSON's value to the one in a row; ``None`` where these are the same."""
    processed = kind.dialect_impl(dialect).result_processor(dialect, None)
    held = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    of_json = None if dialect.name == "sqlite" else _OF_JSON.get(type(held))
    if of_json is None:
        return processed

    def read(value: Any) -> Any:
        native = None if value is None else of_json(value)
        return native if processed is None else processed(native)

    return read
