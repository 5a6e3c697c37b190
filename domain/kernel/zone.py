"""The county's zone: China has one time for the whole country, without summer time."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

COUNTY_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")


def county_day(instant: datetime) -> date:
    """The day in the county at an instant, which must carry its zone. What happens at one in the morning is no entry of the
    day before.
    """
    return instant.astimezone(COUNTY_TIME).date()
