"""A township's office sees everything of the villages of its township, and nothing of any other's."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import product
from typing import Any

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook
from sqlalchemy import select

from application.actors.actor import TOWNSHIPS
from application.input.reading import read
from application.look import look_of
from application.question import Question
from application.questions.answers import QUESTIONS
from application.stores.attaching import attach
from application.things import PAIRING, WORK_PLAN, key_of_sheet
from application.verbs import VERBS
from domain.account.role import Role
from domain.kernel.values import KeyOf, Text
from domain.registry.events import EntryKind
from interface.demo.accounts import TOWNSHIP
from interface.web.app import create_app
from interface.web.data.exports import EXPORTS
from projections.boards.findings import circulars, findings
from projections.boards.livelihood import needs, projects
from projections.boards.pairing.activities import activities
from projections.boards.pairing.pairings import agreements, pairings
from projections.boards.registry.names import Names, villages_of_township
from projections.kit.columns import known
from tests.kit.acts import CLERK
from tests.kit.databases import DatabaseCase
from tests.kit.scripts import Api, api_of
from tests.kit.serving import Visitor

WHO = "xiangzhen"
ANYBODYS = {"list_policies", "show_policy", "list_schemes", "show_scheme", "show_scheme_changes"}
"""What is nobody's in particular."""


MARK = re.compile(r"(?:a|f|n|pj|pr|v)-[0-9a-f]{16}|[A-Z]{2}\d{4}-\d+")
"""The form of ids and numbers."""


