"""Which events cite which imported ledger, and which of its rows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, func, select

from projections.boards.trail import trail


def cited_workbooks(connection: Connection) -> dict[str, int]:
    """Digest of each ledger that events cite, to the first position that does."""
    c = trail.c
    query = (
        select(c.source_digest, func.min(c.position))
        .where(c.source_digest != "")
        .group_by(c.source_digest)
        .order_by(func.min(c.position))
    )
    return {digest: position for digest, position in connection.execute(query)}


def cited(connection: Connection, digests: Collection[str], known_at: int) -> set[str]:
    """Those of the ledgers with these digests that an event cites by that position."""
    c = trail.c
    query = select(c.source_digest).where(
        c.source_digest.in_(digests), c.source_digest != "", c.position <= known_at
    )
    return set(connection.execute(query.distinct()).scalars())


def first_citing(connection: Connection, digest: str, known_at: int) -> Row[Any] | None:
    """The trail row of the first event that cites the ledger, if one does by that position."""
    c = trail.c
    query = select(trail).where(c.source_digest == digest, c.source_digest != "", c.position <= known_at)
    return connection.execute(query.order_by(c.position).limit(1)).first()


def citing(
    connection: Connection, digest: str, sheet: str, rows: range, known_at: int
) -> dict[int, list[int]]:
    """Row of the sheet to the positions of the events that cite it."""
    c = trail.c
    query = select(c.source_row, c.position).where(
        c.source_digest == digest,
        c.source_digest != "",
        c.source_sheet == sheet,
        c.source_row >= rows.start,
        c.source_row < rows.stop,
        c.position <= known_at,
    )
    found: dict[int, list[int]] = {}
    for row, position in connection.execute(query.order_by(c.position)):
        found.setdefault(row, []).append(position)
    return found
