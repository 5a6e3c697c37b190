"""The Merkle tree over the log: grown in the transaction that appends, read for proofs. docs/decisions/0008-tamper-evidence.md

One insert-only row per event: dense leaf index, position in the log, and the leaf hash with the interior nodes it
completes (domain/integrity/tree.py). Positions may have gaps, leaf indexes none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from eventsourcing.persistence import StoredEvent

from application.eventlog.writing import Stored
from domain.integrity import proofs
from domain.integrity.leaf import leaf_data
from domain.integrity.tree import SIZE, Frontier, HashFunction, Node, place, sha256, sm3


@dataclass(frozen=True)
class TreeKind:
    """One tree over the log: its hash function, the tables of its leaves and checkpoints, and what its origin ends with."""

    name: str
    h: HashFunction
    leaves: str
    checkpoints: str
    suffix: str


SHA256 = TreeKind("sha256", sha256, "leaves", "checkpoints", "")
SM3 = TreeKind("sm3", sm3, "leaves_sm3", "checkpoints_sm3", "/sm3")
"""A second tree for those who must use the national algorithm; all that leaves is in the formats of the first."""
EVENTS = "stored_events"
POSITION = {"sqlite": "rowid", "postgresql": "notification_id"}
"""The column of the events' table that holds the position."""


class TreeBehind(Exception):
    """An event has no leaf: it did not come through this program. Nothing is appended until somebody has looked."""


Query = Callable[[str, Sequence[Any]], Sequence[Sequence[Any]]]
"""Runs a statement with ``?`` for each parameter and returns its rows."""


class Database(Protocol):
    """The log's tables. ``dialect`` is ``sqlite`` or ``postgresql``."""

    dialect: str

    def query(self, statement: str, parameters: Sequence[Any] = ()) -> Sequence[Sequence[Any]]: ...

    def stream(self, statement: str, parameters: Sequence[Any] = ()) -> Iterator[Sequence[Any]]: ...

    def insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None: ...


class Grower:
    """Adds a leaf for each event, inside the transaction that inserts the events.

    The frontier is remembered between appends, and trusted only where the newest stored row is the one it ended with:
    the last transaction may have been rolled back, and another process may have appended since.
    """

    def __init__(self, dialect: str, kind: TreeKind = SHA256) -> None:
        self.table = kind.leaves
        self.newest = f"SELECT * FROM {kind.leaves} ORDER BY leaf_index DESC LIMIT 1"
        at = POSITION[dialect]
        self._event_before = f"SELECT max({at}) FROM {EVENTS} WHERE {at} < ?"
        self._h = kind.h
        self._known: tuple[Frontier, Sequence[Any]] | None = None

    def grow(
        self,
        query: Query,
        positions: Sequence[int],
        events: Sequence[Stored | StoredEvent],
        newest: Sequence[Sequence[Any]] | None = None,
    ) -> list[tuple[int, int, bytes]]:
        """The rows (leaf index, position, nodes) to insert for events just inserted at ``positions``. ``newest``: what the query
        of that name answered, where it was asked already.

        Raises ``TreeBehind`` where an earlier event has no leaf.
        """
        last_row = next(iter(query(self.newest, ()) if newest is None else newest), ())
        if self._known is not None and last_row and tuple(last_row) == self._known[1]:
            frontier = self._known[0].copy()
        else:
            size, last = (int(last_row[0]) + 1, last_row[1]) if last_row else (0, None)
            if positions and query(self._event_before, [positions[0]])[0][0] != last:
                raise TreeBehind(
                    f"the newest event before {positions[0]} has no leaf; stop writing and run lianjian verify"
                )
            frontier = Frontier.resume(size, lambda nodes: fetch(query, self.table, nodes), self._h)
        rows: list[tuple[int, int, bytes]] = []
        for position, event in zip(positions, events, strict=True):
            data = leaf_data(
                position, event.originator_version, str(event.originator_id), event.topic, event.state
            )
            rows.append((frontier.size, position, frontier.append(self._h(b"\x00" + data))))
        if rows:
            self._known = (frontier, rows[-1])
        return rows


