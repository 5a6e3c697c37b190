"""Given what happened, when somebody decides, then this follows or that clause refuses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from domain.kernel.clause import Clause
from domain.kernel.errors import Rejected
from domain.kernel.event import Event
from domain.kernel.state import fold


@dataclass(frozen=True)
class Given:
    """A state after events; ``when`` decides on it."""

    state: Any

    def when(self, decision: Callable[[Any], Event | Sequence[Event]]) -> When:
        return When(self.state, decision)

    def and_when(self, *decisions: Callable[[Any], Event]) -> Given:
        """Further decisions, taken and applied one after the other."""
        state = self.state
        for decision in decisions:
            state = state.after(decision(state))
        return Given(state)


@dataclass(frozen=True)
class When:
    """A decision not yet taken."""

    state: Any
    decision: Callable[[Any], Event | Sequence[Event]]

    def then(self, *expected: Event) -> None:
        """Exactly these events are decided, and the state takes them; none where nothing is new."""
        decided = self.decision(self.state)
        assert (decided if isinstance(decided, Sequence) else [decided]) == list(expected)
        assert not expected or fold(self.state, list(expected)) != self.state

    def refused(self, clause: Clause, saying: str = "") -> None:
        """The clause refuses, naming the value that is wrong."""
        with pytest.raises(Rejected) as refusal:
            self.decision(self.state)
        assert refusal.value.clause.id == clause.id
        assert saying in refusal.value.because


def given(initial: Any, *events: Event) -> Given:
    """``initial`` after ``events``."""
    return Given(fold(initial, list(events)))
