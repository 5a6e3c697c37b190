"""One walk through all verbs: the page, the API and the command refuse the same with the same words."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from application.acting import DOABLE
from application.input.fields import Field
from application.verb import Verb
from domain.kernel.errors import Unknown
from domain.kernel.values import KeyOf, Many, Person, Rows, Text
from interface.api.verbs import path_of
from interface.cli.do import example_words
from interface.cli.main import app as commands
from interface.web.app import create_app
from tests.kit.scripts import WHO, Api, api_of
from tests.kit.serving import Visitor


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    api = api_of(tmp_path_factory.mktemp("county"))
    yield api
    api.close()


@pytest.fixture(scope="module")
def pages(api: Api) -> FastAPI:
    return create_app(api.system, api.accounts)


@pytest.fixture(scope="module")
def signed_in(pages: FastAPI) -> Callable[[str], Visitor]:
    """Whoever has an account at the pages, signed in once."""
    return cache(partial(Visitor, pages))


def garbage(field: Field) -> Any:
    """What no field of its kind holds."""
    kind = field.kind
    match kind:
        case Text() | Person():
            return "x" * (kind.limit + 1)
        case KeyOf():
            return "k" * 201
        case Many():
            return [garbage(Field(field.name, kind.each, True))] * max(kind.least, 1)
    return "何年何月"


def account_for(verb: Verb[Any, Any]) -> str:
    return WHO[min(verb.roles, key=lambda role: role.value)]


def key_for(api: Api, verb: Verb[Any, Any]) -> str | None:
    """A thing that the account may use the verb on; ``None`` where the county has none."""
    bearer = api.accounts.tokens.bearer(api.script(account_for(verb)).token)
    assert bearer is not None
    for key in api.keys(verb.on):
        try:
            if verb.may(bearer.actor, verb.on.owner(api.look, key)):
                return key
        except (Unknown, ValueError):
            continue
    return None


def refused(api: Api, verb: Verb[Any, Any]) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The key, the garbage that was sent, and the problem that the API answered."""
    written = {**{field.name: garbage(field) for field in verb.fields}, "no_such_field": "1"}
    year = "2025-06" if verb.on.kind == "burden_limit" else "2025"
    key = "" if verb.begins else (api.keys(verb.on) or [year])[0]
    before = api.system.log.position()
    answer = api.script(account_for(verb)).post(path_of(verb).replace("{key}", key), written)
    assert answer.status_code == 422, answer.text
    assert api.system.log.position() == before
    problem: dict[str, Any] = answer.json()
    return key, written, problem


@pytest.mark.parametrize("verb", DOABLE.values(), ids=lambda verb: verb.name)
def test_the_api_says_of_every_field_what_is_wrong(api: Api, verb: Verb[Any, Any]) -> None:
    _, written, problem = refused(api, verb)
    assert {each["field"].partition(".")[0] for each in problem["faults"]} == {*written}
    assert all(each["zh"] and each["en"] and each["zh"] != each["en"] for each in problem["faults"])


_FIRST = {verb.on.kind: verb for verb in reversed(DOABLE.values())}
OF_COMMAND = [
    verb if verb in _FIRST.values() else pytest.param(verb, marks=pytest.mark.long)
    for verb in DOABLE.values()
]
"""One verb of every kind of thing, and in the long form all of them: each command opens the county."""


@pytest.mark.parametrize("verb", OF_COMMAND, ids=lambda verb: verb.name)
def test_the_command_refuses_with_the_words_of_the_api(
    api: Api, verb: Verb[Any, Any], tmp_path: Path
) -> None:
    key, written, problem = refused(api, verb)
    file = tmp_path / "garbage.json"
    file.write_text(json.dumps(written), encoding="utf-8")
    words = [*example_words(verb)[:3], *([key] if key else []), "--input", str(file), "--json"]
    token = api.script(account_for(verb)).token
    command = CliRunner(env={"LIANJIAN_TOKEN": token}).invoke(
        commands, [*words, "--data", str(api.system.settings.folder)]
    )
    assert command.exit_code == 2, command.output
    told = json.loads(command.stdout)
    assert {name: problem[name] for name in told} == told


OF_FIELDS = [
    each for each in DOABLE.values() if not any(isinstance(field.kind, Rows) for field in each.fields)
]
_OF_THING = {verb.on.kind: verb for verb in reversed(OF_FIELDS)}
_OF_FORM = {
    (verb.begins, *sorted({type(field.kind).__name__ for field in verb.fields})): verb for verb in OF_FIELDS
}
OF_PAGE = [*_OF_THING.values(), *_OF_FORM.values()]
"""One verb of each kind of thing, one for each choice of kinds of fields, and in the long form all of them."""


@pytest.mark.parametrize(
    "verb",
    [each if each in OF_PAGE else pytest.param(each, marks=pytest.mark.long) for each in OF_FIELDS],
    ids=lambda verb: verb.name,
)
def test_the_page_says_of_a_field_what_the_api_says(
    api: Api, pages: FastAPI, signed_in: Callable[[str], Visitor], verb: Verb[Any, Any]
) -> None:
    path = path_of(verb)
    if not any(verb.name in verbs and at.fullmatch(path) for at, verbs in pages.state.doors):
        pytest.skip("its page is not made of its fields")
    key = "" if verb.begins else key_for(api, verb)
    if key is None or not verb.fields:
        pytest.skip("the county has nothing to use it on, or nothing is stated")
    written = {field.name: garbage(field) for field in verb.fields}
    username = account_for(verb)
    faults = api.script(username).post(path.replace("{key}", key), written).json()["faults"]
    page = signed_in(username).post(path.replace("{key}", key), **written)
    assert page.status_code == 422, page.text
    shown = html.unescape(page.text)
    assert [each for each in faults if each["zh"] not in shown] == []


def test_whoever_may_not_is_told_so_at_each_door_before_anything_is_read(api: Api) -> None:
    for verb in DOABLE.values():
        wrong = next(username for role, username in WHO.items() if role not in verb.roles)
        script = api.script(wrong)
        answer = script.post(path_of(verb).replace("{key}", "2025"), {"no_such_field": 1})
        assert answer.status_code == 403, verb.name
