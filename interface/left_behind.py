"""What freezing a run now would leave behind: work of the year that is not done, of which the run knows nothing."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from domain.assessment.measured import NOTHING
from domain.assessment.measures import MeasureKind
from domain.assessment.scheme import Scheme
from projections.assessment_board import appeals
from projections.evidence_queue import OPEN, WAITING, counting, in_sight
from projections.kit.columns import known
from projections.scores import Result
from projections.year_work_board import cut_off_at, scored_lines

OPINIONS = (MeasureKind.RATINGS, MeasureKind.SURVEY)


def left_behind(
    connection: Connection, scheme: Scheme, results: Sequence[Result], known_at: int
) -> tuple[tuple[str, int], ...]:
    """What is not done, with how many of it there are, as known at a position; what is done is not named.

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
    return tuple((what, n) for what, n in found.items() if n)


def _unverified(connection: Connection, year: int, results: Sequence[Result], known_at: int) -> int:
    c = scored_lines.c
    query = (
        select(func.count())
        .select_from(scored_lines)
        .where(
            known(scored_lines, known_at), c.pairing_id.like(f"{year}-%"), c.verified_hundredths.is_not(None)
        )
    )
    applying = sum(line.computed is not None for each in results for line in each.sheet.lines)
    return max(applying - int(connection.execute(query).scalar_one()), 0)


def _unreviewed(connection: Connection, scheme: Scheme, known_at: int, late_after: int | None) -> int:
    queue = counting(connection, scheme, known_at, late_after)
    return sum(each.state in (OPEN, WAITING) for each in queue if in_sight(each))


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
    query = (
        select(func.count())
        .select_from(appeals)
        .where(
            known(appeals, known_at),
            appeals.c.pairing_id.like(f"{year}-%"),
            appeals.c.status.in_(("filed", "admitted")),
        )
    )
    return int(connection.execute(query).scalar_one())
