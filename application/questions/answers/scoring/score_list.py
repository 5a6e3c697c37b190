"""The totals of a year in their order: who has which place and grade, and who is in danger of a poorer one."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated

from application.actors.actor import OFFICES
from application.input.keyset import After, Place
from application.input.reading import Fault, FaultCode, Malformed
from application.question import Asker, Limit, Listing, question
from application.questions.answers.findings import overdue_of_pairings
from application.questions.answers.scoring.trend import BandCount
from application.questions.appeal_lookups import OptionalCode
from application.questions.results.run_results import UNGRADED_NAME, GradedResult, RunResults
from application.questions.results.standing import StandingResults, computed_results, standing_results
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.grades import NOT_GRADED
from domain.assessment.scoring.margins import margins
from domain.kernel.values import OptionalLine, Ticked, Whole, Year
from projections.boards.registry.names import Names
from projections.figures.overview import PairingListing, pairing_rows

NEAR = 200
"""Hundredths above a poorer grade from which a total is near it. [default]"""


class Risk(enum.Enum):
    """Why a grade is in danger, or a poorer one given already: ``any`` of the reasons, or one of them."""

    ANY = "any"
    NEAR = "near"
    VETOED = "vetoed"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class GroupFigure:
    """A group of the scheme, and what its lines came to."""

    group: str
    points: str


@dataclass(frozen=True)
class NearBand:
    """The poorer grade that a total is near to, and the points that it is above it."""

    grade: str
    name: Text
    left: str


@dataclass(frozen=True)
class ScoreRow:
    """A sheet. ``place``: ``None`` where it takes none; ``points`` with two decimals; ``near``: ``None`` where no poorer grade
    is near; ``overdue``: its findings with a red light today."""

    pairing_id: str
    branch: str
    unit_name: str
    village: str
    village_name: str
    township: str
    place: int | None
    points: str
    grade: str
    grade_name: Text
    groups: tuple[GroupFigure, ...]
    vetoed: bool
    near: NearBand | None
    overdue: int

    @property
    def risks(self) -> frozenset[Risk]:
        """Why its grade is in danger; empty where it is not."""
        found = {
            Risk.NEAR: self.near is not None,
            Risk.VETOED: self.vetoed,
            Risk.OVERDUE: self.overdue > 0,
        }
        return frozenset(
            {each for each, so in found.items() if so} | ({Risk.ANY} if any(found.values()) else set())
        )


@dataclass(frozen=True)
class ScoresShown:
    """A page of sheets. ``run_no``: the published run, empty where they are provisional; ``assessed``: all of the year;
    ``found``: those asked for; ``narrowed``: those found whatever the grade and the risk; ``grades`` and ``at_risk``: of what
    the other filters find. ``townships``: of all."""

    year: int
    run_no: str
    assessed: int
    found: int
    narrowed: int
    grades: tuple[BandCount, ...]
    at_risk: int
    townships: tuple[str, ...]
    rows: tuple[ScoreRow, ...]
    next: str | None


@question("/scores", OFFICES)
def list_scores(
    asker: Asker,
    *,
    year: Year,
    q: OptionalLine,
    township: OptionalLine,
    grade: OptionalCode,
    risk: Risk | None,
    points: Annotated[int, Whole(0, 1000)] | None,
    provisional: Ticked,
    sort: OptionalCode,
    after: After | None,
    limit: Limit | None,
) -> ScoresShown:
    """The sheets that stand, by place, or sorted by ``total`` or a group; after a minus the other way round. ``points``: those
    with so many whole points."""
    stands = _stands(asker, year, provisional)
    names = Names(asker.connection, asker.known_at)
    paired = {row.pairing_id: row for row in pairing_rows(asker.connection, year, asker.known_at, names)}
    overdue = overdue_of_pairings(asker)
    every = [
        (each, _row(stands.scheme, each, row, overdue.get(row.pairing_id, 0)))
        for each in stands.graded
        if (row := paired.get(each.result.pairing)) is not None
    ]
    place = _order(stands, sort or "place")
    narrowed = [
        (each, row)
        for each, row in every
        if (not township or row.township == township)
        and (points is None or each.result.sheet.total // 100 == points)
        and names.matches(q, row.village, row.branch)
    ]
    found = [
        (each, row)
        for each, row in narrowed
        if (not grade or row.grade == grade) and (risk is None or risk in row.risks)
    ]
    listed = Listing.placed(found, lambda of: place(of[0]), after, limit)
    return ScoresShown(
        year=year,
        run_no=stands.run.run_no if stands.run is not None else "",
        assessed=len(stands.graded),
        found=len(found),
        narrowed=len(narrowed),
        grades=tuple(
            _grades(stands.scheme, [row for _, row in narrowed if risk is None or risk in row.risks])
        ),
        at_risk=sum(Risk.ANY in row.risks for _, row in narrowed if not grade or row.grade == grade),
        townships=tuple(sorted({row.township for _, row in every} - {""})),
        rows=tuple(row for _, row in listed.rows),
        next=listed.next,
    )


def _stands(asker: Asker, year: int, provisional: bool) -> StandingResults:
    scoring = asker.look.system.scoring
    if provisional:
        return computed_results(scoring, asker.connection, year, asker.known_at)
    return standing_results(scoring, asker.connection, year, asker.known_at, asker.newest)


def _order(stands: StandingResults, by: str) -> Callable[[GradedResult], Place]:
    """What has no place or no such group comes last, whichever way round."""
    name, way = by.removeprefix("-"), -1 if by.startswith("-") else 1
    codes = [group.code for group in stands.scheme.groups]
    if name not in ("place", "total", *codes):
        listed = ["place", "total", *codes]
        said = f"不能按“{by}”排列，可按{'、'.join(listed)}", f"no order “{by}”; sort by {', '.join(listed)}"
        raise Malformed({"sort": Fault(FaultCode.NOT_THERE, *said)})

    def place(each: GradedResult) -> Place:
        sheet = each.result.sheet
        figures = {"place": each.result.grade.rank, "total": sheet.total}
        figure = figures[name] if name in figures else sheet.figure(name)
        return figure is None, way * (figure or 0), -sheet.total, each.result.pairing

    return place


def _row(scheme: Scheme, each: GradedResult, paired: PairingListing, overdue: int) -> ScoreRow:
    sheet = each.result.sheet
    around = margins(scheme, sheet.total)
    near = None
    # Whom a quota or a decision left behind has the poorer grade already.
    if around.below is not None and around.left <= NEAR and each.grade == around.band.id:
        near = NearBand(around.below.id, around.below.label, two_decimals(around.left))
    return ScoreRow(
        pairing_id=each.result.pairing,
        branch=each.result.branch,
        unit_name=paired.unit_name,
        village=each.result.village,
        village_name=paired.name,
        township=paired.township,
        place=each.result.grade.rank,
        points=two_decimals(sheet.total),
        grade=RunResults.name_of(each.grade),
        grade_name=each.label,
        groups=tuple(
            GroupFigure(group.code, two_decimals(sheet.figure(group.code))) for group in scheme.groups
        ),
        vetoed=sheet.vetoed,
        near=near,
        overdue=overdue,
    )


def _grades(scheme: Scheme, rows: list[ScoreRow]) -> Iterator[BandCount]:
    counts = Counter(row.grade for row in rows)
    for band in scheme.bands:
        yield BandCount(band.id, band.label, counts[band.id])
    if counts[UNGRADED_NAME]:
        yield BandCount(UNGRADED_NAME, NOT_GRADED, counts[UNGRADED_NAME])
