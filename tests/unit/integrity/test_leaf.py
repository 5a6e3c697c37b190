"""What is hashed of an event: every column, framed; golden bytes that never change."""

from __future__ import annotations

import pytest

from domain.integrity.leaf import LIMIT, PREFIX, Leaf, leaf_data, read_leaf_data
from domain.integrity.tree import leaf_hash


def test_format_v1_byte_for_byte() -> None:
    data = leaf_data(7, 2, "village-1", "a.B", b'{"x":1}')
    assert data == (
        b"lianjian/leaf/v1\x00"
        b"\x00\x00\x00\x00\x00\x00\x00\x07"
        b"\x00\x00\x00\x00\x00\x00\x00\x02"
        b"\x00\x09\x00\x03"
        b"village-1a.B"
        b'{"x":1}'
    )
    assert leaf_hash(data).hex() == "dcf8cf57b842871c291fbba590f0d0850342d86625cf3ceafa2800575dd405a1"


def test_what_is_framed_is_read_back() -> None:
    leaf = Leaf(position=2**40, version=9, stream="村-1", topic="a.B", state=b"\xff\x00")
    assert read_leaf_data(leaf_data(2**40, 9, "村-1", "a.B", b"\xff\x00")) == leaf


def test_no_two_rows_have_the_same_leaf_data() -> None:
    assert (
        leaf_data(1, 1, "ab", "c", b"d")
        != leaf_data(1, 1, "a", "bc", b"d")
        != leaf_data(1, 1, "a", "b", b"cd")
    )


def test_an_event_too_large_for_a_tile_is_refused() -> None:
    room = LIMIT - len(leaf_data(1, 1, "s", "t", b""))
    assert len(leaf_data(1, 1, "s", "t", bytes(room))) == LIMIT
    with pytest.raises(ValueError, match="65536 bytes in s; at most 65535"):
        leaf_data(1, 1, "s", "t", bytes(room + 1))


@pytest.mark.parametrize("position", [-1, 2**64])
def test_a_number_that_does_not_fit_is_refused(position: int) -> None:
    with pytest.raises(ValueError, match=str(position)):
        leaf_data(position, 1, "s", "t", b"")


@pytest.mark.parametrize(
    "data",
    [b"", b"lianjian/leaf/v2\0" + bytes(40), PREFIX + bytes(19), PREFIX + bytes(16) + b"\0\5\0\0" + b"abcd"],
)
def test_anything_else_is_no_leaf(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_leaf_data(data)
