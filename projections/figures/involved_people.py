"""Who took part in what an appeal contests: the accounts that recorded it, and the persons it names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from domain.assessment.year.streams import stream_of_lines, stream_of_review, stream_of_runs
from projections.boards.trail import positions_about, trail

AT_ONCE = 500
"""So many values are asked for by one statement."""
APPEAL_WORK = {
    "appeal.AppealRegistered",
    "appeal.AppealAdmitted",
    "appeal.AppealRefused",
    "appeal.AppealDecided",
}
"""A reviewer's own work on appeals is no part in what they contest."""


@dataclass(frozen=True)
class InvolvedPeople:
    """Account names, and references of persons."""

    accounts: frozenset[str]
    persons: frozenset[str]


def involved_in_finding(connection: Connection, finding_id: str, appeal_id: str) -> InvolvedPeople:
    """Everybody behind a finding: who raised, inspected, answered or changed it, and who reviewed it as evidence."""
    rows = _at(connection, positions_about(connection, "finding_id", finding_id))
    reviews = _in(connection, trail.c.stream, [stream_of_review(row.position) for row in rows])
    return _involved([*rows, *reviews, *_filed(connection, appeal_id)])


def involved_in_line(
    connection: Connection,
    *,
    year: int,
    pairing_id: str,
    indicator: str,
    behind: Collection[int],
    appeal_id: str,
) -> InvolvedPeople:
    """Everybody behind a line: its facts at the positions ``behind`` with all that was decided on them, what people
    scored, verified or recorded for it, and the runs of its year up to publication and service.
    """
    streams = {row.stream for row in _at(connection, behind)}
    streams |= {stream_of_review(each) for each in behind}
    streams |= {stream_of_lines(year, pairing_id), stream_of_runs(year)}
    rows = (
        row
        for row in _in(connection, trail.c.stream, streams)
        if row.data.get("pairing_id", pairing_id) in ("", pairing_id)
        and (row.data.get("item") in behind or row.data.get("indicator", "") in ("", indicator))
    )
    return _involved([*rows, *_filed(connection, appeal_id)])


def _filed(connection: Connection, appeal_id: str) -> list[Row[Any]]:
    rows = _at(connection, positions_about(connection, "appeal_id", appeal_id))
    return [row for row in rows if row.name == "appeal.AppealFiled"]


def _at(connection: Connection, positions: Collection[int]) -> list[Row[Any]]:
    return list(_in(connection, trail.c.position, positions))


def _in(connection: Connection, column: Any, values: Iterable[Any]) -> Iterator[Row[Any]]:
    wanted = sorted(values)
    for first in range(0, len(wanted), AT_ONCE):
        yield from connection.execute(select(trail).where(column.in_(wanted[first : first + AT_ONCE])))


def _involved(rows: Iterable[Row[Any]]) -> InvolvedPeople:
    """A policy acts for somebody who decided elsewhere, so it makes nobody a party; whom a deputy acted for is one."""
    acted = [row for row in rows if row.source_kind != "policy" and row.name not in APPEAL_WORK]
    accounts = {each for row in acted for each in (row.actor, row.acting_for)} - {""}
    return InvolvedPeople(frozenset(accounts), frozenset(ref for row in acted for ref in _refs(row.data)))


def _refs(value: Any) -> Iterator[str]:
    """The references of persons anywhere in an event."""
    if isinstance(value, dict):
        if "ref" in value and "commitment" in value:
            yield str(value["ref"])
        for each in value.values():
            yield from _refs(each)
    elif isinstance(value, list):
        for each in value:
            yield from _refs(each)
