"""The runs of a year, and what one comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from application.actor import OFFICES, Owner
from application.question import Asker, Limit, Listing, question
from application.questions.of_row import of_row
from application.questions.results.reproducing import ReproducedRun, reproduce
from application.questions.results.run_results import run_results
from application.things import RUN
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.text import Text
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, PairingKey, Year
from projections.boards.assessment import runs_of_year
from projections.boards.names import Names


@dataclass(frozen=True)
class RunRow:
    """A frozen run. ``rests_on``: the position of the log as known at which all is computed."""

    run_id: str
    run_no: str
    year: int
    frozen_on: date
    published_on: date | None
    for_comparison: bool
    because: str
    subjects: int
    rests_on: int
    results_digest: str


@dataclass(frozen=True)
class ResultRow:
    """What a pairing comes to in a run. ``because``: why the grade that stands."""

    pairing_id: str
    branch: str
    unit_name: str
    village: str
    village_name: str
    total: str
    grade: str
    grade_name: Text
    adjusted: bool
    because: Text


@dataclass(frozen=True)
class RunResultsShown:
    """A run with its results. ``next``: what to state as ``after`` for those that follow; ``None`` at the end."""

    run: RunRow
    rows: tuple[ResultRow, ...]
    next: str | None


def run_row(row: Row[Any]) -> RunRow:
    """A row of the board as it goes out."""
    return of_row(RunRow, row, rests_on=row.at_position)


@question("/runs")
def list_runs(asker: Asker, *, year: Year) -> Listing[RunRow]:
    """The runs of a year, the one frozen last first; clerks see those published."""
    rows = runs_of_year(asker.connection, year, asker.known_at)
    return Listing(tuple(run_row(row) for row in rows if row.published_on or asker.sees_all), None)


@question("/runs/{key}/results")
def show_run_results(
    asker: Asker, *, key: Key, after: PairingKey | None, limit: Limit | None
) -> RunResultsShown:
    """The results of a run, by pairing; clerks see their own, of published runs."""
    found = run_results(asker.look.system.scoring, asker.connection, key, asker.known_at)
    if not found.published and not asker.sees_all:
        raise Unknown("runs", key)
    last, names = date(found.run.year, 12, 31), Names(asker.connection, asker.known_at)
    rows = (
        ResultRow(
            pairing_id=each.result.pairing,
            branch=each.result.branch,
            unit_name=names.units(last).get(each.result.branch, each.result.branch),
            village=each.result.village,
            village_name=names.villages(last).get(each.result.village, each.result.village),
            total=two_decimals(each.result.sheet.total),
            grade=each.grade,
            grade_name=each.label,
            adjusted=each.adjusted,
            because=each.because,
        )
        for each in found.graded
        if asker.sees(Owner(each.result.branch, each.result.village))
    )
    listed = Listing.by_key(rows, lambda row: row.pairing_id, after, limit)
    return RunResultsShown(run_row(found.run), listed.rows, listed.next)


@question("/runs/{key}/reproduction", OFFICES, on=RUN)
def show_reproduction(asker: Asker, *, key: Key) -> ReproducedRun:
    """A run worked out again as known when it was frozen, part by part beside what was frozen."""
    return reproduce(asker.look.system, key).shown
