"""What pages tell of things that have no number, of files and of choices that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from application.system import System
from interface.web.kit.values import size_of_file
from tests.kit.demo_ids import BRANCH, PAIRING
from tests.kit.serving import Visitor, demo_app


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    system, app = demo_app(tmp_path_factory.mktemp("county"))
    yield system, app
    system.close()


def an_activity(app: FastAPI) -> str:
    """One that the clerk's unit held."""
    shown = Visitor(app, "danwei").get(f"/pairings/{PAIRING}?year=2025").text
    return re.findall(r"/activities/(a-\w+)", shown)[0]


def test_an_event_tells_of_an_activity_by_topic_and_day_and_leads_there(
    county: tuple[System, FastAPI],
) -> None:
    _, app = county
    entry, auditor = an_activity(app), Visitor(app, "ducha")
    of_it = auditor.get(f"/activities/{entry}").text
    event = auditor.get(re.findall(r'href="(/events/\d+)"', of_it)[0]).text
    told = re.search(
        r'<th>活动编号</th><td><ins><a href="/activities/(a-\w+)">“([^”]+)” (\d{4}-\d\d-\d\d)</a>', event
    )
    assert told and told[1] == entry and told[2] in of_it and told[3] in of_it


def test_a_form_that_leaves_nothing_to_choose_cannot_be_sent(county: tuple[System, FastAPI]) -> None:
    _, app = county
    form = Visitor(app, "danwei").get(f"/activities/{an_activity(app)}/share-activity?year=2025").text
    assert "没有可选的" in form and "现在不能办理" in form and "<button>同时记入其他结对" not in form


def test_nobody_types_the_id_of_a_person_whose_name_nobody_else_bears(county: tuple[System, FastAPI]) -> None:
    system, app = county
    office = Visitor(app, "ducha")
    post = system.vault.person("独此一名", BRANCH).ref
    office.get(f"/persons/{post}")
    form = office.get(f"/persons/{post}/link-person").text
    assert 'name="because"' in form and 'name="other"' not in form
    assert "现在不能办理" in form and "<button>认定为同一人" not in form
    accesses = Visitor(app, "shenji").get("/accesses?kind=name").text
    assert "没有账号的人员（" in accesses and post not in re.sub("<[^>]+>", "", accesses)
    assert f'thing={post}"' in accesses, "all looks at the same person are one step away"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 KB"),
        (1025, "2 KB"),
        (1024**2, "1.0 MB"),
        (1024**2 + 1, "1.1 MB"),
    ],
)
def test_a_size_is_said_as_people_say_it(count: int, said: str) -> None:
    assert size_of_file(count) == said
