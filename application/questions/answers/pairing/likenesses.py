"""Entries that may be one activity: in near words on near days, of the same day and kind in two pairings, or proven by one
photograph."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations, islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, and_, func, select

from application.actors.actor import OFFICES
from application.input.keyset import After
from application.question import Asker, Limit, Listing, question
from domain.kernel.values import Year
from domain.pairing.activity import likeness
from projections.boards.pairing.activities import activities, activities_board, judged, two
from projections.boards.pairing.attached_pictures import attached_pictures
from projections.boards.pairing.pairings import pairings, pairings_board
from projections.boards.registry.names import Names
from projections.kit.columns import known
from projections.kit.memory import Reading
from projections.kit.uncollected import uncollected

NEAR = timedelta(days=3)
"""Days within which one activity may have been dated twice."""
AT_ONCE = 500
"""So many activities or pictures are asked for by one statement."""
ALIKE = 0.85
"""From which share of common letters two topics are near (``difflib``, 1 for the same)."""


class LikenessKind(enum.Enum):
    """Why two entries are asked about."""

    NEAR_WORDS = "near_words"
    TWO_PAIRINGS = "two_pairings"
    ONE_PHOTOGRAPH = "one_photograph"


@dataclass(frozen=True)
class Entry:
    """One of two entries. ``picture``: the record that attached the photograph which the other has, too."""

    activity_id: str
    topic: str
    held_on: date
    participants: int
    unit_name: str
    village_name: str
    picture: int | None


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
    done = frozenset(
        asker.connection.execute(select(judged.c.judged_id).where(known(judged, asker.known_at))).scalars()
    )
    photographs = Photographs(asker, year, done)
    found: dict[str, _Two] = {}
    for each in (*_alike(asker, year), *photographs.twos()):
        if each.key not in done:
            found.setdefault(each.key, each)
    listed = Listing.placed(found.values(), lambda each: (each.on, each.key), after, limit)
    return Listing(tuple(_likenesses(asker, listed.rows, photographs)), listed.next)


class _Two(NamedTuple):
    """Two entries by their ids, the one held first first. ``key``: of both; ``on``: when the second was held."""

    key: str
    on: str
    kind: LikenessKind
    first: str
    second: str


def _likenesses(asker: Asker, twos: Sequence[_Two], photographs: Photographs) -> Iterator[Likeness]:
    ids = {each for one in twos for each in (one.first, one.second)}
    rows = {row.activity_id: row for row in _standing(asker, ids)}
    names = Names(asker.connection, asker.known_at)
    units, villages = names.units(), names.villages()

    def entry(activity: str, picture: int | None) -> Entry:
        row = rows[activity]
        return Entry(
            activity_id=row.activity_id,
            topic=row.topic,
            held_on=row.held_on,
            participants=row.participants,
            unit_name=units.get(row.branch, row.branch),
            village_name=villages.get(row.village, row.village),
            picture=picture,
        )

    for each in twos:
        seen, again = photographs.pictures(each.first, each.second)
        yield Likeness(each.kind, entry(each.first, seen), entry(each.second, again))


def _standing(asker: Asker, ids: Collection[str]) -> Sequence[Row[Any]]:
    """Those of the activities that are not voided, with who is paired."""
    c = activities.c
    columns = (c.activity_id, c.topic, c.held_on, c.participants)
    paired = and_(pairings.c.pairing_id == c.pairing_id, known(pairings, asker.known_at))
    query: Select[Any] = select(*columns, pairings.c.branch, pairings.c.village).join(pairings, paired)
    standing = query.where(known(activities, asker.known_at), c.status != "voided")
    parts = (standing.where(c.activity_id.in_(some)) for some in _parts(sorted(ids)))
    return [row for part in parts for row in asker.connection.execute(part)]


def _alike(asker: Asker, year: int) -> Sequence[_Two]:
    """By words and days. Looking through all activities of a year takes long, and is done once until one is recorded."""
    read_from = activities_board, pairings_board
    connection = asker.connection

    def anew() -> tuple[_Two, ...]:
        with uncollected():
            return tuple(_looked_through(connection, asker.known_at, year))

    if isinstance(connection, Reading):
        return connection.made_of(read_from, asker.known_at, ("alike", year), anew)
    return anew()


def _looked_through(connection: Connection, known_at: int, year: int) -> Iterator[_Two]:
    p, c = pairings.c, activities.c
    paired = select(p.pairing_id, p.branch, p.village).where(known(pairings, known_at))
    sides = {pairing: (branch, village) for pairing, branch, village in connection.execute(paired)}
    of_several = {
        each for each, n in Counter(side for both in sides.values() for side in both).items() if n > 1
    }
    held = select(c.pairing_id, c.kind, c.held_on, c.activity_id, c.topic).where(
        known(activities, known_at),
        c.status != "voided",
        c.held_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    of_pairing: defaultdict[tuple[str, str], list[tuple[date, str, str]]] = defaultdict(list)
    of_side: defaultdict[tuple[str, str, date], list[tuple[str, str, str]]] = defaultdict(list)
    for pairing, kind, day, activity, topic in connection.execute(held):
        of_pairing[pairing, kind].append((day, activity, topic))
        for side in sides.get(pairing, ()):
            if side in of_several:
                of_side[side, kind, day].append((activity, pairing, topic))
    near = cache(_near)
    for (pairing, _), members in of_pairing.items():
        if pairing not in sides:
            continue
        members.sort()
        for place, (day, one, topic) in enumerate(members, 1):
            last = day + NEAR
            for then, other, again in islice(members, place, None):
                if then > last:
                    # They are in the order of their days: none that follows is nearer.
                    break
                if near(topic, again):
                    yield _Two(two(one, other), then.isoformat(), LikenessKind.NEAR_WORDS, one, other)
    for (_, _, day), beside in of_side.items():
        for (one, pairing, topic), (other, of_other, again) in combinations(sorted(beside), 2):
            if pairing != of_other and near(topic, again):
                yield _Two(two(one, other), day.isoformat(), LikenessKind.TWO_PAIRINGS, one, other)


def _near(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, likeness(one), likeness(other), autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))


class Photographs:
    """The activities of a year, and those of any day that were proven by the same photographs."""

    def __init__(self, asker: Asker, year: int, done: Collection[str]) -> None:
        self._done = done
        c = attached_pictures.c
        near = asker.look.system.pictures.near()
        known_then = c.position <= asker.known_at
        # Most pictures are like no other: only the others are read.
        twice = select(c.digest).where(known_then).group_by(c.digest).having(func.count() > 1)
        alike = sorted({*near, *asker.connection.execute(twice).scalars()})
        self._of: defaultdict[str, dict[str, int]] = defaultdict(dict)
        having: defaultdict[str, set[str]] = defaultdict(set)
        for some in _parts(alike):
            query = select(c.activity_id, c.digest, c.position).where(known_then, c.digest.in_(some))
            for activity, digest, position in asker.connection.execute(query.order_by(c.position)):
                self._of[activity].setdefault(digest, position)
                having[digest].add(activity)
        self._rows = {row.activity_id: row for row in _standing(asker, self._of)}
        self._asked = [each for each, row in self._rows.items() if row.held_on.year == year]
        self._near: dict[str, frozenset[str]] = {
            digest: near.get(digest, frozenset()) | {digest}
            for each in self._asked
            for digest in self._of[each]
        }
        # In the order in which they were held: whoever has it later is asked about with whoever had it first.
        self._having = {
            digest: sorted((each for each in things if each in self._rows), key=self._place)
            for digest, things in having.items()
        }

    def _place(self, activity: str) -> tuple[date, str]:
        return self._rows[activity].held_on, activity

    def twos(self) -> Iterator[_Two]:
        """Each activity with the first that had one of its photographs and that nobody has judged it with."""
        for activity in self._asked:
            for digest in self._of[activity]:
                first = self._first(activity, digest)
                if first is not None:
                    on = self._rows[activity].held_on.isoformat()
                    yield _Two(two(first, activity), on, LikenessKind.ONE_PHOTOGRAPH, first, activity)

    def _first(self, activity: str, digest: str) -> str | None:
        place = self._place(activity)
        earlier = (
            next((each for each in self._having.get(like, ()) if two(each, activity) not in self._done), None)
            for like in self._near[digest]
        )
        found = [each for each in earlier if each is not None and self._place(each) < place]
        return min(found, key=self._place, default=None)

    def pictures(self, one: str, other: str) -> tuple[int | None, int | None]:
        """The records that attached the photograph to both, if one is."""
        for digest, position in self._of.get(other, {}).items():
            for like in sorted(self._near.get(digest, ())):
                if like in self._of.get(one, {}):
                    return self._of[one][like], position
        return None, None
