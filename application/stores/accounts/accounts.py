"""Passwords, sign-in and sessions. Who somebody is and what for is the log's to say."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Engine, Row, bindparam, delete, insert, select, update

from application.actors.actor import Actor
from application.actors.signed_in import actor_of
from application.stores.accounts.drafts import Drafts
from application.stores.accounts.kept_answers import KeptAnswers
from application.stores.accounts.passwords import Hashing, decoy
from application.stores.accounts.saved_views import SavedView, SavedViews, saved_views
from application.stores.accounts.tables import credentials, metadata, sessions
from application.stores.accounts.throttle import Throttle, network
from application.stores.accounts.tokens import Tokens
from application.stores.bad_days import STORAGE, trouble
from application.stores.databases import create_tables
from domain.account.names import LONGEST, normal
from projections.boards.people.accounts import AccountOfDay

SESSION = timedelta(hours=12)
"""A session at most, however busy. [default]"""
IDLE = timedelta(minutes=60)
ACTING = "~"
"""Between a session's token and the account that it acts for; in no token of its own."""
SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is kept when a session was used last."""


@dataclass(frozen=True)
class Session:
    """Who is signed in, and the token every form of the session carries. ``must_change``: the password was somebody else's
    to know, and nothing else is done before it is changed. ``views``: the lists that the account has saved. ``own``: who is
    signed in, where ``actor`` is that person as a deputy."""

    id: str
    actor: Actor
    csrf: str
    must_change: bool
    views: Sequence[SavedView] = ()
    own: Actor | None = None

    @property
    def holder(self) -> Actor:
        """Who is signed in, in the own name."""
        return self.own or self.actor

    def acting(self, actor: Actor) -> Session:
        """The session in the name of another account. Its forms carry a token of their own: what was drawn in one name is
        never done in another."""
        return replace(self, actor=actor, own=self.holder, csrf=f"{self.csrf}{ACTING}{actor.acting_for}")


@dataclass(frozen=True)
class Attempt:
    """What came of signing in: a ``token``; or ``wait`` seconds; or a right password for an account without a role; or
    nothing. ``username`` is the account's where there is one."""

    username: str = ""
    token: str = ""
    wait: int = 0
    no_role: bool = False


@dataclass(frozen=True)
class OpenSession:
    """A session that is not over, as its owner sees it."""

    id: str
    address: str
    started_at: datetime
    seen_at: datetime


Who = Callable[[str], AccountOfDay | None]


