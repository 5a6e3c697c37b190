"""Every verb is done: tried at the API, then done on its page, in the county of a story in which somebody does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from application.acting import DOABLE
from application.verb import Verb
from interface.serving.server import create_server
from interface.web.app import create_app
from tests.kit.every_verb import BOOK, EVERY, TOLD, form_of, reached
from tests.kit.scripts import Script
from tests.kit.serving import Visitor
from tests.kit.telling import Shelf


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    yield Shelf(BOOK, tmp_path_factory.mktemp("shelf"))


def test_every_verb_is_done_in_a_story() -> None:
    assert DOABLE.keys() <= TOLD.keys()


@pytest.mark.parametrize("verb", EVERY, ids=lambda verb: verb.name)
def test_what_the_api_would_do_is_done_on_the_page(
    verb: Verb[Any, Any], shelf: Shelf, tmp_path: Path
) -> None:
    with reached(verb, shelf, tmp_path / "county") as county:
        system, accounts, path = county.system, county.accounts, county.path
        token, _ = accounts.tokens.issue(county.who, purpose="test", only=None)
        before = system.log.position()
        tried = Script(create_server(system, accounts), token).post(f"{path}?dry_run=true", county.written)
        assert tried.status_code == 200, tried.text
        assert system.log.position() == before
        page = Visitor(create_app(system, accounts), county.who).post(path, **form_of(verb, county.written))
        assert page.status_code == 200, page.text
        done = [each.event for each in system.log.read(after=before) if each.by.actor == county.who]
        names = [each["name"] for each in tried.json()["events"]]
        assert names and [each.NAME for each in done][: len(names)] == names
