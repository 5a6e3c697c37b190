"""What the decisions between a frozen run and its publication look up in the read models."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from application.look import Look
from application.questions.results.left_behind import left_by_closing, left_by_publishing
from application.questions.results.run_results import RunResults, run_results
from application.things import year_of_run
from domain.assessment.scoring.grades import UNGRADED, quota
from domain.assessment.year.left_behind import LeftBehind
from domain.assessment.year.result import WorkingDaysOfNotice
from domain.assessment.year.run_result import ComputedGrades
from domain.kernel.values import Key, Today
from domain.kernel.working_days import WorkingDays
from projections.boards.calendars import working_days
from projections.figures.appeals_in_force import unsettled


def computed_of(found: RunResults) -> ComputedGrades:
    """The computed grades of a run, and the places its scheme gives to those it graded."""
    grades = {each.result.pairing: each.result.grade.grade for each in found.graded}
    base = sum(grade != UNGRADED for grade in grades.values())
    rounding = found.scheme.grading.quota_rounding
    return ComputedGrades(
        grades,
        places={band.id: quota(band, base, rounding) for band in found.scheme.bands},
        totals={each.result.pairing: each.result.sheet.total for each in found.graded},
        least={band.id: band.least_hundredths for band in found.scheme.bands},
        vetoed=frozenset(each.result.pairing for each in found.graded if each.result.sheet.vetoed),
    )


def computed_in_run(look: Look, *, run_id: Key) -> ComputedGrades:
    """The grades a run computed, and the places there were."""
    return computed_of(_results(look, run_id))


def units_in_run(look: Look, *, run_id: Key) -> Collection[str]:
    """The units with a pairing in a run."""
    return frozenset(each.result.branch for each in _results(look, run_id).graded)


def last_day_of_notice(look: Look, *, working_days: WorkingDaysOfNotice, opened_on: Today) -> date:
    """The last of so many working days, the first of them ``opened_on`` where one works on it."""
    # The decision refuses a number of days that no calendar can be asked for.
    return _calendar(look).add_working_days(opened_on, max(working_days, 1), counting_start=True).day


def calendar_in_force(look: Look) -> str:
    """The version of the working days as known now."""
    return _calendar(look).version


def unsettled_appeals(look: Look, *, run_id: Key) -> Collection[str]:
    """The appeals of the run's year that are open, or decided and not carried out."""
    year = year_of_run(look, run_id)
    with look.system.reading() as connection:
        return unsettled(connection, year, None)


def closing_leaves_behind(look: Look, *, run_id: Key, closed_on: Today) -> LeftBehind:
    """What closing the notice of a run leaves behind."""
    at = look.system.newest()
    with look.system.reading() as connection:
        return left_by_closing(look.system.scoring, connection, run_id, at, closed_on)


def publishing_leaves_behind(look: Look, *, run_id: Key, published_on: Today) -> LeftBehind:
    """What publishing a run leaves behind."""
    at = look.system.newest()
    with look.system.reading() as connection:
        return left_by_publishing(look.system.scoring, connection, run_id, at, published_on)


def _results(look: Look, run_id: str) -> RunResults:
    with look.system.reading() as connection:
        return run_results(look.system.scoring, connection, run_id, None)


def _calendar(look: Look) -> WorkingDays:
    with look.system.reading() as connection:
        return working_days(connection, None)
