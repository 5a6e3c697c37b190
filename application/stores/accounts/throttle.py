"""Guessing a password is slowed down, for whoever guesses: nobody elsewhere is kept out by it."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import Column, Connection, Engine, Integer, Row, String, Table, delete, insert, select, update

from application.stores.accounts.tables import metadata
from application.stores.databases import take_turn
from projections.kit.columns import UtcDateTime

failures = Table(
    "sign_in_failure",
    metadata,
    Column("address", String(60), primary_key=True),
    Column("username", String(60), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("free_at", UtcDateTime),
)
TURN = 7105417
FORGOTTEN = timedelta(minutes=15)
"""After so long without a failure, nothing is held against an address. [default]"""
OF_AN_ACCOUNT = (5, 300)
"""Wrong passwords for one account from one address before one waits, and the longest wait in seconds. [default]"""
OF_AN_ADDRESS = (30, 60)
"""The same for one address, whatever the account: a whole office may stand behind one. [default]"""


def network(address: str) -> str:
    """What counts as one address: an IPv4 address, the /64 of an IPv6 one, anything else as ``unknown``."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


class TooOften(Exception):
    """Too many wrong passwords from here; come back in ``again_in`` seconds."""

    def __init__(self, again_in: int) -> None:
        super().__init__(f"wait {again_in} s")
        self.again_in = again_in


class Throttle:
    """Failures by address and account, and by address."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def charge(self, address: str, username: str) -> int:
        """Count an attempt as failed before it is looked at, so that many at once are counted, too; ``forgive`` takes it back.

        The seconds to wait where there were too many: nothing is counted then, and nothing may be looked at.
        """
        with self._engine.begin() as raw:
            take_turn(raw, TURN)
            now = self._clock()
            raw.execute(delete(failures).where(failures.c.last_at < now - FORGOTTEN))
            found = {row.username: row for row in _of(raw, address, username)}
            wait = max((row.free_at - now for row in found.values() if row.free_at), default=timedelta())
            if wait > timedelta():
                return ceil(wait.total_seconds())
            for name, limit in ((username, OF_AN_ACCOUNT), ("", OF_AN_ADDRESS)):
                _count(raw, address, name, found.get(name), now, limit)
        return 0

    def forgive(self, address: str, username: str) -> None:
        """The password was right."""
        c = failures.c
        with self._engine.begin() as raw:
            take_turn(raw, TURN)
            raw.execute(delete(failures).where(c.address == address, c.username == username))
            raw.execute(
                update(failures)
                .where(c.address == address, c.username == "", c.failures > 0)
                .values(failures=c.failures - 1, free_at=None)
            )


def _of(raw: Connection, address: str, username: str) -> list[Row[Any]]:
    c = failures.c
    query = select(failures).where(c.address == address, c.username.in_((username, "")))
    return list(raw.execute(query).all())


def _count(
    raw: Connection,
    address: str,
    username: str,
    before: Row[Any] | None,
    now: datetime,
    limit: tuple[int, int],
) -> None:
    free, longest = limit
    count = 1 if before is None else before.failures + 1
    wait = 0 if count < free else min(2 ** min(count - free, 20), longest)
    row = {"failures": count, "last_at": now, "free_at": now + timedelta(seconds=wait) if wait else None}
    if before is None:
        raw.execute(insert(failures).values(address=address, username=username, **row))
    else:
        c = failures.c
        raw.execute(update(failures).where(c.address == address, c.username == username).values(row))
