"""The Merkle tree of RFC 9162 section 2.1, grown leaf by leaf; its nodes are stored where their last leaf stands.

Row *n* of the stored tree holds the leaf hash of leaf *n* followed by every interior node that this leaf completes, in
rising level: 1 + trailing ones of *n* hashes. So rows are only ever inserted, and node (level, index) is found in row
``((index + 1) << level) - 1`` at byte ``level * size`` (Crosby and Wallach 2009, 3.3).
"""

from __future__ import annotations

import hashlib
from typing import Callable, Dict, List, Sequence, Tuple

HashFunction = Callable[[bytes], bytes]
Node = Tuple[int, int]
"""(level, index): the perfect subtree over the leaves ``index << level`` to ``(index + 1) << level``, exclusive."""
Fetch = Callable[[Sequence[Node]], Dict[Node, bytes]]
"""Reads stored nodes, all in one query."""
SIZE = 32
"""Bytes of a hash, of SHA-256 as of SM3."""


def sha256(data: bytes) -> bytes:
    """SHA-256 (FIPS 180-4)."""
    return hashlib.sha256(data).digest()


def sm3(data: bytes) -> bytes:
    """SM3 (GB/T 32905-2016), where the system's OpenSSL has it. Raises ``ValueError`` elsewhere."""
    return hashlib.new("sm3", data).digest()


def leaf_hash(data: bytes, h: HashFunction = sha256) -> bytes:
    """``H(0x00 | data)``."""
    return h(b"\x00" + data)


def node_hash(left: bytes, right: bytes, h: HashFunction = sha256) -> bytes:
    """``H(0x01 | left | right)``."""
    return h(b"\x01" + left + right)


def empty_root(h: HashFunction = sha256) -> bytes:
    """The root of the tree without leaves: ``H("")``."""
    return h(b"")


def place(level: int, index: int) -> Tuple[int, int]:
    """The row in which a node is stored, and its first byte there."""
    return ((index + 1) << level) - 1, level * SIZE


def cover(begin: int, end: int) -> List[Node]:
    """The fewest perfect subtrees over the leaves ``begin`` to ``end`` (exclusive), left to right.

    ``begin`` is aligned as RFC 9162's subtrees are, so no subtree is smaller than the one to its right.
    """
    found = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        if begin:
            level = min(level, (begin & -begin).bit_length() - 1)
        found.append((level, begin >> level))
        begin += 1 << level
    return found


def fold(hashes: Sequence[bytes], h: HashFunction = sha256) -> bytes:
    """The root over adjacent subtrees, the largest first. ``hashes`` is not empty."""
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root, h)
    return root


class Frontier:
    """What is needed to go on growing: the roots of the perfect subtrees that cover the leaves so far."""

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = (), h: HashFunction = sha256) -> None:
        if len(hashes) != bin(size).count("1"):
            raise ValueError(
                f"a tree of {size} leaves has {bin(size).count('1')} frontier nodes, not {len(hashes)}"
            )
        self.size = size
        self._hashes = list(hashes)
        self._h = h

    @classmethod
    def resume(cls, size: int, fetch: Fetch, h: HashFunction = sha256) -> "Frontier":
        """Go on where a stored tree of ``size`` leaves ends."""
        nodes = cover(0, size)
        stored = fetch(nodes) if nodes else {}
        return cls(size, [stored[node] for node in nodes], h)

    def copy(self) -> "Frontier":
        """Another one that grows on its own."""
        return Frontier(self.size, self._hashes, self._h)

    def append(self, hashed: bytes) -> bytes:
        """Add a leaf hash; the row to store for it."""
        row = carry = hashed
        rest = self.size
        while rest & 1:
            carry = self._h(b"\x01" + self._hashes.pop() + carry)
            row += carry
            rest >>= 1
        self._hashes.append(carry)
        self.size += 1
        return row

    def root(self) -> bytes:
        """The root over all leaves so far."""
        return fold(self._hashes, self._h) if self._hashes else empty_root(self._h)


def root_of(hashes: Sequence[bytes], h: HashFunction = sha256) -> bytes:
    """The root over leaf hashes."""
    frontier = Frontier(h=h)
    for each in hashes:
        frontier.append(each)
    return frontier.root()
