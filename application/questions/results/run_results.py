"""The results of a frozen run: every sheet as known at its position, with the grade that stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, select

from application.questions.results.scoring import Scoring
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.grades import NOT_GRADED
from domain.assessment.scoring.grades import adjusted as adjusted_grade
from domain.assessment.year.result_use import Standing
from domain.kernel.errors import Unknown
from projections.boards.assessment.results import adjusted, notices, services
from projections.boards.assessment.runs import published_last, runs, runs_of_year
from projections.kit.columns import known
from projections.scores.scores import Result, branch_results, scores_csv, table_names


@dataclass(frozen=True)
class GradedResult:
    """A pairing's result in a run. ``grade``: the id of the grade that stands; ``because``: why, in words;
    ``basis`` and ``reason``: what an adjustment rests on, empty where the computed grade stands.
    """

    result: Result
    grade: str
    label: Text
    because: Text
    basis: str = ""
    reason: str = ""

    @property
    def adjusted(self) -> bool:
        """Whether another grade stands than the computed one."""
        return self.grade != self.result.grade.grade


def results_csv(connection: Connection, found: RunResults) -> str:
    """The table of a run's sheets with the grades that stand, villages in the order of their registration."""
    results = [each.result for each in found.graded]
    grades = {each.result.pairing: each.label for each in found.graded}
    names = table_names(connection, found.run.year, results, found.run.at_position)
    return scores_csv(found.scheme, results, names, grades)


UNGRADED_NAME = "ungraded"
"""How an address names pairings without a grade."""


@dataclass(frozen=True)
class RunResults:
    """All results of a run under its scheme. ``run`` is the row of the board of runs."""

    run: Row[Any]
    scheme: Scheme
    graded: tuple[GradedResult, ...]
    replaced_by: Row[Any] | None = None
    """The run published in its place, where there is one."""

    @property
    def published(self) -> bool:
        return self.run.published_on is not None

    @property
    def grades(self) -> list[tuple[str, Text]]:
        """Id and name of every grade, best first; at the end, where there are any, those not graded."""
        named = [(band.id, band.label) for band in self.scheme.bands]
        if any(self.name_of(each.grade) == UNGRADED_NAME for each in self.graded):
            named.append((UNGRADED_NAME, NOT_GRADED))
        return named

    @staticmethod
    def name_of(grade: str) -> str:
        """A grade's id, as addresses and tables name it."""
        return grade or UNGRADED_NAME

    def of(self, pairing_id: str) -> GradedResult:
        """One pairing's result. ``Unknown`` where the run has none."""
        for each in self.graded:
            if each.result.pairing == pairing_id:
                return each
        raise Unknown("score sheet", pairing_id)

    def unit(self, branch: str) -> UnitResult:
        """A unit's results. ``Unknown`` where the run has none."""
        for each in unit_results(self):
            if each.branch == branch:
                return each
        raise Unknown("score sheet", branch)


def run_row(connection: Connection, run_id: str, known_at: int | None) -> Row[Any]:
    """A run as known at a position. ``Unknown`` where there is none."""
    row = connection.execute(select(runs).where(runs.c.run_id == run_id, known(runs, known_at))).first()
    if row is None:
        raise Unknown("runs", run_id)
    return row


def run_results(scoring: Scoring, connection: Connection, run_id: str, known_at: int | None) -> RunResults:
    """The results of a run; its grades and its publication as known at ``known_at``."""
    run = run_row(connection, run_id, known_at)
    scheme = scoring.scheme(connection, run.year, run.at_position)
    found = scoring.results(connection, run.year, run.at_position)
    standing = published_last(runs_of_year(connection, run.year, known_at))
    replaced = standing if run.published_on and standing and standing.run_id != run_id else None
    return RunResults(
        run, scheme, tuple(graded(scheme, found, adjusted(connection, run_id, known_at))), replaced
    )


def published_results(
    scoring: Scoring, connection: Connection, year: int, known_at: int | None
) -> RunResults | None:
    """The results of the year that stand for everybody, as known at a position; ``None`` before any are public."""
    run = published_last(runs_of_year(connection, year, known_at))
    return None if run is None else run_results(scoring, connection, run.run_id, known_at)


@dataclass(frozen=True)
class Course:
    """How far a run has come beyond its publication, as known at a position. ``served``: unit to the day it was handed
    its notice; ``ranking_basis``: the basis on which places are shown, empty where none is.
    """

    notice_from: date | None
    notice_to: date | None
    contact: str
    ranking_basis: str
    served: Mapping[str, date]


def course_of(connection: Connection, run_id: str, known_at: int) -> Course:
    """The public notice and the services of a run."""
    notice = connection.execute(
        select(notices).where(notices.c.run_id == run_id, known(notices, known_at))
    ).first()
    served = connection.execute(
        select(services.c.branch, services.c.served_on).where(
            services.c.run_id == run_id, known(services, known_at)
        )
    )
    return Course(
        notice_from=notice.opened_on if notice else None,
        notice_to=notice.closes_on if notice else None,
        contact=notice.contact if notice else "",
        ranking_basis=notice.ranking_basis if notice else "",
        served={branch: day for branch, day in served},
    )


def graded(
    scheme: Scheme, results: Sequence[Result], approved: Mapping[str, Row[Any]] = MappingProxyType({})
) -> list[GradedResult]:
    """The grade that stands for each result: the computed one, or that of an approved adjustment of the pairing."""
    found = []
    for each in results:
        row, computed = approved.get(each.pairing), each.grade
        if row is None:
            found.append(GradedResult(each, computed.grade, computed.label, computed.because))
            continue
        stands = adjusted_grade(scheme, computed, row.grade_after, row.because, row.basis)
        found.append(GradedResult(each, stands.grade, stands.label, stands.because, row.basis, row.because))
    return found


@dataclass(frozen=True)
class UnitResult:
    """A unit with its weighted score in hundredths and its pairings."""

    branch: str
    hundredths: int
    graded: tuple[GradedResult, ...]


def unit_results(found: RunResults) -> list[UnitResult]:
    """Every unit with its weighted score and its pairings, by branch code."""
    by_pairing = {each.result.pairing: each for each in found.graded}
    return [
        UnitResult(unit.branch, unit.hundredths, tuple(by_pairing[each] for each in unit.pairings))
        for unit in branch_results([each.result for each in found.graded])
    ]


def standing_in_run(scoring: Scoring, connection: Connection, run_id: str, pairing_id: str) -> Standing:
    """A pairing's place in a run as known now. ``Unknown`` where there is no such run, or no such pairing in it."""
    found = run_results(scoring, connection, run_id, None)
    return standing_of(found, found.of(pairing_id))


def standing_of(found: RunResults, each: GradedResult) -> Standing:
    """What the decisions on the use of a result need to know of it."""
    result, bands = each.result, found.scheme.bands
    return Standing(
        run_id=found.run.run_id,
        year=found.run.year,
        pairing_id=result.pairing,
        branch=result.branch,
        village=result.village,
        published=found.published,
        best=each.grade == bands[0].id,
        worst=each.grade == bands[-1].id,
        vetoed=result.sheet.vetoed,
    )
