"""The writing session: decide, append, prove and project in one transaction. docs/decisions/0021-writing-session.md

Whoever comes first leads: it takes the write lock, decides its own command and those that came meanwhile, appends what was
decided, brings the read models up to date, commits, and tells everybody what became of theirs. There is no thread of its
own. Since the lock precedes every decision, no two commands get in each other's way, in this process or in another.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from eventsourcing.persistence import (
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    PersistenceError,
)
from psycopg.errors import IdleInTransactionSessionTimeout, LockNotAvailable

from application.eventlog.mapper import Mapper
from application.eventlog.pending import Entry, Pending
from application.eventlog.recorders import LogRecorder
from application.eventlog.writing import Newest, Stored, Writing
from domain.kernel.event import Event
from domain.kernel.recorded import By, Recorded
from domain.kernel.state import State, fold
from projections.kit.runner import Runner
from projections.kit.writer import Live

R = TypeVar("R")
S = TypeVar("S", bound=State)
TOGETHER = 100
"""Commands in one transaction at most: whoever waits for the first of them waits for all."""
GATHERING = 0.25
"""The part of a transaction's time for which those are waited for who took part in the last one."""
AT_ONCE = 5_000
"""Events that the read models take in while all others wait, at most; of more they catch up after the commit."""
PAUSE = 0.2
"""Seconds before a lost connection is replaced."""
REMEMBERED = 20_000
"""Streams whose states are remembered at most; the longest unused are forgotten first."""
TOLERANCE = timedelta(seconds=60)
"""How far the clock may be behind the newest event: two servers' clocks differ a little. The event then bears the newest
one's time, so that the time of recording never goes backwards."""


_thread = threading.local()


def deciding() -> bool:
    """Whether this thread takes a decision while others wait for the lock: then it reads streams, and nothing else."""
    return getattr(_thread, "deciding", False)


class ClockBehind(Exception):
    """The clock shows a time before the newest event; nothing is recorded, since its time would be wrong."""


class _ReadModelFailure(Exception):
    """A handler could not take the events in; they are recorded without the read models."""


class _Unanswered(Exception):
    """The transaction was to be committed, and nobody said that it was: ``stored`` may be on record or not."""

    def __init__(self, stored: Sequence[Stored], why: PersistenceError) -> None:
        super().__init__(str(why))
        self.stored = stored
        self.why = why


class InDoubt(PersistenceError):
    """Whether it was recorded is not known, since the database no longer answers; doing it again might do it twice."""


@dataclass(frozen=True)
class Recording(Generic[R]):
    """What a command answered, and what it recorded."""

    answer: R
    entries: Sequence[Entry]


class _Command:
    """What a caller wants decided. ``turn`` opens when it is done, or when its caller is to lead: ``leads``."""

    __slots__ = ("by_itself", "done", "entries", "error", "leads", "left", "result", "stream", "turn", "work")

    def __init__(self, work: Callable[[Pending], Any], stream: str | None, by_itself: bool) -> None:
        self.work = work
        self.stream = stream
        self.by_itself = by_itself
        self.result: Any = None
        self.entries: Sequence[Entry] = ()
        self.error: BaseException | None = None
        self.done = False
        self.leads = False
        self.left = False
        self.turn = threading.Lock()
        self.turn.acquire()

    def decide(self, pending: Pending) -> None:
        """Decide; a rejection is this command's alone."""
        start = len(pending.entries)
        self.result, self.error, self.entries = None, None, ()
        try:
            with pending.together():
                self.result = self.work(pending)
        except Exception as error:
            self.error = error
        else:
            self.entries = pending.entries[start:]


@dataclass
class _Memory:
    """What holds while the newest event is the one that this session left; nothing where that is not known."""

    newest: Newest | None = None
    at: datetime | None = None
    streams: OrderedDict[str, tuple[int, State]] = field(default_factory=OrderedDict)
    live: Live = field(default_factory=Live)

    def forget(self, newest: Newest | None, at: datetime | None) -> None:
        """Somebody else has written, or nothing is known yet."""
        self.streams.clear()
        self.live.forget()
        self.newest, self.at = newest, at

    def keep(self, streams: dict[str, tuple[int, State]], touched: Sequence[str]) -> None:
        """The streams that were looked at; what was decided elsewhere of the others is no longer known."""
        for stream in touched:
            self.streams.pop(stream, None)
        for stream, known in streams.items():
            self.streams[stream] = known
            self.streams.move_to_end(stream)
        while len(self.streams) > REMEMBERED:
            self.streams.popitem(last=False)


