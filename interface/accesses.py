"""Who looked at what is not for everybody: attachments, appeals, names. Beside the log; it is no business history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Engine, Index, Integer, MetaData, Row, String, Table, insert, select

from application.access import Actor
from projections.kit.columns import UtcDateTime

_metadata = MetaData()
accesses = Table(
    "access",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("username", String(60), nullable=False),
    Column("office", String(120), nullable=False),
    Column("role", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("thing", String(120), nullable=False),
    Column("page", String(200), nullable=False),
)
Index("access_by_thing", accesses.c.kind, accesses.c.thing, accesses.c.id)


class Accesses:
    """Kinds: ``attachment`` (by digest), ``appeal`` (by number), ``name`` (by reference), ``evidence``."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def create_tables(self) -> None:
        """Create the table when it is missing."""
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7105416)")
            _metadata.create_all(connection)

    def note(self, actor: Actor, kind: str, things: list[str], page: str) -> None:
        """Write down that ``actor`` saw these things on ``page``."""
        if not things:
            return
        row = {
            "at": self._clock(),
            "username": actor.username,
            "office": actor.office,
            "role": actor.role.value,
        }
        with self._engine.begin() as connection:
            connection.execute(
                insert(accesses),
                [{**row, "kind": kind, "thing": each, "page": page[:200]} for each in things],
            )

    def list(
        self, *, kind: str = "", thing: str = "", before: int | None = None, limit: int = 100
    ) -> list[Row[Any]]:
        """Newest first; ``before`` is the id to go on from."""
        query = select(accesses).order_by(accesses.c.id.desc()).limit(limit)
        if kind:
            query = query.where(accesses.c.kind == kind)
        if thing:
            query = query.where(accesses.c.thing == thing)
        if before is not None:
            query = query.where(accesses.c.id < before)
        with self._engine.connect() as connection:
            return list(connection.execute(query).all())

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()
