"""Sentences in which things are called as people know them: by number, by name, a pairing by its two names."""

from __future__ import annotations

import re
from collections.abc import Collection

from sqlalchemy import Connection, select

from domain.registry.events import EntryKind
from projections.boards.numbers import Numbers
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import pairings
from projections.boards.pairing.recognitions import nominations
from projections.boards.registry.names import Names
from projections.kit.columns import known

_ID = re.compile(r"\b(?:b|v|pr)-[0-9a-f]{16}\b")
_ACTIVITY = re.compile(r"\ba-[0-9a-f]{16}\b")
_NOMINATION = re.compile(r"\bno-[0-9a-f]{16}\b")


def called(connection: Connection, text: str, unseen: Collection[str] = ()) -> str:
    """``text`` with numbers and names of today where ids stand, and what has no number, an activity or a nominated case, by its
    matter and day; an id of nothing on record stays, and so do those ``unseen``."""
    if unseen:
        parts = re.split("(" + "|".join(sorted(map(re.escape, unseen))) + ")", text)
        return "".join(part if part in unseen else called(connection, part) for part in parts)
    return named(connection, _nominated(connection, _held(connection, Numbers(connection).shown(text))))


def _held(connection: Connection, text: str) -> str:
    wanted = set(_ACTIVITY.findall(text))
    if not wanted:
        return text
    c = activities.c
    newest = select(c.activity_id, c.topic, c.held_on).where(
        c.activity_id.in_(wanted), known(activities, None)
    )
    held = {row.activity_id: f"“{row.topic}” {row.held_on}" for row in connection.execute(newest)}
    return _ACTIVITY.sub(lambda found: held.get(found.group(), found.group()), text)


def _nominated(connection: Connection, text: str) -> str:
    wanted = set(_NOMINATION.findall(text))
    if not wanted:
        return text
    c = nominations.c
    newest = select(c.nomination_id, c.case_name, c.nominated_on).where(
        c.nomination_id.in_(wanted), known(nominations, None)
    )
    told = {row.nomination_id: f"“{row.case_name}” {row.nominated_on}" for row in connection.execute(newest)}
    return _NOMINATION.sub(lambda found: told.get(found.group(), found.group()), text)


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
