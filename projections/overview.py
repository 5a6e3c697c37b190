"""Counts for the county's first page, from boards and facts as known at a position."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from domain.supervision.light import traffic_light
from projections.fact_table import facts
from projections.fact_table import known as fact_known
from projections.findings_board import findings, found_in
from projections.kit.columns import known
from projections.pairings_board import of_year, pairings, years_of
from projections.registry import branches, villages


def lights(
    connection: Connection, year: int, known_at: int, on: date, branch: str = "", village: str = ""
) -> Counter[str]:
    """Findings of a year by light on a day, under what was known at a position; of one branch or village only, where
    one is given.
    """
    query = select(findings.c.status, findings.c.due_on, findings.c.submitted_on).where(
        known(findings, known_at), found_in(year)
    )
    if branch:
        query = query.where(findings.c.branch == branch)
    if village:
        query = query.where(findings.c.village == village)
    return Counter(
        traffic_light(row.status, row.due_on, row.submitted_on, on).value for row in connection.execute(query)
    )


def pairing_rows(connection: Connection, year: int, known_at: int) -> list[Row[Any]]:
    """All pairings of a year with names, in the order of their villages' registration."""
    query = (
        select(
            pairings,
            branches.c.unit_name,
            branches.c.branch_name,
            branches.c.level,
            branches.c.unit_class,
            villages.c.name,
            villages.c.kind,
            villages.c.township,
        )
        .join(branches, branches.c.branch == pairings.c.branch)
        .join(villages, villages.c.village == pairings.c.village)
        .where(
            of_year(year),
            known(pairings, known_at),
            known(branches, known_at),
            known(villages, known_at),
        )
        .order_by(villages.c.township, villages.c.name)
    )
    return list(connection.execute(query).all())


def activity_counts(connection: Connection, year: int, known_at: int) -> dict[str, int]:
    """Pairing to the number of activities of the year."""
    query = (
        select(facts.c.pairing, func.count())
        .where(
            facts.c.kind == "activity",
            fact_known(known_at),
            facts.c.occurred_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .group_by(facts.c.pairing)
    )
    return {each: value for each, value in connection.execute(query)}


def activities_by_month(connection: Connection, year: int, known_at: int) -> list[int]:
    """Twelve counts, January first."""
    counted = [0] * 12
    query = select(facts.c.occurred_on).where(
        facts.c.kind == "activity",
        fact_known(known_at),
        facts.c.occurred_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    for (day,) in connection.execute(query):
        counted[day.month - 1] += 1
    return counted


def years(connection: Connection, known_at: int, until: int) -> list[int]:
    """The years, not after ``until``, in which somebody was paired, newest first."""
    c = pairings.c
    spans = select(c.started_on, c.ended_on).where(known(pairings, known_at)).distinct()
    found = {year for span in connection.execute(spans) for year in years_of(*span, until)}
    return sorted(found, reverse=True)
