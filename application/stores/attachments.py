"""The store of attachments: each file under its SHA-256, so that equal files are one and a changed one shows."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from application.stores.picture_files import UnreadablePicture, digest_of, is_picture

CHUNK = 1 << 20
ENTRIES, DIRECTORY = 5000, 1 << 20
"""Parts of an archive at most, and bytes of its directory."""
UNPACKED = 400 << 20
"""Bytes that an archive may grow to when it is unpacked."""


@dataclass(frozen=True)
class Incoming:
    """A file that was taken in and waits for its event.

    ``begins_with`` are its first bytes, ``holds`` the names of its parts where it is a sound archive. ``looks``: how it looks
    (``digest_of``), empty for what is no picture, or a blank one; ``readable``: it is no picture that cannot be looked at.
    """

    digest: str
    size: int
    begins_with: bytes
    path: Path
    holds: frozenset[str] = frozenset()
    looks: str = ""
    readable: bool = True


def parts_of(path: Path) -> frozenset[str]:
    """The names of an archive's parts; none where it is no archive, or one that would burst whoever opens it."""
    try:
        if not _is_bounded(path):
            return frozenset()
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()
    if sum(part.file_size for part in parts) > UNPACKED:
        return frozenset()
    return frozenset(part.filename for part in parts)


def _looks(path: Path) -> str | None:
    try:
        return digest_of(path)
    except UnreadablePicture:
        return None


def _is_bounded(path: Path) -> bool:
    """Whether the directory at the archive's end is small; it is read whole when the archive is opened."""
    with path.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(0, length - (1 << 16) - 22))
        tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < 22:
        return False
    (entries,) = struct.unpack_from("<H", tail, found + 10)
    (size,) = struct.unpack_from("<I", tail, found + 12)
    return bool(entries <= ENTRIES and size <= DIRECTORY)


class AttachmentStore:
    """``folder/ab/abcd…``; nothing in it is ever changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, file: BinaryIO) -> Incoming:
        """Take a file in, under a name of its own, written through to the disk."""
        waiting = self._folder / "incoming"
        waiting.mkdir(parents=True, exist_ok=True)
        path = waiting / secrets.token_hex(8)
        hasher, size, head = hashlib.sha256(), 0, b""
        with path.open("xb") as out:
            while chunk := file.read(CHUNK):
                head = head or chunk[:16]
                hasher.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        looks = _looks(path) if is_picture(head) else ""
        return Incoming(hasher.hexdigest(), size, head, path, parts_of(path), looks or "", looks is not None)

    def settle(self, kept: Incoming) -> None:
        """Put what was taken in to its place."""
        place = self.path(kept.digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        if kept.path.exists():
            kept.path.replace(place)

    def drop(self, kept: Incoming) -> None:
        """Forget what was taken in and not settled."""
        kept.path.unlink(missing_ok=True)

    def put(self, content: bytes) -> str:
        """Keep a file; its digest. One that is kept already is not written again."""
        digest = hashlib.sha256(content).hexdigest()
        if self.state(digest, len(content)) != "kept":
            self.settle(self.keep(io.BytesIO(content)))
        return digest

    def path(self, digest: str) -> Path:
        """Where the file with this digest stands, if it does."""
        return self._folder / digest[:2] / digest

    def state(self, digest: str, size: int) -> str:
        """``kept``, ``missing`` or ``changed``, by reading the whole file."""
        path = self.path(digest)
        if not path.exists():
            return "missing"
        hasher = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                hasher.update(chunk)
        return "kept" if hasher.hexdigest() == digest and path.stat().st_size == size else "changed"
