"""Whatever becomes of a form, what was typed in it is never lost: over the forms of all verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from application.verb import Verb
from application.verbs.pairing.activities import share_activity
from domain.kernel.values import Choice, Day, KeyOf, Many, Person, Text, Tick, Whole
from interface.demo.accounts import PASSWORD
from interface.web.app import create_app
from tests.kit.every_verb import BOOK, EVERY, form_of, reached
from tests.kit.serving import Visitor
from tests.kit.telling import Shelf

Form = dict[str, str | list[str]]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    yield Shelf(BOOK, tmp_path_factory.mktemp("shelf"))


class Filled(HTMLParser):
    """The values that stand in the controls of a page, by the last part of their name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._name = self._text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag in ("select", "textarea"):
            self._name, self._text = of["name"], ""
        elif tag == "option" and "selected" in of:
            self._has(self._name, of["value"])
        elif tag == "input" and (of.get("type") != "checkbox" or "checked" in of):
            self._has(of.get("name", ""), of.get("value", ""))

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._has(self._name, self._text.removeprefix("\n"))

    def _has(self, name: str, value: str) -> None:
        self.values.setdefault(name.rpartition(".")[2], []).append(value)


def lost(verb: Verb[Any, Any], typed: Mapping[str, str | list[str]], html: str) -> list[str]:
    """What was typed and does not stand in the page's form."""
    there = Filled(html).values
    ticks = {each.name for each in verb.fields if isinstance(each.kind, Tick)}
    missed = [name for name in ticks & typed.keys() if name not in there]
    # What a draft is based on is moved on, when it is merged with another.
    unseen = {*ticks, "based_on"}
    return missed + [
        f"{name}={value}"
        for name, values in typed.items()
        for value in ([values] if isinstance(values, str) else values)
        if name not in unseen and value and value not in "\n".join(there.get(name.rpartition(".")[2], []))
    ]


def spoilt(verb: Verb[Any, Any], form: Form) -> Form | None:
    """The form with one value that cannot be read; ``None`` where it has none that could be."""
    for each in verb.fields:
        match each.kind:
            case Day() | Whole():
                return {**form, each.name: "三十日"}
            case Text(limit=limit) | Person(limit=limit) if limit < 10_000:
                return {**form, each.name: "字" * (limit + 1)}
    return None


def unoffered(verb: Verb[Any, Any], form: Form) -> Form | None:
    """The form with choices that are not offered, as they are when somebody else was faster; ``None`` where it has none."""
    chosen: Form = {}
    for each in verb.fields:
        match each.kind:
            case Choice() | KeyOf():
                chosen[each.name] = "gone-1"
            case Many(each=Choice() | KeyOf()):
                chosen[each.name] = ["gone-1", "gone-2"]
    return {**form, **chosen} if chosen else None


@pytest.mark.parametrize("verb", EVERY, ids=lambda verb: verb.name)
def test_no_typed_word_is_lost(verb: Verb[Any, Any], shelf: Shelf, tmp_path: Path) -> None:
    with reached(verb, shelf, tmp_path / "county") as county:
        system, app = county.system, create_app(county.system, county.accounts)
        form, before = form_of(verb, county.written), system.log.position()
        wrong = spoilt(verb, form)
        who = Visitor(app, county.who)
        who.get("/me/drafts")
        if wrong is not None:
            back = who.post(county.path, **wrong)
            assert back.status_code == 422 and not lost(verb, wrong, back.text), "malformed"
            assert ('id="errors"' in back.text and 'name="draft_of"' in back.text) or verb.name in OWN_PAGES
        gone = unoffered(verb, form)
        if gone is not None:
            back = who.post(county.path, **gone)
            assert back.status_code in (404, 409, 422) and system.log.position() == before
            assert not lost(verb, gone, back.text), "not offered any more"
        # The session ends while the form is filled in.
        county.accounts.end_sessions(county.who)
        again = who.post(county.path, **form)
        assert again.url.path == "/sign-in" and system.log.position() == before
        signed_in = {"username": county.who, "password": PASSWORD, "next": again.url.params["next"]}
        kept = who.http.post("/sign-in", data=signed_in)
        assert kept.status_code == 200 and not lost(verb, form, kept.text), "expired"
        stranger = Visitor(app, other(county))
        assert stranger.get(again.url.params["next"]).url.path == "/me/drafts", "another account's draft"
        # It is done; sent once more it is either on record already, or refused with all that was typed.
        fresh = Visitor(app, county.who)
        done = fresh.post(county.path, **form)
        assert done.status_code == 200 and system.log.position() > before
        assert "/me/drafts/" not in fresh.get("/me/drafts").text, "what is done is no draft any more"
        after = system.log.position()
        changed = {
            name: f"{value}又" if name in ("because", "account") else value for name, value in form.items()
        }
        twice = Visitor(app, county.who).post(county.path, **changed)
        assert twice.status_code in (200, 409)
        if twice.status_code == 409:
            assert system.log.position() == after and not lost(verb, changed, twice.text), "refused"


def test_what_is_offered_no_more_stays_chosen_and_says_so(shelf: Shelf, tmp_path: Path) -> None:
    with reached(share_activity, shelf, tmp_path / "county") as county:
        who, form = (
            Visitor(create_app(county.system, county.accounts), county.who),
            form_of(share_activity, county.written),
        )
        who.post(county.path, **form)
        assert "没有可选的" in who.get(county.path).text, "the unit has no other pairing"
        (pairing,) = form["pairings"]
        twice = who.post(county.path, **form).text
        stated = re.search(rf'value="{pairing}" checked> <span>(.+?)（已不可选）</span>', twice)
        assert stated is not None and " × " in stated[1], "by its name"
        assert "没有可选的" not in twice


OWN_PAGES = {"self_score", "verify_lines", "draft_scheme", "reissue_pairings"}
"""Forms that stand among other things, on pages of their own."""


def other(county: Any) -> str:
    """Somebody else who may sign in."""
    name = "assessor" if county.who != "assessor" else "supervisor"
    county.accounts.set_password(name, PASSWORD, must_change=False, display_name=name)
    return name
