"""Whoever loads a form's address anew, or comes back to it, is led to the page the form belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

BELONGS = [
    (re.compile(r"/(?:attachments|evidence)/(finding|appeal|score)/([^/]+)"), r"/\1s/\2"),
    (re.compile(r"/(?:evidence-items|samples)/.*"), "/evidence"),
    (re.compile(r"/sign-out"), "/sign-in"),
]
"""Forms that stand on a page whose address is not the beginning of theirs."""


class Pattern(Protocol):
    """A compiled pattern of a route."""

    def match(self, text: str) -> object: ...


def way_back(path: str, doors: Iterable[Pattern]) -> str:
    """The page that a form's address belongs to: the nearest above it that can be read, else the first page."""
    for pattern, page in BELONGS:
        if found := pattern.fullmatch(path):
            return found.expand(page)
    doors = list(doors)
    above = path
    while above := above.rpartition("/")[0]:
        if any(door.match(above) for door in doors):
            return above
    return "/"
