"""The pairings of a year, and the score sheet of one."""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass
from datetime import date

from application.actors.actor import READERS, Owner
from application.input.keyset import After, Places
from application.input.reading import Fault, FaultCode, Malformed
from application.question import Asker, Limit, Listing, question
from application.questions.of_row import of_row
from application.questions.results.standing import StandingResults, standing_if_any, standing_results
from application.things import PAIRING
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.text import Text
from domain.kernel.values import Key, OptionalLine, Year
from domain.registry.events import UnitClass
from projections.boards.registry.names import Names
from projections.figures.overview import PairingListing, activity_counts, pairing_rows


@dataclass(frozen=True)
class SheetStanding:
    """What a pairing's sheet comes to: of the published run ``run_no``, as computed now where that is empty."""

    run_no: str
    total: str
    grade: str
    grade_name: Text


@dataclass(frozen=True)
class GradeCount:
    """How many pairings have a grade."""

    grade: str
    name: Text
    count: int


@dataclass(frozen=True)
class PairingOfYear:
    """A pairing of a year, with the names and classes of the year's last day. ``activities``: how many were held;
    ``standing``: ``None`` without a scheme, and where the scheme does not score targets of this class (``unscored``)."""

    pairing_id: str
    branch: str
    unit_name: str
    level: str
    unit_class: str
    village: str
    village_name: str
    village_kind: str
    township: str
    started_on: date
    ended_on: date | None
    agreement_no: str
    signed_on: date | None
    activities: int
    standing: SheetStanding | None
    unscored: bool


class PairingOrder(enum.Enum):
    """How pairings are listed: by township and village, or by what is named; after a minus the other way round."""

    PLACE = "place"
    PLACE_LAST = "-place"
    UNIT = "unit"
    UNIT_LAST = "-unit"
    SIGNED = "signed"
    SIGNED_LAST = "-signed"
    ACTIVITIES = "activities"
    ACTIVITIES_MOST = "-activities"
    TOTAL = "total"
    TOTAL_MOST = "-total"


@dataclass(frozen=True)
class PairingsShown:
    """A page of pairings. ``grades``: of all that the other filters find, by the scheme; ``found``: how many have the grade
    asked for, too. ``townships``: those of the year's pairings, whatever is filtered."""

    found: int
    grades: tuple[GradeCount, ...]
    townships: tuple[str, ...]
    rows: tuple[PairingOfYear, ...]
    next: str | None


@question("/pairings", READERS)
def list_pairings(
    asker: Asker,
    *,
    year: Year,
    q: OptionalLine,
    township: OptionalLine,
    unit_class: UnitClass | None,
    signed: bool | None,
    grade: OptionalLine,
    on: date | None,
    sort: PairingOrder | None,
    after: After | None,
    limit: Limit | None,
) -> PairingsShown:
    """The pairings of a year; a clerk sees the own ones. ``q``: part of a village's, a unit's or a township's name;
    ``signed``: whether there is an agreement; ``grade``: as the score sheets have it now; ``on``: those of the year that
    lasted on a day, by its names.
    """
    names = Names(asker.connection, asker.known_at)
    counts = activity_counts(asker.connection, year, asker.known_at)
    stands = _stands(asker, year)
    standing, scored = _sheets(stands), stands.scheme.targets if stands else None
    every = [
        of_row(
            PairingOfYear,
            row,
            village_name=row.name,
            village_kind=row.kind,
            activities=counts.get(row.pairing_id, 0),
            standing=standing.get(row.pairing_id),
            unscored=scored is not None and row.kind not in scored,
        )
        for row in pairing_rows(asker.connection, year, asker.known_at, names, on)
        if asker.sees(Owner(row.branch, row.village)) and (on is None or _lasts(row, on))
    ]
    found = [
        row
        for row in every
        if names.matches(q, row.village, row.branch)
        and (not township or row.township == township)
        and (unit_class is None or row.unit_class == unit_class.value)
        and (signed is None or signed is (row.signed_on is not None))
    ]
    grades = Counter(each.standing.grade for each in found if each.standing)
    graded = [row for row in found if not grade or (row.standing and row.standing.grade == grade)]
    page = Listing.ordered(graded, _PLACES, sort or PairingOrder.PLACE, after, limit)
    return PairingsShown(
        found=len(graded),
        grades=tuple(
            GradeCount(band.id, band.label, grades[band.id])
            for band in (stands.scheme.bands if stands else ())
        ),
        townships=tuple(sorted({row.township for row in every} - {""})),
        rows=page.rows,
        next=page.next,
    )


