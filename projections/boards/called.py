"""Sentences in which things are called as people know them: by number, by name, a pairing by its two names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from domain.registry.events import EntryKind
from projections.boards.numbers import AT_ONCE, Numbers
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import pairings
from projections.boards.pairing.recognitions import nominations
from projections.boards.registry.names import Names
from projections.kit.columns import known

_ID = re.compile(r"\b(?:b|v|pr)-[0-9a-f]{16}\b")
_BY_MATTER = (
    (
        re.compile(r"\ba-[0-9a-f]{16}\b"),
        activities.c.activity_id,
        activities.c.topic,
        activities.c.held_on,
    ),
    (
        re.compile(r"\bno-[0-9a-f]{16}\b"),
        nominations.c.nomination_id,
        nominations.c.case_name,
        nominations.c.nominated_on,
    ),
)
"""What has no number, an activity and a nominated case: how its id is written, and the columns of id, matter and day."""


class CalledThings:
    """Calls things as people know them where ids stand: by number, by name of today, and what has no number, an activity or a
    nominated case, by its matter and day. An id of nothing on record stays. What was looked up once is remembered."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers = Numbers(connection)
        self._matters: dict[str, str] = {}

    def read(self, texts: Iterable[str]) -> None:
        """Look up at once what these texts name by number or matter."""
        texts = list(texts)
        self._numbers.read(texts)
        for ids, key, matter, day in _BY_MATTER:
            wanted = sorted({each for text in texts for each in ids.findall(text)} - self._matters.keys())
            self._matters |= {each: each for each in wanted}
            for first in range(0, len(wanted), AT_ONCE):
                some = key.in_(wanted[first : first + AT_ONCE])
                newest = select(key, matter, day).where(some, known(key.table, None))
                told = self._connection.execute(newest)
                self._matters |= {thing: f"“{said}” {on}" for thing, said, on in told}

    def shown(self, text: str) -> str:
        """``text`` in these words."""
        self.read([text])
        text = self._numbers.shown(text)
        for ids, *_ in _BY_MATTER:
            text = ids.sub(lambda found: self._matters.get(found.group(), found.group()), text)
        return named(self._connection, text)


def called(connection: Connection, text: str, unseen: Collection[str] = ()) -> str:
    """``text`` in the words of ``CalledThings``; ids that are ``unseen`` stay."""
    things = CalledThings(connection)
    if not unseen:
        return things.shown(text)
    parts = re.split("(" + "|".join(sorted(map(re.escape, unseen))) + ")", text)
    return "".join(part if part in unseen else things.shown(part) for part in parts)


def named(connection: Connection, text: str) -> str:
    """``text`` with the names of units, villages and pairings only, which everybody may know; a number would tell that there
    is such a thing.
    """
    wanted = set(_ID.findall(text))
    if not wanted:
        return text
    names = Names(connection)
    names_of = {
        entry: names.called(entry).name
        for kind in (EntryKind.BRANCH, EntryKind.VILLAGE)
        for entry in names.entries(kind)
    }
    of_pairings = select(pairings.c.pairing_id, pairings.c.branch, pairings.c.village)
    for row in connection.execute(of_pairings.where(pairings.c.pairing_id.in_(wanted))):
        names_of[row.pairing_id] = f"{names_of[row.village]} × {names_of[row.branch]}"
    return _ID.sub(lambda found: names_of.get(found.group(), found.group()), text)
