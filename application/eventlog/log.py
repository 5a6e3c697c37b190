"""Decide and append; read in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from eventsourcing.persistence import IntegrityError, StoredEvent

from application.eventlog.mapper import Mapper
from application.eventlog.recorders import LogRecorder
from application.eventlog.tree import EVENTS, POSITION, Tree
from domain.integrity.tree import SIZE
from domain.kernel.errors import Conflict
from domain.kernel.event import Event
from domain.kernel.recorded import By, Recorded
from domain.kernel.state import State, fold

S = TypeVar("S", bound=State)
Decision = Callable[[S], Event | Sequence[Event]]
Listener = Callable[[Collection[str]], None]
Entry = tuple[str, int, Event, By]
"""Stream, version, event, and who did it."""

ATTEMPTS = 3
"""How often a decision is taken anew when another writer was faster."""
TOLERANCE = timedelta(seconds=60)
"""How far the clock may be behind the newest event: two servers' clocks differ a little. The event then bears the newest
one's time, so that the time of recording never goes backwards."""
CHUNK = 500
"""Events per append; the PostgreSQL recorder hangs for ever on 2 000 in one call."""


@dataclass(frozen=True)
class Claim:
    """What another stream must agree to for a decision to stand: its events are recorded with the decision's, or none."""

    stream: str
    initial: State
    decision: Decision[Any]


Claims = Sequence[Claim] | Callable[[], Sequence[Claim]]
"""Claims, or what states them once the decision is taken, anew on every attempt."""


def stated_claims(claims: Claims) -> Sequence[Claim]:
    return claims() if callable(claims) else claims


class Log(Protocol):
    """What a service needs of the log. ``EventLog`` appends at once, ``Batch`` many rows at a time."""

    def state(self, stream: str, initial: S) -> S: ...

    def decide(
        self, stream: str, initial: S, decision: Decision[S], by: By, *, claims: Claims = ()
    ) -> Sequence[Event]: ...


def as_events(decided: Event | Sequence[Event]) -> list[Event]:
    return [decided] if isinstance(decided, Event) else list(decided)


class ClockBehind(Exception):
    """The clock shows a time before the newest event; nothing is recorded, since its time would be wrong."""


class EventLog:
    """One append-only, totally ordered log of all streams."""

    def __init__(
        self,
        recorder: LogRecorder,
        mapper: Mapper,
        clock: Callable[[], datetime],
        trees: Sequence[Tree],
        close: Callable[[], None],
    ) -> None:
        self.recorder = recorder
        self.mapper = mapper
        self.clock = clock
        self.trees = trees
        self.tree = trees[0]
        self._close = close
        self._listeners: list[Listener] = []

    def on_append(self, listener: Listener) -> None:
        """Call ``listener`` with the names of the events after each successful append, in the appending thread."""
        self._listeners.append(listener)

    def notify(self, names: Collection[str]) -> None:
        """Tell the listeners that events of these names were appended."""
        for listener in self._listeners:
            listener(names)

    def load(self, stream: str, upto_version: int | None = None) -> list[Event]:
        """The stream's events in order, up to a version where one is given."""
        return [
            self.mapper.to_recorded(0, stream, s.originator_version, s.topic, s.state).event
            for s in self.recorder.select_events(stream, lte=upto_version)
        ]

    def state(self, stream: str, initial: S) -> S:
        """What the stream's events add up to now."""
        return fold(initial, self.load(stream))

    def decide(
        self, stream: str, initial: S, decision: Decision[S], by: By, *, claims: Claims = ()
    ) -> Sequence[Event]:
        """Load, decide, append; when another writer took the place, decide anew, then ``Conflict``.

        ``claims``, each of another stream, are decided where the decision brings events, and appended with these; one that
        raises ``Conflict`` found the other stream moved on since the decision was taken.
        """
        for _ in range(ATTEMPTS):
            entries = self._entries(stream, initial, decision, by)
            events = [event for _, _, event, _ in entries]
            if not events:
                return events
            try:
                for claim in stated_claims(claims):
                    entries += self._entries(claim.stream, claim.initial, claim.decision, by)
                self.append(entries)
            except (IntegrityError, Conflict):
                continue
            self.notify({event.NAME for _, _, event, _ in entries})
            return events
        raise Conflict(f"somebody else is writing to {stream}; reload and decide anew")

    def _entries(self, stream: str, initial: S, decision: Decision[S], by: By) -> list[Entry]:
        history = self.load(stream)
        events = as_events(decision(fold(initial, history)))
        return [(stream, len(history) + 1 + i, event, by) for i, event in enumerate(events)]

    def append(self, entries: Sequence[Entry]) -> None:
        """Append (stream, version, event, by) entries in one transaction; at most ``CHUNK`` of them.

        Raises the library's ``IntegrityError`` when a version is taken, ``ClockBehind`` when the clock shows a time
        before the newest event; nothing is recorded then.
        """
        assert len(entries) <= CHUNK, f"{len(entries)} events in one append, at most {CHUNK}"
        self.recorder.append(lambda newest: self._stored(entries, newest))

    def _stored(self, entries: Sequence[Entry], newest: bytes | None) -> list[StoredEvent]:
        """The rows of ``entries``; ``newest`` is the newest event as it is stored, while nobody else can append."""
        at = self._now(newest)
        return [
            StoredEvent(
                originator_id=stream,
                originator_version=version,
                topic=event.NAME,
                state=self.mapper.to_bytes(event, by, at),
            )
            for stream, version, event, by in entries
        ]

    def _now(self, newest: bytes | None) -> datetime:
        """The later of the clock and the newest event's time."""
        at = self.clock()
        if newest is None:
            return at
        newest_at = self.mapper.recorded_at(newest)
        if at < newest_at - TOLERANCE:
            raise ClockBehind(
                f"the clock shows {at.isoformat()}, the newest event was recorded at {newest_at.isoformat()}; "
                "set the clock right"
            )
        return max(at, newest_at)

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> list[Recorded]:
        """The next ``limit`` events after position ``after``, in the order of the log."""
        notifications = self.recorder.select_notifications(
            start=after, limit=limit, stop=until, inclusive_of_start=False
        )
        return [
            self.mapper.to_recorded(n.id, _text(n.originator_id), n.originator_version, n.topic, n.state)
            for n in notifications
        ]

    def named(self, *names: str, after: int = 0) -> list[Recorded]:
        """All events of these names after a position, in the order of the log. For the few that are looked for by name."""
        at = POSITION[self.tree.database.dialect]
        marks = ",".join("?" * len(names))
        rows = self.tree.database.query(
            f"SELECT {at}, originator_id, originator_version, topic, state FROM {EVENTS} "
            f"WHERE topic IN ({marks}) AND {at} > ? ORDER BY {at}",
            (*names, after),
        )
        return [
            self.mapper.to_recorded(position, stream, version, name, bytes(state))
            for position, stream, version, name, state in rows
        ]

    def position(self) -> int:
        """The position of the newest event, 0 for an empty log."""
        return self.recorder.max_notification_id() or 0

    def leaf_at(self, position: int) -> str:
        """The leaf hash of the event at ``position`` in hex, empty where there is none."""
        rows = self.tree.database.query(f"SELECT nodes FROM {self.tree.table} WHERE position = ?", [position])
        return bytes(rows[0][0])[:SIZE].hex() if rows else ""

    def close(self) -> None:
        self._close()


def _text(originator_id: Any) -> str:
    assert isinstance(originator_id, str), originator_id
    return originator_id
