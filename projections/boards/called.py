"""Sentences in which things are called as people know them: by number, by name, a pairing by its two names."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from sqlalchemy import Column, Connection, select

from domain.registry.events import EntryKind
from projections.boards.numbers import Numbers
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import pairings
from projections.boards.pairing.recognitions import nominations
from projections.boards.registry.names import Names
from projections.kit.columns import known

_ID = re.compile(r"\b(?:b|v|pr)-[0-9a-f]{16}\b")
_BY_MATTER = (
    ("a", activities.c.activity_id, activities.c.topic, activities.c.held_on),
    ("no", nominations.c.nomination_id, nominations.c.case_name, nominations.c.nominated_on),
)
"""What has no number, an activity and a nominated case: how its id begins, and the columns of id, matter and day."""


def called(connection: Connection, text: str, unseen: Collection[str] = ()) -> str:
    """``text`` with numbers and names of today where ids stand, and what has no number, an activity or a nominated case, by its
    matter and day; an id of nothing on record stays, and so do those ``unseen``."""
    if unseen:
        parts = re.split("(" + "|".join(sorted(map(re.escape, unseen))) + ")", text)
        return "".join(part if part in unseen else called(connection, part) for part in parts)
    text = Numbers(connection).shown(text)
    for kind in _BY_MATTER:
        text = _by_matter(connection, text, *kind)
    return named(connection, text)


def _by_matter(
    connection: Connection, text: str, begins: str, key: Column[str], matter: Column[str], day: Column[date]
) -> str:
    ids = re.compile(rf"\b{begins}-[0-9a-f]{{16}}\b")
    wanted = set(ids.findall(text))
    if not wanted:
        return text
    newest = select(key, matter, day).where(key.in_(wanted), known(key.table, None))
    told = {thing: f"“{said}” {on}" for thing, said, on in connection.execute(newest)}
    return ids.sub(lambda found: told.get(found.group(), found.group()), text)


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
