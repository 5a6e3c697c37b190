"""Entries that may be one activity: in near words on near days, or of the same day and kind in two pairings."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Row, and_, select

from application.actors.actor import OFFICES
from application.keyset import After
from application.question import Asker, Limit, Listing, question
from domain.kernel.values import Year
from domain.pairing.activity import likeness
from projections.boards.pairing.activities import activities, judged, two
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.names import Names
from projections.kit.columns import known

NEAR = timedelta(days=3)
"""Days within which one activity may have been dated twice."""
ALIKE = 0.85
"""From which share of common letters two topics are near (``difflib``, 1 for the same)."""


class LikenessKind(enum.Enum):
    """Why two entries are asked about."""

    NEAR_WORDS = "near_words"
    TWO_PAIRINGS = "two_pairings"


@dataclass(frozen=True)
class Entry:
    """One of two entries."""

    activity_id: str
    topic: str
    held_on: date
    participants: int
    unit_name: str
    village_name: str


@dataclass(frozen=True)
class Likeness:
    """Two entries that a person is to judge; the later one may be voided."""

    kind: LikenessKind
    first: Entry
    second: Entry


@question("/likenesses", OFFICES)
def list_likenesses(
    asker: Asker, *, year: Year, after: After | None, limit: Limit | None
) -> Listing[Likeness]:
    """Pairs of activities of a year that may be one and that nobody judged, by day."""
    rows = _held(asker, year)
    done = set(
        asker.connection.execute(select(judged.c.judged_id).where(known(judged, asker.known_at))).scalars()
    )
    names = Names(asker.connection, asker.known_at)
    units, villages = names.units(), names.villages()

    def entry(row: Row[Any]) -> Entry:
        return Entry(
            activity_id=row.activity_id,
            topic=row.topic,
            held_on=row.held_on,
            participants=row.participants,
            unit_name=units.get(row.branch, row.branch),
            village_name=villages.get(row.village, row.village),
        )

    found = {
        two(one.activity_id, other.activity_id): Likeness(kind, entry(one), entry(other))
        for kind, one, other in _alike(rows)
    }
    open_ = ((key, each) for key, each in found.items() if key not in done)
    listed = Listing.placed(open_, lambda each: (each[1].second.held_on.isoformat(), each[0]), after, limit)
    return Listing(tuple(each for _, each in listed.rows), listed.next)


def _held(asker: Asker, year: int) -> Sequence[Row[Any]]:
    c = activities.c
    columns = (c.activity_id, c.pairing_id, c.kind, c.topic, c.held_on, c.participants)
    paired = and_(pairings.c.pairing_id == c.pairing_id, known(pairings, asker.known_at))
    query = select(*columns, pairings.c.branch, pairings.c.village).join(pairings, paired)
    of_year = c.held_on.between(date(year, 1, 1), date(year, 12, 31))
    where = known(activities, asker.known_at), c.status != "voided", of_year
    return list(asker.connection.execute(query.where(*where).order_by(c.held_on, c.activity_id)))


def _alike(rows: Sequence[Row[Any]]) -> Iterator[tuple[LikenessKind, Row[Any], Row[Any]]]:
    """In the order of their days; of two pairings only where they have the unit or the village in common."""
    groups: defaultdict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in rows:
        groups["unit " + row.branch, row.kind].append(row)
        groups["village " + row.village, row.kind].append(row)
    near = cache(_near)
    for members in groups.values():
        for place, one in enumerate(members):
            for other in islice(members, place + 1, None):
                apart = other.held_on - one.held_on
                if apart > NEAR:
                    # They are in the order of their days: none that follows is nearer.
                    break
                if one.pairing_id == other.pairing_id:
                    if near(one.topic, other.topic):
                        yield LikenessKind.NEAR_WORDS, one, other
                elif not apart and near(one.topic, other.topic):
                    yield LikenessKind.TWO_PAIRINGS, one, other


def _near(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, likeness(one), likeness(other), autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
