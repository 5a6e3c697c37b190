"""Entries that may be one activity: in near words on near days, of the same day and kind in two pairings, or proven by one
photograph."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select

from application.actors.actor import OFFICES
from application.keyset import After
from application.question import Asker, Limit, Listing, question
from domain.kernel.values import Year
from domain.pairing.activity import likeness
from projections.boards.pairing.activities import activities, judged, two
from projections.boards.pairing.attached_pictures import attached_pictures
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.names import Names
from projections.kit.columns import known

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
    rows = _held(asker, year)
    done = set(
        asker.connection.execute(select(judged.c.judged_id).where(known(judged, asker.known_at))).scalars()
    )
    names = Names(asker.connection, asker.known_at)
    units, villages = names.units(), names.villages()

    def entry(row: Row[Any], picture: int | None) -> Entry:
        return Entry(
            activity_id=row.activity_id,
            topic=row.topic,
            held_on=row.held_on,
            participants=row.participants,
            unit_name=units.get(row.branch, row.branch),
            village_name=villages.get(row.village, row.village),
            picture=picture,
        )

    photographs = Photographs(asker, rows, done)
    found: dict[str, Likeness] = {}
    for kind, one, other in (*_alike(rows), *photographs.twos()):
        key = two(one.activity_id, other.activity_id)
        if key not in found and key not in done:
            seen, again = photographs.pictures(one.activity_id, other.activity_id)
            found[key] = Likeness(kind, entry(one, seen), entry(other, again))
    open_ = found.items()
    listed = Listing.placed(open_, lambda each: (each[1].second.held_on.isoformat(), each[0]), after, limit)
    return Listing(tuple(each for _, each in listed.rows), listed.next)


def _held(asker: Asker, year: int) -> Sequence[Row[Any]]:
    c = activities.c
    return _standing(asker, c.held_on.between(date(year, 1, 1), date(year, 12, 31)))


def _standing(asker: Asker, of_them: ColumnElement[bool]) -> Sequence[Row[Any]]:
    c = activities.c
    columns = (c.activity_id, c.pairing_id, c.kind, c.topic, c.held_on, c.participants)
    paired = and_(pairings.c.pairing_id == c.pairing_id, known(pairings, asker.known_at))
    query = select(*columns, pairings.c.branch, pairings.c.village).join(pairings, paired)
    where = known(activities, asker.known_at), c.status != "voided", of_them
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


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))


class Photographs:
    """The activities ``rows`` with those of any day that were proven by the same photographs."""

    def __init__(self, asker: Asker, rows: Sequence[Row[Any]], done: Collection[str]) -> None:
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
        asked = [row.activity_id for row in rows if row.activity_id in self._of]
        self._near: dict[str, frozenset[str]] = {
            digest: near.get(digest, frozenset()) | {digest} for each in asked for digest in self._of[each]
        }
        self._asked = asked
        self._rows = {row.activity_id: row for row in rows}
        further = {
            thing
            for digests in self._near.values()
            for digest in digests
            for thing in having[digest]
            if thing not in self._rows
        }
        for some in _parts(sorted(further)):
            found = _standing(asker, activities.c.activity_id.in_(some))
            self._rows.update((row.activity_id, row) for row in found)
        # In the order in which they were held: whoever has it later is asked about with whoever had it first.
        self._having = {
            digest: sorted((each for each in things if each in self._rows), key=self._place)
            for digest, things in having.items()
        }

    def _place(self, activity: str) -> tuple[date, str]:
        return self._rows[activity].held_on, activity

    def twos(self) -> Iterator[tuple[LikenessKind, Row[Any], Row[Any]]]:
        """Each activity with the first that had one of its photographs and that nobody has judged it with."""
        for activity in self._asked:
            for digest in self._of[activity]:
                first = self._first(activity, digest)
                if first is not None:
                    yield LikenessKind.ONE_PHOTOGRAPH, self._rows[first], self._rows[activity]

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
