"""Who is paired on a day and who is not: targets by township and class, units that hold more than one, posts with nobody in."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from application.actors.actor import OFFICES, TOWNSHIPS, Owner
from application.question import Asker, question
from domain.pairing.events import Post
from domain.registry.events import FIRST_TARGETS, EntryKind, TargetKind
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.listing import listed_on
from projections.boards.registry.names import Names
from projections.boards.registry.units_and_villages import name_book
from projections.facts.fact_table import on_a_day
from projections.figures.vacancies import vacancies
from projections.kit.columns import known


@dataclass(frozen=True)
class CoveredTargets:
    """Of a township and class: how many there are, and how many of them are paired."""

    township: str
    kind: TargetKind
    targets: int
    covered: int


@dataclass(frozen=True)
class CoveredClass:
    """Of a class, in all townships: how many there are, and how many of them are paired."""

    kind: TargetKind
    targets: int
    covered: int


@dataclass(frozen=True)
class UncoveredTarget:
    """A target that nobody is paired with."""

    village: str
    name: str
    township: str
    kind: TargetKind


@dataclass(frozen=True)
class UnitHolding:
    """A unit that is paired with more than one."""

    branch: str
    unit_name: str
    pairings: int


@dataclass(frozen=True)
class VacantPost:
    """A post of a pairing that nobody holds, the longest vacant first. ``filled_on``: the first day of who is appointed
    already, if anybody is."""

    pairing_id: str
    village_name: str
    unit_name: str
    post: Post
    since: date
    days: int
    filled_on: date | None


@dataclass(frozen=True)
class CoverageShown:
    """``targets`` and ``covered``: of villages and communities, all of which are to be paired; ``classes``: of every class.
    ``units``: how many are paired with any; ``pairings``: how many there are on the day."""

    on: date
    targets: int
    covered: int
    units: int
    pairings: int
    classes: tuple[CoveredClass, ...]
    cells: tuple[CoveredTargets, ...]
    uncovered: tuple[UncoveredTarget, ...]
    several: tuple[UnitHolding, ...]
    vacant: tuple[VacantPost, ...]


@question("/coverage", OFFICES | TOWNSHIPS)
def show_coverage(asker: Asker, *, on: date | None) -> CoverageShown:
    """How far targets are covered on a day, by default today; for a township's office those of the own villages."""
    day, connection, at = on or asker.look.today(), asker.connection, asker.known_at
    names, book = Names(connection, at), name_book(connection, at)
    units, villages = names.units(day), names.villages(day)

    lasting = on_a_day(pairings.c.started_on, pairings.c.ended_on, day, day)
    of_all = connection.execute(select(pairings).where(known(pairings, at), lasting))
    paired = [row for row in of_all if asker.sees(Owner(row.branch, row.village))]
    reached = {book.standing(row.village, day) for row in paired}
    there = [
        each
        for each in listed_on(connection, day, at)
        if each.kind is EntryKind.VILLAGE and asker.sees(Owner(village=each.entry))
    ]
    cells: dict[tuple[str, TargetKind], list[bool]] = defaultdict(list)
    for each in there:
        cells[each.township, TargetKind(each.classes["kind"])].append(each.entry in reached)
    classes: dict[TargetKind, list[bool]] = defaultdict(list)
    for (_, kind), found in cells.items():
        classes[kind] += found
    first = [covered for kind in FIRST_TARGETS for covered in classes[kind]]
    holding = Counter(row.branch for row in paired)
    return CoverageShown(
        on=day,
        targets=len(first),
        covered=sum(first),
        units=len(holding),
        pairings=len(paired),
        classes=tuple(
            CoveredClass(kind, len(classes[kind]), sum(classes[kind])) for kind in TargetKind if classes[kind]
        ),
        cells=tuple(
            CoveredTargets(township, kind, len(found), sum(found))
            for (township, kind), found in sorted(
                cells.items(), key=lambda each: (each[0][0], each[0][1].value)
            )
        ),
        uncovered=tuple(
            UncoveredTarget(each.entry, each.name, each.township, TargetKind(each.classes["kind"]))
            for each in sorted(there, key=lambda each: (each.township, each.name))
            if each.entry not in reached
        ),
        several=tuple(
            UnitHolding(branch, units.get(branch, branch), n)
            for branch, n in sorted(holding.items(), key=lambda each: (-each[1], each[0]))
            if n > 1
        ),
        vacant=tuple(
            VacantPost(
                each.pairing_id,
                villages.get(each.village, each.village),
                units.get(each.branch, each.branch),
                each.post,
                each.since,
                (day - each.since).days + 1,
                each.filled_on,
            )
            for each in vacancies(connection, at, day)
            if asker.sees(Owner(each.branch, each.village))
        ),
    )
