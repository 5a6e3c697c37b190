"""The public notice of a run with its objections, and the service of published results."""

from __future__ import annotations

import enum
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import RowMapping

from application.actors.actor import OFFICES, Owner
from application.input.keyset import After, Place
from application.question import Asker, Limit, Listing, question
from application.questions.answers.year_end.results import RunRow, run_row
from application.questions.names_of_year import NamesOfYear, Paired
from application.questions.results.run_results import GradedResult, run_results
from application.things import RUN
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.text import Text
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, OptionalLine
from projections.boards.assessment.results import (
    all_notices,
    notice_of,
    objections_of,
    opened_at,
    services_of,
)
from projections.boards.assessment.runs import frozen_last, runs_of_year
from projections.boards.calendars import working_days
from projections.boards.numbers import Numbers
from projections.boards.registry.names import Names
from projections.figures.overview import PairingListing, pairing_rows


@dataclass(frozen=True)
class NoticeRow:
    """A public notice, its first and its last day. ``running``: objections may still be filed; ``closed_on``: ``None`` until
    somebody ended it."""

    run_id: str
    run_no: str
    year: int
    opened_on: date
    closes_on: date
    closed_on: date | None
    running: bool


@dataclass(frozen=True)
class PostedResult:
    """A pairing as it is posted, by the names of the notice's first day. ``rank``: ``None`` where no basis for places is named,
    or where it has none."""

    pairing: Paired
    township: str
    rank: int | None
    total: str
    grade_name: Text


@dataclass(frozen=True)
class ObjectionRow:
    """An objection. ``pairing``: ``None`` against the results on the whole; ``upheld``: ``None`` until it is answered; ``own``:
    whoever asks filed it."""

    objection_id: str
    number: str
    filed_for: str
    filed_on: date
    pairing: Paired | None
    grounds: str
    upheld: bool | None
    answer: str
    answered_on: date | None
    own: bool


@dataclass(frozen=True)
class NoticeShown:
    """The notice of a run. ``overtaken``: another run was frozen since, so that this one is not published; ``period``: how its
    days were counted; ``ranking_basis``: empty where places are not named; ``own``: of the unit or the village that asks;
    ``every``: how many are posted, in ``townships``; ``found``: how many fit; ``next``: what to state as ``after`` for the
    ``rows`` that follow."""

    notice: NoticeRow
    scheme: Text
    working_days: int
    period: Text
    contact: str
    ranking_basis: str
    results_digest: str
    overtaken: bool
    objections: tuple[ObjectionRow, ...]
    own: tuple[PostedResult, ...]
    every: int
    townships: tuple[str, ...]
    found: int
    rows: tuple[PostedResult, ...]
    next: str | None


@question("/notices")
def list_notices(asker: Asker, *, after: After | None, limit: Limit | None) -> Listing[NoticeRow]:
    """Everything that is or was on public notice, what was opened last first."""
    numbers, rows = Numbers(asker.connection), all_notices(asker.connection, asker.known_at)
    listed = (_notice(asker, row._mapping, numbers.shown(row.run_id)) for row in rows)
    return Listing.placed(
        listed, lambda row: (row.opened_on.isoformat(), row.run_id), after, limit, falling=True
    )


def _notice(asker: Asker, row: RowMapping, run_no: str) -> NoticeRow:
    days = row["opened_on"], row["closes_on"], row["closed_on"]
    running = row["closed_on"] is None and asker.look.today() <= row["closes_on"]
    return NoticeRow(row["run_id"], run_no, row["year"], *days, running)


@question("/runs/{key}/notice", on=RUN)
def show_notice(
    asker: Asker,
    *,
    key: Key,
    township: OptionalLine,
    q: OptionalLine,
    after: After | None,
    limit: Limit | None,
) -> NoticeShown:
    """The notice as it is posted: pairings with grade and total, no places unless a basis was named; and the objections that
    whoever asks may see. ``q``: part of a village's or unit's name.
    """
    connection, at = asker.connection, asker.known_at
    notice = notice_of(connection, key, at)
    if notice is None:
        raise Unknown("notice", key)
    found = run_results(asker.look.system.scoring, connection, key, at)
    year, first = found.run.year, notice.opened_on
    names = Names(connection, at)
    rows = pairing_rows(connection, year, found.run.at_position, names, first)
    of = {row.pairing_id: row for row in rows}
    # The calendar as known when the notice was opened; one imported since moves no period that was announced.
    calendar = working_days(connection, opened_at(connection, key))
    period = calendar.add_working_days(first, notice.working_days, counting_start=True)
    newest, by_place = frozen_last(runs_of_year(connection, year, at)), bool(notice.ranking_basis)
    posted = [_posted(each, of, by_place) for each in found.graded]

    def fits(row: PostedResult) -> bool:
        about = of[row.pairing.pairing_id]
        return (not township or row.township == township) and names.matches(q, about.village, about.branch)

    def is_own(row: PostedResult) -> bool:
        about = of[row.pairing.pairing_id]
        return not asker.sees_all and asker.sees(Owner(about.branch, about.village))

    listed = Listing.placed(filter(fits, posted), _place, after, limit)
    return NoticeShown(
        notice=_notice(asker, notice._mapping, found.run.run_no),
        scheme=found.scheme.title,
        working_days=notice.working_days,
        period=Text(period.zh, period.en),
        contact=notice.contact,
        ranking_basis=notice.ranking_basis,
        results_digest=found.run.results_digest,
        overtaken=found.run.published_on is None and (newest is None or newest.run_id != key),
        objections=tuple(
            _objection(asker, row._mapping, of)
            for row in objections_of(connection, key, at)
            if _is_shown(asker, row._mapping, of)
        ),
        own=tuple(filter(is_own, posted)),
        every=len(posted),
        townships=tuple(sorted({row.township for row in posted} - {""})),
        found=sum(map(fits, posted)),
        rows=listed.rows,
        next=listed.next,
    )


