"""Two runs, positions or days of a year side by side: who moved, and which event or rule moved which point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from application.actors.actor import OFFICES
from application.input.keyset import After
from application.input.reading import MISSING, Fault, FaultCode, Malformed
from application.question import Asker, Limit, Listing, question
from application.questions.of_row import of_row
from application.questions.results.comparing import Standpoint, kept_results, moment_of, standpoint_of
from application.system import System
from domain.assessment.scheme.changes import Aspect
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.comparing import (
    Cause,
    FactChange,
    FactView,
    GradeCause,
    LineChange,
    Movement,
    PairingChange,
)
from domain.assessment.scoring.grades import Grade
from domain.assessment.scoring.sheet import Sheet
from domain.kernel.errors import Unknown
from domain.kernel.values import Line, Year
from projections.boards import trail
from projections.figures.overview import PairingListing, pairing_rows
from projections.scores.comparing import Moment, comparison, with_facts

FACTS = 6
"""So many facts are told for a line at most; the sheets on both sides list all."""


@dataclass(frozen=True)
class PointsMoved:
    """By how many points, with two decimals, the total moves. ``of``: an indicator or a group, empty for the total."""

    cause: Cause
    of: str
    points: str


@dataclass(frozen=True)
class FactMoved:
    """A fact that is judged differently: ``absent``, ``counted``, or the reason why it does not count. ``by``: the record that
    made the difference; ``record``: the one that stated the fact; ``event`` and ``stated``: these two in words."""

    record: int
    by: int
    before: str
    after: str
    event: str
    stated: str


@dataclass(frozen=True)
class LineMoved:
    """A line with another figure, ``None`` where it did not apply. ``aspects``: what differs about its definition; ``facts``:
    at most six of those ``found``."""

    indicator: str
    title: Text
    before: str | None
    after: str | None
    movements: tuple[PointsMoved, ...]
    aspects: tuple[Aspect, ...]
    facts: tuple[FactMoved, ...]
    found: int


@dataclass(frozen=True)
class Standing:
    """Total and grade of a pairing."""

    total: str
    grade: str
    label: Text
    rank: int | None
    because: Text


@dataclass(frozen=True)
class PairingMoved:
    """A pairing that is not as it was; ``None`` on the side where it was not assessed. ``apart``: what belongs to no line;
    ``grade_cause``: ``None`` where the grade is the same; ``vetoes``: the facts behind another grade."""

    pairing_id: str
    unit_name: str
    village_name: str
    by: str
    before: Standing | None
    after: Standing | None
    grade_cause: GradeCause | None
    vetoes: tuple[FactMoved, ...]
    lines: tuple[LineMoved, ...]
    apart: tuple[PointsMoved, ...]


@dataclass(frozen=True)
class IndicatorMoved:
    """How many totals an indicator moved, by how much up and down in all; empty for what is no line."""

    indicator: str
    pairings: int
    up: str
    down: str


@dataclass(frozen=True)
class RuleMoved:
    """What differs between the schemes."""

    code: str
    field: str
    aspect: Aspect


@dataclass(frozen=True)
class ComparisonShown:
    """``rows``: who moved, the furthest first; ``moved``: how many in all."""

    year: int
    first: Standpoint
    second: Standpoint
    subjects_before: int
    subjects_after: int
    risen: int
    fallen: int
    regraded: int
    moved: int
    rules: tuple[RuleMoved, ...]
    indicators: tuple[IndicatorMoved, ...]
    rows: tuple[PairingMoved, ...]
    next: str | None


@question("/comparison", OFFICES)
def show_comparison(
    asker: Asker,
    *,
    first: Line,
    second: Line,
    year: Year | None,
    after: After | None,
    limit: Limit | None,
) -> ComparisonShown:
    """Who moved from ``first`` to ``second``, each a run's number, a record or a day. ``year``: where neither is a run."""
    system, connection = asker.look.system, asker.connection
    (one, year_one), (two, year_two) = (
        _standpoint(asker, "first", first),
        _standpoint(asker, "second", second),
    )
    years = sorted({each for each in (year_one, year_two) if each is not None})
    if len(years) > 1:
        listed = " / ".join(map(str, years))
        said = f"两次核定不属同一年度：{listed}", f"the runs are of different years: {listed}"
        raise Malformed({"second": Fault(FaultCode.NOT_THERE, *said)})
    of = years[0] if years else year
    if of is None:
        raise Malformed({"year": MISSING})
    return comparison_shown(system, connection, of, one, two, after, limit)


