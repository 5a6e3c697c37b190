"""Receipts: one canonical line of JSON for each thing a run says, and the Merkle tree over them.

So that one score can be proved to have been frozen in a run without showing any other. Needs nothing but itself: the
stand-alone verifier holds it too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Dict, List

from domain.integrity.proofs import inclusion_proof, verify_inclusion
from domain.integrity.tree import SIZE, Frontier, Node, leaf_hash, place

RECEIPTS = "lianjian/receipts/v1"


def canonical(receipt: Mapping[str, Any]) -> bytes:
    """The one spelling of a receipt: sorted keys, no blanks, UTF-8. Raises ``TypeError`` for a float, which has several."""
    _no_float(receipt)
    return json.dumps(receipt, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _no_float(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a float in a receipt: {}".format(value))
    if isinstance(value, (list, tuple, Mapping)):
        for each in value.values() if isinstance(value, Mapping) else value:
            # Most are numbers and texts, of which a county's receipts hold some hundred thousand.
            if type(each) is not int and type(each) is not str:
                _no_float(each)


class ReceiptTree:
    """The tree over receipts in their order."""

    def __init__(self, receipts: Sequence[Mapping[str, Any]]) -> None:
        self.size = len(receipts)
        frontier = Frontier()
        self._rows = [frontier.append(leaf_hash(canonical(each))) for each in receipts]
        self.root = frontier.root()

    def _fetch(self, nodes: Sequence[Node]) -> Dict[Node, bytes]:
        found = {}
        for level, index in nodes:
            row, first = place(level, index)
            found[level, index] = self._rows[row][first : first + SIZE]
        return found

    def path(self, index: int) -> List[str]:
        """The hashes in hex that lead from receipt ``index`` to the root."""
        return [each.hex() for each in inclusion_proof(index, self.size, self._fetch)]


def verify_receipt(receipt: Mapping[str, Any], index: int, size: int, path: Sequence[str], root: str) -> None:
    """Raise ``ProofError`` unless the receipt is the one at ``index`` of the ``size`` receipts under ``root`` (hex)."""
    hashes = [bytes.fromhex(each) for each in path]
    verify_inclusion(leaf_hash(canonical(receipt)), index, size, hashes, bytes.fromhex(root))
