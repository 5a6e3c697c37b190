"""The runs of a year, and what one comes to."""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from application.actors.actor import OFFICES, READERS, TOWNSHIPS, Owner
from application.input.keyset import After, Places
from application.question import Asker, Limit, Listing, question
from application.questions.names_of_year import NamesOfYear
from application.questions.of_row import of_row
from application.questions.results.reproducing import ReproducedRun, reproduce
from application.questions.results.run_results import GradedResult, run_results, standing_of, unit_results
from application.things import RUN
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.text import Text
from domain.assessment.year.events import ResultUse
from domain.assessment.year.result_use import called_for
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, OptionalLine, Year
from projections.boards.assessment.runs import runs_of_year
from projections.boards.registry.names import Names
from projections.scores.run_statistics import lost


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
    """What a pairing comes to in a run. ``grade_name``: of the grade that stands, ``because``: why; ``computed``: the run's
    own. ``unit_points``: what its unit comes to, which no village and no township's office asks for; ``lost``: in the
    indicator that is asked for."""

    pairing_id: str
    branch: str
    unit_name: str
    unit_points: str | None
    village: str
    village_name: str
    total: str
    lost: str | None
    grade: str
    grade_name: Text
    computed: Text
    adjusted: bool
    vetoed: bool
    because: Text


class ResultOrder(enum.Enum):
    """How results are listed: by pairing, unit or village, or by their points; after a minus the other way round."""

    PAIRING = "pairing"
    UNIT = "unit"
    UNIT_LAST = "-unit"
    VILLAGE = "village"
    VILLAGE_LAST = "-village"
    TOTAL = "total"
    TOTAL_MOST = "-total"


@dataclass(frozen=True)
class GradeShare:
    """A grade (``ungraded`` for none) and how many of the results have it."""

    grade: str
    name: Text
    count: int


@dataclass(frozen=True)
class RunResultsShown:
    """A run with its results under ``scheme``. ``replaced_by``: the run published in its place. ``grades``: of all that whoever
    asks sees and the other filters find, of which there are ``every``; ``found``: those with the grade, too.
    ``next``: what to state as ``after`` for those that follow; ``None`` at the end."""

    run: RunRow
    scheme: Text
    scheme_version: int
    replaced_by: RunRow | None
    every: int
    found: int
    grades: tuple[GradeShare, ...]
    rows: tuple[ResultRow, ...]
    next: str | None


def run_row(row: Row[Any]) -> RunRow:
    """A row of the board as it goes out."""
    return of_row(RunRow, row, rests_on=row.at_position)


@question("/runs", READERS)
def list_runs(asker: Asker, *, year: Year) -> Listing[RunRow]:
    """The runs of a year, the one frozen last first; clerks and townships' offices see those published."""
    rows = runs_of_year(asker.connection, year, asker.known_at)
    return Listing(tuple(run_row(row) for row in rows if row.published_on or asker.sees_all), None)


@question("/runs/{key}/results", READERS)
def show_run_results(
    asker: Asker,
    *,
    key: Key,
    grade: OptionalLine,
    indicator: OptionalLine,
    use: ResultUse | None,
    q: OptionalLine,
    sort: ResultOrder | None,
    after: After | None,
    limit: Limit | None,
) -> RunResultsShown:
    """The results of a run; clerks see their own, and townships' offices those of their villages, of published runs.
    ``indicator``: those that lost points in it; ``use``: those that call for it; ``q``: part of a village's or unit's name."""
    found = run_results(asker.look.system.scoring, asker.connection, key, asker.known_at)
    if not found.published and not asker.sees_all:
        raise Unknown("runs", key)
    searched = Names(asker.connection, asker.known_at)
    names = NamesOfYear(asker.connection, found.run.year, asker.known_at)
    units = {each.branch: two_decimals(each.hundredths) for each in unit_results(found)}
    own = [each for each in found.graded if asker.sees(Owner(each.result.branch, each.result.village))]
    # It is of all villages that a unit is paired with, also of those that whoever asks does not see.
    of_units = not asker.actor.village and asker.actor.role not in TOWNSHIPS
    meant = {
        each.result.pairing
        for each in own
        if (not indicator or _lost(each, indicator) > 0)
        and (use is None or use in called_for(standing_of(found, each)))
        and searched.matches(q, each.result.village, each.result.branch)
    }
    counts = Counter(found.name_of(each.grade) for each in own if each.result.pairing in meant)
    places: Places[GradedResult] = {
        "pairing": lambda each: (each.result.pairing,),
        "unit": lambda each: (
            names.unit(each.result.branch),
            names.village(each.result.village),
            each.result.pairing,
        ),
        "village": lambda each: (names.village(each.result.village), each.result.pairing),
        "total": lambda each: (each.result.sheet.total, each.result.pairing),
    }

    def fits(each: GradedResult) -> bool:
        return each.result.pairing in meant and (not grade or found.name_of(each.grade) == grade)

    listed = Listing.ordered(filter(fits, own), places, sort or ResultOrder.PAIRING, after, limit)
    return RunResultsShown(
        run=run_row(found.run),
        scheme=found.scheme.title,
        scheme_version=found.run.scheme_version,
        replaced_by=None if found.replaced_by is None else run_row(found.replaced_by),
        every=len(meant),
        found=counts[grade] if grade else len(meant),
        grades=tuple(GradeShare(each, name, counts[each]) for each, name in found.grades),
        rows=tuple(
            _row(each, names, units[each.result.branch] if of_units else None, indicator)
            for each in listed.rows
        ),
        next=listed.next,
    )


def _row(each: GradedResult, names: NamesOfYear, unit_points: str | None, indicator: str) -> ResultRow:
    return ResultRow(
        pairing_id=each.result.pairing,
        branch=each.result.branch,
        unit_name=names.unit(each.result.branch),
        unit_points=unit_points,
        village=each.result.village,
        village_name=names.village(each.result.village),
        total=two_decimals(each.result.sheet.total),
        lost=two_decimals(_lost(each, indicator)) if indicator else None,
        grade=each.grade,
        grade_name=each.label,
        computed=each.result.grade.label,
        adjusted=each.adjusted,
        vetoed=each.result.sheet.vetoed,
        because=each.because,
    )


def _lost(each: GradedResult, indicator: str) -> int:
    """Points lost in an indicator in hundredths, none where the tree of the unit's class does not have it."""
    lines = (line for line in each.result.sheet.lines if line.indicator.code == indicator)
    return sum(lost(line, each.result.sheet) for line in lines)


@question("/runs/{key}/reproduction", OFFICES, on=RUN)
def show_reproduction(asker: Asker, *, key: Key) -> ReproducedRun:
    """A run worked out again as known when it was frozen, part by part beside what was frozen."""
    return reproduce(asker.look.system, key, asker.known_at).shown
