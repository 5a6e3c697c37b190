"""The vectors of transparency-dev/merkle, and everything near them refused (tests/golden/transparency-dev)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.integrity.proofs import ProofError, verify_consistency, verify_inclusion
from domain.integrity.tree import empty_root

FOLDER = Path("tests/golden/transparency-dev")
GARBAGE = bytes(32)


def vectors(name: str) -> list[dict[str, Any]]:
    return [
        {
            key: value
            if isinstance(value, int)
            else [base64.b64decode(each) for each in value]
            if isinstance(value, list)
            else base64.b64decode(value)
            for key, value in vector.items()
        }
        for vector in json.loads((FOLDER / name).read_text())
    ]


def bad_proofs(proof: list[bytes], roots: list[bytes]) -> Iterator[list[bytes]]:
    for extra in [GARBAGE, *roots]:
        yield [*proof, extra]
        yield [extra, *proof]
        yield [*proof, extra, extra]
    if proof:
        yield proof[:-1]
        yield proof[1:]
        yield []
        yield [b"", *proof]
        yield [*proof, b""]
    for n, each in enumerate(proof):
        for byte in range(len(each)):
            flipped = bytes(b ^ (1 << (byte % 8)) if i == byte else b for i, b in enumerate(each))
            yield [*proof[:n], flipped, *proof[n + 1 :]]
        yield [*proof[:n], each[:-1], *proof[n + 1 :]]


@pytest.mark.parametrize("vector", vectors("inclusion.json"), ids=lambda v: f"{v['index']} of {v['size']}")
def test_inclusion(vector: dict[str, Any]) -> None:
    index, size, leaf, root, proof = (vector[k] for k in ("index", "size", "leaf", "root", "proof"))
    verify_inclusion(leaf, index, size, proof, root)
    wrong: list[tuple[bytes, int, int, list[bytes], bytes]] = [
        (leaf, index - 1, size, proof, root),
        (leaf, index + 1, size, proof, root),
        (leaf, index ^ 2, size, proof, root),
        (leaf, index, size * 2, proof, root),
        (leaf, index, size // 2, proof, root),
        (leaf, index, 0, proof, root),
        (leaf, size, size, proof, root),
        (GARBAGE, index, size, proof, root),
        (leaf, index, size, proof, GARBAGE),
        (leaf, index, size, proof, empty_root()),
        (root, index, size, proof, root),
        (root, index, size, [], root),
        (root, 0, 0, [], root),
    ]
    wrong += [(leaf, index, size, bad, root) for bad in bad_proofs(proof, [root])]
    for case in wrong:
        with pytest.raises(ProofError):
            verify_inclusion(*case)


@pytest.mark.parametrize("vector", vectors("consistency.json"), ids=lambda v: f"{v['old']} to {v['new']}")
def test_consistency(vector: dict[str, Any]) -> None:
    old, new, first, second, proof = (vector[k] for k in ("old", "new", "old_root", "new_root", "proof"))
    verify_consistency(old, new, first, second, proof)
    wrong: list[tuple[int, int, bytes, bytes, list[bytes]]] = [
        (0, new, first, second, proof),
        (0, 0, first, second, proof),
        (new + 1, new, first, second, proof),
        (old, new, GARBAGE, second, proof),
        (old, new, first, GARBAGE, proof),
        (old, new, empty_root(), second, proof),
    ]
    wrong += [(old, new, first, second, bad) for bad in bad_proofs(proof, [first, second])]
    if old < new:
        wrong += [
            (old - 1, new, first, second, proof),
            (old + 1, new, first, second, proof),
            (old ^ 2, new, first, second, proof),
            (old, new * 2, first, second, proof),
            (old, new // 2, first, second, proof),
            (old, new, second, first, proof),
            (old, old, first, second, proof),
        ]
    for case in wrong:
        with pytest.raises(ProofError):
            verify_consistency(*case)
