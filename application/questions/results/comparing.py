"""Two runs, positions or days of a year side by side: what each means, and what was different by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from application.system import System
from domain.kernel.errors import Unknown
from projections.boards.assessment.runs import runs
from projections.boards.assessment.year_work import cut_off_at
from projections.boards.numbers import CountedThing, thing_meant
from projections.kit.columns import known
from projections.scores.comparing import Moment, ResultsAt
from projections.scores.scores import Result

LONGEST_POSITION = 18
"""Digits of a position at most; a longer number is none, and is not read at all."""


@dataclass(frozen=True)
class Standpoint:
    """From where a year's results are seen: what was asked for, the run where it is one, and the position."""

    asked: str
    run_id: str
    run_no: str
    known_at: int


def standpoint_of(system: System, connection: Connection, asked: str) -> tuple[Standpoint, int | None]:
    """What a run's number, a position or a day means, and the run's year. Raises ``Unknown`` for none of these."""
    text = asked.strip()
    run_id = thing_meant(connection, text, CountedThing.RUN)
    row = connection.execute(select(runs).where(runs.c.run_id == run_id, known(runs, None))).first()
    if row is not None:
        return Standpoint(text, row.run_id, row.run_no, row.at_position), row.year
    sound = text.isascii() and text.isdecimal() and len(text) <= LONGEST_POSITION
    if sound and int(text) <= system.runner.position():
        return Standpoint(text, "", "", int(text)), None
    try:
        return Standpoint(text, "", "", system.position_at_end_of(date.fromisoformat(text))), None
    except ValueError:
        raise Unknown("run, position or day", asked) from None


def moment_of(system: System, connection: Connection, year: int, side: Standpoint) -> Moment:
    """What decides the year's results there. ``Unknown`` where no scheme was published by then."""
    scheme = system.scoring.scheme(connection, year, side.known_at)
    return Moment(side.known_at, cut_off_at(connection, year, side.known_at), scheme, run_id=side.run_id)


def kept_results(system: System, connection: Connection, year: int, *sides: Moment) -> ResultsAt:
    """Results as they are kept: of the sides the same as for every page, and of what lies between them."""
    published = {replace(each, run_id="") for each in sides}

    def results(at: Moment) -> Sequence[Result]:
        if replace(at, run_id="") in published:
            return system.scoring.results(connection, year, at.known_at)
        return system.scoring.results_cut_off(connection, at.scheme, at.known_at, at.cut_off_at)

    return results
