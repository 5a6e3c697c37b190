"""Every figure of an annual report: its one definition gives the number, the list behind it, and how it is spread.

A figure counts facts (``FACTS``) or findings and projects of the boards (``ROWS``). Nothing is counted that the page behind
the figure does not list, for both use the same condition.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, distinct, func, select, true

from domain.supervision.light import traffic_light
from projections.boards.findings import findings, found_in
from projections.boards.livelihood import projects
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.units_and_villages import class_on, entry_classes
from projections.facts.fact_table import facts, known
from projections.facts.facts import HOURS
from projections.figures.county import filters
from projections.kit.columns import known as version_known
from projections.kit.memory import ask_ahead, is_remembered

HEAVY = ("major", "critical")
"""The severities above minor."""
put_together = lru_cache(maxsize=256)
"""To put a statement together takes longer than to answer it from what is remembered: a report asks some sixty."""


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a figure rests on: the year, the position at which it was known, the day taken as today (for lights), and the
    last day of reporting. ``type``, ``level``, ``since`` narrow it down: ``level`` may be ``heavy``; ``since``: only what
    was recorded after that position.
    """

    year: int
    known_at: int
    on: date
    cut_off: date
    type: str = ""
    level: str = ""
    since: int = 0

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)


@dataclass(frozen=True)
class Item:
    """One thing behind a figure. ``position``: the event that states it; ``quantity``: what it adds to a sum."""

    position: int
    pairing: str
    branch: str
    village: str
    kind: str
    type: str
    level: str
    occurred_on: date
    reported_on: date | None
    quantity: int
    reference: str


class Counting(enum.Enum):
    """How many of what."""

    ITEMS = "items"
    SUM = "sum"
    PAIRINGS = "pairings"
    BRANCHES = "branches"
    VILLAGES = "villages"
    PERSONS = "persons"
    """Distinct persons; the reference of a post begins with the person's."""
    ENTRIES = "entries"
    """Distinct events: one entry may state several facts."""
    THINGS = "things"
    """Distinct references of a pairing, such as a case published at several levels."""


Condition = Callable[[Basis], ColumnElement[bool]]


def _of(name: str) -> Condition:
    """One of the ten figures' conditions."""

    def condition(basis: Basis) -> ColumnElement[bool]:
        where: ColumnElement[bool] = filters(basis.year, basis.known_at)[name]
        return where

    return condition


def _happened(kind: str, *types: str) -> Condition:
    """Facts of a kind that happened in the year."""

    def condition(basis: Basis) -> ColumnElement[bool]:
        c = facts.c
        where = (c.kind == kind) & c.occurred_on.between(basis.first, basis.last)
        return where & c.type.in_(types) if types else where

    return condition


@dataclass(frozen=True)
class _Activities:
    """The activities of the year: of some types, or those reported after the last day of reporting."""

    types: tuple[str, ...] = ()
    late: bool = False

    def __call__(self, basis: Basis) -> ColumnElement[bool]:
        return _happened("activity")(basis) & self.which(basis)

    def which(self, basis: Basis) -> ColumnElement[bool]:
        """What tells them from the other activities of the year."""
        typed: ColumnElement[bool] = facts.c.type.in_(self.types) if self.types else true()
        return typed & (facts.c.reported_on > basis.cut_off) if self.late else typed


def _follows(kind: str, start: str) -> Condition:
    """Facts of a kind, until the last day of reporting, about what started in the year. What came of it later is no figure
    of this year any more: the next year's ledgers would change it. [截止日前]
    """

    def condition(basis: Basis) -> ColumnElement[bool]:
        begun = facts.alias()
        started = select(begun.c.reference).where(
            begun.c.kind == start,
            begun.c.occurred_on.between(basis.first, basis.last),
            known(basis.known_at, begun),
        )
        by_then = facts.c.occurred_on <= basis.cut_off
        return (facts.c.kind == kind) & by_then & facts.c.reference.in_(started)

    return condition


def _targets(kind: str) -> Condition:
    """The pairings with villages of a kind."""

    def condition(basis: Basis) -> ColumnElement[bool]:
        of_kind = select(entry_classes.c.entry).where(
            entry_classes.c.of_class == kind, class_on(basis.last, basis.known_at)
        )
        return _of("pairings")(basis) & facts.c.village.in_(of_kind)

    return condition


def _hours(basis: Basis) -> ColumnElement[bool]:
    """The hours of the trainings and lectures of the year that stand: what did not take place took none, whenever its hours
    were stated."""
    held = facts.alias()
    stands = select(held.c.reference).where(held.c.kind == "activity", known(basis.known_at, held))
    return _happened(HOURS)(basis) & facts.c.reference.in_(stands)


