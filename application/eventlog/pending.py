"""What is decided and not recorded yet: decisions that see what is on record and what was decided before them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from domain.kernel.errors import Conflict
from domain.kernel.event import Event
from domain.kernel.recorded import By
from domain.kernel.state import State, fold

S = TypeVar("S", bound=State)
Decision = Callable[[S], Event | Sequence[Event]]
Entry = tuple[str, int, Event, By]
"""Stream, version, event, and who did it."""


@dataclass(frozen=True)
class Claim:
    """What another stream must agree to for a decision to stand: its events are recorded with the decision's, or none."""

    stream: str
    initial: State
    decision: Decision[Any]


Claims = Sequence[Claim] | Callable[[], Sequence[Claim]]
"""Claims, or what states them once the decision is taken."""


class Moved(Conflict):
    """The stream is not at the version that was looked at."""

    def __init__(self, stream: str, seen: int, now: int) -> None:
        super().__init__(
            f"{stream} was looked at in version {seen} and is now at {now}; reload and decide anew"
        )


class Recall(Protocol):
    """The version and the state of a stream as it is on record."""

    def __call__(self, stream: str, initial: S, /) -> tuple[int, S]: ...


def as_events(decided: Event | Sequence[Event]) -> list[Event]:
    return [decided] if isinstance(decided, Event) else list(decided)


def _stated(claims: Claims) -> Sequence[Claim]:
    return claims() if callable(claims) else claims


class Pending:
    """Entries in the order in which they were decided; ``recall`` says what is on record."""

    def __init__(self, recall: Recall) -> None:
        self._recall = recall
        self.entries: list[Entry] = []
        self.streams: dict[str, tuple[int, State]] = {}
        """Version and state of every stream that was looked at, with what is pending."""
        self._before: list[tuple[str, tuple[int, State] | None]] = []
        self._put: set[str] = set()
        self._depth = 0

    def _known(self, stream: str, initial: S) -> tuple[int, S]:
        known = self.streams.get(stream)
        if known is None or type(known[1]) is not type(initial):
            version, state = self._recall(stream, initial)
            events: list[Event] = []
            if known is not None or stream in self._put:
                # Looked at as another kind of state, or decided elsewhere: what is pending of it is taken in.
                events = [event for name, _, event, _ in self.entries if name == stream]
            known = self.streams[stream] = version + len(events), fold(state, events)
        return known  # type: ignore[return-value]

    def state(self, stream: str, initial: S) -> S:
        """What the stream adds up to, pending events included."""
        return self._known(stream, initial)[1]

    def version(self, stream: str, initial: State) -> int:
        """How many events the stream has, pending ones included."""
        return self._known(stream, initial)[0]

    def decide(
        self,
        stream: str,
        initial: S,
        decision: Decision[S],
        by: By,
        *,
        claims: Claims = (),
        seen: int | None = None,
    ) -> Sequence[Event]:
        """Decide; what is decided is pending. ``seen``: the version that the decision was prepared for.

        Raises ``Moved`` where the stream is at another one.
        """
        version, state = self._known(stream, initial)
        if seen is not None and seen != version:
            raise Moved(stream, seen, version)
        events = as_events(decision(state))
        if not events:
            return events
        # What they are follows from how things stood before.
        stated = _stated(claims)
        mark = self._mark()
        try:
            self._keep(stream, initial, events, by)
            for claim in stated:
                claimed = as_events(claim.decision(self.state(claim.stream, claim.initial)))
                self._keep(claim.stream, claim.initial, claimed, by)
        except BaseException:
            # A claim that is refused refuses the decision, too.
            self._take_back(mark)
            raise
        return events

    def _mark(self) -> tuple[int, int]:
        return len(self.entries), len(self._before)

    def _take_back(self, mark: tuple[int, int]) -> None:
        entries, before = mark
        del self.entries[entries:]
        for stream, known in reversed(self._before[before:]):
            if known is None:
                self.streams.pop(stream, None)
            else:
                self.streams[stream] = known
        del self._before[before:]

    def _keep(self, stream: str, initial: State, events: Sequence[Event], by: By) -> None:
        version, state = self._known(stream, initial)
        self._before.append((stream, (version, state)))
        self.entries += [(stream, version + 1 + i, event, by) for i, event in enumerate(events)]
        self.streams[stream] = (version + len(events), fold(state, events))

    def put(self, entries: Sequence[Entry]) -> None:
        """What was decided elsewhere, at its versions; that they are still free is the log's to say."""
        self.entries += entries
        for stream, *_ in entries:
            self._before.append((stream, None))
            self.streams.pop(stream, None)
            self._put.add(stream)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is decided inside stays together; an exception takes all of it back and passes on."""
        mark = self._mark()
        self._depth += 1
        try:
            yield
        except BaseException:
            self._take_back(mark)
            raise
        finally:
            self._depth -= 1
            if not self._depth:
                # Nothing of it is taken back any more.
                self._before.clear()
