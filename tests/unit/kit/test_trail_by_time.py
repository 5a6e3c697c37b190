"""The last event before an instant, found by halving: positions have gaps, and several events bear the same time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, insert

from projections.boards.trail import position_before, trail

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "minutes",
    [{}, {1: 0}, {3: 0, 4: 0, 9: 1, 12: 1, 13: 5}, {5: 0, 6: 5}, {n: n // 3 for n in range(2, 60, 5)}],
)
def test_the_last_position_before_an_instant(minutes: dict[int, int]) -> None:
    engine = create_engine("sqlite://")
    trail.create(engine)
    said = {each.name: "" for each in trail.columns if not each.nullable}
    with engine.begin() as raw:
        for position, minute in minutes.items():
            at = NOON + timedelta(minutes=minute)
            raw.execute(insert(trail).values({**said, "position": position, "version": 1, "recorded_at": at}))
        for minute in range(-1, 25):
            instant = NOON + timedelta(minutes=minute)
            earlier = [position for position, each in minutes.items() if each < minute]
            assert position_before(raw, instant) == max(earlier, default=0)