def comparison_shown(
    system: System,
    connection: Connection,
    year: int,
    one: Standpoint,
    two: Standpoint,
    after: str | None,
    limit: int | None,
) -> ComparisonShown:
    """The comparison, for a command too, which asks for nobody. ``Unknown`` where no scheme was published by then."""
    before, then = (moment_of(system, connection, year, side) for side in (one, two))
    found = comparison(connection, before, then, kept_results(system, connection, year, before, then))
    shown = Listing.of(found.changed, lambda each: each.pairing, after, limit)
    changed = with_facts(connection, before, then, shown.rows)
    paired = _paired(connection, year, (then, before), changed)
    said = _said(system, connection, max(one.known_at, two.known_at), changed)
    return of_row(
        ComparisonShown,
        found,
        year=year,
        first=one,
        second=two,
        moved=len(found.changed),
        rules=tuple(of_row(RuleMoved, each) for each in found.scheme_changes),
        indicators=tuple(
            IndicatorMoved(each.code, each.pairings, two_decimals(each.up), two_decimals(each.down))
            for each in found.by_indicator
        ),
        rows=tuple(_pairing(each, paired[each.pairing], said) for each in changed),
        next=shown.next,
    )


def _standpoint(asker: Asker, field: str, asked: str) -> tuple[Standpoint, int | None]:
    try:
        return standpoint_of(asker.look.system, asker.connection, asked)
    except Unknown:
        zh = f"“{asked[:40]}”不是核定编号、记录号或日期（如 2026-01-31）"
        en = f"“{asked[:40]}” is no run, position or day such as 2026-01-31"
        raise Malformed({field: Fault(FaultCode.NOT_THERE, zh, en)}) from None


def _paired(
    connection: Connection, year: int, sides: Iterable[Moment], changed: Sequence[PairingChange]
) -> dict[str, PairingListing]:
    """Who moved, by the names of the side on which they are paired, the later one if they are on both."""
    found: dict[str, PairingListing] = {}
    for side in sides:
        if any(each.pairing not in found for each in changed):
            rows = {row.pairing_id: row for row in pairing_rows(connection, year, side.known_at)}
            found = rows | found
    return found


def _said(
    system: System, connection: Connection, known_at: int, changed: Iterable[PairingChange]
) -> dict[int, str]:
    told = [fact for each in changed for line in each.lines for fact in line.facts[:FACTS]]
    told += [fact for each in changed if each.regraded for fact in each.regraded.vetoes]
    positions = sorted({at for fact in told for at in (fact.position, fact.by)})
    said: dict[int, str] = {}
    for n in range(0, len(positions), 500):
        rows = trail.events_at(connection, positions[n : n + 500]).values()
        told_rows = system.sentences(connection, known_at, rows)
        said |= {each.record: each.sentence for each in told_rows}
    return said


def _pairing(each: PairingChange, row: PairingListing, said: Mapping[int, str]) -> PairingMoved:
    regraded = each.regraded
    return PairingMoved(
        pairing_id=each.pairing,
        unit_name=row.unit_name,
        village_name=row.name,
        by=two_decimals(each.by),
        before=_standing(each.before),
        after=_standing(each.after),
        grade_cause=regraded.cause if regraded else None,
        vetoes=_facts(regraded.vetoes, said) if regraded else (),
        lines=tuple(_line(line, said) for line in each.lines),
        apart=_moved(each.apart),
    )


def _standing(side: tuple[Sheet, Grade] | None) -> Standing | None:
    if side is None:
        return None
    sheet, grade = side
    return of_row(Standing, grade, total=two_decimals(sheet.total))


def _line(line: LineChange, said: Mapping[int, str]) -> LineMoved:
    return LineMoved(
        indicator=line.indicator.code,
        title=line.indicator.title,
        before=None if line.before is None else two_decimals(line.before),
        after=None if line.after is None else two_decimals(line.after),
        movements=_moved(line.movements),
        aspects=tuple(sorted(line.aspects, key=lambda each: each.value)),
        facts=_facts(line.facts[:FACTS], said),
        found=len(line.facts),
    )


def _moved(movements: Iterable[Movement]) -> tuple[PointsMoved, ...]:
    return tuple(PointsMoved(each.cause, each.of, two_decimals(each.hundredths)) for each in movements)


def _facts(changes: Iterable[FactChange], said: Mapping[int, str]) -> tuple[FactMoved, ...]:
    return tuple(
        of_row(
            FactMoved,
            each,
            record=each.position,
            before=_verdict(each.before),
            after=_verdict(each.after),
            event=said.get(each.by, ""),
            stated=said.get(each.position, ""),
        )
        for each in changes
    )


def _verdict(seen: FactView | None) -> str:
    return "absent" if seen is None else seen.reason or "counted"
