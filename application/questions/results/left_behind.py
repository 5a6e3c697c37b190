"""What an act of the year end would leave behind now: work of the year not done, and what moved on since the run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from application.questions.results.run_results import run_row
from application.questions.results.scoring import Scoring
from domain.assessment.scheme.measured_values import NOTHING
from domain.assessment.scheme.measures import MeasureKind
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.year.left_behind import LeftBehind
from projections.boards.assessment.results import objections_of
from projections.boards.assessment.runs import schemes_known
from projections.boards.assessment.year_work import cut_off_at, lines_of_year
from projections.boards.people.accounts import account_list
from projections.figures.appeals_in_force import OPEN as UNDECIDED
from projections.figures.appeals_in_force import appeals_of_year
from projections.figures.evidence_queue import counting, in_sight
from projections.figures.late_entries import late_entries
from projections.scores.scores import Result

OPINIONS = (MeasureKind.RATINGS, MeasureKind.SURVEY)


def left_behind(
    connection: Connection, scheme: Scheme, results: Sequence[Result], known_at: int
) -> LeftBehind:
    """What freezing a run leaves behind, as known at a position; what is done is not named.

    ``lines``: lines not verified; ``evidence``: evidence not reviewed; ``opinions``: lines without ballots or
    questionnaires; ``cut_off``: 1 where none was set; ``appeals``: appeals not decided.
    """
    late_after = cut_off_at(connection, scheme.year, known_at)
    found = {
        "lines": _unverified(connection, scheme.year, results, known_at),
        "evidence": _unreviewed(connection, scheme, known_at, late_after),
        "opinions": _unasked(results),
        "cut_off": int(late_after is None),
        "appeals": _undecided(connection, scheme.year, known_at),
    }
    return _there(found)


def left_by_closing(
    scoring: Scoring, connection: Connection, run_id: str, known_at: int, today: date
) -> LeftBehind:
    """What closing the notice of a run leaves behind, as known at a position.

    ``changed``: pairings whose result would be another now; ``schemes``: versions of the scheme since; ``late``: entries
    since that came late; ``appeals``: appeals not decided; ``objections``: those answered today, whose answer
    nobody had a day to read.
    """
    run = run_row(connection, run_id, known_at)
    answered = [row.answered_on for row in objections_of(connection, run_id, known_at)]
    scheme = scoring.scheme(connection, run.year, known_at)
    return _there(
        {
            "changed": _changed(scoring, connection, run, known_at),
            "schemes": _schemes_since(connection, run, known_at),
            "late": _late_since(connection, scheme, run, known_at),
            "appeals": _undecided(connection, run.year, known_at),
            "objections": answered.count(today),
        }
    )


def left_by_publishing(
    scoring: Scoring, connection: Connection, run_id: str, known_at: int, today: date
) -> LeftBehind:
    """The same for publishing a run, and ``unreached``: its units of which nobody has an account in use."""
    run = run_row(connection, run_id, known_at)
    assessed = {each.branch for each in scoring.results(connection, run.year, run.at_position)}
    reached = {each.branch for each in account_list(connection, today, known_at) if not each.disabled}
    left = left_by_closing(scoring, connection, run_id, known_at, today)
    return (*left, *_there({"unreached": len(assessed - reached)}))


def _there(found: dict[str, int]) -> LeftBehind:
    return tuple((what, n) for what, n in found.items() if n)


def _changed(scoring: Scoring, connection: Connection, run: Row[Any], known_at: int) -> int:
    then = scoring.results(connection, run.year, run.at_position)
    now = scoring.results(connection, run.year, known_at)
    differing = {_outcome(each) for each in then} ^ {_outcome(each) for each in now}
    return len({pairing for pairing, *_ in differing})


def _outcome(each: Result) -> tuple[Any, ...]:
    figures = tuple((line.indicator.code, line.final) for line in each.sheet.lines)
    return each.pairing, figures, each.sheet.total, each.sheet.vetoes, each.grade.grade


def _schemes_since(connection: Connection, run: Row[Any], known_at: int) -> int:
    return int(schemes_known(connection, known_at)[run.year].version) - int(run.scheme_version)


def _late_since(connection: Connection, scheme: Scheme, run: Row[Any], known_at: int) -> int:
    late = late_entries(connection, scheme, known_at, cut_off_at(connection, run.year, known_at))
    return sum(each.entered_late and each.record > run.at_position for each in late)


def _unverified(connection: Connection, year: int, results: Sequence[Result], known_at: int) -> int:
    verified = {
        (pairing, indicator)
        for pairing, lines in lines_of_year(connection, year, known_at).items()
        for indicator, line in lines.items()
        if line.verified_hundredths is not None
    }
    return sum(
        line.computed is not None and (each.pairing, line.indicator.code) not in verified
        for each in results
        for line in each.sheet.lines
    )


def _unreviewed(connection: Connection, scheme: Scheme, known_at: int, late_after: int | None) -> int:
    queue = counting(connection, scheme, known_at, late_after)
    return sum(each.state.waits for each in queue if in_sight(each))


def _unasked(results: Sequence[Result]) -> int:
    return sum(
        any(
            part.part.measure.kind in OPINIONS and part.measured == NOTHING[part.part.measure.kind]
            for part in line.parts
        )
        for each in results
        for line in each.sheet.lines
    )


def _undecided(connection: Connection, year: int, known_at: int) -> int:
    return sum(row.status in UNDECIDED for row in appeals_of_year(connection, year, known_at))
