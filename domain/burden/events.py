"""What can happen to the limit of what a village bears in a month."""

from __future__ import annotations

import enum
from datetime import date

from domain.kernel.event import Event


class Burden(enum.Enum):
    """What a village bears. ``VISITS``: activities held there, inspections, on-site meetings; ``REQUESTS``: what it is asked for,
    such as a confirmation, a slip, a circular, a rectification; ``ENTRIES``: fields that its clerk filled in; ``UPLOADS``: files
    that its clerk attached."""

    VISITS = "visits"
    REQUESTS = "requests"
    ENTRIES = "entries"
    UPLOADS = "uploads"


class BurdenEvent(Event, context="burden"):
    """Base of the events of burdens."""


class BurdenLimitSet(BurdenEvent, occurred="limited_on"):
    """From a month on (``2026-11``) a village shall bear at most so many of each a month; ``None`` for no limit. It is warned of
    what goes beyond, and nothing is refused."""

    month: str
    visits: int | None
    requests: int | None
    entries: int | None
    uploads: int | None
    because: str
    limited_on: date
