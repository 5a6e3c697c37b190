"""What was read of the tables, remembered until a projection writes into one of these again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast
from weakref import WeakSet

from sqlalchemy import Connection, Engine, Label, Result, SelectBase, Table, select
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.sql.cache_key import CacheKey
from sqlalchemy.sql.visitors import iterate

from projections.kit.at_once import Rows, asked_at_once
from projections.kit.columns import KnownAt
from projections.kit.projection import Projection
from projections.kit.small import Asked, asked_of
from projections.kit.stamps import Stamps as Kept
from projections.kit.stamps import stamps

A = TypeVar("A", bound=Sized)
LARGEST = 5_000
"""Rows of an answer beyond which it is asked for anew each time."""
MOST = 60_000
"""Rows that are remembered at a time; of a year's lists in a county, some hundred."""
GROWN: Rows = [()]
"""Instead of the rows of a small table that is none any more."""
SHAPES = 2_000
"""Statements, whatever their values, of which it is remembered what they read."""


Stamps = Mapping[str, tuple[int, int, str]]
"""Projection to the position that it has come to, the last at which it wrote something, and the mark of its tables: what
was read of them before they were built anew is over.
"""


class Memory:
    """Answers of statements, for all threads of a process.

    An answer belongs to what was asked, of which database, and to the last positions at which the projections that it was
    read from wrote something. So it holds whoever writes, in this process or another; nobody has to say what changed.
    """

    def __init__(self, projections: Sequence[Projection]) -> None:
        self._projection = {table: each.name for each in projections for table in each.tables}
        self._small = [table for each in projections for table in each.small]
        self._shapes: dict[Hashable, _Shape] = {}
        self._kept: OrderedDict[Hashable, Sized] = OrderedDict()
        self._read_of: WeakSet[Engine] = WeakSet()
        self._rows = 0
        self._lock = threading.Lock()

    def answer(
        self,
        asked: CacheKey,
        statement: SelectBase,
        stated: Mapping[str, Any],
        reading: Reading,
        ask: Callable[[], Result[*tuple[Any, ...]]],
    ) -> Result[*tuple[Any, ...]]:
        """What ``ask`` would give, which is called where it is not remembered and does not follow from small tables."""
        shape = self._shape(asked, statement)
        if not shape.read:
            return ask()
        key, values = self._key(shape, asked, stated, reading)
        if key in reading.expected:
            self._ask_expected(reading.expected[key], reading)
        if key in reading.read_ahead:
            return reading.read_ahead[key]()

        def anew() -> _Answer:
            rows = None if shape.small is None else self._whole(shape.small.table, reading)
            found = None if rows is None or shape.small is None else shape.small.answer(rows, values)
            if found is not None:
                return _Answer(_result(statement, found))
            return _Answer(ask())

        return self.remembered(key, anew)()

    def ahead(self, statements: Sequence[SelectBase], stated: Mapping[str, Any], reading: Reading) -> None:
        """Expect those of the statements that the database is to be asked. Those with values of their own are asked apart from
        the others, so that what is large is compiled once, whatever is asked beside it.
        """
        together = _Together(stated, {}) if stated else reading.together
        for statement in statements:
            asked = statement._generate_cache_key()
            shape = None if asked is None else self._shape(asked, statement)
            if asked is None or shape is None or not shape.read or shape.small is not None:
                continue
            key, _ = self._key(shape, asked, stated, reading)
            if key not in self._kept and key not in reading.read_ahead and key not in reading.expected:
                together.statements[key] = statement
                reading.expected[key] = together

    def knows(self, statement: SelectBase, reading: Reading) -> bool:
        """Whether the statement's answer is remembered."""
        asked = statement._generate_cache_key()
        return (
            asked is not None
            and self._key(self._shape(asked, statement), asked, {}, reading)[0] in self._kept
        )

    def _ask_expected(self, together: _Together, reading: Reading) -> None:
        """Ask all of them at once; one alone is asked as it is."""
        asked = together.statements
        for key in asked:
            del reading.expected[key]
        if together is reading.together:
            reading.together = _Together({}, {})
        if len(asked) < 2:
            return
        found = asked_at_once(reading, [*asked.values()], together.stated)
        for (key, statement), rows in zip(asked.items(), found, strict=True):
            reading.read_ahead[key] = answer = _Answer(_result(statement, rows))
            self.keep(key, answer)

    def _key(
        self, shape: _Shape, asked: CacheKey, stated: Mapping[str, Any], reading: Reading
    ) -> tuple[Hashable, Sequence[Hashable]]:
        """What a statement's answer is remembered under, and the statement's values."""
        stamps = [reading.stamps[name] for name in sorted(shape.read) if name in reading.stamps]
        values = tuple(_values(asked, stated, max((wrote for _, wrote, _ in stamps), default=0)))
        tables = tuple((wrote, built) for _, wrote, built in stamps)
        return (reading.engine, asked.key, values, tables), values

    def _whole(self, table: Table, reading: Reading) -> Rows | None:
        """All rows of a small table, ``None`` where it has grown large. With it all small tables that are not remembered are
        read.
        """
        keys = self._keys_of_small(reading.engine, reading.stamps)
        with self._lock:
            kept = {each: cast(Rows | None, self._kept.get(key)) for each, key in keys.items()}
        if kept[table] is None:
            lacking = [each for each in self._small if kept[each] is None]
            found = asked_at_once(reading, [_all_of(each) for each in lacking])
            for each, rows in zip(lacking, found, strict=True):
                kept[each] = self._keep_whole(keys[each], rows)
        rows_of = kept[table]
        return None if rows_of is GROWN else rows_of

    def stamps(self, reading: Reading) -> Stamps:
        """The stamps of a database; with them all small tables where nothing has been read of it yet."""
        c = stamps.c
        own = select(c.position, c.leaf, c.said)
        first = reading.engine not in self._read_of
        small = self._small if first else []
        found = asked_at_once(reading, [own, *map(_all_of, small)]) if first else None
        kept = Kept(*(Connection.execute(reading, own).one() if found is None else found[0][0]))
        told = {name: (kept.at(name), each.wrote, each.built) for name, each in kept.each.items()}
        if found is not None:
            keys = self._keys_of_small(reading.engine, told)
            for each, rows in zip(small, found[1:], strict=True):
                self._keep_whole(keys[each], rows)
            self._read_of.add(reading.engine)
        return told

    def _keys_of_small(self, engine: Engine, told: Stamps) -> dict[Table, Hashable]:
        """What the rows of each small table are remembered under."""
        found = ((each, told.get(self._projection[each])) for each in self._small)
        return {each: (engine, each.name, stamp and stamp[1:]) for each, stamp in found}

    def _keep_whole(self, key: Hashable, rows: Rows) -> Rows:
        whole = rows if len(rows) <= LARGEST else GROWN
        self.keep(key, whole)
        return whole

    def remembered(self, key: Hashable, read: Callable[[], A], largest: int | None = None) -> A:
        """What has been read under this key, or is read now. Its length is the rows it takes; beyond ``largest`` it is read
        anew each time."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        if kept is None:
            kept = read()
            self.keep(key, kept, largest)
        return cast(A, kept)

    def _shape(self, asked: CacheKey, statement: SelectBase) -> _Shape:
        """What is known of a statement, whatever its values."""
        shape = self._shapes.get(asked.key)
        if shape is None:
            tables = [each for each in iterate(statement) if isinstance(each, Table)]
            known = all(table in self._projection for table in tables)
            read = frozenset(self._projection[table] for table in tables) if known else frozenset()
            small = asked_of(statement, asked.bindparams) if tables and tables[0] in self._small else None
            shape = _Shape(read, small)
            if len(self._shapes) >= SHAPES:
                self._shapes = {}
            self._shapes[asked.key] = shape
        return shape

    def keep(self, key: Hashable, answer: Sized, largest: int | None = None) -> None:
        """Remember what was read, if it is not too much."""
        if len(answer) > (LARGEST if largest is None else largest):
            return
        with self._lock:
            if key not in self._kept:
                self._kept[key] = answer
                self._rows += 1 + len(answer)
            while self._rows > MOST:
                self._rows -= 1 + len(self._kept.popitem(last=False)[1])

    def newest(self, key: Hashable) -> Sized | None:
        """What was last put there."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def replace(self, key: Hashable, answer: Sized, largest: int) -> None:
        """Remember it instead of what was there."""
        with self._lock:
            before = self._kept.pop(key, None)
            self._rows -= 0 if before is None else 1 + len(before)
        self.keep(key, answer, largest)

    def forget(self) -> None:
        """Remember nothing, as right after a start."""
        with self._lock:
            self._kept.clear()
            self._rows = 0
            self._read_of.clear()


