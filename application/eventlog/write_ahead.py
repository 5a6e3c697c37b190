"""SQLite's write-ahead file, made longer before it is written to.

A commit waits until its pages are on the disk. Where they make the file longer, the file system's journal is waited for as
well; where they go over what is there already, it is not.
"""

from __future__ import annotations

import os
from io import FileIO
from pathlib import Path
from weakref import finalize

HEADER, FRAME_HEADER = 32, 24
"""Bytes before the first page of a write-ahead file, and before each page. https://www.sqlite.org/fileformat2.html#walformat"""
FIRST, STEP = 64, 256
"""Pages by which it is made longer: few where a process records once and ends, then as many as there are, ``STEP`` at most."""


def size_of_write_ahead(database: Path) -> int:
    """The bytes of a database's write-ahead file, 0 where it has none or nobody may look at it: what was committed stays."""
    try:
        return os.stat(f"{database}-wal").st_size
    except OSError:
        return 0


class WriteAhead:
    """The write-ahead file of a database with pages of ``page_size``. Zeros after what was written are the end of it to SQLite,
    which begins at its start again once all is brought into the database: so it grows no longer than that takes.
    """

    def __init__(self, database: Path, page_size: int) -> None:
        self._path = Path(f"{database}-wal")
        self._frame = FRAME_HEADER + page_size
        self._file: FileIO | None = None
        self._refused = False

    def lengthen(self) -> None:
        """Let there be room for what is written next. The write lock is held: so nobody writes into the file meanwhile."""
        if self._refused:
            return
        try:
            if self._file is None:
                self._file = FileIO(self._path, "r+")
                # Whoever is forgotten without being closed holds no file either.
                finalize(self, self._file.close)
            pages = (os.fstat(self._file.fileno()).st_size - HEADER) // self._frame
            if pages < FIRST or self._written(pages - min(pages, STEP) // 2):
                self._file.seek(0, os.SEEK_END)
                self._file.write(bytes(HEADER + min(max(pages, FIRST), STEP) * self._frame))
        except OSError:
            # SQLite makes it longer then, or says what hinders it.
            self._refused = True

    def _written(self, page: int) -> bool:
        assert self._file is not None, page
        return any(os.pread(self._file.fileno(), FRAME_HEADER, HEADER + page * self._frame))

    def close(self) -> None:
        """Leave the file to SQLite."""
        if self._file is not None:
            self._file.close()
            self._file = None
