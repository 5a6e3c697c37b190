"""The signer's memory: the last checkpoint it signed, in a file outside the database, under a lock.

A database that was swapped for an older or another one cannot be signed for by mistake.
"""

from __future__ import annotations

import os
from pathlib import Path

from filelock import BaseFileLock, FileLock

from domain.integrity.note import Note, read_note


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file so that it is either as before or as wanted, also when the power fails."""
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


class Memory:
    """``signed.note`` in the folder of the keys, and one beside it for each further tree."""

    def __init__(self, folder: Path, suffix: str = "") -> None:
        self._path = folder / f"signed{suffix.replace('/', '.')}.note"
        self._lock = folder / "signer.lock"

    def lock(self) -> BaseFileLock:
        """One signer at a time; a lock that is held longer than 30 s raises ``filelock.Timeout``."""
        self._lock.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(self._lock, timeout=30)

    def last(self) -> Note | None:
        """The last checkpoint signed. Raises ``NoteError`` where the file was changed by hand."""
        return read_note(self._path.read_bytes()) if self._path.exists() else None

    def keep(self, note: Note) -> None:
        """Remember ``note``, before anybody else gets it."""
        write_whole(self._path, str(note).encode())
