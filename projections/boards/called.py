"""Sentences in which things are called as people know them: by number, by name, a pairing by its two names."""

from __future__ import annotations

import re

from sqlalchemy import Connection, select

from domain.registry.events import EntryKind
from projections.boards.numbers import Numbers
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.names import Names

_ID = re.compile(r"\b(?:b|v|pr)-[0-9a-f]{16}\b")


def called(connection: Connection, text: str) -> str:
    """``text`` with numbers and names of today where ids stand; an id of nothing on record stays."""
    return named(connection, Numbers(connection).shown(text))


def named(connection: Connection, text: str) -> str:
    """``text`` with the names of units, villages and pairings only, which everybody may know; a number would tell that there
    is such a thing.
    """
    wanted = set(_ID.findall(text))
    if not wanted:
        return text
    names = Names(connection)
    known = {
        entry: names.called(entry).name
        for kind in (EntryKind.BRANCH, EntryKind.VILLAGE)
        for entry in names.entries(kind)
    }
    of_pairings = select(pairings.c.pairing_id, pairings.c.branch, pairings.c.village)
    for row in connection.execute(of_pairings.where(pairings.c.pairing_id.in_(wanted))):
        known[row.pairing_id] = f"{known[row.village]} × {known[row.branch]}"
    return _ID.sub(lambda found: known.get(found.group(), found.group()), text)