def _all_of(table: Table) -> SelectBase:
    """All rows of a table, and one more than it may have where it has grown large."""
    return select(table).limit(LARGEST + 1)


@dataclass(frozen=True)
class _Shape:
    """``read``: the projections that a statement reads, none where it reads something else besides. ``small``: what it asks
    of one small table.
    """

    read: frozenset[str]
    small: Asked | None


@dataclass(frozen=True)
class _Together:
    """What is asked at once, by what it is remembered under, when the first of it is needed; ``stated``: its values."""

    stated: Mapping[str, Any]
    statements: dict[Hashable, SelectBase]


@dataclass(frozen=True)
class _Made(Generic[A]):
    """``what`` was made of tables as known ``at`` a position."""

    at: int
    what: A

    def __len__(self) -> int:
        return len(self.what)


class _Answer:
    """The rows of a statement, to be read any number of times."""

    def __init__(self, result: Result[*tuple[Any, ...]]) -> None:
        self._frozen = result.freeze()

    def __len__(self) -> int:
        return len(self._frozen.data)

    def __call__(self) -> Result[*tuple[Any, ...]]:
        return self._frozen()


def _result(statement: SelectBase, rows: Rows) -> Result[*tuple[Any, ...]]:
    """Rows as if the database had given them."""
    columns = list(statement.selected_columns)
    bare = [each.element if isinstance(each, Label) else each for each in columns]
    extra = list(zip(columns, bare, strict=True))
    return IteratorResult(SimpleResultMetaData([str(each.key) for each in columns], extra), iter(rows))


