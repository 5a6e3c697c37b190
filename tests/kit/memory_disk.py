"""Where there is memory enough, the tests' folders lie in it: they make thousands of small databases, and wait for no disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 6 << 30
"""Bytes: twice what a whole run keeps at one time."""


def work_in_memory() -> None:
    """Let temporary folders be made in memory, also by the processes that tests begin; a ``TMPDIR`` that is set stays."""
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = str(MEMORY)
        # Asked for by pytest before, and kept.
        tempfile.tempdir = None


def _has_room() -> bool:
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return False
    room = os.statvfs(MEMORY)
    # Programs are installed there, too.
    if room.f_flag & os.ST_NOEXEC:
        return False
    return min(room.f_bavail * room.f_frsize, _available()) > ENOUGH


def _available() -> int:
    """Bytes of memory that can be had without swapping; 0 where the system does not say."""
    told = Path("/proc/meminfo")
    lines = told.read_text(encoding="ascii").splitlines() if told.exists() else []
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:")), 0)
