"""Forms that were begun and not sent, or sent when the session was over: kept for whoever wrote them, and for nobody else.

They are no business history: they stand beside the sessions, no backup takes them along, and they go after two weeks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)

from application.stores.accounts.tables import metadata
from projections.kit.columns import UtcDateTime

KEPT = timedelta(days=14)
"""How long a draft is kept, and a form may be told to have been somebody's. [default]"""
LARGEST = 1_000_000
"""Bytes of a draft at most: a whole scheme and what stands around it."""
MOST = 30
"""Drafts of an account at most; the oldest goes."""
drafts = Table(
    "draft",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("username", String(60), nullable=False, index=True),
    Column("address", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
)
"""``id``: of the account and the address, so that a form has one draft at most."""
form_tokens = Table(
    "form_token",
    metadata,
    Column("csrf_hash", String(64), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("username", String(60), nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
)
"""Whose forms carry which token, also after the session has ended."""
Index("form_token_by_session", form_tokens.c.token_hash)


class Typed(msgspec.Struct, frozen=True):
    """What was entered in one control; of a file only its name is kept."""

    name: str
    value: str
    is_file: bool = False


@dataclass(frozen=True)
class Draft:
    """A form as it was filled in. ``address``: where it is sent."""

    id: str
    address: str
    typed: Sequence[Typed]
    kept_at: datetime


class Drafts:
    """By account, in normal form, and by the address a form is sent to."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def issued(self, raw: Connection, csrf: str, session_token: str, username: str) -> None:
        """A session of the account begins: its forms carry ``csrf``."""
        c, now = form_tokens.c, self._clock()
        raw.execute(delete(form_tokens).where(c.issued_at <= now - KEPT))
        values = {"csrf_hash": _hash(csrf), "token_hash": _hash(session_token), "username": username}
        raw.execute(insert(form_tokens).values(**values, issued_at=now))

    def writer(self, csrf: str) -> str:
        """The account whose form carries this token; empty where none does, or not any more."""
        c = form_tokens.c
        mine = select(c.username).where(c.csrf_hash == _hash(csrf), c.issued_at > self._clock() - KEPT)
        with self._engine.connect() as raw:
            return raw.execute(mine).scalar() or ""

    def was_session(self, token: str) -> bool:
        """Whether this was the token of a session, over or not."""
        c = form_tokens.c
        with self._engine.connect() as raw:
            return raw.execute(select(c.username).where(c.token_hash == _hash(token))).first() is not None

    def keep(self, username: str, address: str, typed: Sequence[Typed]) -> str:
        """Keep what was typed in place of what was kept before; the draft's id, empty where it is too much to be kept."""
        content, now, c = msgspec.json.encode(typed), self._clock(), drafts.c
        if len(content) + len(address) > LARGEST:
            return ""
        id_ = id_of(username, address)
        with self._engine.begin() as raw:
            raw.execute(delete(drafts).where((c.kept_at <= now - KEPT) | (c.id == id_)))
            own = select(c.id).where(c.username == username).order_by(c.kept_at.desc(), c.id)
            old = [each for (each,) in raw.execute(own.offset(MOST - 1))]
            raw.execute(delete(drafts).where(c.id.in_(old)))
            row = {"id": id_, "username": username, "address": address, "content": content}
            raw.execute(insert(drafts).values(**row, kept_at=now))
        return id_

    def of(self, username: str) -> list[Draft]:
        """An account's drafts, the last one first."""
        c = drafts.c
        mine = select(c.id, c.address, c.content, c.kept_at).where(
            c.username == username, c.kept_at > self._clock() - KEPT
        )
        with self._engine.connect() as raw:
            return [
                Draft(row.id, row.address, msgspec.json.decode(row.content, type=list[Typed]), row.kept_at)
                for row in raw.execute(mine.order_by(c.kept_at.desc(), c.id))
            ]

    def find(self, username: str, draft_id: str) -> Draft | None:
        """One draft of this account."""
        return next((each for each in self.of(username) if each.id == draft_id), None)

    def at(self, username: str, address: str) -> Draft | None:
        """The account's draft of the form that is sent to ``address``."""
        return self.find(username, id_of(username, address))

    def discard(self, username: str, draft_id: str) -> None:
        """Forget a draft, if it is this account's."""
        with self._engine.begin() as raw:
            raw.execute(delete(drafts).where(drafts.c.username == username, drafts.c.id == draft_id))

    def forget(self, name: str) -> None:
        """Forget every draft in which this name of a person stands, for it is erased."""
        c = drafts.c
        with self._engine.begin() as raw:
            found = [
                row.id
                for row in raw.execute(select(c.id, c.content))
                if any(name in each.value for each in msgspec.json.decode(row.content, type=list[Typed]))
            ]
            raw.execute(delete(drafts).where(c.id.in_(found)))


def id_of(username: str, address: str) -> str:
    """The id that the draft of a form has, whether there is one or not."""
    return hashlib.sha256(f"{username}\0{address}".encode()).hexdigest()[:32]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
