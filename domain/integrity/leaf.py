"""What of a stored event is hashed: every column of its row, framed with lengths; nothing is parsed or re-encoded."""

from __future__ import annotations

import struct
from dataclasses import dataclass

PREFIX = b"lianjian/leaf/v1\0"
LIMIT = 65535
"""Bytes of a leaf at most (C2SP tlog-tiles, entry bundles)."""
_HEAD = struct.Struct(">QQHH")
_START = len(PREFIX) + _HEAD.size


@dataclass(frozen=True)
class Leaf:
    """One row of the log: position and version are at least 1, ``state`` the stored bytes as they are."""

    position: int
    version: int
    stream: str
    topic: str
    state: bytes


def leaf_data(position: int, version: int, stream: str, topic: str, state: bytes) -> bytes:
    """``PREFIX | u64 position | u64 version | u16 len(stream) | u16 len(topic) | stream | topic | state``, big-endian.

    Raises ``ValueError`` where the whole is longer than ``LIMIT`` bytes or a number does not fit its field.
    """
    first, second = stream.encode("utf-8"), topic.encode("utf-8")
    size = _START + len(first) + len(second) + len(state)
    if size > LIMIT:
        raise ValueError(f"an event of {size} bytes in {stream}; at most {LIMIT} can be recorded")
    try:
        head = _HEAD.pack(position, version, len(first), len(second))
    except struct.error as error:
        raise ValueError(f"position {position}, version {version}: {error}") from None
    return PREFIX + head + first + second + state


def read_leaf_data(data: bytes) -> Leaf:
    """The leaf that was framed as ``data``. Raises ``ValueError`` for anything ``leaf_data`` does not write."""
    if not data.startswith(PREFIX) or len(data) < _START or len(data) > LIMIT:
        raise ValueError("not a lianjian leaf of format v1")
    position, version, first, second = _HEAD.unpack_from(data, len(PREFIX))
    if len(data) < _START + first + second:
        raise ValueError("the leaf ends before its stream and topic do")
    return Leaf(
        position=position,
        version=version,
        stream=data[_START : _START + first].decode("utf-8"),
        topic=data[_START + first : _START + first + second].decode("utf-8"),
        state=data[_START + first + second :],
    )
