"""The appeals about one thing: a finding, or a line of a pairing's sheet of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from domain.appeal.appeal import Status
from projections.boards.assessment.runs import appeals
from projections.figures.appeals_in_force import OPEN
from projections.kit.columns import known


@dataclass(frozen=True)
class AppealAbout:
    """An appeal as the page of what it contests names it. ``is_open``: nothing else can be filed about the same."""

    appeal_id: str
    number: str
    status: Status
    is_open: bool
    filed_on: date


def about_finding(connection: Connection, finding_id: str, known_at: int) -> tuple[AppealAbout, ...]:
    """Those about a finding, filed first first."""
    return _about(connection, appeals.c.finding_id == finding_id, known_at)


def about_line(
    connection: Connection, year: int, pairing_id: str, indicator: str, known_at: int
) -> tuple[AppealAbout, ...]:
    """Those about a line, whichever of the year's runs it stood in."""
    c = appeals.c
    this = (c.year == year) & (c.pairing_id == pairing_id) & (c.indicator == indicator)
    return _about(connection, this, known_at)


def _about(connection: Connection, this: ColumnElement[bool], known_at: int) -> tuple[AppealAbout, ...]:
    c = appeals.c
    query = select(c.appeal_id, c.number, c.status, c.filed_on).where(this, known(appeals, known_at))
    return tuple(
        AppealAbout(row.appeal_id, row.number, Status(row.status), row.status in OPEN, row.filed_on)
        for row in connection.execute(query.order_by(c.number))
    )
