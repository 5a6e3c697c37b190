"""What a page of events writes, gathered and flushed as few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

Row = dict[str, Any]

PREFETCH_FROM = 64
"""A page at least this long reads all live rows of a table at its first miss instead of one row at a time."""


class Writer:
    """Gathers the writes of one page. Handlers see their own earlier writes; nothing reaches the database before
    ``flush``, except reads.
    """

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

    def retract(self, table: Table, position: int, /, **match: Any) -> None:
        """Close the rows equal to ``match`` that no position has retracted yet."""
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

    def add(self, table: Table, position: int, **row: Any) -> None:
        """The first version of a thing, known from ``position``; nothing is looked up."""
        version = {**row, "known_from": position, "known_to": None}
        self._live[table][row[table.info["key"]]] = version
        self._inserts[table].append(version)
        self._pending_ids.add(id(version))

    def change(self, table: Table, position: int, key: Any, **changes: Any) -> None:
        """A new version of a thing from ``position`` on. Raises ``KeyError`` when there is no live version."""
        before = self.get(table, key)
        if before is None:
            raise KeyError(f"{table.name}: no live row {key!r} to change at position {position}")
        if before["known_from"] == position and id(before) in self._pending_ids:
            before.update(changes)
            return
        self._close(table, position, key, before)
        self.add(table, position, **{**before, **changes})

    def end(self, table: Table, position: int, key: Any) -> None:
        """The thing is not there any more from ``position`` on."""
        before = self.get(table, key)
        if before is not None:
            self._close(table, position, key, before)
            self._live[table][key] = None

    def _close(self, table: Table, position: int, key: Any, before: Row) -> None:
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


def _uniform(table: Table, rows: list[Row]) -> list[Row]:
    """Every row with every column, so that one statement serves them all."""
    names = [c.name for c in table.columns if not (c.primary_key and c.autoincrement is True)]
    return [{name: row.get(name) for name in names} for row in rows]
