"""Many decisions, few appends: for an import. A row's events are recorded together or not at all; ``whole``, so are all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from eventsourcing.persistence import IntegrityError

from application.eventlog.log import CHUNK, EventLog
from application.eventlog.pending import Claims, Decision, Entry, Pending
from domain.kernel.errors import Conflict
from domain.kernel.event import Event
from domain.kernel.ids import Ids
from domain.kernel.recorded import By
from domain.kernel.state import State, fold

S = TypeVar("S", bound=State)


def _nothing(entries: Sequence[Entry]) -> None:
    """Nothing needs to stand before the events do."""


class Batch:
    """Decides against what is recorded plus what is pending; ``dry_run`` never records.

    Use ``with batch.row(): ...`` around a row, ``with batch.together(): ...`` around rows of which all are recorded or none,
    and ``finish`` at the end. ``before`` is told what is about to be recorded, and puts into its place what the events
    speak of. ``whole``: everything is recorded in one transaction, by ``finish``.
    """

    def __init__(
        self,
        log: EventLog,
        *,
        dry_run: bool = False,
        before: Callable[[Sequence[Entry]], None] = _nothing,
        whole: bool = False,
    ) -> None:
        self._log = log
        self._dry_run = dry_run
        self._before = before
        self._whole = whole
        self._pending = Pending(self._recall)
        self.recorded = 0
        self._names: set[str] = set()
        self._fresh: set[str] = set()

    def drawing(self, ids: Ids) -> Ids:
        """The same ids, noted as drawn for this batch: of what has one nothing can be on record, so that nobody need look."""

        def drawn(kind: str) -> str:
            new = ids(kind)
            self._fresh.add(new)
            return new

        return drawn

    def _recall(self, stream: str, initial: S) -> tuple[int, S]:
        _, _, thing = stream.partition("-")
        history = () if thing in self._fresh else self._log.load(stream)
        return len(history), fold(initial, history)

    def state(self, stream: str, initial: S) -> S:
        """What the stream adds up to, pending events included."""
        return self._pending.state(stream, initial)

    def version(self, stream: str, initial: State) -> int:
        """How many events the stream has, pending ones included."""
        return self._pending.version(stream, initial)

    def decide(
        self,
        stream: str,
        initial: S,
        decision: Decision[S],
        by: By,
        *,
        claims: Claims = (),
        seen: int | None = None,
        by_itself: bool = False,
    ) -> Sequence[Event]:
        """Decide now, append with the next flush; the rest as in ``EventLog.decide``."""
        return self._pending.decide(stream, initial, decision, by, claims=claims, seen=seen)

    @contextmanager
    def row(self) -> Iterator[list[Event]]:
        """What is decided inside is kept together; an exception takes all of it back and passes on.

        Yields a list that holds, once the row is through, the events it brought.
        """
        start = len(self._pending.entries)
        decided: list[Event] = []
        with self._pending.together():
            yield decided
        decided += (event for _, _, event, _ in self._pending.entries[start:])
        if len(self._pending.entries) >= CHUNK // 2 and not self._whole:
            self._flush(start)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is decided inside is recorded in one transaction, at its end; where that is an exception, none of it is."""
        whole, self._whole = self._whole, True
        try:
            yield
            if not whole:
                self._flush(0)
        finally:
            self._whole = whole

    def _flush(self, row_start: int, still: Callable[[], None] | None = None) -> None:
        # Whole rows only: if the last row does not fit beside what was pending, it waits for the next append.
        pending = self._pending.entries
        entries = pending if len(pending) <= CHUNK or self._whole else pending[:row_start]
        if entries and not self._dry_run:
            self._before(entries)
            try:
                self._log.append(entries, whole=self._whole, still=still)
            except IntegrityError as error:
                raise Conflict(
                    "somebody else recorded the same things meanwhile; run the import again"
                ) from error
        self.recorded += len(entries)
        self._names |= {event.NAME for _, _, event, _ in entries}
        self._pending.entries = pending[len(entries) :]

    def finish(self, still: Callable[[], None] | None = None) -> int:
        """Record what is pending; the number of events recorded (or, in a dry run, that would be).

        ``still``: called under the write lock before it; what it raises is raised here, and nothing is recorded.
        """
        while self._pending.entries:
            self._flush(len(self._pending.entries), still)
        if not self._dry_run and self.recorded:
            self._log.notify(self._names)
        return self.recorded
