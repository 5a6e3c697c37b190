"""What a page of events writes, gathered and flushed as few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from domain.kernel.person import PersonRef
from domain.kernel.recorded import Recorded

Row = dict[str, Any]

PREFETCH_FROM = 64
"""A page at least this long reads all live rows of a table at its first miss instead of one row at a time."""


class Writer:
    """Gathers the writes of one page. Handlers see their own earlier writes; nothing reaches the database before
    ``flush``, except reads. ``recorded`` is the event that is handled: what is written is known from its position on.
    """

    recorded: Recorded

    def __init__(self, connection: Connection, page_length: int) -> None:
        self._connection = connection
        self._prefetch = page_length >= PREFETCH_FROM
        self._complete: set[Table] = set()
        self._live: dict[Table, dict[Any, Row | None]] = defaultdict(dict)
        self._inserts: dict[Table, list[Row]] = defaultdict(list)
        self._pending_ids: set[int] = set()
        self._closures: dict[Table, list[Row]] = defaultdict(list)
        self._retractions: dict[tuple[Table, tuple[str, ...]], list[Row]] = defaultdict(list)

    def insert(self, table: Table, **row: Any) -> None:
        """Add a row that never changes (except by ``retract``)."""
        self._inserts[table].append(row)

    def retract(self, table: Table, /, **match: Any) -> None:
        """Close the rows equal to ``match`` that no position has retracted yet."""
        position = self.recorded.position
        for row in self._inserts[table]:
            if row.get("retracted_at") is None and all(row[name] == value for name, value in match.items()):
                row["retracted_at"] = position
        names = tuple(sorted(match))
        self._retractions[table, names].append({f"m_{n}": match[n] for n in names} | {"m_at": position})

    def distinct(self, table: Table, names: Sequence[str], **match: Any) -> list[tuple[Any, ...]]:
        """The different values of columns in all rows equal to ``match``, of this page or before, sorted."""
        where = [table.c[name] == value for name, value in match.items()]
        stored = self._connection.execute(select(*(table.c[name] for name in names)).where(*where))
        own = [row for row in self._inserts[table] if all(row[n] == value for n, value in match.items())]
        return sorted({*map(tuple, stored), *(tuple(row[name] for name in names) for row in own)})

    def get(self, table: Table, key: Any) -> Row | None:
        """The live version of the thing ``key``; do not change it."""
        live = self._live[table]
        if key in live:
            return live[key]
        if table in self._complete:
            return None
        column = table.c[table.info["key"]]
        query = select(table).where(table.c.known_to.is_(None))
        if self._prefetch:
            for row in self._connection.execute(query):
                found = dict(row._mapping)
                live.setdefault(found[column.name], found)
            self._complete.add(table)
        else:
            first = self._connection.execute(query.where(column == key)).first()
            if first is not None:
                live[key] = dict(first._mapping)
        return live.get(key)

    def get_before(self, table: Table, key: Any, position: int) -> Row | None:
        """The version of the thing ``key`` that stood just before ``position``; do not change it."""
        name = table.info["key"]
        own = [row for row in self._inserts[table] if row[name] == key and row["known_from"] < position]
        if own:
            return max(own, key=lambda row: int(row["known_from"]))
        c = table.c
        earlier = select(table).where(c[name] == key, c.known_from < position)
        first = self._connection.execute(earlier.order_by(c.known_from.desc()).limit(1)).first()
        return None if first is None else dict(first._mapping)

    def add(self, table: Table, **row: Any) -> None:
        """The first version of a thing; nothing is looked up. What ``row`` leaves out is what the event says by the column's
        name, or nothing. Raises ``KeyError`` for what is no column.
        """
        self._add(table, self._row(table, row))

    def put(self, table: Table, **row: Any) -> None:
        """The same, where the thing may be there already: then it is changed to that."""
        whole = self._row(table, row)
        key = whole[table.info["key"]]
        if self.get(table, key) is None:
            self._add(table, whole)
        else:
            self.change(table, key, **whole)

    def change(self, table: Table, key: Any, *said: str, **changes: Any) -> None:
        """A new version of a thing; the columns that are ``said`` hold what the event says by their names. Raises
        ``KeyError`` when there is no live version.
        """
        position, event = self.recorded.position, self.recorded.event
        changes |= {name: _cell(getattr(event, name)) for name in said}
        before = self.get(table, key)
        if before is None:
            raise KeyError(f"{table.name}: no live row {key!r} to change at position {position}")
        if before["known_from"] == position and id(before) in self._pending_ids:
            before.update(changes)
            return
        self._close(table, key, before)
        self._add(table, {**before, **changes})

    def end(self, table: Table, key: Any) -> None:
        """The thing is not there any more."""
        before = self.get(table, key)
        if before is not None:
            self._close(table, key, before)
            self._live[table][key] = None

    def _row(self, table: Table, row: Row) -> Row:
        event = self.recorded.event
        unknown = row.keys() - _columns(table)
        if unknown:
            raise KeyError(f"{table.name} has no column {', '.join(sorted(unknown))}")
        return {
            name: row[name] if name in row else _cell(getattr(event, name, None)) for name in _columns(table)
        }

    def _add(self, table: Table, row: Row) -> None:
        version = {**row, "known_from": self.recorded.position, "known_to": None}
        self._live[table][row[table.info["key"]]] = version
        self._inserts[table].append(version)
        self._pending_ids.add(id(version))

    def _close(self, table: Table, key: Any, before: Row) -> None:
        position = self.recorded.position
        if id(before) in self._pending_ids:
            before["known_to"] = position
        else:
            self._closures[table].append({"m_key": key, "m_at": position})

    def flush(self) -> None:
        """Write everything: closures and retractions of stored rows first, then the new rows."""
        for table, closures in self._closures.items():
            key = table.c[table.info["key"]]
            self._connection.execute(
                update(table)
                .where(key == bindparam("m_key"), table.c.known_to.is_(None))
                .values(known_to=bindparam("m_at")),
                closures,
            )
        for (table, names), retractions in self._retractions.items():
            self._connection.execute(
                update(table)
                .where(
                    *(table.c[n] == bindparam(f"m_{n}") for n in names),
                    table.c.retracted_at.is_(None),
                )
                .values(retracted_at=bindparam("m_at")),
                retractions,
            )
        for table, rows in self._inserts.items():
            if rows:
                self._connection.execute(insert(table), _uniform(table, rows))


@cache
def _columns(table: Table) -> frozenset[str]:
    """What a version of a thing says, apart from when it was known."""
    return frozenset(column.name for column in table.columns) - {"known_from", "known_to"}


def _cell(value: Any) -> Any:
    """What a column holds of what an event says: enumerations by value, persons by reference, several as a list."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, PersonRef):
        return value.ref
    return [_cell(each) for each in value] if isinstance(value, tuple) else value


def _uniform(table: Table, rows: list[Row]) -> list[Row]:
    """Every row with every column, so that one statement serves them all."""
    names = [c.name for c in table.columns if not (c.primary_key and c.autoincrement is True)]
    return [{name: row.get(name) for name in names} for row in rows]