def _anything(basis: Basis) -> ColumnElement[bool]:
    c = facts.c
    happened = c.year.is_(None) & c.occurred_on.between(basis.first, basis.last)
    return happened | (c.year == basis.year)


FACTS: dict[str, tuple[Condition, Counting]] = {
    "branches": (_of("branches"), Counting.BRANCHES),
    "villages": (_targets("village"), Counting.VILLAGES),
    "communities": (_targets("community"), Counting.VILLAGES),
    "pairings": (_of("pairings"), Counting.PAIRINGS),
    "agreements": (_of("agreements"), Counting.ITEMS),
    "part_time_secretaries": (_of("part_time_secretaries"), Counting.PAIRINGS),
    "invited_members": (_of("invited_members"), Counting.PAIRINGS),
    "part_time_secretary_persons": (_of("part_time_secretaries"), Counting.PERSONS),
    "invited_member_persons": (_of("invited_members"), Counting.PERSONS),
    "persons_visited": (_of("persons_visited"), Counting.SUM),
    "forums": (_Activities(("forum",)), Counting.ITEMS),
    "field_studies": (_Activities(("field_study",)), Counting.ITEMS),
    "activities": (_Activities(), Counting.ITEMS),
    "participants": (_Activities(), Counting.SUM),
    "themed_party_days": (_Activities(("themed_party_day",)), Counting.ITEMS),
    "trainings": (_Activities(("training", "lecture")), Counting.ITEMS),
    "training_hours_hundredths": (_hours, Counting.SUM),
    "volunteering": (_Activities(("volunteering",)), Counting.ITEMS),
    "volunteers": (_Activities(("volunteering",)), Counting.SUM),
    "condolence_visits": (_Activities(("condolence_visit",)), Counting.ITEMS),
    "themed_campaigns": (_Activities(("themed_campaign",)), Counting.ITEMS),
    "needs_raised": (_happened("need_raised"), Counting.ITEMS),
    "needs_matched": (_follows("need_matched", "need_raised"), Counting.ITEMS),
    "needs_met": (_follows("need_met", "need_raised"), Counting.ITEMS),
    "needs_confirmed": (_follows("need_confirmed", "need_raised"), Counting.ITEMS),
    "needs_rated": (_follows("need_rated", "need_raised"), Counting.ITEMS),
    "ratings": (_follows("need_rated", "need_raised"), Counting.SUM),
    "projects": (_happened("project_planned"), Counting.ITEMS),
    "projects_completed": (_follows("project_completed", "project_planned"), Counting.ITEMS),
    "projects_accepted": (_follows("project_accepted", "project_planned"), Counting.ITEMS),
    "findings": (_happened("finding_raised"), Counting.ITEMS),
    "findings_relapsed": (_follows("finding_relapsed", "finding_raised"), Counting.ITEMS),
    "slips": (_happened("slip_issued"), Counting.ITEMS),
    "criticisms": (_happened("circular_issued", "criticism"), Counting.ITEMS),
    "cases": (_happened("case_published"), Counting.THINGS),
    "meetings": (_happened("meeting_hosted"), Counting.ITEMS),
    "late_reports": (_Activities(late=True), Counting.ITEMS),
    "known_since": (_anything, Counting.ENTRIES),
}
AT_ONCE = {name: (which, how) for name, (which, how) in FACTS.items() if isinstance(which, _Activities)}
"""The figures that one statement counts for every pairing: activities are most of what is recorded, and to look through all
of them for each of these took longer than all else."""
LIGHTS = ("red", "yellow", "green", "waiting", "done")


def _states(kind: str, thing: Any, basis: Basis) -> ColumnElement[bool]:
    """The fact by which a thing is known, whatever became of it since."""
    c = facts.c
    states: ColumnElement[bool] = (c.kind == kind) & (c.reference == thing) & known(basis.known_at)
    return states


def _stated_at(basis: Basis) -> ColumnElement[int]:
    """The event that states a fact as far as it is of the year: an end after the year says nothing new about it."""
    c = facts.c
    return case((c.until_on > basis.last, c.began_at), else_=c.position)


def _findings(basis: Basis, connection: Connection) -> Sequence[Row[Any]]:
    """The year's findings that were not withdrawn, each with the position of the event that states it; by day."""
    return connection.execute(_findings_asked(basis)).all()


