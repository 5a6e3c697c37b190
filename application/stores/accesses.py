"""Who looked at what is not for everybody: attachments, appeals, names. Beside the log; it is no business history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    func,
    insert,
    select,
    update,
)

from application.access_records import Access, RefusedSignIns
from application.actors.actor import Actor
from application.stores.databases import create_tables, take_turn
from projections.kit.at_once import asked_at_once
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
refusals = Table(
    "refused_sign_in",
    _metadata,
    Column("hour", UtcDateTime, primary_key=True),
    Column("address", String(60), primary_key=True),
    Column("username", String(60), primary_key=True),
    Column("count", Integer, nullable=False),
)
AT_ONCE = 1000
"""Things noted by one statement."""
MOST_AN_HOUR = 1000
"""Rows of refused sign-ins in an hour; what comes from yet other addresses is counted under ``*``."""
Index("access_by_user", accesses.c.username, accesses.c.kind, accesses.c.id)
Index("access_by_thing", accesses.c.kind, accesses.c.thing, accesses.c.id)


class Accesses:
    """Kinds: ``attachment`` and ``workbook`` (by digest), ``appeal`` (by number), ``name`` (by reference), ``evidence``,
    ``sign_in`` (by address).

    Refused sign-ins are counted by address, account and hour, so that strangers cannot make this grow.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def create_tables(self) -> None:
        """Create the table when it is missing."""
        create_tables(self._engine, _metadata, 7105416)

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
            seen = [{**row, "kind": kind, "thing": each, "page": page[:200]} for each in things]
            for first in range(0, len(seen), AT_ONCE):
                connection.execute(insert(accesses).values(seen[first : first + AT_ONCE]))

    def note_refusal(self, address: str, username: str) -> None:
        """Count a refused sign-in; ``username`` is empty where there is no such account."""
        hour = self._clock().replace(minute=0, second=0, microsecond=0)
        c = refusals.c
        with self._engine.begin() as raw:
            take_turn(raw, 7105418)
            if self._counted(raw, hour, address, username):
                return
            rows = raw.execute(select(func.count()).select_from(refusals).where(c.hour == hour)).scalar_one()
            if rows >= MOST_AN_HOUR:
                address, username = "*", ""
            if not self._counted(raw, hour, address, username):
                raw.execute(insert(refusals).values(hour=hour, address=address, username=username, count=1))

    def _counted(self, raw: Connection, hour: datetime, address: str, username: str) -> bool:
        c = refusals.c
        more = (
            update(refusals)
            .where(c.hour == hour, c.address == address, c.username == username)
            .values(count=c.count + 1)
        )
        return raw.execute(more).rowcount == 1

    def refused(self, username: str | None = None, limit: int = 100) -> list[RefusedSignIns]:
        """Refused sign-ins, the newest hour first; of one account where it is given."""
        with self._engine.connect() as connection:
            return [RefusedSignIns(*row) for row in connection.execute(_refused(username, limit))]

    def sign_ins(self, username: str, limit: int) -> tuple[list[Access], list[RefusedSignIns]]:
        """The sign-ins to an account and those that were refused, the newest first."""
        query = select(accesses).order_by(accesses.c.id.desc()).limit(limit)
        own = query.where(accesses.c.username == username, accesses.c.kind == "sign_in")
        with self._engine.connect() as connection:
            done, refused = asked_at_once(connection, [own, _refused(username, limit)])
        return [Access(*row) for row in done], [RefusedSignIns(*row) for row in refused]

    def list(
        self,
        *,
        username: str = "",
        kind: str = "",
        thing: str = "",
        before: int | None = None,
        limit: int = 100,
    ) -> list[Access]:
        """Newest first; ``before`` is the id to go on from."""
        query = select(accesses).order_by(accesses.c.id.desc()).limit(limit)
        if username:
            query = query.where(accesses.c.username == username)
        if kind:
            query = query.where(accesses.c.kind == kind)
        if thing:
            query = query.where(accesses.c.thing == thing)
        if before is not None:
            query = query.where(accesses.c.id < before)
        with self._engine.connect() as connection:
            return [Access(*row) for row in connection.execute(query)]

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def _refused(username: str | None, limit: int) -> Select[Any]:
    c = refusals.c
    query = select(refusals).order_by(c.hour.desc(), c.count.desc(), c.address).limit(limit)
    return query if username is None else query.where(c.username == username)
