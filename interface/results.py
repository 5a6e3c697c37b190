"""The results of a frozen run: every sheet as known at its position, with the grade that stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, select

from domain.assessment.result_use import Standing
from domain.assessment.scheme import Scheme
from domain.assessment.text import Text
from domain.kernel.errors import Unknown
from interface.scoring import Scoring
from projections.assessment_board import runs
from projections.kit.columns import known
from projections.results_board import adjusted
from projections.scores import Result


@dataclass(frozen=True)
class Graded:
    """A pairing's result in a run. ``grade``: the id of the grade that stands; ``because``: why, in words;
    ``basis``: the paper an adjustment rests on, empty where the computed grade stands.
    """

    result: Result
    grade: str
    label: Text
    because: Text
    basis: str = ""

    @property
    def adjusted(self) -> bool:
        """Whether another grade stands than the computed one."""
        return self.grade != self.result.grade.grade


@dataclass(frozen=True)
class RunResults:
    """All results of a run under its scheme. ``run`` is the row of the board of runs."""

    run: Row[Any]
    scheme: Scheme
    graded: tuple[Graded, ...]

    @property
    def published(self) -> bool:
        return self.run.published_on is not None

    def of(self, pairing_id: str) -> Graded:
        """One pairing's result. ``Unknown`` where the run has none."""
        for each in self.graded:
            if each.result.pairing == pairing_id:
                return each
        raise Unknown("score sheet", pairing_id)

    def of_branch(self, branch: str) -> list[Graded]:
        """A unit's results, by pairing. ``Unknown`` where the run has none."""
        own = [each for each in self.graded if each.result.branch == branch]
        if not own:
            raise Unknown("score sheet", branch)
        return own


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
    return RunResults(run, scheme, tuple(graded(scheme, found, adjusted(connection, run_id, known_at))))


def graded(
    scheme: Scheme, results: Sequence[Result], approved: Mapping[str, Row[Any]] = MappingProxyType({})
) -> list[Graded]:
    """The grade that stands for each result: the computed one, or that of an approved adjustment of the pairing."""
    found = []
    for each in results:
        row, computed = approved.get(each.pairing), each.grade
        if row is None:
            found.append(Graded(each, computed.grade, computed.label, computed.because))
            continue
        label = scheme.band(row.grade_after).label
        because = Text(
            f"{computed.because.zh}；经批准调整为{label.zh}：{row.because}（依据：{row.basis}）",
            f"{computed.because.en}; adjusted to {label.en} by decision: {row.because} (basis: {row.basis})",
        )
        found.append(Graded(each, row.grade_after, label, because, row.basis))
    return found


class StandingsOfRuns:
    """What ordering a use of a result looks up."""

    def __init__(self, scoring: Scoring) -> None:
        self._scoring = scoring

    def standing(self, run_id: str, pairing_id: str) -> Standing:
        """The pairing's place in the run as known now."""
        with self._scoring.reading() as connection:
            found = run_results(self._scoring, connection, run_id, None)
        return standing_of(found, found.of(pairing_id))


def standing_of(found: RunResults, each: Graded) -> Standing:
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