def _item(row: Row[Any], quantity: int = 1) -> Item:
    return Item(
        position=row.position,
        pairing=row.pairing_id,
        branch=row.branch,
        village=row.village,
        kind="finding_raised",
        type=row.finding_type,
        level=row.severity,
        occurred_on=row.found_on,
        reported_on=None,
        quantity=quantity,
        reference=row.finding_id,
    )


@put_together
def _findings_asked(basis: Basis) -> Select[Any]:
    c = findings.c
    return (
        select(findings, facts.c.position)
        .join(facts, _states("finding_raised", c.finding_id, basis))
        .where(
            version_known(findings, basis.known_at),
            found_in(basis.year),
            c.status != "withdrawn",
        )
        .order_by(c.found_on, c.number, c.finding_id)
    )


def _light(light: str) -> Callable[[Basis, Connection], list[Item]]:
    """The year's findings that show a light on the day taken as today."""

    def listed(basis: Basis, connection: Connection) -> list[Item]:
        return [_item(row) for row in _findings(basis, connection) if _light_on(row, basis.on) == light]

    return listed


def _light_on(row: Any, on: date) -> str:
    """The light of a finding on a day, by the steps that had been taken then."""
    status = "submitted" if row.status == "closed" and row.closed_on > on else row.status
    due_on = row.due_on if row.ordered_on is not None and row.ordered_on <= on else None
    return traffic_light(status, due_on, row.submitted_on, on).value


def _closed(basis: Basis, connection: Connection) -> list[Item]:
    """The year's findings that were closed by the last day of reporting, and did not come back."""
    return [_item(row) for row in _findings(basis, connection) if _closed_by(row, basis.cut_off)]


def _closed_by(row: Any, day: date) -> bool:
    return bool(row.status == "closed" and row.closed_on <= day)


def _days_to_close(basis: Basis, connection: Connection) -> list[Item]:
    """The year's closed findings, each with the days from finding to closing."""
    return [
        _item(row, (row.closed_on - row.found_on).days)
        for row in _findings(basis, connection)
        if _closed_by(row, basis.cut_off)
    ]


def _projects(column: str) -> Callable[[Basis, Connection], list[Item]]:
    """The projects planned to end in the year, each with one of its amounts."""

    def listed(basis: Basis, connection: Connection) -> list[Item]:
        return [
            Item(
                position=row.position,
                pairing=row.pairing_id,
                branch=row.branch,
                village=row.village,
                kind="project_planned",
                type=row.category,
                level="",
                occurred_on=row.planned_end_on,
                reported_on=None,
                quantity=getattr(row, column),
                reference=row.project_id,
            )
            for row in connection.execute(_projects_asked(basis))
        ]

    return listed


@put_together
def _projects_asked(basis: Basis) -> Select[Any]:
    return (
        select(projects, pairings.c.branch, pairings.c.village, facts.c.position)
        .join(facts, _states("project_planned", projects.c.project_id, basis))
        .join(pairings, pairings.c.pairing_id == projects.c.pairing_id)
        .where(
            version_known(projects, basis.known_at),
            version_known(pairings, basis.known_at),
            projects.c.planned_end_on.between(basis.first, basis.last),
        )
        .order_by(projects.c.planned_end_on, projects.c.number, projects.c.project_id)
    )


ROWS: dict[str, tuple[Callable[[Basis, Connection], list[Item]], Counting]] = {
    **{f"findings_{light}": (_light(light), Counting.ITEMS) for light in LIGHTS},
    # That one which came back was closed before stays a fact, but it is open again.
    "findings_closed": (_closed, Counting.ITEMS),
    "days_to_close": (_days_to_close, Counting.SUM),
    "beneficiaries": (_projects("beneficiaries"), Counting.SUM),
    "budget_cents": (_projects("budget_cents"), Counting.SUM),
}
NAMES = (*FACTS, *ROWS)


def in_hundredths(name: str) -> bool:
    """Whether the quantities of a figure, or of facts of a kind, are in 0.01 yuan or hours."""
    return name == HOURS or name.endswith(("_cents", "_hundredths"))


def counting(name: str) -> Counting:
    """How the figure counts. Raises ``KeyError``."""
    return (FACTS.get(name) or ROWS[name])[1]


def _where(name: str, basis: Basis) -> ColumnElement[bool]:
    c = facts.c
    where: ColumnElement[bool] = FACTS[name][0](basis) & known(basis.known_at)
    if basis.type:
        where = where & (c.type == basis.type)
    if basis.level:
        where = where & (c.level.in_(HEAVY) if basis.level == "heavy" else c.level == basis.level)
    if basis.since:
        # No fact is stated before it was first: those recorded earlier need not be read.
        where = where & (c.position > basis.since) & (_stated_at(basis) > basis.since)
    return where


