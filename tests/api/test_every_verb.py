"""Every verb is done: tried at the API, then done on its page, in the county of a story in which somebody does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from application.acting import DOABLE
from application.fields import fields_of_row
from application.stores.accounts.keeping import accounts_of
from application.verb import Verb
from domain.kernel.values import Many, Rows
from interface.api.verbs import path_of
from interface.demo.accounts import PASSWORD
from interface.serving.server import create_server
from interface.web.app import create_app
from tests.kit.beside_log import KEEPER
from tests.kit.scripts import Script
from tests.kit.serving import QUICK, Visitor
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


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    yield Shelf(BOOK, tmp_path_factory.mktemp("shelf"))


def test_every_verb_is_done_in_a_story() -> None:
    assert DOABLE.keys() <= TOLD.keys()


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


@pytest.mark.parametrize("verb", EVERY, ids=lambda verb: verb.name)
def test_what_the_api_would_do_is_done_on_the_page(
    verb: Verb[Any, Any], shelf: Shelf, tmp_path: Path
) -> None:
    story, step = TOLD[verb.name]
    teller = shelf.county(story.after, tmp_path / "county")
    for earlier in takewhile(lambda each: each is not step, story.steps):
        if not earlier.refused:
            teller.take(earlier)
    _, key, written = teller.meant(step)
    teller.clock.reach(date.fromisoformat(step.day))
    system = replace(teller.system, day=date.fromisoformat(step.day))
    accounts = accounts_of(system, QUICK)
    accounts.set_password(step.who, PASSWORD, must_change=False, display_name=step.who)
    token, _ = accounts.tokens.issue(step.who, purpose="test", only=None)
    server = create_server(system, accounts)
    path, before = path_of(verb).replace("{key}", key), system.log.position()
    tried = Script(server, token).post(f"{path}?dry_run=true", written)
    assert tried.status_code == 200, tried.text
    assert system.log.position() == before
    page = Visitor(create_app(system, accounts), step.who).post(path, **form_of(verb, written))
    assert page.status_code == 200, page.text
    done = [each.event for each in system.log.read(after=before) if each.by.actor == step.who]
    names = [each["name"] for each in tried.json()["events"]]
    assert names and [each.NAME for each in done][: len(names)] == names
    accounts.close()
    teller.system.close()
