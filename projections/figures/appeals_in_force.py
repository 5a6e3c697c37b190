"""How far each appeal of a year has come: which are open, and which run has the effect of those decided for the applicant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from projections.boards.assessment.runs import appeals, runs
from projections.kit.columns import known

OPEN = ("filed", "admitted")
"""Not decided, refused or withdrawn yet."""
FOR_APPLICANT = ("varied", "revoked")
"""Outcomes that change something."""


def appeals_of_year(connection: Connection, year: int, known_at: int | None) -> Sequence[Row[Any]]:
    """All appeals about the results of a year, against lines and findings, in the order in which they were filed."""
    query = select(appeals).where(appeals.c.year == year, known(appeals, known_at))
    return connection.execute(query.order_by(appeals.c.at_position, appeals.c.number)).all()


def unsettled(connection: Connection, year: int, known_at: int | None) -> list[str]:
    """The appeals that the year's results wait for: those open, and those decided but not carried out; their numbers."""
    return [
        row.number
        for row in appeals_of_year(connection, year, known_at)
        if row.status in OPEN or (row.outcome in FOR_APPLICANT and row.effect_at is None)
    ]


def in_force(connection: Connection, known_at: int | None) -> Mapping[str, str]:
    """Each appeal decided for the applicant to the number of the first run that has its effect, empty where none has it yet."""
    decided = connection.execute(
        select(appeals.c.appeal_id, appeals.c.effect_at, appeals.c.year).where(
            appeals.c.outcome.in_(FOR_APPLICANT), known(appeals, known_at)
        )
    ).all()
    frozen = connection.execute(
        select(runs).where(known(runs, known_at), runs.c.for_comparison.is_(False)).order_by(runs.c.frozen_at)
    ).all()
    return {
        row.appeal_id: next(
            (
                run.run_no
                for run in frozen
                if run.year == row.year and row.effect_at and row.effect_at <= run.at_position
            ),
            "",
        )
        for row in decided
    }
