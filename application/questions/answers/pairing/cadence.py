"""The months in which the pairings of a year held their themed party days."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from application.actors.actor import READERS, Owner
from application.input.keyset import After
from application.question import Asker, Limit, Listing, question
from application.things import PAIRING
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, OptionalLine, Year
from domain.pairing.events import ActivityKind
from domain.registry.party_day import last_of
from projections.boards.assessment.year_work import cut_off_at
from projections.boards.registry.names import Names
from projections.boards.registry.party_days import PartyDays
from projections.facts.fact_table import facts
from projections.facts.fact_table import known as fact_known
from projections.figures.overview import PairingListing, pairing_rows
from projections.kit.memory import ask_ahead


class PartyDay(enum.Enum):
    """A month's themed party day: held, held but reported or entered after the cut-off, not held; not yet held though the fixed
    day is over; and months that ask for none: not over yet, or not paired."""

    HELD = "held"
    LATE = "late"
    NONE = "none"
    NOT_YET = "not_yet"
    TO_COME = "to_come"
    UNPAIRED = "unpaired"


@dataclass(frozen=True)
class Cadence:
    """A pairing's twelve months, January first. ``fixed_on``: the day that the unit fixed in each; ``held_on``: the first on
    which one was held; ``others``: how many activities of other kinds."""

    pairing_id: str
    branch: str
    village_name: str
    unit_name: str
    township: str
    party_days: tuple[PartyDay, ...]
    fixed_on: tuple[date | None, ...]
    held_on: tuple[date | None, ...]
    others: tuple[int, ...]


@question("/cadence", READERS)
def list_cadence(
    asker: Asker, *, year: Year, q: OptionalLine, after: After | None, limit: Limit | None
) -> Listing[Cadence]:
    """The months of all pairings, by township and village; a clerk sees the own ones."""
    names = Names(asker.connection, asker.known_at)
    rows = (
        row
        for row in pairing_rows(asker.connection, year, asker.known_at, names)
        if asker.sees(Owner(row.branch, row.village)) and names.matches(q, row.village, row.branch)
    )
    listed = Listing.placed(rows, lambda row: (row.township, row.name, row.pairing_id), after, limit)
    return Listing(tuple(_cadences(asker, year, listed.rows)), listed.next)


@question("/pairings/{key}/cadence", READERS, on=PAIRING)
def show_cadence(asker: Asker, *, key: Key, year: Year) -> Cadence:
    """The months of one pairing."""
    rows = pairing_rows(asker.connection, year, asker.known_at)
    found = [row for row in rows if row.pairing_id == key]
    if not found:
        raise Unknown("pairing of the year", key)
    return next(_cadences(asker, year, found))


def _cadences(asker: Asker, year: int, rows: Collection[PairingListing]) -> Iterator[Cadence]:
    held = _activities(asker, year, [row.pairing_id for row in rows])
    late_on, late_at = _cut_off(asker, year), cut_off_at(asker.connection, year, asker.known_at)
    today, days = asker.look.today(), PartyDays(asker.connection, asker.known_at)

    def late(each: Any) -> bool:
        reported = late_on is not None and each.reported_on is not None and each.reported_on > late_on
        return reported or (late_at is not None and each.position > late_at)

    for row in rows:
        in_time: Counter[int] = Counter()
        afterwards: Counter[int] = Counter()
        others: Counter[int] = Counter()
        first: dict[int, date] = {}
        fixed = tuple(_fixed(row, days, date(year, month, 1)) for month in range(1, 13))
        for each in held[row.pairing_id]:
            themed = each.type == ActivityKind.THEMED_PARTY_DAY.value
            if themed:
                first[each.occurred_on.month] = min(
                    first.get(each.occurred_on.month, date.max), each.occurred_on
                )
            (others if not themed else afterwards if late(each) else in_time)[each.occurred_on.month] += 1
        yield Cadence(
            pairing_id=row.pairing_id,
            branch=row.branch,
            village_name=row.name,
            unit_name=row.unit_name,
            township=row.township,
            party_days=tuple(
                PartyDay.HELD
                if in_time[month]
                else PartyDay.LATE
                if afterwards[month]
                else _without(row, date(year, month, 1), fixed[month - 1], today)
                for month in range(1, 13)
            ),
            fixed_on=fixed,
            held_on=tuple(first.get(month) for month in range(1, 13)),
            others=tuple(others[month] for month in range(1, 13)),
        )


def _paired(row: PairingListing, month: date) -> bool:
    """Whether on any day of the month that begins then."""
    return row.started_on <= last_of(month) and (row.ended_on is None or row.ended_on >= month)


def _fixed(row: PairingListing, days: PartyDays, month: date) -> date | None:
    """The day that was fixed, if they were paired on it."""
    fixed = days.on(row.branch, month)
    lasts = fixed is not None and row.started_on <= fixed and (row.ended_on is None or row.ended_on >= fixed)
    return fixed if lasts else None


def _without(row: PairingListing, month: date, fixed: date | None, today: date) -> PartyDay:
    """What a month is in which none was held."""
    if not _paired(row, month):
        return PartyDay.UNPAIRED
    if today > last_of(month):
        return PartyDay.NONE
    return PartyDay.NOT_YET if fixed is not None and today > fixed else PartyDay.TO_COME


def _cut_off(asker: Asker, year: int) -> date | None:
    """The last day on which what was done is reported; ``None`` where the year has no scheme."""
    try:
        return asker.look.system.scoring.scheme(asker.connection, year, asker.known_at).cut_off
    except Unknown:
        return None


def _activities(asker: Asker, year: int, pairings: Collection[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in asker.connection.execute(_held(year, pairings, asker.known_at)):
        found[row.pairing].append(row)
    return found


def cadence_ahead(connection: Connection, pairing_id: str, year: int, known_at: int) -> None:
    """Say that the months of one pairing will be asked."""
    ask_ahead(connection, _held(year, [pairing_id], known_at))


def _held(year: int, pairings: Collection[str], known_at: int) -> Select[Any]:
    c = facts.c
    return select(c.pairing, c.type, c.occurred_on, c.reported_on, c.position).where(
        c.kind == "activity",
        c.pairing.in_(pairings),
        c.occurred_on.between(date(year, 1, 1), date(year, 12, 31)),
        fact_known(known_at),
    )