class Accounts:
    """``clock`` gives UTC instants, ``who`` the account of a user name in normal form, as the log has it now."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        who: Who,
        tokens: Tokens,
        *,
        hasher: PasswordHasher | None = None,
        idle: timedelta = IDLE,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._who = who
        self._idle = idle
        self._hasher = hasher or PasswordHasher()
        self._decoy = decoy(self._hasher)
        self._throttle = Throttle(engine, clock)
        self.hashing = Hashing()
        self.tokens = tokens
        self.kept_answers = KeptAnswers(engine, clock)
        self.drafts = Drafts(engine, clock)
        self.saved_views = SavedViews(engine, clock)

    def create_tables(self) -> None:
        """Create what is missing."""
        create_tables(self._engine, metadata, 7105415)

    # ------------------------------------------------------------ passwords

    def set_password(
        self,
        username: str,
        password: str,
        *,
        must_change: bool,
        display_name: str | None = None,
        keep: str = "",
    ) -> None:
        """Give an account a password; its sessions end, but for the one with the id ``keep``."""
        name = normal(username)
        hashed = self._hasher.hash(password)
        with self._engine.begin() as raw:
            before = raw.execute(select(credentials).where(credentials.c.username == name)).first()
            shown = display_name if display_name is not None else before.display_name if before else name
            raw.execute(delete(credentials).where(credentials.c.username == name))
            raw.execute(
                insert(credentials).values(
                    username=name, password_hash=hashed, display_name=shown, must_change=must_change
                )
            )
            raw.execute(delete(sessions).where(sessions.c.username == name, sessions.c.id != keep))

    def is_right(self, username: str, password: str, address: str) -> Attempt:
        """Whether this is the account's password: ``token`` is empty, ``username`` is not where it is."""
        name, place = normal(username)[:LONGEST], network(address)
        wait = self._throttle.charge(place, name)
        if wait:
            return Attempt(wait=wait)
        row = self._credentials(name)
        if not self._verify(row.password_hash if row is not None else self._decoy, password):
            return Attempt()
        self._throttle.forgive(place, name)
        return Attempt(username=name) if row is not None else Attempt()

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password[:1000])
        except (VerifyMismatchError, InvalidHashError):
            return False

    def _credentials(self, name: str) -> Row[Any] | None:
        with self._engine.connect() as connection:
            return connection.execute(select(credentials).where(credentials.c.username == name)).first()

    def display_names(self) -> dict[str, str]:
        """User name to what is shown for it."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(credentials.c.username, credentials.c.display_name))
            return {name: shown for name, shown in rows}

    def known(self, username: str) -> str:
        """The user name in normal form where there is such an account, else empty."""
        name = normal(username)[:LONGEST]
        return name if self._credentials(name) is not None else ""

    # ------------------------------------------------------------ sessions

    def sign_in(self, username: str, password: str, address: str = "unknown") -> Attempt:
        """Begin a session for the right password, whatever was tried from elsewhere."""
        attempt = self.is_right(username, password, address)
        if not attempt.username:
            return attempt
        account = self._who(attempt.username)
        if account is None or account.disabled:
            return Attempt()
        if not account.role:
            return Attempt(username=attempt.username, no_role=True)
        return Attempt(username=attempt.username, token=self._begin(attempt.username, network(address)))

    def _begin(self, username: str, address: str) -> str:
        now, token, csrf = self._clock(), secrets.token_urlsafe(32), secrets.token_urlsafe(24)
        with self._engine.begin() as raw:
            raw.execute(delete(sessions).where(_IS_OVER), self._over_by(now))
            raw.execute(
                insert(sessions).values(
                    token_hash=_hash(token),
                    id=secrets.token_hex(8),
                    username=username,
                    csrf=csrf,
                    address=address,
                    started_at=now,
                    seen_at=now,
                )
            )
            self.drafts.issued(raw, csrf, token, username)
        return token

    def _over_by(self, now: datetime) -> dict[str, datetime]:
        """For ``_IS_OVER``: who began or was last seen by then is signed out."""
        return {"begun_by": now - SESSION, "seen_by": now - self._idle}

    def session(self, token: str, who: Who | None = None) -> Session | None:
        """The session of a token, unless it is over or the account no longer has a role. ``who``: asked in place of its own."""
        now = self._clock()
        with self._engine.connect() as connection:
            # With the views, which most pages show: they cost no statement of their own.
            rows = connection.execute(_SESSION, {"token": _hash(token), **self._over_by(now)}).all()
        row = rows[0] if rows else None
        account = (who or self._who)(row.username) if row is not None else None
        if row is None or account is None or account.disabled or not account.role:
            return None
        if row.seen_at <= now - SEEN_EVERY:
            self._keep_seen(row.id, now)
        views = [SavedView(each.view_id, each.view_name, each.view_address) for each in rows if each.view_id]
        return Session(row.id, actor_of(account, row.display_name), row.csrf, row.must_change, views)

    def _keep_seen(self, session_id: str, now: datetime) -> None:
        """That a session was used; while nothing can be written nobody is turned away for it."""
        try:
            with self._engine.begin() as raw:
                raw.execute(update(sessions).where(sessions.c.id == session_id).values(seen_at=now))
        except STORAGE as error:
            if trouble(error) is None:
                raise

    def sessions_of(self, username: str) -> list[OpenSession]:
        """The sessions that are not over, newest first."""
        query = (
            select(sessions.c.id, sessions.c.address, sessions.c.started_at, sessions.c.seen_at)
            .where(sessions.c.username == username, ~_IS_OVER)
            .order_by(sessions.c.started_at.desc())
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query, self._over_by(self._clock()))
            return [OpenSession(*row) for row in rows]

    def end_session(self, username: str, session_id: str) -> None:
        """End one of somebody's sessions."""
        with self._engine.begin() as raw:
            raw.execute(delete(sessions).where(sessions.c.username == username, sessions.c.id == session_id))

    def end_sessions(self, username: str) -> None:
        """End all sessions of an account."""
        with self._engine.begin() as raw:
            raw.execute(delete(sessions).where(sessions.c.username == normal(username)))

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


_VIEW = [saved_views.c[name].label(f"view_{name}") for name in ("id", "name", "address")]
_IS_OVER = (sessions.c.started_at <= bindparam("begun_by")) | (sessions.c.seen_at <= bindparam("seen_by"))
# Put together once, since every request asks for it.
_SESSION = (
    select(sessions, credentials.c.display_name, credentials.c.must_change, *_VIEW)
    .join(credentials, credentials.c.username == sessions.c.username)
    .outerjoin(saved_views, saved_views.c.username == sessions.c.username)
    .where(sessions.c.token_hash == bindparam("token"), ~_IS_OVER)
    .order_by(saved_views.c.saved_at, saved_views.c.id)
)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