def _lasts(row: PairingListing, on: date) -> bool:
    return row.started_on <= on and (row.ended_on is None or on <= row.ended_on)


_PLACES: Places[PairingOfYear] = {
    "place": lambda row: (row.township, row.village_name, row.pairing_id),
    "unit": lambda row: (row.unit_name, row.pairing_id),
    "signed": lambda row: ((row.signed_on or date.max).toordinal(), row.pairing_id),
    "activities": lambda row: (row.activities, row.pairing_id),
    "total": lambda row: (float(row.standing.total) if row.standing else -1.0, row.pairing_id),
}
"""Every order ends with the id, so that no two pairings have one place and a page begins behind the one before."""


def standings(asker: Asker, year: int) -> dict[str, SheetStanding]:
    """Pairing to what its sheet comes to; empty without a scheme."""
    return _sheets(_stands(asker, year))


def scored_classes(asker: Asker, year: int) -> tuple[str, ...] | None:
    """The classes of targets whose pairings the year's scheme scores; ``None`` without a scheme."""
    stands = _stands(asker, year)
    return stands.scheme.targets if stands else None


def _stands(asker: Asker, year: int) -> StandingResults | None:
    scoring = asker.look.system.scoring
    return standing_if_any(scoring, asker.connection, year, asker.known_at, asker.newest)


def _sheets(stands: StandingResults | None) -> dict[str, SheetStanding]:
    if stands is None:
        return {}
    run_no = stands.run.run_no if stands.run is not None else ""
    return {
        each.result.pairing: SheetStanding(
            run_no, two_decimals(each.result.sheet.total), each.grade, each.label
        )
        for each in stands.graded
    }


@dataclass(frozen=True)
class SheetLine:
    """An indicator's line. ``points`` and ``most`` with two decimals, ``None`` where it does not apply or has no limit;
    ``because``: how the points came about; ``records``: the events behind it, by their position in the log."""

    indicator: str
    title: Text
    clause: str
    points: str | None
    most: str | None
    because: Text
    records: tuple[int, ...]


@dataclass(frozen=True)
class ScoreSheet:
    """A pairing's sheet of a year: of the published ``run``, or provisional where ``run`` is ``None``."""

    pairing_id: str
    year: int
    run: str | None
    total: str
    grade: str
    grade_name: Text
    vetoed: bool
    lines: tuple[SheetLine, ...]
    rests_on: int


@question("/pairings/{key}/score-sheet", READERS, on=PAIRING)
def show_score_sheet(asker: Asker, *, key: Key, year: Year) -> ScoreSheet:
    """The sheet that stands: of the published run, before any is public as computed now."""
    system, connection = asker.look.system, asker.connection
    stands = standing_results(system.scoring, connection, year, asker.known_at, asker.newest)
    if key not in stands.by_pairing:
        said = f"该结对在 {year} 年没有一天结对", f"it was paired on no day of {year}"
        raise Malformed({"year": Fault(FaultCode.NOT_THERE, *said)})
    mine = stands.of(key)
    told = system.scoring.explain_sheet(connection, year, key, stands.at)
    return ScoreSheet(
        pairing_id=key,
        year=year,
        run=stands.run.run_no if stands.run is not None else None,
        total=two_decimals(mine.result.sheet.total),
        grade=mine.grade,
        grade_name=mine.label,
        vetoed=mine.result.sheet.vetoed,
        lines=tuple(
            SheetLine(
                indicator=code,
                title=line.indicator.title,
                clause=line.clause_number,
                points=two_decimals(line.line.final) if line.line.final is not None else None,
                most=f"{float(line.indicator.most):.2f}" if line.indicator.most is not None else None,
                because=line.because,
                records=tuple(fact.position for fact in line.used),
            )
            for code, line in told.lines.items()
        ),
        rests_on=stands.at,
    )
