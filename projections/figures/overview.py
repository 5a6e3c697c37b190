"""Counts for the county's first page, from boards and facts as known at a position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from domain.supervision.light import traffic_light
from projections.boards.findings import findings, found_in
from projections.boards.pairing.pairings import of_year, pairings, years_of
from projections.boards.registry.names import Names
from projections.boards.registry.units_and_villages import class_on, entry_classes
from projections.facts.fact_table import facts
from projections.facts.fact_table import known as fact_known
from projections.kit.columns import known
from projections.kit.memory import ask_ahead


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


@dataclass(frozen=True)
class PairingListing:
    """A pairing of a year, with names and township of a day and the classes of the year's last day."""

    pairing_id: str
    branch: str
    village: str
    started_on: date
    ended_on: date | None
    agreement_no: str
    signed_on: date | None
    unit_name: str
    branch_name: str
    level: str
    unit_class: str
    name: str
    kind: str
    township: str


def pairing_rows(
    connection: Connection,
    year: int,
    known_at: int,
    names: Names | None = None,
    on: date | None = None,
) -> list[PairingListing]:
    """All pairings of a year as known at a position, by township and village; for a paper, the ``names`` ``on`` its day."""
    names, last = names or Names(connection, known_at), on or date(year, 12, 31)
    rows, classes = _paired(connection, year, known_at), _classes(connection, known_at, date(year, 12, 31))
    villages, units = names.villages(last, {row.village for row in rows}), names.units(last)
    found = [
        PairingListing(
            row.pairing_id,
            row.branch,
            row.village,
            row.started_on,
            row.ended_on,
            row.agreement_no,
            row.signed_on,
            units[row.branch],
            names.called(row.branch, last).branch_name,
            *classes[row.branch],
            villages[row.village],
            classes[row.village][1],
            names.called(row.village, last).township,
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (row.township, row.name, row.pairing_id))


def villages_of_year(connection: Connection, year: int, known_at: int) -> frozenset[str]:
    """The villages that are paired in a year, as known at a position."""
    return frozenset(
        connection.scalars(select(pairings.c.village).where(of_year(year), known(pairings, known_at)))
    )


def _paired(connection: Connection, year: int, known_at: int) -> Sequence[Row[Any]]:
    return connection.execute(select(pairings).where(of_year(year), known(pairings, known_at))).all()


def _classes(connection: Connection, known_at: int, on: date) -> Mapping[str, tuple[str, str]]:
    """Unit or village to its level, which villages have none of, and its class on a day."""
    c = entry_classes.c
    query = select(c.entry, c.level, c.of_class).where(class_on(on, known_at))
    return {entry: (level, of_class) for entry, level, of_class in connection.execute(query)}


def activity_counts(connection: Connection, year: int, known_at: int) -> dict[str, int]:
    """Pairing to the number of activities of the year."""
    return {each: value for each, value in connection.execute(_counted(year, known_at))}


def counts_ahead(connection: Connection, year: int, known_at: int) -> None:
    """Say that they will be asked."""
    ask_ahead(connection, _counted(year, known_at))


def _counted(year: int, known_at: int) -> Select[Any]:
    query = select(facts.c.pairing, func.count()).where(*_activities(year, known_at))
    return query.group_by(facts.c.pairing)


def activities_by_month(connection: Connection, year: int, known_at: int) -> list[int]:
    """Twelve counts, January first."""
    counted = [0] * 12
    # By day: these are few enough to be remembered, and the database need not know of months.
    query = select(facts.c.occurred_on, func.count()).where(*_activities(year, known_at))
    for day, held in connection.execute(query.group_by(facts.c.occurred_on)):
        counted[day.month - 1] += held
    return counted


def _activities(year: int, known_at: int) -> Iterator[ColumnElement[bool]]:
    yield facts.c.kind == "activity"
    yield fact_known(known_at)
    yield facts.c.occurred_on.between(date(year, 1, 1), date(year, 12, 31))


def years(connection: Connection, known_at: int, until: int) -> list[int]:
    """The years, not after ``until``, in which somebody was paired, newest first."""
    c = pairings.c
    spans = select(c.started_on, c.ended_on).where(known(pairings, known_at)).distinct()
    found = {year for span in connection.execute(spans) for year in years_of(*span, until)}
    return sorted(found, reverse=True)
