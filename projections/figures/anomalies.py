"""What an auditor looks at first: nothing here is proof of anything, each is a reason to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select

from projections.boards.findings import findings, found_in
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import pairings
from projections.boards.trail import trail
from projections.kit.columns import known
from projections.kit.memory import ask_ahead

YEAR_END_DAYS = 10
"""The last days of the year in which a burst is looked for. [default]"""
BURST_SHARE, BURST_LEAST = 0.4, 5
"""A burst: this share of the year's activities, and at least so many. [default]"""
ROUND_SHARE, ROUND_LEAST = 0.8, 8
"""Round numbers: this share of participant counts that end in 0, of at least so many. [default]"""
OF_FINDINGS = frozenset({"closed_at_once", "evidence_older", "same_file"})
"""Kinds that are about a finding; the others are about a pairing."""


@dataclass(frozen=True)
class Anomaly:
    """``kind`` names it; ``thing`` is a pairing or a finding; ``number`` of ``of`` are unusual."""

    kind: str
    thing: str
    branch: str
    village: str
    number: int
    of: int


def anomalies(connection: Connection, year: int, known_at: int) -> list[Anomaly]:
    """All of a year as known at a position, by kind and thing."""
    asked = _found(year, known_at), _held(year, known_at), _attached(known_at)
    ask_ahead(connection, *asked)
    found = [*_from_findings(connection, year, known_at), *_from_activities(connection, year, known_at)]
    found += _same_file(connection, known_at)
    return sorted(found, key=lambda each: (each.kind, -each.number, each.thing))


def _from_findings(connection: Connection, year: int, known_at: int) -> Iterator[Anomaly]:
    for row in connection.execute(_found(year, known_at)):
        if row.closed_on and row.closed_on == row.ordered_on:
            yield Anomaly("closed_at_once", row.finding_id, row.branch, row.village, 1, 1)
        if row.submitted_on and row.ordered_on and row.submitted_on < row.ordered_on:
            yield Anomaly("evidence_older", row.finding_id, row.branch, row.village, 1, 1)


def _found(year: int, known_at: int) -> Select[Any]:
    return select(findings).where(known(findings, known_at), found_in(year))


def _from_activities(connection: Connection, year: int, known_at: int) -> Iterator[Anomaly]:
    for pairing, branch, village, held, late, even in connection.execute(_held(year, known_at)):
        if late >= BURST_LEAST and late >= BURST_SHARE * held:
            yield Anomaly("year_end_burst", pairing, branch, village, late, held)
        if held >= ROUND_LEAST and even >= ROUND_SHARE * held:
            yield Anomaly("round_numbers", pairing, branch, village, even, held)


def _held(year: int, known_at: int) -> Select[Any]:
    """Of each pairing all activities of a year, those of its end, and those with as many as ten people or a multiple."""
    c, last = activities.c, date(year, 12, 31)
    return (
        select(
            pairings.c.pairing_id,
            pairings.c.branch,
            pairings.c.village,
            func.count(),
            func.count().filter(c.held_on > last - timedelta(YEAR_END_DAYS)),
            func.count().filter(c.participants > 0, c.participants % 10 == 0),
        )
        .join(pairings, pairings.c.pairing_id == c.pairing_id)
        .where(
            known(activities, known_at),
            known(pairings, known_at),
            c.held_on.between(date(year, 1, 1), last),
            c.status != "voided",
        )
        .group_by(pairings.c.pairing_id, pairings.c.branch, pairings.c.village)
    )


def _same_file(connection: Connection, known_at: int) -> Iterator[Anomaly]:
    """One file that was attached to several findings."""
    by_digest: dict[str, list[dict[str, str]]] = defaultdict(list)
    for (data,) in connection.execute(_attached(known_at)):
        if data["finding_id"]:
            by_digest[data["digest"]].append(data)
    for used in by_digest.values():
        if len(used) > 1:
            last = used[-1]
            yield Anomaly(
                "same_file", last["finding_id"], last["branch"], last["village"], len(used), len(used)
            )


def _attached(known_at: int) -> Select[Any]:
    c = trail.c
    return select(c.data).where(c.name == "attachment.AttachmentAdded", c.position <= known_at)
