"""Lists as somebody wants to see them again: filters and order under a name, for that account and nobody else.

They are no business history: they stand beside the sessions, and a restored county goes on with them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_plus

from sqlalchemy import Column, Engine, String, Table, Text, delete, func, insert, select

from application.stores.accounts.tables import metadata
from projections.kit.columns import UtcDateTime

LONGEST_NAME = 40
LONGEST_ADDRESS = 1000
"""Characters of a name and of an address at most."""
MOST = 20
"""Views of an account at most. [default]"""
saved_views = Table(
    "saved_view",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("username", String(60), nullable=False, index=True),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("address", Text, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
)
"""``id``: of the account, the list and the name, so that a list has one view of a name."""


@dataclass(frozen=True)
class SavedView:
    """A list's address under a name."""

    id: str
    name: str
    address: str

    @property
    def path(self) -> str:
        """The list, without what is asked of it."""
        return self.address.partition("?")[0]


class TooManyViews(Exception):
    """The account has ``MOST`` views already."""


class SavedViews:
    """By account, in normal form; a session brings those of its account along."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def save(self, username: str, name: str, address: str) -> None:
        """Keep an address under a name, in place of what this list had under it. Raises ``TooManyViews``."""
        view = SavedView(_id(username, name, address), name, address)
        c = saved_views.c
        with self._engine.begin() as raw:
            raw.execute(delete(saved_views).where(c.id == view.id))
            of_account = select(func.count()).select_from(saved_views).where(c.username == username)
            if raw.execute(of_account).scalar_one() >= MOST:
                raise TooManyViews
            row = {"id": view.id, "username": username, "name": name, "address": address}
            raw.execute(insert(saved_views).values(**row, saved_at=self._clock()))

    def remove(self, username: str, view_id: str) -> None:
        """Forget a view, if it is this account's."""
        with self._engine.begin() as raw:
            raw.execute(
                delete(saved_views).where(saved_views.c.username == username, saved_views.c.id == view_id)
            )

    def forget(self, name: str) -> None:
        """Forget every view in which this name of a person stands, for it is erased."""
        c = saved_views.c
        with self._engine.begin() as raw:
            found = [
                row.id
                for row in raw.execute(select(c.id, c.name, c.address))
                if name in row.name or name in unquote_plus(row.address)
            ]
            raw.execute(delete(saved_views).where(c.id.in_(found)))


def _id(username: str, name: str, address: str) -> str:
    path = address.partition("?")[0]
    return hashlib.sha256(f"{username}\0{path}\0{name}".encode()).hexdigest()[:32]
