"""Processes beside that of a test, which begin at once: what they need is imported by one, and they are forks of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.kit.crowded_writer", "tests.kit.busy_writer"])


class Beside:
    """``main(*words)`` in a process of its own; ``said`` is whatever it prints."""

    def __init__(self, main: Callable[..., None], *words: str) -> None:
        here, there = _FORKS.Pipe(duplex=False)
        self._process = _FORKS.Process(target=_run, args=(there, main, words))
        self._process.start()
        there.close()
        self.said = os.fdopen(os.dup(here.fileno()), encoding="utf-8")
        here.close()

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self._process.kill()

    def ended(self) -> tuple[int | None, str]:
        """Wait for its end: its exit code, that of the signal below nought where it was killed, and the rest of what it said."""
        with self.said:
            rest = self.said.read()
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        return code, rest


def _run(there: Connection, main: Callable[..., None], words: tuple[str, ...]) -> None:
    for stream in (1, 2):
        os.dup2(there.fileno(), stream)
    there.close()
    main(*words)
