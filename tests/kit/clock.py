"""A clock for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


class Clock:
    """Turned by hand; no two readings are the same."""

    def __init__(self, day: date) -> None:
        self.turn_to(day)

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def turn_to(self, day: date) -> None:
        """Nine in the morning of the day, in the county."""
        self.now = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
