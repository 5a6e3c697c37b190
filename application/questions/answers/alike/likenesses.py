"""Entries that may be one activity: in near words on near days, or of the same day and kind in two pairings; and whatever is
proven by one photograph."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations, islice
from typing import NamedTuple

from sqlalchemy import Connection, literal, select

from application.actors.actor import OFFICES
from application.input.keyset import After
from application.question import Asker, Limit, Listing, question
from application.questions.answers.alike.photographed import Entries, Entry, Photographs
from domain.kernel.values import Year
from domain.pairing.activity import likeness
from projections.boards.pairing.activities import activities, activities_board, judged, two
from projections.boards.pairing.judged_photographs import judged_photographs
from projections.boards.pairing.pairings import pairings, pairings_board
from projections.kit.columns import known
from projections.kit.memory import Reading
from projections.kit.one_of import Texts, one_of
from projections.kit.uncollected import uncollected

NEAR = timedelta(days=3)
"""Days within which one activity may have been dated twice."""
ALIKE = 0.85
"""From which share of common letters two topics are near (``difflib``, 1 for the same)."""

AGAIN = 50
"""Pairings that are looked at again one by one; where more were recorded of, such as by a ledger, all are."""


class LikenessKind(enum.Enum):
    """Why two entries are asked about."""

    NEAR_WORDS = "near_words"
    TWO_PAIRINGS = "two_pairings"
    ONE_PHOTOGRAPH = "one_photograph"


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
    """Pairs of a year that may be one, or have one photograph, and that nobody judged, by day."""
    c = judged_photographs.c
    done = frozenset(
        asker.connection.scalars(select(judged.c.judged_id).where(known(judged, asker.known_at)))
    )
    by_photograph = select(c.thing, c.other, c.known_from).where(known(judged_photographs, asker.known_at))
    settled = {two(thing, other): at for thing, other, at in asker.connection.execute(by_photograph)}
    photographs = Photographs(asker)
    found = {each.key: each for each in _alike(asker, year) if each.key not in done}
    for first, second in photographs.asked_in(year, done, settled):
        on = photographs.entries.rows[second].on.isoformat()
        one = _Two(two(first, second), on, LikenessKind.ONE_PHOTOGRAPH, first, second)
        found.setdefault(one.key, one)
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
    entries = Entries(asker, {each for one in twos for each in (one.first, one.second)})
    for each in twos:
        seen, again = photographs.pictures(each.first, each.second)
        yield Likeness(each.kind, entries.entry(each.first, seen), entries.entry(each.second, again))


def _alike(asker: Asker, year: int) -> Iterable[_Two]:
    """By words and days. Looking through all activities of a year takes long: once they were, only pairings of which something
    was recorded are looked at again."""
    connection, at = asker.connection, asker.known_at

    def anew() -> dict[_Two, tuple[str, str]]:
        with uncollected():
            return dict(_looked_through(connection, at, year))

    def go_on(before: int, found: dict[_Two, tuple[str, str]]) -> dict[_Two, tuple[str, str]]:
        changed = _changed_since(connection, before)
        if len(changed) > AGAIN:
            return anew()
        unchanged = {each: of for each, of in found.items() if changed.isdisjoint(of)}
        return unchanged | dict(_looked_through(connection, at, year, changed))

    if isinstance(connection, Reading):
        return connection.carried_on((activities_board, pairings_board), at, ("alike", year), anew, go_on)
    return anew()


def _changed_since(connection: Connection, at: int) -> frozenset[str]:
    """The pairings of which something is recorded that was not known then."""
    found = (
        select(each.c.pairing_id).distinct().where((each.c.known_from > at) | (each.c.known_to > at))
        for each in (activities, pairings)
    )
    return frozenset(pairing for query in found for pairing in connection.execute(query).scalars())


def _looked_through(
    connection: Connection, known_at: int, year: int, of: frozenset[str] | None = None
) -> Iterator[tuple[_Two, tuple[str, str]]]:
    """Two entries each with their pairings; at least one of these is among ``of``, where it is stated."""
    p, c = pairings.c, activities.c
    paired = select(p.pairing_id, p.branch, p.village).where(known(pairings, known_at))
    sides = {pairing: (branch, village) for pairing, branch, village in connection.execute(paired)}
    if of is not None:
        theirs = {side for pairing in of for side in sides.get(pairing, ())}
        sides = {pairing: both for pairing, both in sides.items() if not theirs.isdisjoint(both)}
    of_several = {
        each for each, n in Counter(side for both in sides.values() for side in both).items() if n > 1
    }
    held = select(c.pairing_id, c.kind, c.held_on, c.activity_id, c.topic).where(
        known(activities, known_at),
        c.status != "voided",
        c.held_on.between(date(year, 1, 1), date(year, 12, 31)),
        *(() if of is None else (one_of(c.pairing_id, literal(frozenset(sides), Texts)),)),
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
        if pairing not in sides or (of is not None and pairing not in of):
            continue
        members.sort()
        for place, (day, one, topic) in enumerate(members, 1):
            last = day + NEAR
            for then, other, again in islice(members, place, None):
                if then > last:
                    # They are in the order of their days: none that follows is nearer.
                    break
                if near(topic, again):
                    found = _Two(two(one, other), then.isoformat(), LikenessKind.NEAR_WORDS, one, other)
                    yield found, (pairing, pairing)
    for (_, _, day), beside in of_side.items():
        for (one, pairing, topic), (other, of_other, again) in combinations(sorted(beside), 2):
            both = pairing, of_other
            if pairing != of_other and (of is None or not of.isdisjoint(both)) and near(topic, again):
                yield _Two(two(one, other), day.isoformat(), LikenessKind.TWO_PAIRINGS, one, other), both


def _near(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, likeness(one), likeness(other), autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
