"""How the findings of the county go: opened, closed and open by month; what is open, by township and light."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from application.actors.actor import READERS, Owner
from application.question import Asker, question
from domain.kernel.values import Year
from domain.supervision.light import Light, traffic_light
from projections.boards.findings import findings
from projections.boards.registry.names import Names
from projections.kit.columns import known

OPEN_LIGHTS = (Light.RED, Light.YELLOW, Light.GREEN, Light.WAITING)
"""The lights that an open finding may have, the most urgent first."""


@dataclass(frozen=True)
class MonthOfFindings:
    """How many were found and closed in a month, and were open on its last day; ``None`` where that is still to come."""

    opened: int
    closed: int
    open: int | None


@dataclass(frozen=True)
class TownshipFindings:
    """What is open in a township today: how many under each of ``OPEN_LIGHTS``, and how many days ago the oldest was found."""

    township: str
    counts: tuple[int, ...]
    oldest: int


@dataclass(frozen=True)
class FindingStatistics:
    """As the findings stand now: one that came back is open since it was found; those withdrawn count nowhere. ``townships``:
    those with something open, whatever its year, the most red ones first."""

    year: int
    today: date
    months: tuple[MonthOfFindings, ...]
    townships: tuple[TownshipFindings, ...]


@question("/finding-statistics", READERS)
def show_finding_statistics(asker: Asker, *, year: Year) -> FindingStatistics:
    """The months of a year, and what is open today; a clerk sees the own ones."""
    c = findings.c
    query = select(c.found_on, c.closed_on, c.status, c.due_on, c.submitted_on, c.branch, c.village).where(
        known(findings, asker.known_at), c.status != "withdrawn"
    )
    rows: list[Any] = [
        row for row in asker.connection.execute(query) if asker.sees(Owner(row.branch, row.village))
    ]
    today = asker.look.today()
    return FindingStatistics(
        year=year,
        today=today,
        months=tuple(_month(rows, date(year, month, 1), today) for month in range(1, 13)),
        townships=_townships(asker, [row for row in rows if row.closed_on is None], today),
    )


def last_of(first: date) -> date:
    """The last day of the month that begins on ``first``."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _month(rows: list[Any], first: date, today: date) -> MonthOfFindings:
    last = last_of(first)
    stand = sum(row.found_on <= last and (row.closed_on is None or row.closed_on > last) for row in rows)
    return MonthOfFindings(
        opened=sum(first <= row.found_on <= last for row in rows),
        closed=sum(row.closed_on is not None and first <= row.closed_on <= last for row in rows),
        open=stand if first <= today else None,
    )


def _townships(asker: Asker, rows: list[Any], today: date) -> tuple[TownshipFindings, ...]:
    names = Names(asker.connection, asker.known_at)
    lights: dict[str, Counter[Light]] = {}
    oldest: dict[str, int] = {}
    for row in rows:
        township = names.called(row.village, row.found_on).township
        light = traffic_light(row.status, row.due_on, row.submitted_on, today)
        lights.setdefault(township, Counter())[light] += 1
        oldest[township] = max(oldest.get(township, 0), (today - row.found_on).days)
    found = [
        TownshipFindings(township, tuple(counts[light] for light in OPEN_LIGHTS), oldest[township])
        for township, counts in lights.items()
    ]
    return tuple(sorted(found, key=lambda each: ([-n for n in each.counts], each.township)))
