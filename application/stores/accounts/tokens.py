"""Tokens: with one a script acts as an account, for a time and perhaps for a few things only. Only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Engine, Row, String, Table, delete, insert, select, update

from application.actors.actor import Actor
from application.actors.signed_in import actor_of
from application.stores.accounts.tables import metadata
from application.stores.bad_days import STORAGE, trouble
from domain.account.names import normal
from domain.kernel.errors import Unknown
from projections.boards.people.accounts import AccountOfDay
from projections.kit.columns import UtcDateTime

BEGINS = "lianjian_"
"""How every token begins, so that whoever finds one knows what it is."""
LASTS, LONGEST = 90, 366
"""Days that a token is good for: by default, and at most. [default]"""
SEEN_EVERY = timedelta(minutes=1)
KEPT = timedelta(days=366)
"""After its end a token is still listed for so long."""
tokens = Table(
    "token",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("id", String(20), nullable=False, unique=True),
    Column("username", String(60), nullable=False, index=True),
    Column("purpose", String(120), nullable=False),
    Column("only", JSON),
    Column("person", String(40), nullable=False),
    Column("office", String(120), nullable=False),
    Column("branch", String(20), nullable=False),
    Column("village", String(20), nullable=False),
    Column("role", String(20), nullable=False),
    Column("known_at", BigInteger, nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("seen_at", UtcDateTime),
)
"""``known_at``: the position of the log at which the account was what it was issued for."""
_STANDING = ("person", "office", "branch", "village", "role")


@dataclass(frozen=True)
class Bearer:
    """Who acts by a token. ``only``: the verbs and questions it is good for, ``None`` for all of the account's role."""

    id: str
    actor: Actor
    only: frozenset[str] | None

    def is_for(self, name: str) -> bool:
        """Whether the token is good for a verb or a question."""
        return self.only is None or name in self.only


@dataclass(frozen=True)
class IssuedToken:
    """A token as its keeper sees it. ``state``: ``good``, ``expired``, ``revoked``, or ``lapsed`` where the account is no
    longer what the token was issued for."""

    id: str
    username: str
    purpose: str
    only: tuple[str, ...] | None
    issued_at: datetime
    expires_at: datetime
    seen_at: datetime | None
    state: str


class Tokens:
    """``since`` gives what an account (user name in normal form) has been from a position on, every state of it;
    ``position`` the newest position those states know of."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        since: Callable[[str, int], Sequence[AccountOfDay]],
        position: Callable[[], int],
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._since = since
        self._position = position

    def issue(
        self, username: str, *, purpose: str, only: Collection[str] | None = None, days: int = LASTS
    ) -> tuple[str, str]:
        """A new token and its id. Raises ``Unknown`` for an account that is not there, is disabled or has no role."""
        name, known_at = normal(username), self._position()
        account = next(iter(self._since(name, known_at)), None)
        if account is None or account.disabled or not account.role:
            raise Unknown("account with a role", username)
        now, token, token_id = self._clock(), BEGINS + secrets.token_urlsafe(32), secrets.token_hex(4)
        with self._engine.begin() as raw:
            raw.execute(delete(tokens).where(tokens.c.expires_at < now - KEPT))
            raw.execute(
                insert(tokens).values(
                    token_hash=_hash(token),
                    id=token_id,
                    username=name,
                    purpose=purpose,
                    only=None if only is None else sorted(only),
                    known_at=known_at,
                    issued_at=now,
                    expires_at=now + timedelta(days=days),
                    **{each: getattr(account, each) for each in _STANDING},
                )
            )
        return token, token_id

    def bearer(self, token: str) -> Bearer | None:
        """Who acts by a token; ``None`` for one that is unknown, expired, revoked or lapsed. That it was used is noted."""
        now = self._clock()
        with self._engine.connect() as raw:
            row = raw.execute(select(tokens).where(tokens.c.token_hash == _hash(token))).first()
        account = None if row is None else self._stands_for(row, now)[1]
        if row is None or account is None:
            return None
        if row.seen_at is None or row.seen_at <= now - SEEN_EVERY:
            self._keep_seen(row.id, now)
        return Bearer(
            row.id, actor_of(account, row.username), None if row.only is None else frozenset(row.only)
        )

    def _stands_for(self, row: Row[Any], now: datetime) -> tuple[str, AccountOfDay | None]:
        """The state of a token, and the account as it is now where the token is good."""
        if row.revoked_at is not None:
            return "revoked", None
        if row.expires_at <= now:
            return "expired", None
        states = self._since(row.username, row.known_at)
        same = (
            not each.disabled and all(getattr(each, name) == getattr(row, name) for name in _STANDING)
            for each in states
        )
        return ("good", states[-1]) if states and all(same) else ("lapsed", None)

    def _keep_seen(self, token_id: str, now: datetime) -> None:
        """That a token was used; while nothing can be written nobody is turned away for it."""
        try:
            with self._engine.begin() as raw:
                raw.execute(update(tokens).where(tokens.c.id == token_id).values(seen_at=now))
        except STORAGE as error:
            if trouble(error) is None:
                raise

    def all(self, username: str | None = None) -> list[IssuedToken]:
        """The tokens there are, those of one account where it is given; the newest first."""
        query = select(tokens).order_by(tokens.c.issued_at.desc(), tokens.c.id)
        if username is not None:
            query = query.where(tokens.c.username == normal(username))
        now = self._clock()
        with self._engine.connect() as raw:
            rows = raw.execute(query).all()
        return [
            IssuedToken(
                id=row.id,
                username=row.username,
                purpose=row.purpose,
                only=None if row.only is None else tuple(row.only),
                issued_at=row.issued_at,
                expires_at=row.expires_at,
                seen_at=row.seen_at,
                state=self._stands_for(row, now)[0],
            )
            for row in rows
        ]

    def revoke(self, token_id: str) -> None:
        """End a token now. Raises ``Unknown``."""
        c = tokens.c
        with self._engine.begin() as raw:
            there = update(tokens).where(c.id == token_id, c.revoked_at.is_(None))
            raw.execute(there.values(revoked_at=self._clock()))
            if raw.execute(select(c.id).where(c.id == token_id)).first() is None:
                raise Unknown("token", token_id)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
