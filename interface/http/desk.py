"""How many requests are worked on at once. Beyond, a few wait; beyond those, one is asked to come back later.

A request that is worked on holds one connection and at times needs a second, so the pools (application/stores/databases.py)
are twice as large as the desk has seats: nobody who holds a connection ever waits for one that a waiter holds.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager


class Busy(Exception):
    """No seat is free and none will be soon; ``again_in`` seconds one may try again."""

    def __init__(self, again_in: int = 2) -> None:
        super().__init__(f"busy; try again in {again_in} s")
        self.again_in = again_in


class Desk:
    """``seats`` are worked on at once, ``places`` wait for a seat, each for ``patience`` seconds at most.

    Requests may come from several event loops: a seat that is given back goes to whoever waits longest.
    """

    def __init__(self, seats: int, places: int, patience: float = 20.0) -> None:
        self._free = seats
        self._places = places
        self._patience = patience
        self._queue: deque[Future[None]] = deque()
        self._reading = 0
        self._lock = threading.Lock()

    async def take(self) -> None:
        """Wait for a seat. Raises ``Busy``."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
            if len(self._queue) >= self._places:
                raise Busy
            turn: Future[None] = Future()
            self._queue.append(turn)
        try:
            await asyncio.wait_for(asyncio.wrap_future(turn), self._patience)
        except BaseException as error:
            self._leave(turn)
            if isinstance(error, TimeoutError):
                raise Busy from None
            raise

    def _leave(self, turn: Future[None]) -> None:
        with self._lock:
            if turn in self._queue:
                self._queue.remove(turn)
                return
        if not turn.cancel():
            # The seat was handed over at the very moment the wait ended.
            self.give_back()

    def give_back(self) -> None:
        """Let the next one sit down."""
        with self._lock:
            while self._queue:
                turn = self._queue.popleft()
                if turn.set_running_or_notify_cancel():
                    turn.set_result(None)
                    return
            self._free += 1

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While a body comes in: no seat is taken, but no more bodies are read than may wait. Raises ``Busy``."""
        with self._lock:
            if self._reading >= self._places:
                raise Busy
            self._reading += 1
        try:
            yield
        finally:
            with self._lock:
                self._reading -= 1
