"""Answers that are kept for a day, so that a request sent twice is done once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Engine, LargeBinary, String, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from application.stores.accounts.tables import metadata
from projections.kit.columns import UtcDateTime

KEPT = timedelta(hours=24)
"""[default]"""
answers = Table(
    "kept_answer",
    metadata,
    Column("token_id", String(20), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("request", String(40), nullable=False),
    Column("answer", LargeBinary),
)
"""``request``: the correlation of what it recorded, from which is seen whether a request that was never answered was done."""


class OtherInput(Exception):
    """The key was used for something else before."""


@dataclass(frozen=True)
class KeptAnswer:
    """What was answered before; ``answer`` is empty where ``request`` has not been answered yet."""

    request: str
    begun_at: datetime
    answer: bytes


class KeptAnswers:
    """By token and key."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def begin(self, token_id: str, key: str, digest: str, request: str) -> KeptAnswer | None:
        """``None`` where this request is the first with its key, and from now on answers for it; else what the first one
        came to. Raises ``OtherInput``."""
        c, now = answers.c, self._clock()
        mine = (c.token_id == token_id, c.key == key)
        try:
            with self._engine.begin() as raw:
                raw.execute(delete(answers).where(c.begun_at < now - KEPT))
                row = raw.execute(select(answers).where(*mine)).first()
                if row is None:
                    values = {"token_id": token_id, "key": key, "digest": digest}
                    raw.execute(insert(answers).values(**values, begun_at=now, request=request))
                    return None
        except IntegrityError:
            # Two came at once; the other one was first.
            with self._engine.connect() as raw:
                row = raw.execute(select(answers).where(*mine)).one()
        if row.digest != digest:
            raise OtherInput
        return KeptAnswer(row.request, row.begun_at, row.answer or b"")

    def keep(self, token_id: str, key: str, answer: bytes) -> None:
        """What was answered to the first request."""
        c = answers.c
        with self._engine.begin() as raw:
            mine = update(answers).where(c.token_id == token_id, c.key == key)
            raw.execute(mine.values(answer=answer))

    def forget(self, token_id: str, key: str) -> None:
        """Nothing was done: the next request with the key is judged anew."""
        c = answers.c
        with self._engine.begin() as raw:
            raw.execute(delete(answers).where(c.token_id == token_id, c.key == key))