def _narrow(items: Sequence[Item], basis: Basis) -> list[Item]:
    levels = HEAVY if basis.level == "heavy" else (basis.level,)
    return [
        item
        for item in items
        if (not basis.type or item.type == basis.type)
        and (not basis.level or item.level in levels)
        and item.position > basis.since
    ]


def items(connection: Connection, name: str, basis: Basis, limit: int | None = None) -> list[Item]:
    """What is behind the figure, by day; at most ``limit``. Raises ``KeyError`` for no such figure."""
    if name in ROWS:
        return _narrow(ROWS[name][0](basis, connection), basis)[:limit]
    query = _items_asked(name, basis)
    if counting(name) is not Counting.ENTRIES:
        return [Item(*row) for row in connection.execute(query.limit(limit))]
    firsts: dict[int, Item] = {}
    for item in (Item(*row) for row in connection.execute(query)):
        firsts.setdefault(item.position, item)
    return list(firsts.values())[:limit]


@put_together
def _items_asked(name: str, basis: Basis) -> Select[Any]:
    c, stated_at = facts.c, _stated_at(basis)
    columns = [stated_at, *(c[each] for each in Item.__dataclass_fields__ if each != "position")]
    return select(*columns).where(_where(name, basis)).order_by(c.occurred_on, stated_at, c.seq)


def ahead(
    connection: Connection,
    basis: Basis,
    spread: Sequence[str] = (),
    narrowed: Sequence[tuple[str, Basis]] = (),
) -> None:
    """Say that all figures will be asked that are not counted by one statement, how those of ``spread`` lie over the pairings,
    and some ``narrowed`` down. To say it costs more than to answer what is remembered: then it is left out.
    """
    if is_remembered(connection, _findings_asked(basis)):
        return
    listed = (_items_asked(name, basis) for name in FACTS if name not in COUNTED)
    apart = [name for name in spread if name not in AT_ONCE]
    ask_ahead(
        connection,
        *listed,
        _findings_asked(basis),
        _projects_asked(basis),
        _activities_asked(basis),
        *((_pairings_asked(basis), *(_amounts_asked(name, basis) for name in apart)) if spread else ()),
        *(_counted(name, narrow) for name, narrow in narrowed),
    )


def value(connection: Connection, name: str, basis: Basis) -> int:
    """The figure. Raises ``KeyError`` for no such figure."""
    if name not in COUNTED:
        return count(items(connection, name, basis), counting(name))
    return int(connection.execute(_counted(name, basis)).scalar_one() or 0)


def values(connection: Connection, basis: Basis) -> dict[str, int]:
    """All figures of the year that the database counts."""
    counted = connection.execute(_all_counted(basis)).one()._mapping
    activities = _activities_by_pairing(connection, basis)
    totals = {name: sum(each[name] for each in activities.values()) for name in AT_ONCE}
    return {name: int(value or 0) for name, value in counted.items()} | totals


@put_together
def _all_counted(basis: Basis) -> Select[Any]:
    """``known_since`` is a figure of some position, which is stated with it."""
    apart = [name for name in COUNTED if name not in AT_ONCE and name != "known_since"]
    return select(*(_counted(name, basis).scalar_subquery().label(name) for name in apart))


def _activities_by_pairing(connection: Connection, basis: Basis) -> dict[str, dict[str, int]]:
    """Pairing to what it has of each figure ``AT_ONCE``."""
    rows = connection.execute(_activities_asked(basis))
    return {pairing: dict(zip(AT_ONCE, map(int, counted), strict=True)) for pairing, *counted in rows}


@put_together
def _activities_asked(basis: Basis) -> Select[Any]:
    def counted(which: _Activities, how: Counting) -> Any:
        amount = func.sum(facts.c.quantity) if how is Counting.SUM else func.count()
        return func.coalesce(amount.filter(which.which(basis)), 0)

    columns = (counted(which, how).label(name) for name, (which, how) in AT_ONCE.items())
    query = select(facts.c.pairing, *columns).where(_happened("activity")(basis), known(basis.known_at))
    return query.group_by(facts.c.pairing)


COUNTED = [name for name, (_, how) in FACTS.items() if how not in (Counting.PERSONS, Counting.THINGS)]
"""The figures that the database counts; of the others it gives the rows."""


