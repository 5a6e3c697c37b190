"""Inclusion and consistency proofs of RFC 9162, 2.1.3 and 2.1.4: built from stored nodes, verified from nothing."""

from __future__ import annotations

from typing import List, Sequence, Tuple

from domain.integrity.tree import SIZE, Fetch, HashFunction, cover, fold, node_hash, sha256

Range = Tuple[int, int]


class ProofError(Exception):
    """The proof does not prove it; the text says where it fails."""


def inclusion_proof(index: int, size: int, fetch: Fetch, h: HashFunction = sha256) -> List[bytes]:
    """The hashes that lead from leaf ``index`` to the root over ``size`` leaves, the leaf's sibling first.

    Raises ``ValueError`` unless ``0 <= index < size``.
    """
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    return _hashes(_siblings(index, 0, size), fetch, h)


def consistency_proof(old: int, new: int, fetch: Fetch, h: HashFunction = sha256) -> List[bytes]:
    """The hashes that prove the tree of ``old`` leaves to be the beginning of the tree of ``new``; none if equal.

    Raises ``ValueError`` unless ``0 < old <= new``.
    """
    if not 0 < old <= new:
        raise ValueError(f"a tree of {old} leaves cannot be the beginning of one of {new}")
    return _hashes(_subproof(old, 0, new, True), fetch, h)


def _split(begin: int, end: int) -> int:
    """The largest power of two smaller than the number of leaves."""
    return 1 << ((end - begin - 1).bit_length() - 1)


def _siblings(index: int, begin: int, end: int) -> List[Range]:
    found: List[Range] = []
    while end - begin > 1:
        middle = begin + _split(begin, end)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin = middle
    return found[::-1]


def _subproof(old: int, begin: int, end: int, known: bool) -> List[Range]:
    if old == end:
        return [] if known else [(begin, end)]
    middle = begin + _split(begin, end)
    if old <= middle:
        return [*_subproof(old, begin, middle, known), (middle, end)]
    return [*_subproof(old, middle, end, False), (begin, middle)]


def _hashes(ranges: Sequence[Range], fetch: Fetch, h: HashFunction) -> List[bytes]:
    covers = [cover(begin, end) for begin, end in ranges]
    stored = fetch([node for nodes in covers for node in nodes]) if covers else {}
    return [fold([stored[node] for node in nodes], h) for nodes in covers]


def verify_inclusion(
    hashed: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes, h: HashFunction = sha256
) -> None:
    """Raise ``ProofError`` unless leaf hash ``hashed`` is leaf ``index`` of the tree of ``size`` leaves with ``root``."""
    if not 0 <= index < size:
        raise ProofError(f"there is no leaf {index} in a tree of {size}")
    _check_lengths([hashed, root, *proof])
    at, last, found = index, size - 1, hashed
    for each in proof:
        if last == 0:
            raise ProofError("the path is longer than the tree is high")
        if at & 1 or at == last:
            found = node_hash(each, found, h)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, each, h)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofError("the path is shorter than the tree is high")
    if found != root:
        raise ProofError(f"leaf {index} leads to another root")


def verify_consistency(
    old: int,
    new: int,
    old_root: bytes,
    new_root: bytes,
    proof: Sequence[bytes],
    h: HashFunction = sha256,
) -> None:
    """Raise ``ProofError`` unless the tree of ``old`` leaves is the beginning of the tree of ``new`` leaves.

    A tree of no leaves proves nothing and is refused.
    """
    if not 0 < old <= new:
        raise ProofError(f"a tree of {old} leaves cannot be the beginning of one of {new}")
    _check_lengths([old_root, new_root, *proof])
    if old == new:
        if proof:
            raise ProofError("trees of one size need no proof")
        if old_root != new_root:
            raise ProofError(f"two different trees of {old} leaves")
        return
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        raise ProofError("the proof is empty")
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old_found = new_found = path[0]
    for each in path[1:]:
        if last == 0:
            raise ProofError("the proof is longer than the tree is high")
        if at & 1 or at == last:
            old_found, new_found = node_hash(each, old_found, h), node_hash(each, new_found, h)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new_found = node_hash(new_found, each, h)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofError("the proof is shorter than the tree is high")
    if old_found != old_root:
        raise ProofError(f"the proof does not lead to the root at {old}")
    if new_found != new_root:
        raise ProofError(f"the proof does not lead to the root at {new}")


def _check_lengths(hashes: Sequence[bytes]) -> None:
    for each in hashes:
        if len(each) != SIZE:
            raise ProofError(f"a hash of {len(each)} bytes where {SIZE} belong")
