"""One receipt is proved without the others; a changed one, another place or another root is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.integrity.proofs import ProofError
from domain.integrity.receipts import ReceiptTree, canonical, verify_receipt
from domain.integrity.tree import empty_root, leaf_hash, root_of

RECEIPT = {"id": "A3", "points": "7.06", "exact": "353/50", "facts": [3, 5], "文": "分", "ruled": None}


def test_a_receipt_has_one_spelling() -> None:
    spelt = '{"exact":"353/50","facts":[3,5],"id":"A3","points":"7.06","ruled":null,"文":"分"}'
    assert canonical(RECEIPT) == spelt.encode() == canonical(dict(reversed(RECEIPT.items())))


@pytest.mark.parametrize("wrong", [7.06, [1, 2.5], {"a": [{"b": 0.0}]}])
def test_a_float_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match="a float in a receipt"):
        canonical({"points": wrong})


@given(st.integers(1, 70), st.data())
def test_every_receipt_is_proved_and_no_other(size: int, data: st.DataObject) -> None:
    made = [{"id": str(n)} for n in range(size)]
    tree = ReceiptTree(made)
    assert tree.root == root_of([leaf_hash(canonical(each)) for each in made])
    n = data.draw(st.integers(0, size - 1))
    path, root = tree.path(n), tree.root.hex()
    verify_receipt(made[n], n, size, path, root)
    with pytest.raises(ProofError):
        verify_receipt({"id": f"{n}!"}, n, size, path, root)
    with pytest.raises(ProofError):
        verify_receipt(made[n], n, size, path, "00" * 32)
    if size > 1:
        with pytest.raises(ProofError):
            verify_receipt(made[n], (n + 1) % size, size, path, root)


def test_no_receipts_have_the_empty_root() -> None:
    assert ReceiptTree([]).root == empty_root()
