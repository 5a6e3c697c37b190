"""States: what a stream's events add up to. Decisions are methods that return events; ``after`` takes one in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, Self, TypeVar


class State(Protocol):
    """A frozen value; the class without arguments is the state before the first event."""

    def after(self, event: Any) -> Self:
        """The state once ``event`` has happened. No rule, no clock, no failure: the past has happened."""
        ...


S = TypeVar("S", bound=State)


def fold(initial: S, events: Iterable[Any]) -> S:
    """``initial`` after all ``events``, in their order."""
    state = initial
    for event in events:
        state = state.after(event)
    return state
