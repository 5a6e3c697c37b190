"""A projection: its tables, its version, and one handler per event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar, overload

from sqlalchemy import Table

from domain.kernel.event import Event
from domain.kernel.recorded import Recorded
from projections.kit.writer import Writer

E = TypeVar("E", bound=Event)
F = TypeVar("F", bound=Event)
Handler = Callable[[Writer, Any], None]


@dataclass(frozen=True, eq=False)
class Projection:
    """``version`` is raised whenever a handler or a table changes its meaning; the runner then rebuilds it. ``small``: those of
    the tables that hold little in any county, so that who only looks reads them whole.
    """

    name: str
    version: int
    tables: Sequence[Table]
    handlers: dict[type[Event], Handler] = field(default_factory=dict)
    every: list[Handler] = field(default_factory=list)
    small: Sequence[Table] = ()

    @overload
    def on(self, event_type: type[E], /) -> Callable[[Callable[[Writer, E], None]], None]: ...

    @overload
    def on(self, one: type[E], other: type[F], /) -> Callable[[Callable[[Writer, E | F], None]], None]: ...

    def on(self, *event_types: type[Event]) -> Callable[[Handler], None]:
        """Register the handler of an event, or of two that are handled alike."""

        def register(handler: Handler) -> None:
            for event_type in event_types:
                if event_type in self.handlers:
                    raise ValueError(f"{self.name} handles {event_type.NAME} twice")
                self.handlers[event_type] = handler

        return register

    def adds(self, event_type: type[Event], table: Table, **row: object) -> None:
        """The event begins a thing of the table, of which it says everything but ``row``: ``Writer.add``."""
        self.on(event_type)(lambda write, event: write.add(table, **row))

    def changes(self, event_type: type[Event], table: Table, *said: str, **changes: object) -> None:
        """The event changes the thing of the table that it names: ``Writer.change``."""
        key: str = table.info["key"]
        for name in (key, *said):
            if name not in event_type.__dataclass_fields__ or name not in table.columns:
                raise TypeError(f"{self.name}: {event_type.NAME} and {table.name} have not both {name}")
        self.on(event_type)(lambda write, event: write.change(table, getattr(event, key), *said, **changes))

    def stands(
        self, event_type: type[Event], table: Table, column: str, state: Enum, on: str, because: str
    ) -> None:
        """The event says how the thing of the table stands from its day on, and why, where it says so."""
        key: str = table.info["key"]

        def handle(write: Writer, event: Any) -> None:
            now = {column: state.value, on: event.occurred_on, because: getattr(event, "because", "")}
            write.change(table, getattr(event, key), **now)

        self.on(event_type)(handle)

    def on_every(self, handler: Handler) -> Handler:
        """Register a handler that sees every event."""
        self.every.append(handler)
        return handler

    def apply(self, write: Writer, recorded: Recorded) -> None:
        """Hand the event to its handlers."""
        write.recorded = recorded
        for each in self.every:
            each(write, recorded.event)
        handler = self.handlers.get(type(recorded.event))
        if handler is not None:
            handler(write, recorded.event)
