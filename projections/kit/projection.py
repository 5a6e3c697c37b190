"""A projection: its tables, its version, and one handler per event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Table

from domain.kernel.event import Event
from domain.kernel.recorded import Recorded
from projections.kit.writer import Writer

E = TypeVar("E", bound=Event)
Handler = Callable[[Writer, Recorded, Any], None]


@dataclass(frozen=True)
class Projection:
    """``version`` is raised whenever a handler or a table changes its meaning; the runner then rebuilds it."""

    name: str
    version: int
    tables: Sequence[Table]
    handlers: dict[type[Event], Handler] = field(default_factory=dict)
    every: list[Handler] = field(default_factory=list)

    def on(
        self, event_type: type[E]
    ) -> Callable[[Callable[[Writer, Recorded, E], None]], Callable[[Writer, Recorded, E], None]]:
        """Register the handler of one event."""

        def register(
            handler: Callable[[Writer, Recorded, E], None],
        ) -> Callable[[Writer, Recorded, E], None]:
            if event_type in self.handlers:
                raise ValueError(f"{self.name} handles {event_type.NAME} twice")
            self.handlers[event_type] = handler
            return handler

        return register

    def on_every(self, handler: Handler) -> Handler:
        """Register a handler that sees every event."""
        self.every.append(handler)
        return handler

    def apply(self, write: Writer, recorded: Recorded) -> None:
        """Hand the event to its handlers."""
        for each in self.every:
            each(write, recorded, recorded.event)
        handler = self.handlers.get(type(recorded.event))
        if handler is not None:
            handler(write, recorded, recorded.event)
