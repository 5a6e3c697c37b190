"""Days are the county's, whatever day it is at the meridian."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine, select

from domain.kernel.recorded import Recorded
from domain.kernel.zone import county_day
from domain.pairing.events import MeetingHosted
from projections.boards.trail import trail, trail_board
from projections.kit.runner import Runner
from tests.kit.events import BY, Events

EVENT = MeetingHosted(
    meeting_id="m",
    pairing_id="2025-v-00000001-b-00000001",
    branch="b-00000001",
    village="v-00000001",
    hosted_on=date(2026, 1, 10),
)


@dataclass(frozen=True)
class At(Events):
    """One event, recorded at an instant."""

    instant: datetime = datetime(2026, 1, 10, tzinfo=UTC)

    def read(self, after: int = 0, limit: int = 1000, until: int | None = None) -> list[Recorded]:
        rows = [Recorded(position=1, stream="s", version=1, recorded_at=self.instant, by=BY, event=EVENT)]
        return [row for row in rows if row.position > after]


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 1, 10, 15, 59, 59, tzinfo=UTC), date(2026, 1, 10)),
        (datetime(2026, 1, 10, 16, tzinfo=UTC), date(2026, 1, 11)),
    ],
)
def test_an_entry_after_midnight_is_of_the_new_day(instant: datetime, day: date) -> None:
    assert county_day(instant) == day
    engine = create_engine("sqlite://")
    runner = Runner(engine, At([EVENT], instant), [trail_board])
    runner.create_tables()
    runner.catch_up()
    with engine.connect() as connection:
        (late,) = connection.execute(select(trail.c.days_late)).scalars()
    assert late == (day - EVENT.hosted_on).days
