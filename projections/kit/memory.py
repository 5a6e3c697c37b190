"""What was read of the tables, remembered until a projection writes into one of these again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Engine, FrozenResult, Result, SelectBase, Table, select
from sqlalchemy.sql.cache_key import CacheKey
from sqlalchemy.sql.visitors import iterate

from projections.kit.columns import KnownAt
from projections.kit.projection import Projection
from projections.kit.runner import positions

LARGEST = 5_000
"""Rows of an answer beyond which it is asked for anew each time."""
MOST = 60_000
"""Rows that are remembered at a time; of a year's lists in a county, some hundred."""
SHAPES = 2_000
"""Statements, whatever their values, of which it is remembered what they read."""


class Memory:
    """Answers of statements, for all threads of a process.

    An answer belongs to what was asked, of which database, and to the last positions at which the projections that it was
    read from wrote something. So it holds whoever writes, in this process or another; nobody has to say what changed.
    """

    def __init__(self, projections: Sequence[Projection]) -> None:
        self._projection = {table: each.name for each in projections for table in each.tables}
        self._read: dict[Hashable, frozenset[str]] = {}
        self._kept: OrderedDict[Hashable, FrozenResult[*tuple[Any, ...]]] = OrderedDict()
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
        wrote = tuple(reading.wrote.get(name, 0) for name in sorted(read))
        values = tuple(_values(asked, stated, max(wrote)))
        key = (reading.engine, asked.key, values, wrote, reading.built(sorted(read)))
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        if kept is None:
            kept = ask().freeze()
            self._keep(key, kept)
        return kept()

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

    def _keep(self, key: Hashable, answer: FrozenResult[*tuple[Any, ...]]) -> None:
        if len(answer.data) > LARGEST:
            return
        with self._lock:
            if key not in self._kept:
                self._kept[key] = answer
                self._rows += 1 + len(answer.data)
            while self._rows > MOST:
                _, oldest = self._kept.popitem(last=False)
                self._rows -= 1 + len(oldest.data)


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

    def __init__(self, engine: Engine, memory: Memory) -> None:
        super().__init__(engine)
        self._memory = memory

    @property
    def newest(self) -> int:
        """The position up to which every projection has come."""
        return min((position for position, *_ in self._stamps.values()), default=0)

    @cached_property
    def wrote(self) -> Mapping[str, int]:
        """Projection to the last position of which it wrote something."""
        return {name: wrote for name, (_, wrote, _) in self._stamps.items()}

    def built(self, names: Iterable[str]) -> tuple[str, ...]:
        """The marks of the tables of projections: what was read of those before they were built anew is over."""
        return tuple(self._stamps[name][2] for name in names if name in self._stamps)

    @cached_property
    def _stamps(self) -> Mapping[str, tuple[int, int, str]]:
        """Read once, before anything else is: what is read later is at least as new."""
        found = super().execute(
            select(positions.c.name, positions.c.position, positions.c.wrote, positions.c.built)
        )
        return {name: (position, wrote, built) for name, position, wrote, built in found}

    def execute(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        def ask() -> Any:
            return super(Reading, self).execute(statement, parameters, execution_options=execution_options)

        if not isinstance(statement, SelectBase) or not isinstance(parameters, Mapping | None):
            return ask()
        asked = statement._generate_cache_key()
        return ask() if asked is None else self._memory.answer(asked, statement, parameters or {}, self, ask)
