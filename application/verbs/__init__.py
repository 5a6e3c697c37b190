"""All verbs, one file or room per context. What is a verb is found by its type: nothing is listed twice."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from application.verb import Verb


def _declared() -> Iterator[Verb[Any, Any]]:
    for module in walk_packages(__path__, f"{__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, Verb):
                yield value


def _by_name() -> dict[str, Verb[Any, Any]]:
    verbs: dict[str, Verb[Any, Any]] = {}
    for verb in _declared():
        if verbs.setdefault(verb.name, verb) is not verb:
            raise TypeError(f"two verbs are called {verb.name}")
    return verbs


VERBS = _by_name()
"""Every verb by its name, which pages, the API, the command line, access and words share."""


def verbs_of(kind: str) -> list[Verb[Any, Any]]:
    """The verbs of a kind of thing, in the order of their declaration."""
    return [verb for verb in VERBS.values() if verb.on.kind == kind]
