"""A zip file in one spelling only (APPNOTE 6.3, members stored, no dates, no extra fields), so that every byte counts.

Any program that opens zip files opens these; what another program writes is not accepted back.
"""

from __future__ import annotations

import struct
import zlib
from typing import Dict, List, Mapping, Tuple

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_MODE = 0o100644 << 16
_DAY = 0x21
"""1 January 1980, the first day a zip file knows."""


class ArchiveError(Exception):
    """The file is not as it must be; ``member`` is the one that was changed, empty where it cannot be told."""

    def __init__(self, member: str, why: str) -> None:
        super().__init__("{}: {}".format(member, why) if member else why)
        self.member = member


def _local(name: bytes, data: bytes) -> bytes:
    return (
        _LOCAL.pack(b"PK\3\4", 20, 0, 0, 0, _DAY, zlib.crc32(data), len(data), len(data), len(name), 0) + name
    )


def _central(name: bytes, data: bytes, offset: int) -> bytes:
    crc, size = zlib.crc32(data), len(data)
    # Made by version 2.0 on Unix, so that the mode is understood everywhere.
    fixed = (b"PK\1\2", 0x0314, 20, 0, 0, 0, _DAY, crc, size, size, len(name), 0, 0, 0, 0, _MODE, offset)
    return _CENTRAL.pack(*fixed) + name


def pack(members: Mapping[str, bytes]) -> bytes:
    """The members in the order of their ASCII names. The same members give the same bytes."""
    parts: List[bytes] = []
    directory: List[bytes] = []
    offset = 0
    for name in sorted(members):
        encoded, data = name.encode("ascii"), members[name]
        directory.append(_central(encoded, data, offset))
        parts += [_local(encoded, data), data]
        offset += _LOCAL.size + len(encoded) + len(data)
    tail = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(members), len(members), len(tail), offset, 0)
    return b"".join(parts) + tail + end


def unpack(data: bytes) -> Dict[str, bytes]:
    """The members. Raises ``ArchiveError`` for a file that ``pack`` would write otherwise."""
    members: Dict[str, bytes] = {}
    at, name = 0, ""
    places: List[Tuple[int, str]] = []
    while data[at : at + 4] == b"PK\3\4" and len(data) >= at + _LOCAL.size:
        size, length = struct.unpack_from("<LH", data, at + 22)
        start = at + _LOCAL.size + length
        try:
            name = data[at + _LOCAL.size : start].decode("ascii")
        except UnicodeDecodeError:
            raise ArchiveError(
                "the member after {}".format(name or "the first"), "its name is damaged"
            ) from None
        content = data[start : start + size]
        if data[at:start] != _local(name.encode("ascii"), content):
            raise ArchiveError(name, "its header or content was changed")
        if name in members or (members and name < max(members)):
            raise ArchiveError(name, "it stands there twice or out of order")
        members[name] = content
        places.append((at, name))
        at = start + size
    whole = pack(members)
    if not members:
        raise ArchiveError("", "this is no zip file as lianjian writes them")
    if whole != data:
        raise ArchiveError(*_difference(whole, data, at, members))
    return members


def _difference(whole: bytes, data: bytes, at: int, members: Mapping[str, bytes]) -> Tuple[str, str]:
    """Where two files part after the last member that could be read: whose entry of the directory it is."""
    differs = next(
        (n for n in range(min(len(whole), len(data))) if whole[n] != data[n]), min(len(whole), len(data))
    )
    for name in sorted(members):
        end = at + _CENTRAL.size + len(name)
        if differs < end:
            return (
                name,
                "its entry in the directory of the zip file was changed, or a member before it is damaged",
            )
        at = end
    return "", "the end of the zip file was changed"
