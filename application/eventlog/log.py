"""Decide and append; read in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from application.eventlog.mapper import Mapper
from application.eventlog.pending import Claims, Decision, Entry, Pending
from application.eventlog.recorders import LogRecorder
from application.eventlog.session import WritingSession
from application.eventlog.tree import EVENTS, POSITION, Tree
from domain.integrity.tree import SIZE
from domain.kernel.event import Event
from domain.kernel.recorded import By, Recorded
from domain.kernel.state import State, fold
from projections.kit.runner import Runner

S = TypeVar("S", bound=State)
Listener = Callable[[Collection[str]], None]

CHUNK = 500
"""Events of an import in one transaction, which all others wait for."""


class Log(Protocol):
    """What a service needs of the log. ``EventLog`` appends at once, ``Batch`` many rows at a time."""

    def state(self, stream: str, initial: S) -> S: ...

    def version(self, stream: str, initial: State) -> int: ...

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
    ) -> Sequence[Event]: ...


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
        self._at = POSITION[self.tree.database.dialect]
        self.session = WritingSession(recorder, mapper, lambda: self.clock())
        self._close = close
        self._listeners: list[Listener] = []

    def project(self, runner: Runner, views: Path, behind: Callable[[], None]) -> None:
        """From now on bring the read models up to date in the transaction that appends. ``views``: their file on SQLite.

        ``behind`` is called, in the thread of a caller, when some could not be: it catches up, or reports.
        """
        self.recorder.attach(views)
        self.session.project(runner, behind)

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
        """What the stream's events add up to now; for a decision, with what is decided and not recorded yet."""
        pending = self.session.pending()
        return fold(initial, self.load(stream)) if pending is None else pending.state(stream, initial)

    def version(self, stream: str, initial: State) -> int:
        """How many events the stream has; for a decision, with those not recorded yet."""
        pending = self.session.pending()
        return len(self.load(stream)) if pending is None else pending.version(stream, initial)

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
        """Decide under the write lock, and append.

        ``claims``, each of another stream, are decided where the decision brings events, and appended with these. ``seen``:
        the version of the stream that the decision was prepared for; ``Moved`` where it is at another one. ``by_itself``:
        nothing else is decided in the same transaction, so that what is looked up holds.
        """

        def work(pending: Pending) -> Sequence[Event]:
            return pending.decide(stream, initial, decision, by, claims=claims, seen=seen)

        start = self.session.run(work, stream=stream, by_itself=by_itself)
        if start.entries:
            self.notify({event.NAME for _, _, event, _ in start.entries})
        return start.answer

    def append(
        self, entries: Sequence[Entry], *, whole: bool = False, still: Callable[[], None] | None = None
    ) -> None:
        """Append (stream, version, event, by) entries in one transaction; at most ``CHUNK`` of them, unless they are one
        ``whole``. ``still``: called under the write lock before it.

        Raises the library's ``IntegrityError`` when a version is taken, ``ClockBehind`` when the clock shows a time
        before the newest event, and whatever ``still`` raises; nothing is recorded then.
        """
        assert whole or len(entries) <= CHUNK, f"{len(entries)} events in one append, at most {CHUNK}"

        def work(pending: Pending) -> None:
            if still is not None:
                still()
            pending.put(entries)

        self.session.run(work, by_itself=True)

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> list[Recorded]:
        """The next ``limit`` events after position ``after``, in the order of the log."""
        upto = "" if until is None else f"AND {self._at} <= {int(until)} "
        return self._select(f"{self._at} > ? {upto}ORDER BY {self._at} LIMIT {int(limit)}", after)

    def named(self, *names: str, after: int = 0) -> list[Recorded]:
        """All events of these names after a position, in the order of the log. For the few that are looked for by name."""
        marks = ",".join("?" * len(names))
        return self._select(f"topic IN ({marks}) AND {self._at} > ? ORDER BY {self._at}", *names, after)

    def _select(self, condition: str, *parameters: str | int) -> list[Recorded]:
        rows = self.tree.database.query(
            f"SELECT {self._at}, originator_id, originator_version, topic, state FROM {EVENTS} WHERE {condition}",
            parameters,
        )
        return [self.mapper.to_recorded(*row) for row in rows]

    def position(self) -> int:
        """The position of the newest event, 0 for an empty log."""
        return self.recorder.max_notification_id() or 0

    @property
    def decides_here(self) -> bool:
        """Whether a decision runs in this thread, so that it holds the write lock."""
        return self.session.pending() is not None

    def leaf_at(self, position: int) -> str:
        """The leaf hash of the event at ``position`` in hex, empty where there is none."""
        rows = self.tree.database.query(f"SELECT nodes FROM {self.tree.table} WHERE position = ?", [position])
        return bytes(rows[0][0])[:SIZE].hex() if rows else ""

    def close(self) -> None:
        self._close()