def _posted(each: GradedResult, of: dict[str, PairingListing], by_place: bool) -> PostedResult:
    row, result = of[each.result.pairing], each.result
    return PostedResult(
        pairing=Paired(result.pairing, row.unit_name, row.name),
        township=row.township,
        rank=result.grade.rank if by_place else None,
        total=two_decimals(result.sheet.total),
        grade_name=each.label,
    )


def _place(row: PostedResult) -> Place:
    """By place where places are named; else by township and village, which says nothing of places."""
    about = row.pairing
    named = row.township, about.village_name, about.unit_name
    return row.rank is None, row.rank or 0, *named, about.pairing_id


def _is_shown(asker: Asker, row: RowMapping, of: dict[str, PairingListing]) -> bool:
    """Who filed an objection sees it, whoever the pairing belongs to as well, and the offices see all."""
    if asker.sees_all or row["filed_by"] == asker.actor.username:
        return True
    about = of.get(row["pairing_id"])
    return about is not None and asker.sees(Owner(about.branch, about.village))


def _objection(asker: Asker, row: RowMapping, of: dict[str, PairingListing]) -> ObjectionRow:
    key = row["pairing_id"]
    about = of.get(key)
    paired = Paired(key, about.unit_name, about.name) if about is not None else Paired(key, "", key)
    return ObjectionRow(
        objection_id=row["objection_id"],
        number=row["number"],
        filed_for=row["filed_for"],
        filed_on=row["filed_on"],
        pairing=paired if key else None,
        grounds=row["grounds"],
        upheld=row["upheld"],
        answer=row["answer"],
        answered_on=row["answered_on"],
        own=row["filed_by"] == asker.actor.username,
    )


@dataclass(frozen=True)
class VillageGrade:
    """The grade with a village."""

    village_name: str
    grade_name: Text


class ServiceState(enum.Enum):
    """Whether a unit was handed its result."""

    OPEN = "open"
    SERVED = "served"


@dataclass(frozen=True)
class UnitServed:
    """A unit with its pairings and their grades, and when who took its result; ``None`` and empty until it is served."""

    branch: str
    unit_name: str
    pairings: tuple[VillageGrade, ...]
    served_on: date | None
    served_to: str


@dataclass(frozen=True)
class ServiceShown:
    """Units by name, of which all ``every`` there are ``served`` have their result. ``replaced_by``: the number of the run
    published in its place. ``found``: how many fit; ``next``: what to state as ``after`` for the ``units`` that follow."""

    run: RunRow
    replaced_by: str
    every: int
    served: int
    found: int
    units: tuple[UnitServed, ...]
    next: str | None


@question("/runs/{key}/service", OFFICES, on=RUN)
def show_service(
    asker: Asker,
    *,
    key: Key,
    state: ServiceState | None,
    q: OptionalLine,
    after: After | None,
    limit: Limit | None,
) -> ServiceShown:
    """Which units were handed their result of a run, and which were not. ``q``: part of a unit's or its village's name."""
    found = run_results(asker.look.system.scoring, asker.connection, key, asker.known_at)
    names = NamesOfYear(asker.connection, found.run.year, asker.known_at)
    handed, searched = (
        services_of(asker.connection, key, asker.known_at),
        Names(asker.connection, asker.known_at),
    )
    units: dict[str, list[GradedResult]] = defaultdict(list)
    for each in found.graded:
        units[each.result.branch].append(each)
    rows = [
        UnitServed(
            branch,
            names.unit(branch),
            tuple(VillageGrade(names.village(each.result.village), each.label) for each in own),
            row.served_on if (row := handed.get(branch)) is not None else None,
            row.served_to if row is not None else "",
        )
        for branch, own in units.items()
    ]

    def fits(unit: UnitServed) -> bool:
        if state is not None and (state is ServiceState.SERVED) != (unit.served_on is not None):
            return False
        return any(searched.matches(q, unit.branch, each.result.village) for each in units[unit.branch])

    listed = Listing.placed(filter(fits, rows), lambda unit: (unit.unit_name, unit.branch), after, limit)
    return ServiceShown(
        run=run_row(found.run),
        replaced_by=found.replaced_by.run_no if found.replaced_by else "",
        every=len(rows),
        served=len(handed),
        found=sum(map(fits, rows)),
        units=listed.rows,
        next=listed.next,
    )
