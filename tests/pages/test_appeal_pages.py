"""An appeal's page, and what a page says of an appeal, where what is contested does not stay as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from application.system import System
from tests.kit.demo_ids import PAIRING
from tests.kit.numbers import finding_id
from tests.kit.serving import Visitor, demo_app

MOOT = "所诉事项已撤销，不再作出决定，以“不予受理”终结"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[tuple[System, FastAPI]]:
    """The demo county."""
    system, app = demo_app(tmp_path)
    yield system, app
    system.close()


def filed(system: System, app: FastAPI) -> str:
    """The page of an appeal of the unit against a finding."""
    about = {"year": "2025", "pairing_id": PAIRING, "indicator": "", "finding_id": finding_id(system)}
    answer = Visitor(app, "danwei").post("/appeals/file-appeal", **about, grounds="与事实不符")
    path: str = answer.url.path
    assert path.startswith("/appeals/ap-"), answer.text
    return path


def first_step(page: str) -> str:
    """What the page's main button leads to."""
    found = re.search(r'<a class="button" href="#(\w+)"', page)
    return found[1] if found else ""


@pytest.mark.parametrize("admitted", [False, True])
def test_what_contests_a_withdrawn_finding_is_only_ended(
    county: tuple[System, FastAPI], admitted: bool
) -> None:
    system, app = county
    path, reviewer = filed(system, app), Visitor(app, "fuhe")
    if admitted:
        reviewer.post(f"{path}/admit-appeal")
    before = reviewer.get(path).text
    assert first_step(before) == ("decide_appeal" if admitted else "admit_appeal") and MOOT not in before
    then = system.log.position()
    Visitor(app, "ducha").post(f"/findings/{finding_id(system)}/void-finding", because="登记有误")
    page = reviewer.get(path).text
    assert first_step(page) == "refuse_appeal", "as the list of what is to be done says"
    assert f"{path}/decide-appeal" not in page and f"{path}/admit-appeal" not in page
    assert MOOT in page and MOOT in Visitor(app, "danwei").get(path).text
    assert MOOT not in reviewer.get(f"{path}?at={then}").text, "it was not gone then"
    reviewer.post(f"{path}/refuse-appeal", because="问题已作废")
    ended = re.sub(r"<[^>]+>", "", reviewer.get(path).text)
    assert MOOT not in ended and "结论不予受理 · " in re.sub(r"\s*\n\s*", "", ended)
