"""The process in which a server lets uploaded ledgers be read and recorded."""

from __future__ import annotations

import logging
import multiprocessing
from multiprocessing.context import SpawnProcess

from application.settings import Settings
from interface.composition import build
from interface.ledgers.uploads import Worker


def work(settings: Settings, batch: str, runner: str) -> None:
    """What the process does: one import, on a system of its own."""
    system = build(settings, begin=False, follow=False)
    try:
        Worker(system).work(batch, runner)
    finally:
        system.close()


class OwnProcess:
    """Begins a process for each import and waits until it has ended."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._ended = False

    def __call__(self, settings: Settings, batch: str, runner: str) -> None:
        if self._ended:
            return
        process = multiprocessing.get_context("spawn").Process(
            target=work, args=(settings, batch, runner), daemon=True
        )
        process.start()
        self._process = process
        process.join()
        self._process = None
        if process.exitcode and not self._ended:
            logging.getLogger("lianjian").error(
                "import %s: its process ended with %s", batch, process.exitcode
            )

    def end(self) -> None:
        """End the process that is at work, and begin no other."""
        self._ended = True
        process = self._process
        if process is not None:
            process.terminate()
