"""Tiles: the tree's hashes as files of 256 (C2SP tlog-tiles), an export for others to audit, not our storage."""

from __future__ import annotations

from typing import Iterator, List, Sequence, Tuple

from domain.integrity.tree import HashFunction, node_hash, sha256

WIDTH = 256


def tile_path(level: int, number: int, width: int = WIDTH, kind: str = "") -> str:
    """``tile/<level>/x001/x234/067[.p/<width>]``; entry bundles have ``entries`` for their level."""
    groups: List[str] = []
    while True:
        groups.append("{:03d}".format(number % 1000))
        number //= 1000
        if not number:
            break
    name = "/".join(["x" + each for each in reversed(groups[1:])] + groups[:1])
    partial = "" if width == WIDTH else ".p/{}".format(width)
    return "tile/{}/{}{}".format(kind or level, name, partial)


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """Leaf data, each with its length in two bytes before it. At most ``WIDTH`` of them."""
    return b"".join(len(each).to_bytes(2, "big") + each for each in entries)


def tiles(hashes: Sequence[bytes], h: HashFunction = sha256) -> Iterator[Tuple[str, bytes]]:
    """All tiles over leaf hashes: (path, content), the last of each level partial where it is not full."""
    level = 0
    while hashes:
        for number in range((len(hashes) + WIDTH - 1) // WIDTH):
            held = hashes[number * WIDTH : (number + 1) * WIDTH]
            yield tile_path(level, number, len(held)), b"".join(held)
        full = len(hashes) // WIDTH
        hashes = [_root(hashes[n * WIDTH : (n + 1) * WIDTH], h) for n in range(full)]
        level += 1


def _root(hashes: Sequence[bytes], h: HashFunction) -> bytes:
    while len(hashes) > 1:
        hashes = [node_hash(hashes[n], hashes[n + 1], h) for n in range(0, len(hashes), 2)]
    return hashes[0]
