"""The traffic light of a finding: derived for a day, never stored."""

from __future__ import annotations

import enum
from datetime import date, timedelta

YELLOW_DAYS = 5
"""Yellow from this many days before the due day. [default]"""


class Light(enum.Enum):
    """``WAITING``: not ordered yet, or come back and not ordered again. ``DONE``: closed, and nothing else."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    DONE = "done"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


def traffic_light(status: str, due_on: date | None, submitted_on: date | None, on: date) -> Light:
    """The light on a day, under the due day then known.

    | status | light |
    |---|---|
    | raised, relapsed | waiting |
    | ordered, acknowledged, returned, reinspected_failed | red after the due day, yellow near it, green before |
    | submitted, accepted | red where the report came after the due day, else green: in the office's hands |
    | closed | done |
    | withdrawn | withdrawn |

    Near is from ``YELLOW_DAYS`` before. On days before the report was handed in, nothing was.
    """
    if status == "closed":
        return Light.DONE
    if status == "withdrawn":
        return Light.WITHDRAWN
    if due_on is None:
        return Light.WAITING
    if status in ("submitted", "accepted") and submitted_on is not None and on >= submitted_on:
        return Light.GREEN if submitted_on <= due_on else Light.RED
    if on > due_on:
        return Light.RED
    return Light.YELLOW if on >= due_on - timedelta(days=YELLOW_DAYS) else Light.GREEN