@put_together
def _counted(name: str, basis: Basis) -> Select[Any]:
    c = facts.c
    counted: Any = {
        Counting.ITEMS: func.count(),
        Counting.ENTRIES: func.count(distinct(_stated_at(basis))),
        Counting.SUM: func.sum(c.quantity),
        Counting.PAIRINGS: func.count(distinct(c.pairing)),
        Counting.BRANCHES: func.count(distinct(c.branch)),
        Counting.VILLAGES: func.count(distinct(c.village)),
    }[counting(name)]
    return select(counted).select_from(facts).where(_where(name, basis))


def count(listed: Sequence[Item], how: Counting) -> int:
    """The figure of a list, in words of Python; what ``value`` says in SQL."""
    match how:
        case Counting.ITEMS:
            return len(listed)
        case Counting.ENTRIES:
            return len({item.position for item in listed})
        case Counting.SUM:
            return sum(item.quantity for item in listed)
        case Counting.PAIRINGS:
            return len({item.pairing for item in listed})
        case Counting.BRANCHES:
            return len({item.branch for item in listed})
        case Counting.VILLAGES:
            return len({item.village for item in listed})
        case Counting.PERSONS:
            return len({item.reference.rsplit("/", 1)[0] for item in listed})
        case Counting.THINGS:
            return len({(item.pairing, item.reference) for item in listed})


@dataclass(frozen=True)
class PerPairing:
    """A pairing of the year and what it has of a figure."""

    pairing: str
    branch: str
    village: str
    amount: int


def per_pairing(connection: Connection, name: str, basis: Basis) -> list[PerPairing]:
    """Every pairing of the year with its amount, those with nothing too; the least first.

    For a figure that counts items or adds them up; what belongs to no pairing of the year is left out.
    """
    how = counting(name)
    if name in ROWS:
        amounts: dict[str, int] = {}
        for item in items(connection, name, basis):
            amounts[item.pairing] = amounts.get(item.pairing, 0) + (
                item.quantity if how is Counting.SUM else 1
            )
    elif name in AT_ONCE and not (basis.type or basis.level or basis.since):
        of_all = _activities_by_pairing(connection, basis)
        amounts = {pairing: counted[name] for pairing, counted in of_all.items()}
    else:
        rows = connection.execute(_amounts_asked(name, basis))
        amounts = {pairing: int(amount or 0) for pairing, amount in rows}
    found = [
        PerPairing(pairing, branch, village, amounts.get(pairing, 0))
        for pairing, branch, village in _pairings_of_year(connection, basis)
    ]
    return sorted(found, key=lambda each: (each.amount, each.pairing))


def _pairings_of_year(connection: Connection, basis: Basis) -> list[tuple[str, str, str]]:
    rows = connection.execute(_pairings_asked(basis))
    return [(row.pairing, row.branch, row.village) for row in rows]


@put_together
def _amounts_asked(name: str, basis: Basis) -> Select[Any]:
    c = facts.c
    counted: Any = func.sum(c.quantity) if counting(name) is Counting.SUM else func.count()
    return select(c.pairing, counted).where(_where(name, basis)).group_by(c.pairing)


@put_together
def _pairings_asked(basis: Basis) -> Select[str, str, str]:
    c = facts.c
    of_year = filters(basis.year, basis.known_at)["pairings"], known(basis.known_at)
    return select(c.pairing, c.branch, c.village).where(*of_year).distinct()


class Sharing(enum.Enum):
    """By what a figure is shared out. ``TOWNSHIP``: of the village, at the year's end; ``MONTH``: of the day it happened."""

    UNIT = "unit"
    TOWNSHIP = "township"
    MONTH = "month"


def shares(
    connection: Connection, name: str, basis: Basis, by: Sharing, township_of: Callable[[str], str]
) -> dict[str, int]:
    """A unit, a township or a month (``2025-03``) to what it has of a figure: all of the year, those with nothing too, and
    ``""`` for what belongs to none."""

    def of(branch: str, village: str) -> str:
        return branch if by is Sharing.UNIT else township_of(village) if village else ""

    listed: dict[str, list[Item]] = {}
    if by is Sharing.MONTH:
        listed = {f"{basis.year}-{month:02}": [] for month in range(1, 13)}
    else:
        listed = {of(branch, village): [] for _, branch, village in _pairings_of_year(connection, basis)}
    for item in items(connection, name, basis):
        month = f"{item.occurred_on:%Y-%m}"
        key = month if by is Sharing.MONTH else of(item.branch, item.village)
        listed.setdefault(key, []).append(item)
    return {key: count(own, counting(name)) for key, own in listed.items()}
