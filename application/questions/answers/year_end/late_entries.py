"""The cut-off of a year, and what came after it."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from application.actors.actor import OFFICES
from application.input.keyset import After
from application.question import Asker, Limit, Listing, question
from application.questions.names_of_year import NamesOfYear
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.scheme import Scheme
from domain.kernel.values import OptionalLine, Year
from projections.boards.assessment.year_work import cut_off
from projections.boards.registry.names import Names
from projections.figures.late_entries import LateFact, late_entries
from projections.scores.scores import totals


@dataclass(frozen=True)
class CutOffShown:
    """The day up to which what is entered counts. ``last_record``: the last that counts."""

    record_on: date
    last_record: int
    set_by: str
    set_on: date
    because: str


@dataclass(frozen=True)
class LateEntry(LateFact):
    """What came late, with the names of the year's last day."""

    unit_name: str
    village_name: str


class Lateness(enum.Enum):
    """By which of the two days something came late."""

    REPORTED = "reported"
    ENTERED = "entered"


@dataclass(frozen=True)
class LatenessCount:
    """How many came late by a day."""

    lateness: Lateness
    count: int


@dataclass(frozen=True)
class LateWorth:
    """``points``: what the total of a pairing would be more (or less) by, had all come in time; with two decimals."""

    pairing_id: str
    points: str


@dataclass(frozen=True)
class LateEntries:
    """Late entries, those recorded last first. ``reported_by``: the scheme's last day of reporting; ``cut_off``: ``None`` where
    none was set; ``every``: how many there are by village and unit, ``latenesses``: by which day; ``found``: how many fit;
    ``worth``: of the pairings in ``rows``; ``next``: what to state as ``after`` for those that follow."""

    year: int
    reported_by: date
    cut_off: CutOffShown | None
    every: int
    latenesses: tuple[LatenessCount, ...]
    found: int
    worth: tuple[LateWorth, ...]
    rows: tuple[LateEntry, ...]
    next: str | None


@question("/late-entries", OFFICES)
def list_late_entries(
    asker: Asker,
    *,
    year: Year,
    lateness: Lateness | None,
    q: OptionalLine,
    after: After | None,
    limit: Limit | None,
) -> LateEntries:
    """What was reported after the scheme's last day, or entered after the cut-off, and what it would have been worth.
    ``q``: part of a village's or unit's name."""
    connection, at = asker.connection, asker.known_at
    scheme, row = asker.look.system.scoring.scheme(connection, year, at), cut_off(connection, year, at)
    late = late_entries(connection, scheme, at, None if row is None else row.last_position)
    searched = Names(connection, at)
    meant = [each for each in late if not q or searched.matches(q, each.village, each.branch)]
    fit = [each for each in meant if lateness is None or _came(each, lateness)]
    names = NamesOfYear(connection, year, at)
    listed = Listing.placed(fit, lambda each: (each.record,), after, limit, falling=True)
    return LateEntries(
        year=year,
        reported_by=scheme.cut_off,
        cut_off=None
        if row is None
        else CutOffShown(row.record_on, row.last_position, row.set_by, row.set_on, row.because),
        every=len(meant),
        latenesses=tuple(LatenessCount(by, sum(_came(each, by) for each in meant)) for by in Lateness),
        found=len(fit),
        worth=tuple(_worth(asker, scheme, year, listed.rows)),
        rows=tuple(
            LateEntry(
                **vars(each), unit_name=names.unit(each.branch), village_name=names.village(each.village)
            )
            for each in listed.rows
        ),
        next=listed.next,
    )


def _came(each: LateFact, by: Lateness) -> bool:
    return each.reported_late if by is Lateness.REPORTED else each.entered_late


def _worth(asker: Asker, scheme: Scheme, year: int, late: tuple[LateFact, ...]) -> Iterable[LateWorth]:
    wanted = {each.pairing_id for each in late}
    if not wanted:
        return
    results = asker.look.system.scoring.results(asker.connection, year, asker.known_at)
    now = {each.pairing: each.sheet.total for each in results}
    lenient = totals(asker.connection, replace(scheme, cut_off=date.max), wanted, asker.known_at)
    for pairing in sorted(wanted):
        yield LateWorth(pairing, two_decimals(lenient.get(pairing, 0) - now.get(pairing, 0)))
