"""Requests as a stranger or a broken program would send them, drawn from a seed."""

from __future__ import annotations

import ast
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from urllib.parse import quote, urlencode

from starlette.routing import BaseRoute

from application.access import may
from interface.demo.accounts import DEMO_ACTORS
from interface.web.app import ROOMS, verbs_of
from tests.attack.values import BODIES, CONTENT_TYPES, HEADERS, METHODS, PAIRS, VALUES

EVERYBODY = [None, *(actor.username for actor in DEMO_ACTORS)]
BESIDES = ("/health", "/ready", "/static/x.css", "/static/icon.svg", "/nowhere")
"""Addresses that belong to no room."""
READS = {"get", "getlist", "day_asked", "number_asked", "_choice", "_whole", "_midnight"}
"""Functions by which a room reads an address."""
Known = Mapping[str, Sequence[str]]
"""A field's name to good values, so that a request gets past the first refusal."""


@dataclass(frozen=True)
class Attempt:
    """One request. ``who`` is ``None`` for a stranger; ``with_token`` adds the session's to the form."""

    who: str | None
    method: str
    path: str
    form: Mapping[str, str] | None = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    with_token: bool = True


@dataclass(frozen=True)
class Door:
    """A route, with the names its room reads from addresses and from forms."""

    methods: tuple[str, ...]
    path: str
    asked: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    welcome: tuple[str, ...] = ()
    """Who may use it."""


@cache
def doors() -> tuple[Door, ...]:
    """All routes, public ones too."""
    found = [
        Door(
            tuple(sorted(getattr(route, "methods", ()))),
            str(getattr(route, "path", "")),
            *_names(room),
            _welcome(route),
        )
        for room in ROOMS
        for route in room.router.routes
    ]
    return (*found, *(Door(("GET",), path) for path in BESIDES))


def _welcome(route: BaseRoute) -> tuple[str, ...]:
    verbs = verbs_of(route)
    return tuple(a.username for a in DEMO_ACTORS if all(may(a, verb) for verb in verbs))


@cache
def _names(room: ModuleType) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Constants of a room that are names of what it reads: from an address, and from a form."""
    asked, entered = {"at", "lang", "year"}, set()
    tree = ast.parse(Path(str(room.__file__)).read_text(encoding="utf-8"))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        names = {
            text for text in texts if text.replace("_", "").isascii() and text.replace("_", "").isalpha()
        }
        asked |= names if name in READS else set()
        entered |= names if name in READS or name.endswith("_of") else set()
    return tuple(sorted(asked)), tuple(sorted(entered))


def attempt(seed: int, number: int, known: Known) -> Attempt:
    """The request of this number; it depends on nothing that was asked before."""
    drawn = random.Random(f"{seed}-{number}")
    door = drawn.choice(doors())
    method = drawn.choice(door.methods) if drawn.random() < 0.93 else drawn.choice(METHODS)
    path = "/".join(_part(drawn, part, known) for part in door.path.split("/"))
    names = [drawn.choice(door.asked) for _ in range(drawn.choice((0, 0, 1, 1, 2, 4)))] if door.asked else []
    query = "&".join(_pair(drawn, name, known) for name in names)
    headers = dict(drawn.choice(HEADERS)) if drawn.random() < 0.08 else {}
    form, body = None, None
    good = drawn.choice((0.4, 0.97))
    if method in ("POST", "PUT", "PATCH"):
        if drawn.random() < 0.12:
            body = drawn.choice(BODIES)
            headers["content-type"] = drawn.choice(CONTENT_TYPES)
        else:
            form = {
                _name(drawn, name): _value(drawn, name, known, good=good)
                for name in door.entered
                if drawn.random() < 0.9
            }
    return Attempt(
        drawn.choice(door.welcome if door.welcome and drawn.random() < 0.75 else EVERYBODY),
        method,
        path + (f"?{query}" if query else ""),
        form,
        body,
        headers,
        with_token=drawn.random() < 0.95,
    )


def _part(drawn: random.Random, part: str, known: Known) -> str:
    if not part.startswith("{"):
        return part
    value = _value(drawn, part.strip("{}"), known, good=0.6)
    return quote(value, safe="" if drawn.random() < 0.9 else "/") or "-"


def _pair(drawn: random.Random, name: str, known: Known) -> str:
    if drawn.random() < 0.03:
        return drawn.choice(PAIRS)
    return urlencode({name: _value(drawn, name, known, good=0.4)})


def _name(drawn: random.Random, name: str) -> str:
    return name if drawn.random() < 0.97 else name + drawn.choice(VALUES)[:20]


def _value(drawn: random.Random, name: str, known: Known, *, good: float) -> str:
    if name in known and drawn.random() < good:
        return drawn.choice(known[name])
    value = drawn.choice(VALUES)
    return value if drawn.random() < 0.85 else value + drawn.choice(VALUES)[:50]
