"""The traffic light of a finding: derived for a day, never stored."""

from __future__ import annotations

import enum
from datetime import date, timedelta

YELLOW_DAYS = 5
"""Default: yellow from this many days before the due day. [default, configurable]"""


class Light(enum.Enum):
    """``DONE``: accepted, closed or withdrawn. ``WAITING``: not ordered yet."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    DONE = "done"
    WAITING = "waiting"


def traffic_light(status: str, due_on: date | None, on: date, yellow_days: int = YELLOW_DAYS) -> Light:
    """The light on a day, under the due day then known: red when overdue, yellow when due within
    ``yellow_days`` days, green before; what has been submitted is green, being in the office's hands.
    """
    if status in ("accepted", "closed", "withdrawn"):
        return Light.DONE
    if due_on is None:
        return Light.WAITING
    if status == "submitted":
        return Light.GREEN
    if on > due_on:
        return Light.RED
    return Light.YELLOW if on >= due_on - timedelta(days=yellow_days) else Light.GREEN