def fetch(query: Query, table: str, nodes: Sequence[Node]) -> dict[Node, bytes]:
    """The hashes of stored nodes, by one query. Raises ``KeyError`` for a node that is not stored."""
    wanted = {node: place(*node) for node in nodes}
    rows = sorted({row for row, _ in wanted.values()})
    if not rows:
        return {}
    marks = ",".join("?" * len(rows))
    found = {
        int(index): bytes(blob)
        for index, blob in query(f"SELECT leaf_index, nodes FROM {table} WHERE leaf_index IN ({marks})", rows)
    }
    hashes = {}
    for node, (row, at) in wanted.items():
        hashes[node] = found[row][at : at + SIZE]
        if len(hashes[node]) != SIZE:
            raise KeyError(node)
    return hashes


class Tree:
    """The tree as it is stored, for proofs."""

    def __init__(self, database: Database, kind: TreeKind = SHA256) -> None:
        self.database = database
        self.kind = kind
        self.table = kind.leaves
        self.h = kind.h

    def size(self) -> int:
        """The number of leaves."""
        newest = self.database.query(f"SELECT max(leaf_index) FROM {self.table}")[0][0]
        return 0 if newest is None else int(newest) + 1

    def position_of(self, leaf_index: int) -> int:
        """The position of a leaf. Raises ``LookupError``."""
        found = self.database.query(f"SELECT position FROM {self.table} WHERE leaf_index = ?", [leaf_index])
        if not found:
            raise LookupError(f"there is no leaf {leaf_index}")
        return int(found[0][0])

    def leaf_hashes(self, start: int, end: int) -> list[bytes]:
        """The leaf hashes from ``start`` to ``end``, exclusive."""
        rows = self.database.query(
            f"SELECT nodes FROM {self.table} WHERE leaf_index >= ? AND leaf_index < ? ORDER BY leaf_index",
            [start, end],
        )
        return [bytes(nodes)[:SIZE] for (nodes,) in rows]

    def entries(self, start: int, end: int) -> list[bytes]:
        """The leaf data of the leaves from ``start`` to ``end``, exclusive: what their hashes are over."""
        at = POSITION[self.database.dialect]
        rows = self.database.query(
            f"SELECT l.position, e.originator_version, e.originator_id, e.topic, e.state FROM {self.table} l "
            f"JOIN {EVENTS} e ON e.{at} = l.position WHERE l.leaf_index >= ? AND l.leaf_index < ? ORDER BY l.leaf_index",
            [start, end],
        )
        return [
            leaf_data(position, version, stream, topic, bytes(state))
            for position, version, stream, topic, state in rows
        ]

    def entries_of(self, streams: Sequence[str], size: int) -> list[tuple[int, bytes]]:
        """Leaf index and leaf data of all events of the streams, within the first ``size`` leaves."""
        at = POSITION[self.database.dialect]
        found: list[tuple[int, bytes]] = []
        for first in range(0, len(streams), 500):
            some = streams[first : first + 500]
            rows = self.database.query(
                f"SELECT l.leaf_index, l.position, e.originator_version, e.originator_id, e.topic, e.state "
                f"FROM {EVENTS} e JOIN {self.table} l ON l.position = e.{at} "
                f"WHERE e.originator_id IN ({','.join('?' * len(some))}) AND l.leaf_index < ?",
                [*some, size],
            )
            found += [
                (int(leaf), leaf_data(position, version, stream, topic, bytes(state)))
                for leaf, position, version, stream, topic, state in rows
            ]
        return sorted(found)

    def root(self, size: int) -> bytes:
        """The root over the first ``size`` leaves."""
        return Frontier.resume(size, self._fetch, self.h).root()

    def inclusion(self, leaf_index: int, size: int) -> list[bytes]:
        """Inclusion proof of a leaf in the tree of ``size`` leaves."""
        return proofs.inclusion_proof(leaf_index, size, self._fetch, self.h)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Consistency proof between two sizes."""
        return proofs.consistency_proof(old, new, self._fetch, self.h)

    def _fetch(self, nodes: Sequence[Node]) -> dict[Node, bytes]:
        return fetch(
            lambda statement, parameters: self.database.query(statement, parameters), self.table, nodes
        )
