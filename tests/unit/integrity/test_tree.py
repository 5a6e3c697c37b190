"""The tree and its proofs against the RFC's recursion, and against a library this project did not write."""

from __future__ import annotations

import random

import pymerkle
import pytest

from domain.integrity.proofs import (
    ProofError,
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from domain.integrity.tree import SIZE, Frontier, empty_root, leaf_hash, node_hash, root_of
from tests.unit.integrity import naive
from tests.unit.integrity.stored import StoredTree

LARGEST = 260
LEAVES = [b"leaf %d" % n for n in range(LARGEST)]
STORED = StoredTree(LEAVES)


def root_at(size: int) -> bytes:
    return Frontier.resume(size, STORED.fetch).root()


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert Frontier().root() == empty_root() == naive.root([])


def test_every_row_holds_one_node_and_one_more_for_each_trailing_one() -> None:
    for n, row in enumerate(STORED.rows):
        trailing_ones = len(bin(n)) - len(bin(n).rstrip("1"))
        assert len(row) == SIZE * (1 + trailing_ones)


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_roots_and_proofs_are_those_of_the_rfc_for_every_size(size: int) -> None:
    leaves = LEAVES[:size]
    root = naive.root(leaves)
    assert root_at(size) == root == root_of([leaf_hash(leaf) for leaf in leaves])
    step = 1 if size < 40 else 7
    for index in {*range(0, size, step), size - 1}:
        proof = inclusion_proof(index, size, STORED.fetch)
        assert proof == naive.path(index, leaves)
        verify_inclusion(leaf_hash(leaves[index]), index, size, proof, root)
    for old in {*range(1, size + 1, step), size}:
        proof = consistency_proof(old, size, STORED.fetch)
        assert proof == naive.proof(old, leaves)
        verify_consistency(old, size, root_at(old), root, proof)


def test_roots_and_proofs_are_those_of_another_library_for_every_size() -> None:
    other = pymerkle.InmemoryTree(algorithm="sha256")
    for size in range(1, LARGEST + 1):
        other.append_entry(LEAVES[size - 1])
        assert other.get_root() == root_at(size)
        index = random.Random(size).randrange(size)
        assert other.prove_inclusion(index + 1).path[1:] == inclusion_proof(index, size, STORED.fetch)


@pytest.mark.parametrize("seed", [pytest.param(0, marks=pytest.mark.long), *range(1, 6)])
def test_roots_and_proofs_hold_for_random_sizes_up_to_a_million(seed: int) -> None:
    rng = random.Random(seed)
    size = int(10 ** rng.uniform(3, 4.5)) if seed else rng.randrange(400_000, 1_000_000)
    leaves = [n.to_bytes(4, "big") for n in range(size)]
    stored = StoredTree(leaves)
    root = stored.frontier.root()
    hashes = [leaf_hash(leaf) for leaf in leaves]
    while len(hashes) > 1:
        pairs = [node_hash(a, b) for a, b in zip(hashes[::2], hashes[1::2], strict=False)]
        hashes = pairs + (hashes[-1:] if len(hashes) % 2 else [])
    other = pymerkle.InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        other.append_entry(leaf)
    assert root == hashes[0] == other.get_root()
    for _ in range(50):
        index, old = rng.randrange(size), rng.randrange(1, size + 1)
        proof = inclusion_proof(index, size, stored.fetch)
        assert other.prove_inclusion(index + 1).path[1:] == proof
        verify_inclusion(leaf_hash(leaves[index]), index, size, proof, root)
        old_root = Frontier.resume(old, stored.fetch).root()
        verify_consistency(old, size, old_root, root, consistency_proof(old, size, stored.fetch))


def test_growing_goes_on_where_a_stored_tree_ended() -> None:
    for size in range(LARGEST):
        frontier = Frontier.resume(size, STORED.fetch)
        assert frontier.append(leaf_hash(LEAVES[size])) == STORED.rows[size]


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_inclusion_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(index, size, STORED.fetch)


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 5), (6, 5)])
def test_there_is_no_consistency_proof_from_nothing_or_backwards(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="cannot be the beginning"):
        consistency_proof(old, new, STORED.fetch)
    with pytest.raises(ProofError, match="cannot be the beginning"):
        verify_consistency(old, new, empty_root(), root_at(new), [])