@dataclass(frozen=True)
class County:
    """The demo county, with what tells a village of another township: ids, names and numbers; and what tells one of its own."""

    api: Api
    app: FastAPI
    foreign: frozenset[str]
    own: frozenset[str]

    def told(self, text: str) -> list[str]:
        """What a text says of other townships' villages."""
        # Ids and numbers are thousands and have a form of their own; for names, every place of the text is looked at.
        return sorted(
            self.foreign.intersection(MARK.findall(text)) | {each for each in self.names if each in text}
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """What tells a village and has no form of its own."""
        return frozenset(each for each in self.foreign if not MARK.fullmatch(each))

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The last mark of each kind that tells a village of another township."""
        marks = sorted(each for each in self.foreign if MARK.fullmatch(each))
        return {each.partition("-")[0]: each for each in marks}

    def visitor(self) -> Visitor:
        """Somebody of the township's office at the pages."""
        return Visitor(self.app, WHO)


def county_of(api: Api) -> County:
    today = api.system.today()
    with api.system.reading() as connection:
        mine = villages_of_township(connection, TOWNSHIP, today)
        names = Names(connection)
        called = {each: names.called(each, today).name for each in names.entries(EntryKind.VILLAGE)}
        whose = {each: name for each, name in names.villages(today).items()}
        paired = {
            row.pairing_id: row.village
            for row in connection.execute(select(pairings).where(known(pairings, None)))
        }
        marks: dict[str, str] = {**{each: each for each in called}, **paired}
        for table, fields in (
            (findings, ("finding_id", "number")),
            (needs, ("need_id", "number")),
            (projects, ("project_id", "number")),
            (agreements, ("agreement_id", "agreement_no")),
            (activities, ("activity_id",)),
            (circulars, ("circular_id",)),
        ):
            for row in connection.execute(select(table).where(known(table, None))):
                village = getattr(row, "village", None) or paired[row.pairing_id]
                marks |= {getattr(row, name): village for name in fields if getattr(row, name)}
    ours = {mark for mark, village in marks.items() if village in mine}
    said = " ".join({called[each] for each in mine} | {whose[each] for each in mine})
    others = {mark for mark in marks if mark not in ours}
    # A name that is part of one of ours tells nothing.
    others |= {name for each, name in called.items() if each not in mine and name not in said}
    assert len(mine) > 5 and len(others) > 500
    app = create_app(api.system, api.accounts)
    return County(api, app, frozenset(others), frozenset(ours))


@pytest.fixture(scope="module")
def county(module_database: DatabaseCase) -> Iterator[County]:
    api = api_of(module_database.folder, module_database.url)
    yield county_of(api)
    api.close()


STATED: dict[str, Any] = {
    "year": 2025,
    "q": "村",
    "burden": "visits",
    "number": "WT2025-001",
    "against": 2025,
}


def stated(question: Question[..., Any]) -> dict[str, Any]:
    """What a question must be told."""
    return {each.name: STATED[each.name] for each in question.fields if each.required}


def whole(county: County, path: str, **query: Any) -> str:
    """Every page of an answer."""
    script, text = county.api.script(WHO), ""
    if not query.pop("once", False):
        query["limit"] = 200
    answer = script.get(path, **query)
    while True:
        assert answer.status_code == 200, (path, answer.text)
        text += answer.text
        if "link" not in answer.headers:
            return text
        answer = script.http.get(answer.headers["link"][1:].partition(">")[0], headers=script.headers)


def said(answer: Any, key: str, none: str) -> tuple[int, str]:
    """What an answer says, but for the request and for what was asked for."""
    return answer.status_code, re.sub(r"request-[0-9a-f]+", "", answer.text).replace(key[-16:], none[-16:])


OPEN = [each for each in QUESTIONS.values() if Role.TOWNSHIP_OFFICE in each.roles]
LISTS = [each for each in OPEN if not each.keyed]
OF_ONE = [each for each in OPEN if each.keyed and each.on is not None]
"""Of a run, which is nobody's, it is narrowed as a list is: tests/integration/test_township_results.py."""


@pytest.mark.parametrize("asked", LISTS, ids=lambda each: each.name)
def test_no_list_tells_of_another_township(county: County, asked: Question[..., Any]) -> None:
    paged = any(each.name == "limit" for each in asked.fields)
    text = whole(county, asked.path, once=not paged, **stated(asked))
    assert county.told(text) == []


@pytest.mark.parametrize("many", [8, pytest.param(40, marks=pytest.mark.long)])
@pytest.mark.parametrize("asked", OF_ONE, ids=lambda each: each.name)
def test_what_is_of_another_township_is_refused_and_the_own_is_shown(
    county: County, asked: Question[..., Any], many: int
) -> None:
    script, thing = county.api.script(WHO), asked.on
    assert thing is not None
    keys = county.api.keys(thing)
    if thing is WORK_PLAN:
        # Of every pairing it is told whether it has one.
        keys = [key_of_sheet(2025, each) for each in county.api.keys(PAIRING)]
    mine = [each for each in keys if each in county.own or each.partition("-")[2] in county.own]
    if asked.name in ANYBODYS:
        mine = keys
    shown = 0
    for key in mine[:many]:
        answer = script.get(asked.path.replace("{key}", key), **stated(asked))
        assert answer.status_code in (200, 404, 422), answer.text
        shown += answer.status_code == 200
        assert county.told(answer.text) == [], key
    assert shown or asked.name == "show_policy", asked.name
    others = [each for each in keys if each in county.foreign or each.partition("-")[2] in county.foreign]
    assert others or asked.name in ANYBODYS
    for key in others[:many]:
        answer = script.get(asked.path.replace("{key}", key), **stated(asked))
        # It says no more than of what there is not.
        none = re.sub(r"[0-9a-f]{16}", "0" * 16, key)
        absent = script.get(asked.path.replace("{key}", none), **stated(asked))
        assert said(answer, key, none) == said(absent, key, none), key
        assert answer.status_code == 404, key
        assert county.told(answer.text.replace(key[-16:], "")) == []


EVERY_KIND = [False, pytest.param(True, marks=pytest.mark.long)]


@pytest.mark.parametrize("every_kind", EVERY_KIND)
@pytest.mark.parametrize("asked", LISTS, ids=lambda each: each.name)
def test_a_list_of_what_is_anothers_is_that_of_nothing(
    county: County, asked: Question[..., Any], every_kind: bool
) -> None:
    script, tried = county.api.script(WHO), 0
    kinds = county.kinds if every_kind else kinds_told(county, asked)
    for field, mark in product(asked.fields, kinds.values()):
        if read([field], {field.name: mark}, today=county.api.system.today()).faults:
            # Whatever there is: it is a word for no such field.
            continue
        none = re.sub(
            r"[0-9a-f]{16}$|-\d+$", lambda found: "-99999" if found[0][0] == "-" else "0" * 16, mark
        )
        told = [script.get(asked.path, **{**stated(asked), field.name: each}) for each in (mark, none)]
        assert said(told[0], mark, none) == said(told[1], mark, none), (field.name, mark)
        tried += 1
    assert tried or not any(isinstance(field.kind, KeyOf | Text) for field in asked.fields)


def kinds_told(county: County, asked: Question[..., Any]) -> dict[str, str]:
    """Marks of the kinds that the list tells whoever is shown every village, and one of a kind that it does not."""
    told = county.api.script("kaohe").get(asked.path, **stated(asked))
    assert told.status_code in (200, 403), told.text
    if told.status_code == 403:
        return county.kinds
    of_it = {each.partition("-")[0] for each in MARK.findall(told.text)}
    others = [kind for kind in county.kinds if kind not in of_it]
    return {kind: county.kinds[kind] for kind in county.kinds if kind in {*of_it, *others[:1]}}


def test_no_verb_tells_a_township_whether_there_is_a_thing(county: County) -> None:
    script, visitor = county.api.script(WHO), county.visitor()
    tried = 0
    for verb in VERBS.values():
        mine = (
            [each for each in county.foreign if each.startswith(f"{verb.on.drawn}-")] if verb.on.drawn else []
        )
        if verb.begins or not mine:
            continue
        tried += 1
        step = verb.name.replace("_", "-")
        for key in (min(mine), f"{verb.on.drawn}-{'0' * 16}"):
            address = f"{verb.on.path}/{key}/{step}"
            assert script.post(address, {}).status_code == 403, verb.name
            assert visitor.get(address).status_code == 403, verb.name
    assert tried > 20


def test_whatever_is_not_declared_for_townships_refuses_them(county: County) -> None:
    script = county.api.script(WHO)
    for each in QUESTIONS.values():
        if Role.TOWNSHIP_OFFICE not in each.roles:
            answer = script.get(each.path.replace("{key}", "x"))
            assert answer.status_code == 403, each.name
    verbs = {name for name, each in VERBS.items() if TOWNSHIPS & set(each.roles)}
    assert verbs == {"change_password"}


def links(text: str) -> set[str]:
    """The addresses of our own that a page leads to."""
    found = {html.unescape(each) for each in re.findall(r'(?:href|hx-get)="(/[^"#]*)', text)}
    return {
        each for each in found if not each.startswith(("/static", "/help/", "/language", "/year", "/api"))
    }


def kinds_of(address: str, whole: bool) -> set[str]:
    """Of which kinds a page is: by what is stated in its address, each by itself or ``whole``, all of it together."""
    path, _, query = re.sub(r"[0-9a-f]{16}|\d+|=[^&]*", "*", address).partition("?")
    return {f"{path}?{query}"} if whole else {f"{path}?{each}" for each in query.split("&")}


@pytest.mark.parametrize(
    ("whole", "alike", "least"), [(False, 1, 150), pytest.param(True, 3, 1000, marks=pytest.mark.long)]
)
def test_every_page_that_is_led_to_opens_and_tells_of_no_other_township(
    county: County, whole: bool, alike: int, least: int
) -> None:
    visitor, waiting, kinds = county.visitor(), {"/": ""}, Counter[str]()
    seen, refused, told = set[str](), dict[str, str](), dict[str, list[str]]()
    while waiting:
        address = next(iter(waiting))
        led_from = waiting.pop(address)
        # Pages of one kind are alike: so many of each.
        of_kinds = kinds_of(address, whole)
        if address in seen or all(kinds[each] >= alike for each in of_kinds):
            continue
        seen.add(address)
        kinds.update(of_kinds)
        answer = visitor.get(address)
        if answer.status_code != 200:
            refused[address] = led_from
        elif answer.headers["content-type"].startswith("text/html"):
            if found := county.told(answer.text):
                told[address] = found
            waiting |= {each: address for each in sorted(links(answer.text)) if each not in seen}
    assert (refused, told) == ({}, {})
    opened = {each.partition("?")[0] for each in seen}
    assert opened >= {
        "/",
        "/villages",
        "/coverage",
        "/pairings",
        "/findings",
        "/activities",
        "/plans",
        "/burden",
    }
    assert len(seen) > least, len(seen)


def test_pages_of_another_township_are_refused(county: County) -> None:
    visitor = county.visitor()
    with county.api.system.reading() as connection:
        rows = connection.execute(select(pairings).where(known(pairings, None)))
        other = next(row for row in rows if row.pairing_id in county.foreign)
        found = connection.execute(select(findings).where(known(findings, None))).all()
    finding = next(row for row in found if row.finding_id in county.foreign)
    # A refusal may lead back to the address that was asked for.
    named = {other.pairing_id, other.village, finding.finding_id}
    for address in (
        f"/pairings/{other.pairing_id}",
        f"/scores/{other.pairing_id}?year=2025",
        f"/villages/{other.village}",
        f"/findings/{finding.finding_id}",
        f"/plans/2025-{other.pairing_id}",
        f"/activities?year=2025&pairing_id={other.pairing_id}",
        *("/trail", "/events/1", "/anomalies", "/overview?year=2025", "/ranking", "/documents", "/appeals"),
        *(
            "/complaints",
            "/units",
            "/runs",
            "/evidence",
            "/facts?year=2025",
            "/ledgers",
            "/accesses",
            "/accounts",
        ),
        *("/compare", "/moments", "/notice", "/result-uses", "/trend", "/assessment"),
        *(f"/units/{other.branch}", "/pairing-lists/2026", "/proposals?year=2025", "/likenesses?year=2025"),
    ):
        answer = visitor.get(address)
        assert answer.status_code in (403, 404), (address, answer.status_code)
        assert set(county.told(answer.text)) <= named, address


def test_the_number_of_an_own_finding_leads_to_it_and_that_of_another_is_not_there(county: County) -> None:
    visitor = county.visitor()
    with county.api.system.reading() as connection:
        found = connection.execute(select(findings).where(known(findings, None))).all()
    own = next(row for row in found if row.finding_id in county.own)
    led = visitor.get(f"/findings/{own.number.lower()}?year=2025")
    assert (led.status_code, led.url.path) == (200, f"/findings/{own.finding_id}")
    for row in [row for row in found if row.finding_id in county.foreign][:5]:
        absent = visitor.get(f"/findings/{row.number}")
        assert absent.status_code == 404
        assert set(county.told(absent.text)) <= {row.number}, "what was typed is repeated, and no more"
    assert visitor.get("/findings/WT2025-99999").status_code == 404


@pytest.mark.parametrize(
    ("path", "table", "key"), [("/needs", needs, "need_id"), ("/projects", projects, "project_id")]
)
def test_the_number_of_anothers_need_or_project_is_not_there(
    county: County, path: str, table: Any, key: str
) -> None:
    visitor = county.visitor()
    with county.api.system.reading() as connection:
        rows = connection.execute(select(table).where(known(table, None))).all()
    own = next(row for row in rows if getattr(row, key) in county.own)
    assert visitor.get(f"{path}/{own.number.lower()}").status_code == 200
    absent = visitor.get(f"{path}/XX2025-99999")
    for row in [row for row in rows if getattr(row, key) in county.foreign][:3]:
        for typed in (row.number, getattr(row, key)):
            answer = visitor.get(f"{path}/{typed}")
            assert (answer.status_code, main_of(answer.text, typed)) == (
                404,
                main_of(absent.text, "XX2025-99999"),
            )


def main_of(page: str, typed: str) -> str:
    """What a page says, but for what was typed."""
    return page.partition("<main")[2].partition("</main")[0].replace(typed, "")


def test_exports_hold_the_own_villages_alone(county: County) -> None:
    visitor = county.visitor()
    held = 0
    for name, each in EXPORTS.items():
        answer = visitor.get(f"/data/exports/{name}?year=2025")
        if Role.TOWNSHIP_OFFICE not in each.question.roles:
            assert answer.status_code == 403, name
            continue
        assert answer.status_code == 200, name
        cells = load_workbook(BytesIO(answer.content)).active
        assert cells is not None
        text = " ".join(str(cell) for row in cells.iter_rows(values_only=True) for cell in row if cell)
        assert county.told(text) == [], name
        held += cells.max_row > 1
    assert held > 4


def test_search_finds_what_is_its_own(county: County) -> None:
    script = county.api.script(WHO)
    rows = script.get("/search", q="南溪村", limit=200).json()["rows"]
    assert {"village", "pairing"} <= {each["kind"] for each in rows}
    with county.api.system.reading() as connection:
        numbers = connection.execute(select(findings.c.number, findings.c.finding_id)).all()
    for number, key in [each for each in numbers if each.finding_id in county.foreign][:20]:
        assert key not in script.get("/search", q=number, limit=200).text


def test_attachments_are_the_own_villages_alone_and_none_of_an_appeal(county: County) -> None:
    system = county.api.system
    with system.reading() as connection:
        rows = list(connection.execute(select(pairings).where(known(pairings, None))))
    own, other = (
        next(row for row in rows if row.pairing_id in marks) for marks in (county.own, county.foreign)
    )
    visitor = county.visitor()

    def status(row: Any, **thing: str) -> int:
        whose = {"pairing_id": row.pairing_id, "branch": row.branch, "village": row.village}
        attach(look_of(system), BytesIO(b"%PDF-1.4 x"), name="a.pdf", by=CLERK, **whose, **thing)
        return visitor.get(f"/attachments/{system.runner.position()}").status_code

    assert (status(own), status(other)) == (200, 404)
    assert (status(own, finding_id="f-x"), status(own, appeal_id="ap-x")) == (200, 404)
