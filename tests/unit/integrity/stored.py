"""A stored tree in memory: rows as the log keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.integrity.tree import SIZE, Frontier, Node, leaf_hash, place


class StoredTree:
    """Grown from leaf data; ``fetch`` reads nodes as a database would."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self.frontier = Frontier()
        self.rows = [self.frontier.append(leaf_hash(data)) for data in leaves]

    def fetch(self, nodes: Sequence[Node]) -> dict[Node, bytes]:
        found = {}
        for node in nodes:
            row, at = place(*node)
            found[node] = self.rows[row][at : at + SIZE]
            assert len(found[node]) == SIZE, node
        return found
