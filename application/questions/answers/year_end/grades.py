"""A run on its way to the public: its grades, what was adjusted and signed, who takes part in no grade, and the persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import RowMapping, select

from application.actors.actor import OFFICES
from application.input.keyset import After, Place
from application.question import Asker, Limit, Listing, question
from application.questions.answers.year_end.results import RunRow, run_row
from application.questions.names_of_year import NamesOfYear, Paired
from application.questions.results.result_lookups import computed_of
from application.questions.results.run_results import GradedResult, run_results
from application.things import RUN
from domain.account.role import Role
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.grades import UNGRADED
from domain.assessment.scoring.persons import PersonResult, Term, person_results
from domain.assessment.year.events import SignStep
from domain.assessment.year.run_result import CHAIN
from domain.kernel.values import Key, OptionalLine, Year
from projections.boards.assessment.results import (
    adjustments_of,
    exclusions_of,
    notice_of,
    objections_of,
    services_of,
    signatures_of,
)
from projections.boards.assessment.runs import frozen_last, runs_of_year
from projections.boards.calendars import working_days
from projections.boards.numbers import Numbers
from projections.boards.pairing.pairings import terms
from projections.boards.registry.names import Names
from projections.figures.overview import pairing_rows
from projections.kit.columns import known


@dataclass(frozen=True)
class GradeCount:
    """A grade, the best first, at the end those not graded: its ``places`` (``None`` without a quota), how many pairings the
    run computed it for, and how many have it after adjustments."""

    grade: str
    name: Text
    places: int | None
    computed: int
    standing: int


@dataclass(frozen=True)
class Adjustment:
    """Another grade asked for. ``computed``: the run's own. ``approver``: a reference. ``carried_from``: the number of the
    earlier run it comes from."""

    pairing: Paired
    computed: str
    grade_before: str
    grade_after: str
    because: str
    basis: str
    carried_from: str
    proposed_on: date
    proposed_by: str
    status: str
    decided_on: date | None
    approver: str
    office: str
    refused_because: str


@dataclass(frozen=True)
class ChainStep:
    """A step of the sign-off; empty until it is signed. ``signer``: a reference."""

    step: SignStep
    signer: str
    office: str
    opinion: str
    signed_on: date | None


@dataclass(frozen=True)
class NoticeTerm:
    """The public notice of a run, its first and its last day."""

    opened_on: date
    closes_on: date
    working_days: int
    closed_on: date | None


@dataclass(frozen=True)
class GradesShown:
    """``newest``: no run was frozen after it, so it goes on. ``replaced_by``: the number of the run published in its place.
    ``objections``, of which ``unanswered`` and ``upheld``; ``units``, of which ``served`` have their result.
    ``notice_ends``: of ``notice_days`` working days from today on, with the calendar's own words (``notice_told``).
    """

    run: RunRow
    newest: bool
    replaced_by: str
    counts: tuple[GradeCount, ...]
    adjustments: tuple[Adjustment, ...]
    chain: tuple[ChainStep, ...]
    notice: NoticeTerm | None
    objections: int
    unanswered: int
    upheld: int
    units: int
    served: int
    notice_days: int
    notice_ends: date
    notice_told: Text


@question("/runs/{key}/grades", OFFICES, on=RUN)
def show_grades(asker: Asker, *, key: Key) -> GradesShown:
    """Who has which grade in a run and why, and how far the run has come."""
    system, connection, at = asker.look.system, asker.connection, asker.known_at
    found = run_results(system.scoring, connection, key, at)
    of = {each.result.pairing: each for each in found.graded}
    names, numbers = NamesOfYear(connection, found.run.year, at), Numbers(connection)
    signed, objections = signatures_of(connection, key, at), objections_of(connection, key, at)
    newest, notice = frozen_last(runs_of_year(connection, found.run.year, at)), notice_of(connection, key, at)
    days, today = system.settings.notice_days, asker.look.today()
    period = working_days(connection, at).add_working_days(today, days, counting_start=True)
    computed = Counter(each.result.grade.grade for each in found.graded)
    standing = Counter(each.grade for each in found.graded)
    labels = {each.grade: each.label for each in found.graded} | {b.id: b.label for b in found.scheme.bands}
    places = computed_of(found).places
    return GradesShown(
        run=run_row(found.run),
        newest=newest is not None and newest.run_id == key,
        replaced_by=found.replaced_by.run_no if found.replaced_by else "",
        counts=tuple(
            GradeCount(grade, labels[grade], places.get(grade), computed[grade], standing[grade])
            for grade in (*places, UNGRADED)
            if grade in labels
        ),
        adjustments=tuple(
            _adjustment(row._mapping, of, names, numbers) for row in adjustments_of(connection, key, at)
        ),
        chain=tuple(
            ChainStep(step, row.signer_ref, row.office, row.opinion, row.signed_on)
            if (row := signed.get(step.value))
            else ChainStep(step, "", "", "", None)
            for step in CHAIN
        ),
        notice=None
        if notice is None
        else NoticeTerm(notice.opened_on, notice.closes_on, notice.working_days, notice.closed_on),
        objections=len(objections),
        unanswered=sum(row.answered_on is None for row in objections),
        upheld=sum(bool(row.upheld) for row in objections),
        units=len({each.result.branch for each in found.graded}),
        served=len(services_of(connection, key, at)),
        notice_days=days,
        notice_ends=period.day,
        notice_told=Text(period.zh, period.en),
    )


def _adjustment(
    row: RowMapping, of: Mapping[str, GradedResult], names: NamesOfYear, numbers: Numbers
) -> Adjustment:
    own = of.get(row["pairing_id"])
    return Adjustment(
        pairing=_paired(own, names) if own else Paired(row["pairing_id"], "", row["pairing_id"]),
        computed=own.result.grade.grade if own else "",
        grade_before=row["grade_before"],
        grade_after=row["grade_after"],
        because=row["because"],
        basis=row["basis"],
        carried_from=numbers.shown(row["carried_from"]),
        proposed_on=row["proposed_on"],
        proposed_by=row["proposed_by"],
        status=row["status"],
        decided_on=row["decided_on"],
        approver=row["approver_ref"],
        office=row["office"],
        refused_because=row["refused_because"],
    )


def _paired(own: GradedResult, names: NamesOfYear) -> Paired:
    return names.paired(own.result.pairing, own.result.branch, own.result.village)


@dataclass(frozen=True)
class Exclusion:
    """A pairing that takes part in no grade of the year, and on which ``basis``."""

    pairing: Paired
    because: str
    basis: str
    excluded_on: date


@question("/exclusions", OFFICES)
def list_exclusions(
    asker: Asker, *, year: Year, after: After | None, limit: Limit | None
) -> Listing[Exclusion]:
    """Who takes part in no grade of a year, by pairing."""
    connection, at = asker.connection, asker.known_at
    of = {row.pairing_id: row for row in pairing_rows(connection, year, at)}

    def paired(key: str) -> Paired:
        return Paired(key, of[key].unit_name, of[key].name) if key in of else Paired(key, "", key)

    rows = (
        Exclusion(paired(row.pairing_id), row.because, row.basis, row.excluded_on)
        for row in exclusions_of(connection, year, at)
    )
    return Listing.placed(rows, lambda each: (each.pairing.pairing_id,), after, limit)


@dataclass(frozen=True)
class PostHeld:
    """A pairing at which somebody held ``posts``, on so many ``days`` of the year, and what it came to in the run."""

    pairing: Paired
    posts: tuple[str, ...]
    days: int
    total: str
    grade: str
    grade_name: Text


@dataclass(frozen=True)
class PersonRow:
    """A person (a reference) with the mean of the pairings' totals, weighted by days."""

    person: str
    points: str
    held: tuple[PostHeld, ...]


