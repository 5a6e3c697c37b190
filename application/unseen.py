"""What a text names that whoever reads it is not shown: an id can be written anywhere, and a name would say what it is of."""

from __future__ import annotations

import re
from typing import Any

from application import things
from application.actors.actor import OFFICES, READERS, Actor, admits
from application.look import Look
from application.verb import Thing
from domain.kernel.errors import Unknown

_ID = re.compile(r"\b([a-z]{1,3})-[0-9a-f]{16}\b")
NAMED_TO_ALL = frozenset({"b", "v", "pr", "po", "r"})
"""What ids begin with of that which everybody may know by name: units, villages, pairings, policies and runs."""
_THINGS: dict[str, Thing[Any]] = {
    each.drawn: each for each in vars(things).values() if isinstance(each, Thing) and each.drawn
}


def unseen(look: Look, actor: Actor, text: str) -> frozenset[str]:
    """The ids in ``text`` of what ``actor`` is not shown, or what there is not."""
    if actor.role in OFFICES:
        return frozenset()
    return frozenset(found[0] for found in _ID.finditer(text) if not _shown(look, actor, *found.group(1, 0)))


def _shown(look: Look, actor: Actor, drawn: str, key: str) -> bool:
    if drawn in NAMED_TO_ALL:
        return True
    thing = _THINGS.get(drawn)
    try:
        return thing is not None and admits(READERS, actor, thing.owner(look, key))
    except Unknown:
        return False
