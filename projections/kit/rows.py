"""Rows of read models on the driver's own cursor: each statement is written once for a database, not once for each event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Protocol

import msgspec
from sqlalchemy import JSON, Connection, Date, Table
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

from projections.kit.columns import UtcDateTime

Row = dict[str, Any]
Process = Callable[[Any], Any]
Statement = tuple[str, Sequence[Any]]
"""A statement with ``?`` for each parameter, and the parameters."""
COPY_FROM = 500
"""So many rows of a table are copied in one go on PostgreSQL; fewer go with those of other tables, in one statement."""
_DIALECTS: Mapping[str, Dialect] = {
    "sqlite": SQLiteDialect_pysqlite(),
    "postgresql": PGDialect_psycopg(),  # type: ignore[no-untyped-call]
}
_MARKS = {"sqlite": "?", "postgresql": "%s"}


class Cursor(Protocol):
    """A cursor of the driver, whose rows are tuples."""

    def execute(self, statement: Any, parameters: Any = ..., /) -> Any: ...

    def executemany(self, statement: Any, parameters: Any, /) -> Any: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> Any: ...


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


_last: tuple[datetime | None, str | None] = None, None
"""The instant written last: all events of a transaction, and their rows in every table, bear the same."""


def _instant(value: datetime | None) -> str | None:
    global _last
    known = _last
    if value is not known[0]:
        said = None if value is None else value.astimezone(UTC).isoformat(" ", "microseconds")[:26]
        known = _last = value, said
    return known[1]


_WRITERS: Mapping[str, Mapping[type[TypeEngine[Any]], Process]] = {
    "sqlite": {JSON: _json, Date: _day, UtcDateTime: _instant},
    "postgresql": {JSON: _json},
}
"""What a column of a type is written as: the same as by SQLAlchemy, in a third of the time."""


class _Form:
    """How the rows of a table are written and read on a database."""

    def __init__(self, name: str, table: Table) -> None:
        dialect, self.mark = _DIALECTS[name], _MARKS[name]
        quote = dialect.identifier_preparer.quote
        self.name = quote(table.name)
        self.columns = {each.name: quote(each.name) for each in table.columns}
        self.names = tuple(self.columns)
        self.writers: dict[str, Process] = {}
        self.readers: list[tuple[str, Process]] = []
        for column in table.columns:
            kind = column.type.dialect_impl(dialect)
            written = _WRITERS[name].get(type(column.type)) or kind.bind_processor(dialect)
            read = kind.result_processor(dialect, None)
            if written is not None:
                self.writers[column.name] = written
            if read is not None:
                self.readers.append((column.name, read))
        self.written = [
            (at, self.writers[each]) for at, each in enumerate(self.names) if each in self.writers
        ]
        listed = ", ".join(self.columns.values())
        self.insert = (
            f"INSERT INTO {self.name} ({listed}) VALUES ({', '.join([self.mark] * len(self.columns))})"
        )
        self.copy = f"COPY {self.name} ({listed}) FROM STDIN"
        # Null in such a column is JSON's own, as SQLAlchemy writes it.
        taken = ", ".join(
            f"COALESCE({quoted}, 'null')" if self.writers.get(name) is _json else quoted
            for name, quoted in self.columns.items()
        )
        self.take = (
            f"INSERT INTO {self.name} ({listed}) "
            f"SELECT {taken} FROM json_populate_recordset(NULL::{self.name}, {self.mark}::json)"
        )
        self.changed = {name: each for name, each in self.writers.items() if each is not _json}
        self.select = f"SELECT {listed} FROM {self.name}"
        if "known_to" in self.columns:
            key = self.columns[table.info["key"]]
            self.live = f"{self.select} WHERE {key} = {self.mark} AND known_to IS NULL"
            self.before = (
                f"{self.select} WHERE {key} = {self.mark} AND known_from < {self.mark} "
                "ORDER BY known_from DESC LIMIT 1"
            )
            self.close = f"UPDATE {self.name} SET known_to = {self.mark} WHERE {key} = {self.mark} AND known_to IS NULL"

    def cells(self, row: Row) -> list[Any]:
        """The row as the driver takes it."""
        cells = list(map(row.get, self.names))
        for at, written in self.written:
            cell = cells[at]
            if cell is not None or written is _json:
                cells[at] = written(cell)
        return cells

    def text(self, rows: Sequence[Row]) -> str:
        """The rows as ``take`` takes them: a text is one parameter, where their cells are dozens."""
        if self.changed:
            rows = [{**row, **{name: to(row.get(name)) for name, to in self.changed.items()}} for row in rows]
        return _json(rows)

    def row(self, cells: Sequence[Any]) -> Row:
        """The row as a handler reads it."""
        row = dict(zip(self.columns, cells, strict=True))
        for name, process in self.readers:
            row[name] = process(row[name])
        return row

    def match(self, names: Iterable[str]) -> str:
        """The condition that columns of these names equal the parameters."""
        return " AND ".join(f"{self.columns[name]} = {self.mark}" for name in names)

    def values(self, match: Mapping[str, Any]) -> list[Any]:
        """The parameters of ``match``."""
        writers = self.writers
        return [writers[name](value) if name in writers else value for name, value in match.items()]


@cache
def _form(dialect: str, table: Table) -> _Form:
    return _Form(dialect, table)


class Rows:
    """Rows of read models in the transaction of ``cursor``; ``dialect`` is ``sqlite`` or ``postgresql``.

    ``seen``: what stays the same for as long as no other connection writes to them; ``None`` where that is not known.
    ``stamped``: what was answered where the stamps were asked for already. ``first``: on PostgreSQL, what is done by the
    statement that adds rows, before these.
    """

    def __init__(
        self,
        cursor: Cursor,
        dialect: str,
        seen: int | None = None,
        stamped: Sequence[Sequence[Any]] | None = None,
    ) -> None:
        self.cursor = cursor
        self.dialect = dialect
        self.seen = seen
        self.stamped = stamped
        self.first: Sequence[Statement] = ()

    @classmethod
    def of(cls, connection: Connection) -> Rows:
        """Those of a connection to the read models."""
        return cls(connection.connection.cursor(), connection.dialect.name)

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """Run a statement with ``?`` for each parameter."""
        self.cursor.execute(
            statement if self.dialect == "sqlite" else statement.replace("?", "%s"), parameters
        )

    def query(self, statement: str, parameters: Sequence[Any] = ()) -> list[Sequence[Any]]:
        """The rows of such a statement."""
        self.execute(statement, parameters)
        return list(self.cursor.fetchall())

    def live(self, table: Table, key: Any) -> Row | None:
        """The live version of the thing ``key``."""
        form = _form(self.dialect, table)
        return self._one(form, form.live, (key,))

    def before(self, table: Table, key: Any, position: int) -> Row | None:
        """The newest version of the thing ``key`` that was known before ``position``."""
        form = _form(self.dialect, table)
        return self._one(form, form.before, (key, position))

    def _one(self, form: _Form, statement: str, parameters: Sequence[Any]) -> Row | None:
        self.cursor.execute(statement, parameters)
        found = self.cursor.fetchone()
        return None if found is None else form.row(found)

    def equal(self, table: Table, names: Sequence[str], match: Mapping[str, Any]) -> Iterator[Row]:
        """The columns ``names`` of all rows equal to ``match``."""
        form = _form(self.dialect, table)
        readers = dict(form.readers)
        listed = ", ".join(form.columns[name] for name in names)
        self.cursor.execute(f"SELECT {listed} FROM {form.name} WHERE {form.match(match)}", form.values(match))
        for cells in self.cursor.fetchall():
            yield {
                name: readers[name](cell) if name in readers else cell
                for name, cell in zip(names, cells, strict=True)
            }

    def close(self, table: Table, closed: Sequence[tuple[int, Any]]) -> None:
        """No longer known from a position on: the live versions of things, as (position, key)."""
        self._many(_form(self.dialect, table).close, closed)

    def retract(self, table: Table, names: Sequence[str], retracted: Sequence[tuple[int, Row]]) -> None:
        """No longer asserted from a position on: the rows equal to what is matched by ``names``."""
        form = _form(self.dialect, table)
        self._many(
            f"UPDATE {form.name} SET retracted_at = {form.mark} WHERE {form.match(names)} "
            "AND retracted_at IS NULL",
            [(position, *form.values(match)) for position, match in retracted],
        )

    def insert(self, rows: Mapping[Table, Sequence[Row]], then: Statement | None = None) -> None:
        """Add rows, and run a statement after it; on PostgreSQL all of it is one statement, which is waited for once."""
        few: list[tuple[_Form, Sequence[Row]]] = []
        for table, some in rows.items():
            form = _form(self.dialect, table)
            if self.dialect == "sqlite":
                self._many(form.insert, [form.cells(row) for row in some])
            elif len(some) < COPY_FROM:
                few.append((form, some))
            else:
                self._copy(form, some)
        if self.dialect == "sqlite":
            if then is not None:
                self.execute(*then)
            return
        done = [*self.first, *((form.take, (form.text(some),)) for form, some in few)]
        if then is not None:
            done.append((then[0].replace("?", "%s"), then[1]))
        if done:
            *steps, last = [statement for statement, _ in done]
            first = ", ".join(f"step{n} AS ({step})" for n, step in enumerate(steps))
            values = [value for _, some in done for value in some]
            self.cursor.execute(f"WITH {first} {last}" if first else last, values)
            self.first = ()

    def _copy(self, form: _Form, rows: Sequence[Row]) -> None:
        with self.cursor.copy(form.copy) as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(form.cells(row))

    def _many(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        if len(parameters) == 1:
            self.cursor.execute(statement, parameters[0])
        else:
            self.cursor.executemany(statement, parameters)
