"""Accounts, sign-in with throttling, sessions."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Column, Engine, Integer, MetaData, Row, String, Table, delete, insert, select, update

from application.access import Actor, Role
from projections.kit.columns import UtcDateTime

_metadata = MetaData()
accounts = Table(
    "account",
    _metadata,
    Column("username", String(60), primary_key=True),
    Column("password_hash", String(200), nullable=False),
    Column("person", String(40), nullable=False),
    Column("display_name", String(80), nullable=False),
    Column("office", String(120), nullable=False),
    Column("role", String(20), nullable=False),
    Column("branch", String(20), nullable=False),
    Column("village", String(20), nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", UtcDateTime),
)
sessions = Table(
    "session",
    _metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("username", String(60), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)
SESSION = timedelta(hours=12)
FAILURES = 5
LOCKED = timedelta(minutes=5)


@dataclass(frozen=True)
class Session:
    """Who is signed in, and the token every form of the session carries."""

    actor: Actor
    csrf: str


class Accounts:
    """``clock`` gives UTC instants."""

    def __init__(
        self, engine: Engine, clock: Callable[[], datetime], hasher: PasswordHasher | None = None
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._hasher = hasher or PasswordHasher()
        self._decoy = self._hasher.hash(secrets.token_hex(8))

    def create_tables(self) -> None:
        """Create what is missing."""
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7105415)")
            _metadata.create_all(connection)

    def put(self, actor: Actor, password: str) -> None:
        """Enter an account, or replace it with its password."""
        row = {
            "username": actor.username,
            "password_hash": self._hasher.hash(password),
            "person": actor.person,
            "display_name": actor.display_name,
            "office": actor.office,
            "role": actor.role.value,
            "branch": actor.branch,
            "village": actor.village,
            "failures": 0,
            "locked_until": None,
        }
        with self._engine.begin() as connection:
            connection.execute(delete(accounts).where(accounts.c.username == actor.username))
            connection.execute(insert(accounts).values(row))

    def everybody(self) -> list[Actor]:
        """All accounts, by name."""
        with self._engine.connect() as connection:
            return [_actor(row) for row in connection.execute(select(accounts).order_by(accounts.c.username))]

    def sign_in(self, username: str, password: str) -> str | None:
        """A session token, or ``None`` for wrong credentials; after ``FAILURES`` in a row none for ``LOCKED``."""
        now = self._clock()
        with self._engine.begin() as connection:
            row = connection.execute(select(accounts).where(accounts.c.username == username)).first()
            locked = row is not None and row.locked_until is not None and row.locked_until > now
            right = self._verify(row.password_hash if row is not None else self._decoy, password)
            if row is None or locked:
                return None
            if not right:
                failures = row.failures + 1
                connection.execute(
                    update(accounts)
                    .where(accounts.c.username == username)
                    .values(
                        failures=0 if failures >= FAILURES else failures,
                        locked_until=now + LOCKED if failures >= FAILURES else None,
                    )
                )
                return None
            token = secrets.token_urlsafe(32)
            connection.execute(
                update(accounts).where(accounts.c.username == username).values(failures=0, locked_until=None)
            )
            connection.execute(delete(sessions).where(sessions.c.expires_at < now))
            connection.execute(
                insert(sessions).values(
                    token_hash=_hash(token),
                    username=username,
                    csrf=secrets.token_urlsafe(24),
                    expires_at=now + SESSION,
                )
            )
        return token

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerifyMismatchError, InvalidHashError):
            return False

    def session(self, token: str) -> Session | None:
        """The session of a token that has not expired."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(accounts, sessions.c.csrf)
                .join(sessions, sessions.c.username == accounts.c.username)
                .where(sessions.c.token_hash == _hash(token), sessions.c.expires_at > self._clock())
            ).first()
        if row is None:
            return None
        return Session(_actor(row), row.csrf)

    def sign_out(self, token: str) -> None:
        """End a session."""
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _actor(row: Row[Any]) -> Actor:
    return Actor(
        username=row.username,
        person=row.person,
        display_name=row.display_name,
        office=row.office,
        role=Role(row.role),
        branch=row.branch,
        village=row.village,
    )
