"""What a page of events writes, gathered and flushed as few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import Table

from domain.kernel.event import Event
from domain.kernel.person import PersonRef
from domain.kernel.recorded import Recorded
from projections.kit.rows import Row, Rows, Statement
from projections.kit.stamps import Stamps

MOST = 100_000
"""Live rows that are remembered; beyond, all are forgotten and read again."""


class Live:
    """The live rows that are known without asking the database. ``complete``: what is not among them is not there.
    ``built``: the marks of the tables that the rows are of, by projection. ``seen``: of the rows, and up to which position;
    ``known``: the stamps then, and ``at``: the projections that had come there."""

    def __init__(self, *, complete: bool = False) -> None:
        self.complete = complete
        self.tables: dict[Table, dict[Any, Row | None]] = defaultdict(dict)
        self.built: dict[str, str] = {}
        self.seen: tuple[int | None, int] | None = None
        self.known: Stamps | None = None
        self.at: Mapping[Any, int] = {}

    def forget(self, tables: Iterable[Table] | None = None) -> None:
        """Know nothing any more; or nothing of these tables."""
        if tables is None:
            self.tables.clear()
            self.seen = None
        for table in tables or ():
            self.tables.pop(table, None)
        self.complete = False

    def bound(self) -> None:
        """Forget where there are too many."""
        if sum(map(len, self.tables.values())) > MOST:
            self.forget()


class Writer:
    """Gathers the writes of one page. Handlers see their own earlier writes; nothing reaches the database before
    ``flush``, except reads. ``recorded`` is the event that is handled: what is written is known from its position on.
    ``live`` may be kept from page to page, where nobody else writes in between.
    """

    recorded: Recorded

    def __init__(self, rows: Rows, live: Live | None = None) -> None:
        self._rows = rows
        self._known = Live() if live is None else live
        self._live = self._known.tables
        self._inserts: dict[Table, list[Row]] = defaultdict(list)
        self._pending_ids: set[int] = set()
        self._closures: dict[Table, list[tuple[int, Any]]] = defaultdict(list)
        self._retractions: dict[tuple[Table, tuple[str, ...]], list[tuple[int, Row]]] = defaultdict(list)

    def insert(self, table: Table, **row: Any) -> None:
        """Add a row that never changes (except by ``retract``)."""
        self._inserts[table].append(row)

    def retract(self, table: Table, /, **match: Any) -> None:
        """Close the rows equal to ``match`` that no position has retracted yet."""
        position = self.recorded.position
        for row in self._inserts[table]:
            if row.get("retracted_at") is None and all(row[name] == value for name, value in match.items()):
                row["retracted_at"] = position
        self._retractions[table, tuple(match)].append((position, match))

    def distinct(self, table: Table, names: Sequence[str], **match: Any) -> list[tuple[Any, ...]]:
        """The different values of columns in all rows equal to ``match``, of this page or before, sorted."""
        own = (row for row in self._inserts[table] if all(row[n] == value for n, value in match.items()))
        found = [*self._rows.equal(table, names, match), *own]
        return sorted({tuple(row[name] for name in names) for row in found})

    def get(self, table: Table, key: Any) -> Row | None:
        """The live version of the thing ``key``; do not change it."""
        live = self._live[table]
        if key in live:
            return live[key]
        if self._known.complete:
            return None
        found = live[key] = self._rows.live(table, key)
        return found

    def get_before(self, table: Table, key: Any, position: int) -> Row | None:
        """The version of the thing ``key`` that stood just before ``position``; do not change it."""
        name = table.info["key"]
        own = [row for row in self._inserts[table] if row[name] == key and row["known_from"] < position]
        if own:
            return max(own, key=lambda row: int(row["known_from"]))
        return self._rows.before(table, key, position)

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
        columns = _columns(table)
        if not row.keys() <= columns:
            raise KeyError(f"{table.name} has no column {', '.join(sorted(row.keys() - columns))}")
        said = _said(table, type(event))  # type: ignore[arg-type]
        return {**dict.fromkeys(columns), **{name: _cell(getattr(event, name)) for name in said}, **row}

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
            self._closures[table].append((position, key))

    def written(self) -> Collection[Table]:
        """The tables that ``flush`` writes to."""
        added = {table for table, rows in self._inserts.items() if rows}
        return added | self._closures.keys() | {table for table, _ in self._retractions}

    def flush(self, then: Statement | None = None) -> None:
        """Write everything: closures and retractions of stored rows first, then the new rows, and ``then`` after these."""
        for table, closed in self._closures.items():
            self._rows.close(table, closed)
        for (table, names), retracted in self._retractions.items():
            self._rows.retract(table, names, retracted)
        self._rows.insert({table: rows for table, rows in self._inserts.items() if rows}, then)
        self._known.bound()


@cache
def _columns(table: Table) -> frozenset[str]:
    """What a version of a thing says, apart from when it was known."""
    return frozenset(column.name for column in table.columns) - {"known_from", "known_to"}


@cache
def _said(table: Table, event_type: type[Event]) -> tuple[str, ...]:
    """The columns that such an event says something of by their names."""
    return tuple(name for name in _columns(table) if hasattr(event_type, name) or name in event_type.FIELDS)


_PLAIN = frozenset({str, int, bool, date, type(None)})


def _cell(value: Any) -> Any:
    """What a column holds of what an event says: enumerations by value, persons by reference, several as a list."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, PersonRef):
        return value.ref
    return [_cell(each) for each in value] if isinstance(value, tuple) else value