class WritingSession:
    """All writing of this process to the log."""

    def __init__(self, recorder: LogRecorder, mapper: Mapper, clock: Callable[[], datetime]) -> None:
        self._recorder = recorder
        self._mapper = mapper
        self._clock = clock
        self._runner: Runner | None = None
        self._behind: Callable[[], None] = lambda: None
        self._guard = threading.Lock()
        self._waiting: deque[_Command] = deque()
        self._led = False
        self._expected = 1
        """How many were recorded together the last time; they come back at once, or not at all."""
        self._taken = 0.0
        """Seconds that this took."""
        self._awaited: threading.Lock | None = None
        self._leader: int | None = None
        self._pending: Pending | None = None
        self._memory = _Memory()
        self._at_stake: tuple[Sequence[_Command], Sequence[Stored]] = (), ()
        """What the newest transaction was to record, of which commands, from the moment at which it might."""

    def project(self, runner: Runner, behind: Callable[[], None]) -> None:
        """As ``EventLog.project``."""
        self._runner = runner
        self._behind = behind

    def pending(self) -> Pending | None:
        """What the decision that runs in this thread stands on; ``None`` outside of decisions."""
        return self._pending if self._leader == threading.get_ident() else None

    def run(
        self, work: Callable[[Pending], R], *, stream: str | None = None, by_itself: bool = False
    ) -> Recording[R]:
        """Decide by ``work`` under the write lock and record what it adds. Whatever ``work`` raises is raised here, and
        nothing of it is recorded.

        ``stream``: the one that it decides on, as far as that is known. ``by_itself``: nothing else is decided in the same
        transaction.
        """
        if self._leader == threading.get_ident():
            raise RuntimeError("a decision records nothing by itself; say it as a claim, or after it")
        command = _Command(work, stream, by_itself)
        behind = False
        try:
            with self._guard:
                follows = self._led
                command.leads = not follows
                self._waiting.append(command)
                self._led = True
                if self._awaited is not None and len(self._waiting) >= self._expected:
                    self._awaited.release()
                    self._awaited = None
            if follows:
                command.turn.acquire()
            if not command.done:
                behind = self._lead()
        except BaseException:
            self._leave(command)
            raise
        if behind:
            self._behind()
        if command.error is not None:
            raise command.error
        return Recording(command.result, command.entries)

    def _leave(self, command: _Command) -> None:
        """Its caller was interrupted: where it is not decided yet it never is, and where it was to lead another does."""
        with self._guard:
            command.left = True
            if command in self._waiting:
                self._waiting.remove(command)
                if command.leads:
                    self._pass_on()

    def _pass_on(self) -> None:
        """Let the first of those who wait lead; the guard is held."""
        self._led = bool(self._waiting)
        if self._led:
            self._waiting[0].leads = True
            self._waiting[0].turn.release()

    def _lead(self) -> bool:
        """Decide and record the first command and those after it; whether read models stayed behind."""
        commands: list[_Command] = []
        again: Sequence[_Command] = ()
        self._at_stake = (), ()
        try:
            self._gather()
            began = time.perf_counter()
            with self._guard:
                commands.append(self._waiting.popleft())
                while self._waiting and len(commands) < TOGETHER and not commands[0].by_itself:
                    if self._waiting[0].by_itself:
                        break
                    commands.append(self._waiting.popleft())
            behind = self._record_all(commands)
            self._expected, self._taken = len(commands), time.perf_counter() - began
            return behind
        except BaseException as error:
            # What interrupts the leader is its own.
            again = self._not_recorded(commands[1:], error)
            raise
        finally:
            try:
                with self._guard:
                    again = [command for command in again if not command.left]
                    self._waiting.extendleft(reversed(again))
                for command in commands:
                    command.done = command not in again
                # They go first: what they do next is then part of the next batch, and not of the one after it.
                for command in commands[1:]:
                    if command.done:
                        command.turn.release()
            finally:
                with self._guard:
                    self._pass_on()

    def _gather(self) -> None:
        """Let those come who were recorded together the last time, for a part of what a transaction takes: else one leads alone
        whenever nobody waits yet, and every second transaction is of one command.
        """
        with self._guard:
            if len(self._waiting) >= self._expected:
                return
            self._awaited = awaited = threading.Lock()
            awaited.acquire()
        awaited.acquire(timeout=self._taken * GATHERING)
        with self._guard:
            self._awaited = None

    def _not_recorded(self, commands: Sequence[_Command], why: BaseException) -> Sequence[_Command]:
        """Those that are to be decided anew, since the leader was interrupted before it recorded them. Where it may have, it is
        looked up; where nobody answers, they are in doubt.
        """
        batch, stored = self._at_stake
        try:
            if stored and self._stand(_Unanswered(stored, PersistenceError(repr(why)))):
                for command in batch:
                    command.done = True
        except BaseException as error:
            for command in batch:
                command.error, command.done = InDoubt(f"whoever recorded it was interrupted: {error!r}"), True
        return [command for command in commands if not command.done]

    def _record_all(self, commands: Sequence[_Command]) -> bool:
        try:
            return self._record(commands)
        except Exception as error:
            if len(commands) == 1 or isinstance(error, InDoubt):
                for command in commands:
                    command.error = error
                return False
        # Together they failed: whose fault it was shows when each is done by itself.
        behind = False
        for command in commands:
            try:
                behind |= self._record([command])
            except Exception as error:
                command.error = error
            command.done = True
        return behind

    def _record(self, commands: Sequence[_Command]) -> bool:
        project, attempts = True, self._recorder.attempts
        while True:
            try:
                return self._attempt(commands, project=project)
            except _ReadModelFailure:
                project = False
                continue
            except _Unanswered as lost:
                # The answer to the commit was lost, or the read models' file could not take its part.
                if self._stand(lost):
                    return True
                failure = lost.why
            except (InterfaceError, InternalError, OperationalError) as error:
                idle = isinstance(error.__cause__, IdleInTransactionSessionTimeout)
                if isinstance(error.__cause__, LockNotAvailable) or (
                    isinstance(error, InternalError) and not idle
                ):
                    raise
                # The connection is gone: nothing was recorded, and a server that was started anew answers again.
                failure = error
            attempts -= 1
            if not attempts:
                raise failure
            time.sleep(PAUSE)

    def _attempt(self, commands: Sequence[_Command], *, project: bool) -> bool:
        """One transaction; whether read models stayed behind."""
        memory = self._memory
        stored: list[Stored] = []
        behind = committing = False
        self._at_stake = (), ()
        try:
            streams = {each.stream for each in commands if each.stream}
            asked = sorted(stream for stream in streams if stream not in memory.streams)
            with self._recorder.writing(asked) as writing:
                newest = writing.newest()
                if newest is None or newest != memory.newest:
                    memory.forget(newest, None if newest is None else self._mapper.recorded_at(newest.state))
                pending = self._decide(writing, commands)
                at = self._now() if pending.entries else None
                encode = self._mapper.to_bytes
                stored = [
                    Stored(stream, version, event.NAME, encode(event, by, at))  # type: ignore[arg-type]
                    for stream, version, event, by in pending.entries
                ]
                positions: Sequence[int] = ()
                if stored:
                    positions, leaf = writing.insert(stored)
                    if self._runner is not None:
                        if len(stored) > AT_ONCE:
                            project = False
                            memory.live.forget()
                        behind = not project or not self._project(
                            writing, self._recorded(pending.entries, positions, at), leaf
                        )
                committing = bool(stored)
                self._at_stake = commands, stored
        except BaseException as error:
            memory.newest = None
            if not committing or isinstance(error, IntegrityError) or not isinstance(error, PersistenceError):
                raise
            raise _Unanswered(stored, error) from error
        if positions:
            memory.keep(pending.streams, [stream for stream, *_ in pending.entries])
            memory.at, memory.newest = at, Newest(positions[-1], stored[-1].state)
        else:
            memory.keep(pending.streams, ())
        return behind

    def _decide(self, writing: Writing, commands: Sequence[_Command]) -> Pending:
        def recall(stream: str, initial: S) -> tuple[int, S]:
            known = self._memory.streams.get(stream)
            if known is not None and type(known[1]) is type(initial):
                return known  # type: ignore[return-value]
            events = self._history(writing, stream)
            return len(events), fold(initial, events)

        self._pending = pending = Pending(recall)
        self._leader = threading.get_ident()
        _thread.deciding = not commands[0].by_itself
        try:
            for command in commands:
                command.decide(pending)
        finally:
            self._leader = self._pending = None
            _thread.deciding = False
        return pending

    def _history(self, writing: Writing, stream: str) -> list[Event]:
        return [
            self._mapper.to_recorded(0, stream, each.originator_version, each.topic, each.state).event
            for each in writing.history(stream)
        ]

    def _now(self) -> datetime:
        """The later of the clock and the newest event's time."""
        at, newest = self._clock(), self._memory.at
        if newest is None:
            return at
        if at < newest - TOLERANCE:
            raise ClockBehind(
                f"the clock shows {at.isoformat()}, the newest event was recorded at {newest.isoformat()}; "
                "set the clock right"
            )
        return max(at, newest)

    def _recorded(
        self, entries: Sequence[tuple[str, int, Event, By]], positions: Sequence[int], at: datetime | None
    ) -> list[Recorded]:
        assert at is not None, entries
        return [
            Recorded(position=position, stream=stream, version=version, recorded_at=at, by=by, event=event)
            for position, (stream, version, event, by) in zip(positions, entries, strict=True)
        ]

    def _project(self, writing: Writing, page: Sequence[Recorded], leaf: str) -> bool:
        """Let the read models take the events in; whether all of them have."""
        assert self._runner is not None, page
        if writing.rows is None:
            self._memory.live.forget()
            return False
        try:
            newest = self._memory.newest
            return self._runner.take_in(
                writing.rows, self._memory.live, page, leaf, after=0 if newest is None else newest.position
            )
        except Exception as error:
            self._memory.live.forget()
            raise _ReadModelFailure from error

    def _stand(self, lost: _Unanswered) -> bool:
        """Whether the log has the last of these events, byte by byte, and so all of them.

        Asked under the lock, which that transaction holds as long as it may still be committed. Raises ``InDoubt``.
        """
        last, why = lost.stored[-1], lost.why
        for attempt in range(self._recorder.attempts):
            if attempt:
                time.sleep(PAUSE)
            try:
                with self._recorder.writing([last.originator_id]) as writing:
                    return last in writing.history(last.originator_id)
            except PersistenceError as error:
                why = error
        raise InDoubt(f"nobody says whether it was recorded ({why}); look before you do it again") from why
