"""Many decisions, few appends: for an import. A row's events are recorded together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from eventsourcing.persistence import IntegrityError

from application.eventlog.log import CHUNK, Claims, Decision, Entry, EventLog, as_events, stated_claims
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

    Use ``with batch.row(): ...`` around what belongs together, and ``finish`` at the end. ``before`` is told what is about
    to be recorded, and puts into its place what the events speak of.
    """

    def __init__(
        self, log: EventLog, *, dry_run: bool = False, before: Callable[[Sequence[Entry]], None] = _nothing
    ) -> None:
        self._log = log
        self._dry_run = dry_run
        self._before = before
        self._states: dict[str, tuple[int, Any]] = {}
        self._pending: list[Entry] = []
        self._row: list[tuple[str, tuple[int, Any] | None]] = []
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

    def _load(self, stream: str, initial: S) -> tuple[int, S]:
        known = self._states.get(stream)
        if known is None:
            _, _, thing = stream.partition("-")
            history = () if thing in self._fresh else self._log.load(stream)
            known = (len(history), fold(initial, history))
            self._states[stream] = known
        return known

    def state(self, stream: str, initial: S) -> S:
        """What the stream adds up to, pending events included."""
        return self._load(stream, initial)[1]

    def decide(
        self, stream: str, initial: S, decision: Decision[S], by: By, *, claims: Claims = ()
    ) -> Sequence[Event]:
        """Decide now, append with the next flush; ``claims`` as in ``EventLog.decide``."""
        events = as_events(decision(self.state(stream, initial)))
        if not events:
            return events
        # All is decided before anything is pending: a claim that is refused refuses the decision, too.
        claimed = [
            (claim, as_events(claim.decision(self.state(claim.stream, claim.initial))))
            for claim in stated_claims(claims)
        ]
        self._keep(stream, events, by)
        for claim, beside in claimed:
            self._keep(claim.stream, beside, by)
        return events

    def _keep(self, stream: str, events: Sequence[Event], by: By) -> None:
        version, state = self._states[stream]
        self._row.append((stream, (version, state)))
        self._pending += [(stream, version + 1 + i, event, by) for i, event in enumerate(events)]
        self._states[stream] = (version + len(events), fold(state, events))

    @contextmanager
    def row(self) -> Iterator[list[Event]]:
        """What is decided inside is kept together; an exception takes all of it back and passes on.

        Yields a list that holds, once the row is through, the events it brought.
        """
        start, self._row = len(self._pending), []
        decided: list[Event] = []
        try:
            yield decided
        except BaseException:
            del self._pending[start:]
            for stream, before in reversed(self._row):
                if before is None:
                    self._states.pop(stream, None)
                else:
                    self._states[stream] = before
            raise
        decided += (event for _, _, event, _ in self._pending[start:])
        if len(self._pending) >= CHUNK // 2:
            self._flush(start)

    def _flush(self, row_start: int) -> None:
        # Whole rows only: if the last row does not fit beside what was pending, it waits for the next append.
        entries = self._pending if len(self._pending) <= CHUNK else self._pending[:row_start]
        rest = self._pending[len(entries) :]
        if entries and not self._dry_run:
            self._before(entries)
            try:
                self._log.append(entries)
            except IntegrityError as error:
                raise Conflict(
                    "somebody else recorded the same things meanwhile; run the import again"
                ) from error
        self.recorded += len(entries)
        self._names |= {event.NAME for _, _, event, _ in entries}
        self._pending = rest

    def finish(self) -> int:
        """Record what is pending; the number of events recorded (or, in a dry run, that would be)."""
        while self._pending:
            self._flush(len(self._pending))
        if not self._dry_run and self.recorded:
            self._log.notify(self._names)
        return self.recorded
