"""The one MetaData of all read models, and how their tables are made."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sqlalchemy import MetaData, Table
from sqlalchemy.dialects import registry
from sqlalchemy.schema import CreateIndex, CreateTable, DropTable, ExecutableDDLElement

metadata = MetaData()


@cache
def statements_making(tables: tuple[Table, ...], dialect: str) -> tuple[str, ...]:
    """What makes the tables anew, empty, whether they are there or not; put into words once for all databases of a kind."""
    kind = registry.load(dialect)()
    return tuple(str(each.compile(dialect=kind)) for table in tables for each in _making(table))


def _making(table: Table) -> Iterator[ExecutableDDLElement]:
    yield DropTable(table, if_exists=True)
    yield CreateTable(table)
    yield from (CreateIndex(index) for index in sorted(table.indexes, key=lambda each: str(each.name)))
