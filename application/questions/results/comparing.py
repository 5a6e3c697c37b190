"""Comparing two runs, or two positions or days, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from application.system import System
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scoring.comparing import Comparison, FactChange, FactView, LineChange, PairingChange
from domain.assessment.scoring.grades import Grade
from domain.kernel.errors import Unknown
from projections.boards import trail
from projections.boards.assessment import runs
from projections.boards.numbers import CountedThing, thing_meant
from projections.boards.year_work import cut_off_at
from projections.kit.columns import known
from projections.scores.comparing import Moment, comparison

VERSION = 1
"""Format version of ``comparison_as_dict``."""


LONGEST_POSITION = 18
"""Digits of a position at most; a longer number is none, and is not read at all."""


@dataclass(frozen=True)
class Standpoint:
    """From where results are seen: what was asked for, the run where it is one, and the position."""

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


def compared(
    system: System, connection: Connection, year: int, first: Standpoint, second: Standpoint
) -> Comparison:
    """The year's results from the two compared. ``Unknown`` where no scheme was published by then."""

    def moment(side: Standpoint) -> Moment:
        at = side.known_at
        scheme = system.scoring.scheme(connection, year, at)
        return Moment(at, cut_off_at(connection, year, at), scheme, run_id=side.run_id)

    return comparison(connection, moment(first), moment(second))


def comparison_as_dict(
    system: System,
    connection: Connection,
    found: Comparison,
    year: int,
    first: Standpoint,
    second: Standpoint,
) -> dict[str, Any]:
    """The comparison as JSON holds it; points as text with two decimals."""
    now = second.known_at if second.known_at >= first.known_at else first.known_at
    positions = sorted({at for each in found.changed for at in each.positions})
    events: dict[int, Any] = {}
    for n in range(0, len(positions), 500):
        events |= trail.events_at(connection, positions[n : n + 500])
    rows = [events[at] for at in sorted(events)]
    said = {each.record: each.sentence for each in system.sentences(connection, now, rows)}
    return {
        "format": VERSION,
        "year": year,
        "from": {"asked": first.asked, "run": first.run_no, "known_at": first.known_at},
        "to": {"asked": second.asked, "run": second.run_no, "known_at": second.known_at},
        "subjects": [found.subjects_before, found.subjects_after],
        "risen": found.risen,
        "fallen": found.fallen,
        "regraded": found.regraded,
        "scheme_changes": [
            {"code": each.code, "field": each.field, "aspect": each.aspect.value}
            for each in found.scheme_changes
        ],
        "by_indicator": [
            {
                "indicator": each.code,
                "pairings": each.pairings,
                "up": two_decimals(each.up),
                "down": two_decimals(each.down),
            }
            for each in found.by_indicator
        ],
        "pairings": [_pairing(each, said) for each in found.changed],
    }


def _pairing(each: PairingChange, said: Mapping[int, str]) -> dict[str, Any]:
    regraded = each.regraded
    return {
        "pairing": each.pairing,
        "total": [two_decimals(side[0].total) if side else None for side in (each.before, each.after)],
        "by": two_decimals(each.by),
        "grade": [_grade(side[1]) if side else None for side in (each.before, each.after)],
        "grade_cause": regraded.cause.value if regraded else None,
        "vetoes": [_fact(fact, said) for fact in regraded.vetoes] if regraded else [],
        "lines": [_line(line, said) for line in each.lines],
        "apart": [
            {"cause": m.cause.value, "of": m.of, "points": two_decimals(m.hundredths)} for m in each.apart
        ],
    }


def _grade(grade: Grade) -> dict[str, Any]:
    return {"grade": grade.grade, "rank": grade.rank, "because": grade.because.zh}


def _line(line: LineChange, said: Mapping[int, str]) -> dict[str, Any]:
    return {
        "indicator": line.indicator.code,
        "title": line.indicator.title.zh,
        "before": two_decimals(line.before),
        "after": two_decimals(line.after),
        "movements": [
            {"cause": each.cause.value, "points": two_decimals(each.hundredths)} for each in line.movements
        ],
        "definition": sorted(each.value for each in line.aspects),
        "facts": [_fact(each, said) for each in line.facts],
    }


def _fact(change: FactChange, said: Mapping[int, str]) -> dict[str, Any]:
    return {
        "position": change.position,
        "by": change.by,
        "before": verdict(change.before),
        "after": verdict(change.after),
        "event": said.get(change.by, ""),
    }


def verdict(seen: FactView | None) -> str:
    """``absent``, ``counted``, or the reason why it does not count."""
    if seen is None:
        return "absent"
    return seen.reason or "counted"
