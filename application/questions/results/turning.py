"""What the turn of a year depends on: the scheme of the next one, and what is open and goes on in it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Table, func, select

from application.look import Look
from domain.assessment.year.left_behind import LeftBehind
from domain.assessment.year.result_use import UseStatus
from domain.kernel.values import YearKey
from domain.supervision.finding_history import Status
from projections.boards.assessment.result_uses import result_uses
from projections.boards.assessment.runs import schemes_known
from projections.boards.findings import findings
from projections.boards.livelihood import needs, projects
from projections.figures.appeals_in_force import OPEN, appeals_of_year
from projections.kit.columns import known


def next_year_has_a_scheme(look: Look, *, year: YearKey) -> bool:
    """Whether the scheme of the next year is public."""
    with look.system.reading() as connection:
        return year + 1 in schemes_known(connection, look.system.newest())


def what_goes_on(look: Look, *, year: YearKey) -> LeftBehind:
    """What is open, of whatever year it was begun up to this one. Findings, needs and projects belong to no year and stay where
    they are; appeals and uses of results are the year's own.
    """
    at = look.system.newest()
    with look.system.reading() as connection:

        def open_(table: Table, *where: ColumnElement[bool]) -> int:
            return connection.execute(
                select(func.count()).select_from(table).where(known(table, at), *where)
            ).scalar_one()

        c, n, p, u = findings.c, needs.c, projects.c, result_uses.c
        ended = (Status.CLOSED.value, Status.WITHDRAWN.value)
        done = (UseStatus.ORDERED.value, UseStatus.REPORTED.value)
        last = date(year, 12, 31)
        found = {
            "findings": open_(findings, c.status.not_in(ended), c.found_on <= last),
            "needs": open_(needs, n.confirmed_on.is_(None), n.withdrawn_on.is_(None), n.raised_on <= last),
            "projects": open_(projects, p.accepted_on.is_(None), p.started_on <= last),
            "appeals": sum(row.status in OPEN for row in appeals_of_year(connection, year, at)),
            "uses": open_(result_uses, u.year == year, u.status.in_(done)),
        }
    return tuple((what, count) for what, count in found.items() if count)
