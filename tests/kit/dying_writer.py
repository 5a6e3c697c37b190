"""A process that appends events and is killed in the middle of a transaction: ``dying_writer URL|- FOLDER STAGE``."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from application.eventlog.on_postgresql import PostgresLog
from application.eventlog.on_sqlite import SqliteLog
from application.eventlog.opening import open_log
from application.eventlog.tree import Grower
from domain.kernel.event import Catalogue
from domain.kernel.recorded import By, Source
from domain.registry.events import RegistryEvent
from tests.kit.county import register


def die(*_: Any, **__: Any) -> Any:
    """What ``kill -9`` does."""
    os.kill(os.getpid(), signal.SIGKILL)


def after(method: Any) -> Any:
    """The method, and death once it is done."""

    def both(*args: Any, **kwargs: Any) -> Any:
        method(*args, **kwargs)
        die()

    return both


def main(url: str, folder: str, stage: str) -> None:
    """Record one village, then die at ``stage`` of recording the second."""
    log = open_log(
        Catalogue(RegistryEvent),
        database_url=None if url == "-" else url,
        folder=Path(folder),
        clock=lambda: datetime(2026, 1, 9, tzinfo=UTC),
    )
    by = By(actor="clerk", source=Source(kind="command", name="test"))
    register(log, "甲村", by)
    if stage == "events inserted":
        Grower.grow = die  # type: ignore[method-assign]
    elif stage == "leaves inserted":
        for kind in (SqliteLog, PostgresLog):
            kind.insert_with_leaves = after(kind.insert_with_leaves)  # type: ignore[method-assign]
    register(log, "乙村", by)
    die()


if __name__ == "__main__":
    main(*sys.argv[1:])
