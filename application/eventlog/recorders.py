"""What the recorders on both databases share: the library's, opened by us, with explicit settings only.

Appending goes through these classes alone. They grow the Merkle tree in the same transaction through hooks of the
library that are private, which is why its version is pinned.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from eventsourcing.persistence import Notification, StoredEvent

from application.eventlog.tree import EVENTS, POSITION, SHA256, Grower, Query, TreeKind
from application.eventlog.writing import Writing
from domain.integrity.tree import SIZE

CHECKPOINTS = SHA256.checkpoints
COSIGNATURES = "cosignatures"
BLOB = {"sqlite": "BLOB", "postgresql": "bytea"}
COSIGNATURES_TABLE = (
    f"CREATE TABLE IF NOT EXISTS {COSIGNATURES} (size bigint NOT NULL, line varchar(400) NOT NULL, "
    "text text NOT NULL, received_at varchar(40) NOT NULL, PRIMARY KEY (size, line))"
)


class LogRecorder(Protocol):
    """What the log needs of a recorder. ``attempts``: how often a transaction is tried whose connection was lost."""

    attempts: int

    def attach(self, views: Path) -> None:
        """Write the read models in the same transactions; on SQLite they are in the file ``views``."""

    def writing(self, streams: Sequence[str]) -> AbstractContextManager[Writing]:
        """A transaction under the write lock. ``streams``: whose history will be asked for."""

    def select_events(self, originator_id: Any, *, lte: int | None = None) -> Sequence[StoredEvent]: ...

    def select_notifications(
        self, start: int | None, limit: int, stop: int | None = None, *, inclusive_of_start: bool = True
    ) -> Sequence[Notification]: ...

    def max_notification_id(self) -> int | None: ...


def tables_of(kind: TreeKind, dialect: str) -> list[str]:
    """The statements that make the tables of a tree."""
    return [
        f"CREATE TABLE IF NOT EXISTS {kind.leaves} (leaf_index {'INTEGER' if dialect == 'sqlite' else 'bigint'} "
        f"PRIMARY KEY, position bigint NOT NULL UNIQUE, nodes {BLOB[dialect]} NOT NULL)",
        f"CREATE TABLE IF NOT EXISTS {kind.checkpoints} (size bigint NOT NULL, signed_at varchar(40) NOT NULL, "
        "note text NOT NULL, because varchar(200) NOT NULL, PRIMARY KEY (size, signed_at))",
    ]


def append_only(kinds: Sequence[TreeKind]) -> list[str]:
    """The tables in which nothing is ever changed."""
    own = [table for kind in kinds for table in (kind.leaves, kind.checkpoints)]
    return [EVENTS, COSIGNATURES, *own]


def last_leaf(leaves: Sequence[Sequence[tuple[int, int, bytes]]]) -> str:
    """The hash of the last leaf of the first tree."""
    return leaves[0][-1][2][:SIZE].hex() if leaves and leaves[0] else ""


def catch_up(dialect: str, kind: TreeKind, query: Query) -> list[tuple[int, int, bytes]]:
    """The leaves that a tree lacks: a second tree is begun over old rows, and testifies from that day on."""
    at = POSITION[dialect]
    last = query(f"SELECT max(position) FROM {kind.leaves}", ())[0][0] or 0
    rows = query(
        f"SELECT {at}, originator_id, originator_version, topic, state FROM {EVENTS} WHERE {at} > ? ORDER BY {at}",
        [last],
    )
    events = [
        StoredEvent(originator_id=stream, originator_version=version, topic=topic, state=bytes(state))
        for _, stream, version, topic, state in rows
    ]
    return Grower(dialect, kind).grow(query, [row[0] for row in rows], events) if rows else []
