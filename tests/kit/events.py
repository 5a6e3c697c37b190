"""A log in a list, for projections without a database of events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, create_engine

from domain.kernel.event import Event
from domain.kernel.recorded import By, Recorded, Source
from projections.kit.projection import Projection
from projections.kit.runner import Runner
from tests.kit.neighbours import demand_neighbours_untouched

BY = By(actor="kaohe", source=Source(kind="page", name="/test"))


@dataclass(frozen=True)
class Events:
    """The events at positions 1, 2, 3, all in one stream."""

    events: Sequence[Event]

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> list[Recorded]:
        return [
            Recorded(
                position=n,
                stream="s",
                version=n,
                recorded_at=datetime(2026, 1, 12, tzinfo=UTC),
                by=BY,
                event=event,
            )
            for n, event in enumerate(self.events, start=1)
            if after < n and (until is None or n <= until)
        ][:limit]

    def position(self) -> int:
        return len(self.events)


def projected(projections: Sequence[Projection], *events: Event) -> tuple[Engine, Runner]:
    """The tables of ``projections`` after the events, in memory. What bears the same numbers elsewhere is seen to stay."""
    demand_neighbours_untouched(projections, events)
    engine = create_engine("sqlite://")
    runner = Runner(engine, Events(events), projections)
    runner.create_tables()
    runner.catch_up()
    return engine, runner
