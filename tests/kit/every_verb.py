"""Every verb with the step of a story in which somebody does it, and what is written then as a browser sends it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from application.acting import DOABLE
from application.input.fields import fields_of_row
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.keeping import accounts_of
from application.system import System
from application.verb import Verb
from domain.kernel.values import Many, Rows
from interface.api.verbs import path_of
from interface.demo.accounts import PASSWORD
from tests.kit.beside_log import KEEPER
from tests.kit.serving import QUICK
from tests.kit.stories import Step, Story, read_book
from tests.kit.telling import Shelf

BOOK = read_book()


def _told() -> dict[str, tuple[Story, Step]]:
    """By verb, the first step in which a person does it, and the story it stands in."""
    found: dict[str, tuple[Story, Step]] = {}
    stories = [story for story in BOOK.stories.values() if story.name != "county"]
    for story in (*stories, *BOOK.refusals):
        for step in story.steps:
            if not step.refused and step.who != KEEPER and len(step.words) > 1:
                found.setdefault(step.words[1].replace("-", "_"), (story, step))
    return found


TOLD = _told()


def form_of(verb: Verb[Any, Any], written: dict[str, Any]) -> dict[str, str | list[str]]:
    """What is written as a browser sends it."""
    form: dict[str, str | list[str]] = {}
    for field in verb.fields:
        values = written.get(field.name, [])
        if isinstance(field.kind, Rows):
            for place, row in enumerate(values):
                for column in fields_of_row(field.kind.row):
                    form[f"{field.name}.{place}.{column.name}"] = str(row.get(column.name, ""))
        elif isinstance(field.kind, Many):
            form[field.name] = list(map(str, values))
        elif values != []:
            value = values[0] if isinstance(values, list) else values
            form[field.name] = (
                {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
            )
    return form


_FIRST = {verb.on.kind: verb for verb in reversed(DOABLE.values())}
EVERY = [
    verb if verb in _FIRST.values() else pytest.param(verb, marks=pytest.mark.long)
    for verb in DOABLE.values()
]
"""One verb of every kind of thing, and in the long form all of them."""


@dataclass(frozen=True)
class Reached:
    """A county in which ``who`` may use a verb next: at ``path``, with what is ``written``."""

    system: System
    accounts: Accounts
    who: str
    path: str
    written: dict[str, Any]


@contextmanager
def reached(verb: Verb[Any, Any], shelf: Shelf, folder: Path) -> Iterator[Reached]:
    """The county of the verb's story, up to the step in which it is used."""
    story, step = TOLD[verb.name]
    teller = shelf.county(story.after, folder)
    for earlier in takewhile(lambda each: each is not step, story.steps):
        if not earlier.refused:
            teller.take(earlier)
    _, key, written = teller.meant(step)
    teller.clock.reach(date.fromisoformat(step.day))
    system = replace(teller.system, day=date.fromisoformat(step.day))
    accounts = accounts_of(system, QUICK)
    accounts.set_password(step.who, PASSWORD, must_change=False, display_name=step.who)
    yield Reached(system, accounts, step.who, path_of(verb).replace("{key}", key), written)
    accounts.close()
    teller.system.close()
