"""Whether the service can do its work: more than that the process lives."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from application.system import System

LEAST_FREE = 100 * 1024 * 1024
"""Bytes that the disk of the data folder must have left."""


def wanting(system: System) -> list[str]:
    """What is wanting, one line each; nothing where all is well. The lines name no cause: anybody may read them."""
    checks: dict[str, Callable[[], bool]] = {
        "log": lambda: system.log.position() >= 0,
        "views": lambda: system.runner.position() >= 0,
        "disk": lambda: shutil.disk_usage(system.settings.folder).free >= LEAST_FREE,
    }
    return [f"{name}: not available" for name, check in checks.items() if not _holds(check)]


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:
        # Whatever a database or a file system says when it is gone means the same here.
        return False
