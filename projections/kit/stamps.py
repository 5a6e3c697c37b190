"""How far each projection has come: one row, which is written with every page of events."""

from __future__ import annotations

from collections.abc import Collection
from secrets import token_hex

import msgspec
from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, String, Table, Text, inspect, select

from projections.kit.rows import Rows, Statement

_own = MetaData()
stamps = Table(
    "projection_stamp",
    _own,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, nullable=False),
    Column("leaf", String(64), nullable=False),
    Column("said", Text, nullable=False),
)
"""Up to which position the projections have come together, and the log's leaf hash there, by which tables of another log show.
``said``: of each projection, as JSON, what ``Stamp`` holds; a row for each would be a dozen rows written for each event."""


class Stamp(msgspec.Struct, array_like=True):
    """By which ``version`` of its code the tables of a projection were ``built``, of which each time has a mark of its own, and
    the last position of which it ``wrote`` something: until that moves, what was read of them holds. ``position``, ``leaf``:
    how far it has come where the others have come elsewhere.
    """

    version: int
    built: str = msgspec.field(default_factory=lambda: token_hex(8))
    wrote: int = 0
    position: int | None = None
    leaf: str = ""


_read = msgspec.json.Decoder(dict[str, Stamp]).decode
_written = msgspec.json.Encoder().encode
_ROW = f"SELECT position, leaf, said FROM {stamps.name}"
HELD = f"{_ROW} FOR UPDATE SKIP LOCKED"
"""Asks PostgreSQL for the stamps and holds them, without waiting for anybody."""
_MOVE = f"UPDATE {stamps.name} SET position = ?, leaf = ?, said = ?"


class Stamps:
    """The stamps of all projections that have tables."""

    def __init__(self, position: int, leaf: str, said: str) -> None:
        self.position = position
        """That of all that have none of their own, and the furthest that any has come to."""
        self.leaf = leaf
        self.each = _read(said)
        self._together = all(each.position is None for each in self.each.values())

    def at(self, name: str) -> int:
        """The position up to which a projection has come. Raises ``KeyError`` for one without tables."""
        own = self.each[name].position
        return self.position if own is None else own

    def places(self) -> set[tuple[int, str]]:
        """Positions that projections have come to, each with the leaf hash there."""
        at = [(each.position, each.leaf) for each in self.each.values()]
        return {(self.position, self.leaf) if position is None else (position, leaf) for position, leaf in at}

    def move(self, names: Collection[str], position: int, leaf: str, wrote: Collection[str]) -> None:
        """Let projections have come to ``position``, unless they are beyond it, where ``wrote`` wrote something."""
        further = position > self.position
        if not further or not self._together or len(names) < len(self.each):
            moved = [self.each[name] for name in names if self.at(name) < position]
            joined = further or (position, leaf) == (self.position, self.leaf)
            for each in self.each.values():
                if any(each is other for other in moved):
                    each.position, each.leaf = (None, "") if joined else (position, leaf)
                elif further and each.position is None:
                    each.position, each.leaf = self.position, self.leaf
            self._together = all(each.position is None for each in self.each.values())
        if further:
            self.position, self.leaf = position, leaf
        for name in wrote:
            self.each[name].wrote = max(position, self.each[name].wrote)

    def begin(self, name: str, version: int) -> None:
        """Empty tables, made by a version of the code."""
        self.each[name] = Stamp(version, position=0)
        self._together = False

    def empty(self) -> None:
        """All tables are emptied, to be built anew."""
        self.position, self.leaf, self._together = 0, "", True
        self.each = {name: Stamp(stamp.version) for name, stamp in self.each.items()}

    def writing(self) -> Statement:
        """What keeps them."""
        return _MOVE, (self.position, self.leaf, _written(self.each).decode())

    def write(self, rows: Rows) -> None:
        """Keep them."""
        rows.execute(*self.writing())


def stamps_of(rows: Rows, *, wait: bool = True) -> Stamps | None:
    """The stamps, which nobody else moves until the transaction ends; unless ``wait``, ``None`` where somebody holds them."""
    if rows.stamped is not None:
        found = rows.stamped
    elif rows.dialect == "sqlite":
        found = rows.query(_ROW)
    else:
        found = rows.query(f"{_ROW} FOR UPDATE" if wait else HELD)
    return Stamps(*found[0]) if found else None


def held(rows: Rows) -> Stamps:
    """The same of tables that were created, waited for."""
    found = stamps_of(rows)
    assert found is not None, "the tables are not created"
    return found


def seen(connection: Connection) -> Stamps:
    """The stamps as a reader sees them."""
    c = stamps.c
    return Stamps(*connection.execute(select(c.position, c.leaf, c.said)).one())


def create(raw: Connection) -> None:
    """Create the row of a database that has none; where another version kept its own, all is built anew."""
    _own.create_all(raw)
    if "said" not in {each["name"] for each in inspect(raw).get_columns(stamps.name)}:
        stamps.drop(raw)
        stamps.create(raw)
    if raw.execute(select(stamps.c.id)).first() is None:
        raw.execute(stamps.insert().values(id=1, position=0, leaf="", said="{}"))
