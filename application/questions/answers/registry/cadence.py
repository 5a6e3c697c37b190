"""The months in which the pairings of a year held their themed party days."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from application.actor import EVERYBODY, Owner
from application.keyset import After
from application.question import Asker, Limit, Listing, question
from application.things import PAIRING
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, OptionalLine, Year
from domain.pairing.events import ActivityKind
from projections.boards.names import Names
from projections.boards.year_work import cut_off_at
from projections.facts.fact_table import facts
from projections.facts.fact_table import known as fact_known
from projections.figures.overview import PairingListing, pairing_rows


class PartyDay(enum.Enum):
    """A month's themed party day: held, held but reported or entered after the cut-off, not held; and months that ask for none:
    not over yet, or not paired."""

    HELD = "held"
    LATE = "late"
    NONE = "none"
    TO_COME = "to_come"
    UNPAIRED = "unpaired"


@dataclass(frozen=True)
class Cadence:
    """A pairing's twelve months, January first. ``others``: how many activities of other kinds."""

    pairing_id: str
    village_name: str
    unit_name: str
    township: str
    party_days: tuple[PartyDay, ...]
    others: tuple[int, ...]


@question("/cadence")
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


@question("/pairings/{key}/cadence", EVERYBODY, on=PAIRING)
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
    today = asker.look.today()

    def late(each: Any) -> bool:
        reported = late_on is not None and each.reported_on is not None and each.reported_on > late_on
        return reported or (late_at is not None and each.position > late_at)

    for row in rows:
        in_time: Counter[int] = Counter()
        afterwards: Counter[int] = Counter()
        others: Counter[int] = Counter()
        for each in held[row.pairing_id]:
            themed = each.type == ActivityKind.THEMED_PARTY_DAY.value
            (others if not themed else afterwards if late(each) else in_time)[each.occurred_on.month] += 1
        yield Cadence(
            pairing_id=row.pairing_id,
            village_name=row.name,
            unit_name=row.unit_name,
            township=row.township,
            party_days=tuple(
                PartyDay.HELD
                if in_time[month]
                else PartyDay.LATE
                if afterwards[month]
                else _without(row, year, month, today)
                for month in range(1, 13)
            ),
            others=tuple(others[month] for month in range(1, 13)),
        )


def _without(row: PairingListing, year: int, month: int, today: date) -> PartyDay:
    """What a month is in which none was held."""
    first, following = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    if row.started_on >= following or (row.ended_on is not None and row.ended_on < first):
        return PartyDay.UNPAIRED
    return PartyDay.TO_COME if today < following else PartyDay.NONE


def _cut_off(asker: Asker, year: int) -> date | None:
    """The last day on which what was done is reported; ``None`` where the year has no scheme."""
    try:
        return asker.look.system.scoring.scheme(asker.connection, year, asker.known_at).cut_off
    except Unknown:
        return None


def _activities(asker: Asker, year: int, pairings: Collection[str]) -> dict[str, list[Any]]:
    c = facts.c
    query = select(c.pairing, c.type, c.occurred_on, c.reported_on, c.position).where(
        c.kind == "activity",
        c.pairing.in_(pairings),
        c.occurred_on.between(date(year, 1, 1), date(year, 12, 31)),
        fact_known(asker.known_at),
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for row in asker.connection.execute(query):
        found[row.pairing].append(row)
    return found