@dataclass(frozen=True)
class PersonsShown:
    """A run with the results of persons, of whom ``found`` fit. ``next``: what to state as ``after`` for those that follow."""

    run: RunRow
    found: int
    rows: tuple[PersonRow, ...]
    next: str | None


@question(
    "/runs/{key}/persons",
    frozenset({Role.ASSESSOR, Role.APPROVER, Role.AUDITOR, Role.REVIEWER}),
    on=RUN,
)
def show_persons(
    asker: Asker, *, key: Key, q: OptionalLine, after: After | None, limit: Limit | None
) -> PersonsShown:
    """The results of those in the two posts, by unit and village: nobody is ranked. ``q``: part of the name of a unit or
    village at which they hold one."""
    found = run_results(asker.look.system.scoring, asker.connection, key, asker.known_at)
    of = {each.result.pairing: each for each in found.graded}
    query = select(terms).where(terms.c.pairing_id.in_(list(of)), known(terms, found.run.at_position))
    held = [
        Term(row.person_ref, row.pairing_id, row.post, row.began_on, row.ended_on)
        for row in asker.connection.execute(query)
    ]
    totals = {pairing: each.result.sheet.total for pairing, each in of.items()}
    names = NamesOfYear(asker.connection, found.run.year, asker.known_at)
    results = person_results(held, totals, found.scheme.first_day, found.scheme.last_day)
    rows = [_person(each, of, names) for each in results]
    searched = Names(asker.connection, asker.known_at)
    owners = {pairing: (each.result.village, each.result.branch) for pairing, each in of.items()}

    def fits(each: PersonRow) -> bool:
        return any(searched.matches(q, *owners[post.pairing.pairing_id]) for post in each.held)

    listed = Listing.placed(filter(fits, rows), _place, after, limit)
    return PersonsShown(run_row(found.run), sum(map(fits, rows)), listed.rows, listed.next)


def _person(each: PersonResult, of: Mapping[str, GradedResult], names: NamesOfYear) -> PersonRow:
    held = [
        PostHeld(
            pairing=_paired(of[pairing], names),
            posts=each.posts[pairing],
            days=days,
            total=two_decimals(of[pairing].result.sheet.total),
            grade=of[pairing].grade,
            grade_name=of[pairing].label,
        )
        for pairing, days in each.days.items()
    ]
    return PersonRow(each.person, two_decimals(each.hundredths), tuple(held))


def _place(each: PersonRow) -> Place:
    first = each.held[0].pairing
    return first.unit_name, first.village_name, each.person