def _values(asked: CacheKey, stated: Mapping[str, Any], wrote: int) -> Iterable[Hashable]:
    """The values of a statement. As known at a position is as known at the last one before it at which anything was
    written.
    """
    given = {**(asked.params or {}), **stated}
    for each in asked.bindparams:
        value = given.get(each.key, each.effective_value)
        if isinstance(each.type, KnownAt) and value is not None:
            value = min(value, wrote)
        yield tuple(value) if isinstance(value, list | tuple | set | frozenset) else value


class Reading(Connection):
    """A connection for whoever only looks: what is remembered is not asked again."""

    def __init__(self, engine: Engine, memory: Memory, stamps: Stamps | None = None) -> None:
        super().__init__(engine)
        self._memory = memory
        self.read_ahead: dict[Hashable, _Answer] = {}
        self.expected: dict[Hashable, _Together] = {}
        self.together = _Together({}, {})
        self.once: dict[Hashable, Any] = {}
        """What is read elsewhere and remembered for no longer than whoever looks reads through this."""
        if stamps is not None:
            self.stamps = stamps

    @property
    def newest(self) -> int:
        """The position up to which every projection has come."""
        return min((position for position, *_ in self.stamps.values()), default=0)

    @cached_property
    def stamps(self) -> Stamps:
        """Read before anything else is, once for all that is read for somebody: what is read later is at least as new."""
        return self._memory.stamps(self)

    def remembered(self, key: Hashable, read: Callable[[], A]) -> A:
        """What is read elsewhere, such as of the log, until anything is recorded. A projection may have been held up."""
        recorded = max((position for position, *_ in self.stamps.values()), default=0)
        return self._memory.remembered((self.engine, recorded, key), read)

    def made_of(
        self, read_from: Sequence[Projection], known_at: int, key: Hashable, make: Callable[[], A]
    ) -> A:
        """What is made of the tables of these projections as known at a position, until one of them writes again."""
        stamps = [self.stamps[each.name] for each in read_from if each.name in self.stamps]
        last = max((wrote for _, wrote, _ in stamps), default=0)
        tables = tuple((wrote, built) for _, wrote, built in stamps)
        return self._memory.remembered((self.engine, key, min(known_at, last), tables), make, MOST // 2)

    def carried_on(
        self,
        read_from: Sequence[Projection],
        known_at: int,
        key: Hashable,
        make: Callable[[], A],
        go_on: Callable[[int, A], A],
    ) -> A:
        """The same for what takes long to make and changes little with each record: of what was made as known at an earlier
        position, ``go_on`` makes what is known now. The past is made anew.
        """
        stamps = [self.stamps[each.name] for each in read_from if each.name in self.stamps]
        last = max((wrote for _, wrote, _ in stamps), default=0)
        slot = self.engine, key, tuple(built for *_, built in stamps)
        kept = cast(_Made[A] | None, self._memory.newest(slot))
        if known_at < last or (kept is not None and kept.at > last):
            return make()
        if kept is None or kept.at < last:
            kept = _Made(last, make() if kept is None else go_on(kept.at, kept.what))
            self._memory.replace(slot, kept, MOST // 2)
        return kept.what

    def ahead(self, statements: Sequence[SelectBase], values: Mapping[str, Any]) -> None:
        """See `ask_ahead`."""
        self._memory.ahead(statements, values, self)

    def knows(self, statement: SelectBase) -> bool:
        """See `is_remembered`."""
        return self._memory.knows(statement, self)

    def execute(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        def ask() -> Any:
            return super(Reading, self).execute(statement, parameters, execution_options=execution_options)

        if not isinstance(statement, SelectBase) or not isinstance(parameters, Mapping | None):
            return ask()
        asked = statement._generate_cache_key()
        return ask() if asked is None else self._memory.answer(asked, statement, parameters or {}, self, ask)


def ask_ahead(
    connection: Connection, *statements: SelectBase, values: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """Say what will be asked one by one, with these ``values`` each: whoever only looks asks it as one statement, with all
    that was said before, as soon as any of it is needed.
    """
    if isinstance(connection, Reading):
        connection.ahead(statements, values)


def is_remembered(connection: Connection, statement: SelectBase) -> bool:
    """Whether whoever only looks is answered without the database."""
    return isinstance(connection, Reading) and connection.knows(statement)
