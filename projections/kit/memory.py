"""What was read of the tables, remembered until a projection writes into one of these again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Sized
from functools import cached_property
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, Result, SelectBase, Table, select
from sqlalchemy.sql.cache_key import CacheKey
from sqlalchemy.sql.visitors import iterate

from projections.kit.columns import KnownAt
from projections.kit.projection import Projection
from projections.kit.runner import positions

A = TypeVar("A", bound=Sized)
LARGEST = 5_000
"""Rows of an answer beyond which it is asked for anew each time."""
MOST = 60_000
"""Rows that are remembered at a time; of a year's lists in a county, some hundred."""
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
        self._read: dict[Hashable, frozenset[str]] = {}
        self._kept: OrderedDict[Hashable, Sized] = OrderedDict()
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
        """What ``ask`` would give, which is called where it is not remembered."""
        read = self._read_by(asked.key, statement)
        if not read:
            return ask()
        stamps = [reading.stamps[name] for name in sorted(read) if name in reading.stamps]
        values = tuple(_values(asked, stated, max((wrote for _, wrote, _ in stamps), default=0)))
        tables = tuple((wrote, built) for _, wrote, built in stamps)
        key = (reading.engine, asked.key, values, tables)
        return self.remembered(key, lambda: _Answer(ask()))()

    def remembered(self, key: Hashable, read: Callable[[], A], largest: int = LARGEST) -> A:
        """What has been read under this key, or is read now. Its length is the rows it takes; beyond ``largest`` it is read
        anew each time."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        if kept is None:
            kept = read()
            self._keep(key, kept, largest)
        return cast(A, kept)

    def _read_by(self, shape: Hashable, statement: SelectBase) -> frozenset[str]:
        """The projections that a statement reads; none where it reads something else besides."""
        read = self._read.get(shape)
        if read is None:
            tables = [each for each in iterate(statement) if isinstance(each, Table)]
            known = all(table in self._projection for table in tables)
            read = frozenset(self._projection[table] for table in tables) if known else frozenset()
            if len(self._read) >= SHAPES:
                self._read = {}
            self._read[shape] = read
        return read

    def _keep(self, key: Hashable, answer: Sized, largest: int) -> None:
        if len(answer) > largest:
            return
        with self._lock:
            if key not in self._kept:
                self._kept[key] = answer
                self._rows += 1 + len(answer)
            while self._rows > MOST:
                self._rows -= 1 + len(self._kept.popitem(last=False)[1])


class _Answer:
    """The rows of a statement, to be read any number of times."""

    def __init__(self, result: Result[*tuple[Any, ...]]) -> None:
        self._frozen = result.freeze()

    def __len__(self) -> int:
        return len(self._frozen.data)

    def __call__(self) -> Result[*tuple[Any, ...]]:
        return self._frozen()


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
        if stamps is not None:
            self.stamps = stamps

    @property
    def newest(self) -> int:
        """The position up to which every projection has come."""
        return min((position for position, *_ in self.stamps.values()), default=0)

    @cached_property
    def stamps(self) -> Stamps:
        """Read before anything else is, once for all that is read for somebody: what is read later is at least as new."""
        c = positions.c
        found = super().execute(select(c.name, c.position, c.wrote, c.built))
        return {name: (position, wrote, built) for name, position, wrote, built in found}

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

    def execute(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        def ask() -> Any:
            return super(Reading, self).execute(statement, parameters, execution_options=execution_options)

        if not isinstance(statement, SelectBase) or not isinstance(parameters, Mapping | None):
            return ask()
        asked = statement._generate_cache_key()
        return ask() if asked is None else self._memory.answer(asked, statement, parameters or {}, self, ask)
