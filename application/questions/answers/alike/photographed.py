"""What bears photographs that are compared: activities, projects and nominated cases that stand, with one photograph at two of
them."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, and_, func, literal, null, select

from application.question import Asker
from projections.boards.livelihood import projects
from projections.boards.pairing.activities import activities, two
from projections.boards.pairing.attached_pictures import attached_pictures
from projections.boards.pairing.pairings import pairings
from projections.boards.pairing.recognitions import nominations, recognitions
from projections.boards.registry.names import Names
from projections.kit.columns import known
from projections.kit.memory import ask_ahead

AT_ONCE = 500
"""So many things or pictures are asked for by one statement."""


class BearerKind(enum.Enum):
    """What bears a photograph."""

    ACTIVITY = "activity"
    PROJECT = "project"
    NOMINATION = "nomination"


@dataclass(frozen=True)
class Entry:
    """One of two entries: its id, its matter, and the day on which it was held, begun or nominated. ``participants``: of an
    activity; ``picture``: the record that attached the photograph which the other has, too."""

    kind: BearerKind
    thing: str
    matter: str
    on: date
    participants: int | None
    unit_name: str
    village_name: str
    picture: int | None


class Entries:
    """What stands of the things with these ids, of any kind."""

    def __init__(self, asker: Asker, ids: Collection[str]) -> None:
        self.rows: Mapping[str, Row[Any]] = {row.thing: row for row in _standing(asker, sorted(ids))}
        names = Names(asker.connection, asker.known_at)
        self._units, self._villages = names.units(), names.villages()

    def entry(self, thing: str, picture: int | None = None) -> Entry:
        """One of them, with the record of a photograph."""
        row = self.rows[thing]
        return Entry(
            kind=BearerKind(row.kind),
            thing=thing,
            matter=row.matter,
            on=row.on,
            participants=row.participants,
            unit_name=self._units.get(row.branch, row.branch),
            village_name=self._villages.get(row.village, row.village),
            picture=picture,
        )


def _standing(asker: Asker, ids: Sequence[str]) -> Iterator[Row[Any]]:
    for some in parts(ids):
        queries = [*_of_kinds(asker.known_at, some)]
        ask_ahead(asker.connection, *queries)
        for query in queries:
            yield from asker.connection.execute(query)


def _of_kinds(known_at: int, ids: Sequence[str]) -> Iterator[Select[Any]]:
    """Those of the things that are neither voided nor, as a nominated case may be, taken from the casebook."""
    a, j, n = activities.c, projects.c, nominations.c
    held = select(
        literal(BearerKind.ACTIVITY.value).label("kind"),
        a.activity_id.label("thing"),
        a.topic.label("matter"),
        a.held_on.label("on"),
        a.participants.label("participants"),
    ).where(known(activities, known_at), a.status != "voided", a.activity_id.in_(ids))
    opened = select(
        literal(BearerKind.PROJECT.value).label("kind"),
        j.project_id.label("thing"),
        j.name.label("matter"),
        j.started_on.label("on"),
        null().label("participants"),
    ).where(known(projects, known_at), j.voided_on.is_(None), j.project_id.in_(ids))
    published = select(recognitions.c.recognition_id).where(known(recognitions, known_at))
    nominated = select(
        literal(BearerKind.NOMINATION.value).label("kind"),
        n.nomination_id.label("thing"),
        n.case_name.label("matter"),
        n.nominated_on.label("on"),
        null().label("participants"),
    ).where(
        known(nominations, known_at),
        n.nomination_id.in_(ids),
        (n.case_id == "") | n.case_id.in_(published),
    )
    for query, of in ((held, a.pairing_id), (opened, j.pairing_id), (nominated, n.pairing_id)):
        p = pairings.c
        yield query.add_columns(p.pairing_id, p.branch, p.village).join(
            pairings, and_(p.pairing_id == of, known(pairings, known_at))
        )


def parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """No more of them at once than a statement takes."""
    return (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))


class Doubled(NamedTuple):
    """Two things with one photograph, the earlier one first."""

    first: str
    second: str


class _Judged(NamedTuple):
    done: Collection[str]
    settled: Mapping[str, int]

    def of(self, one: str, other: str, attached: int) -> bool:
        """Whether somebody judged two whose photograph was ``attached`` to the second of them by that record: what was attached
        since is none that whoever judged photographs has seen."""
        key = two(one, other)
        return key in self.done or attached <= self.settled.get(key, 0)


def photographs_ahead(asker: Asker, thing: str) -> None:
    """Say that what was proven by the photographs of a thing will be asked."""
    ask_ahead(asker.connection, _own(thing, asker.known_at))


def _own(thing: str, known_at: int) -> Select[Any]:
    c = attached_pictures.c
    return select(c.digest).where(c.position <= known_at, c.thing == thing)


class Photographs:
    """What was proven by photographs that prove something else, too; ``of`` one thing, or of all."""

    def __init__(self, asker: Asker, of: str = "") -> None:
        c = attached_pictures.c
        near = asker.look.system.pictures.near()
        known_then = c.position <= asker.known_at
        if of:
            own = asker.connection.scalars(_own(of, asker.known_at)).all()
            alike = sorted({*own, *(like for digest in own for like in near.get(digest, ()))})
        else:
            # Most pictures are like no other: only the others are read.
            twice = select(c.digest).where(known_then).group_by(c.digest).having(func.count() > 1)
            alike = sorted({*near, *asker.connection.scalars(twice)})
        self._of: defaultdict[str, dict[str, int]] = defaultdict(dict)
        having: defaultdict[str, set[str]] = defaultdict(set)
        for some in parts(alike):
            query = select(c.thing, c.digest, c.position).where(known_then, c.digest.in_(some))
            for thing, digest, position in asker.connection.execute(query.order_by(c.position)):
                self._of[thing].setdefault(digest, position)
                having[digest].add(thing)
        self.entries = Entries(asker, self._of)
        self._rows = self.entries.rows
        self._near = {
            digest: near.get(digest, frozenset()) | {digest}
            for pictures in self._of.values()
            for digest in pictures
        }
        # In the order of their days: whoever has it later is asked about with whoever had it first.
        self._having = {
            digest: sorted((each for each in things if each in self._rows), key=self._place)
            for digest, things in having.items()
        }

    def _place(self, thing: str) -> tuple[date, str]:
        return self._rows[thing].on, thing

    def asked_in(self, year: int, done: Collection[str], settled: Mapping[str, int]) -> Iterator[Doubled]:
        """Each thing of a year with the first that had one of its photographs and that nobody has judged it with. ``done``:
        pairs of activities that somebody judged; ``settled``: of other pairs, the record that last judged their photographs.
        """
        judged = _Judged(done, settled)
        for thing, row in self._rows.items():
            if row.on.year == year:
                for digest in self._of[thing]:
                    first = self._first(thing, digest, judged)
                    if first is not None:
                        yield Doubled(first, thing)

    def _first(self, thing: str, digest: str, judged: _Judged) -> str | None:
        place = self._place(thing)

        def is_asked(each: str, like: str) -> bool:
            last = max(self._of[each][like], self._of[thing][digest])
            return (
                self._place(each) < place
                and not self._tells_of(each, thing)
                and not judged.of(each, thing, last)
            )

        earlier = (
            next((each for each in self._having.get(like, ()) if is_asked(each, like)), None)
            for like in self._near[digest]
        )
        return min((each for each in earlier if each is not None), key=self._place, default=None)

    def _tells_of(self, one: str, other: str) -> bool:
        """A nominated case tells what its pairing did, in the pictures of that."""
        rows = self._rows[one], self._rows[other]
        cases = sum(row.kind == BearerKind.NOMINATION.value for row in rows)
        return cases == 1 and len({row.pairing_id for row in rows}) == 1

    def pictures(self, one: str, other: str) -> tuple[int | None, int | None]:
        """The records that attached the photograph to both, if one is."""
        for digest, position in self._of.get(other, {}).items():
            for like in sorted(self._near.get(digest, ())):
                if like in self._of.get(one, {}):
                    return self._of[one][like], position
        return None, None

    def beside(self, thing: str) -> list[str]:
        """The others that stand and have one of the thing's photographs, the earliest first; none beside what does not stand."""
        if thing not in self._rows:
            return []
        found = {
            each
            for digest in self._of[thing]
            for like in self._near[digest]
            for each in self._having.get(like, ())
            if each != thing and not self._tells_of(each, thing)
        }
        return sorted(found, key=self._place)
