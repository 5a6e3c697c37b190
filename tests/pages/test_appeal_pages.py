"""An appeal's page, and what a page says of an appeal, where what is contested does not stay as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI

from application.system import System
from domain.appeal.appeal import FILING_DAYS
from tests.kit.demo_ids import PAIRING
from tests.kit.numbers import finding_id
from tests.kit.played import Calendar
from tests.kit.prepared import prepared
from tests.kit.serving import Visitor, app_of, demo_app
from tests.kit.yearend import freeze

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
    voided = system.log.position()
    reviewer.post(f"{path}/refuse-appeal", because="问题已作废")
    assert MOOT not in reviewer.get(f"{path}?at={voided}").text, "in the past nothing is left to be done"
    ended = re.sub(r"<[^>]+>", "", reviewer.get(path).text)
    assert MOOT not in ended and "结论不予受理 · " in re.sub(r"\s*\n\s*", "", ended)


def facts(page: str) -> str:
    """What a page says, without its elements, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


APPEAL_THIS = "对该问题提出申诉"


def test_a_finding_leads_to_the_appeal_against_it_and_to_no_second_one(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    clerk, finding = Visitor(app, "danwei"), f"/findings/{finding_id(system)}"
    then = system.log.position()
    assert APPEAL_THIS in clerk.get(finding).text
    path = filed(system, app)
    number = f"SS{system.today().year}-001"
    for who in ("danwei", "cun", "ducha", "fuhe"):
        page = Visitor(app, who).get(finding).text
        assert f'<a href="{path}">{number}</a> · 已提交' in page, who
        assert APPEAL_THIS not in page, who
    past = clerk.get(f"{finding}?at={then}").text
    assert number not in past
    form = f"/appeals/file-appeal?year=2025&pairing_id={PAIRING}&indicator=&finding_id={finding_id(system)}"
    assert f"{number} · 已提交 · 办结以前不能再提出" in facts(clerk.get(form).text)
    clerk.post(f"{path}/withdraw-appeal")
    after = clerk.get(finding).text
    assert APPEAL_THIS in after and f"{number}</a> · 已撤回" in after
    assert "办结以前不能再提出" not in clerk.get(form).text


def frozen(system: System) -> str:
    return freeze(system, day=system.today())


def test_an_appeal_that_comes_too_late_is_not_offered(tmp_path: Path) -> None:
    clock = Calendar(date(2026, 3, 2))
    system = prepared(tmp_path, clock=clock, then=frozen)
    app = app_of(system)
    line = {"year": "2025", "pairing_id": PAIRING, "indicator": "C2", "finding_id": ""}
    last = date(2026, 3, 2) + timedelta(days=FILING_DAYS)
    for day, offered in ((last, True), (last + timedelta(days=1), False)):
        clock.turn_to(day)
        clerk = Visitor(app, "danwei")
        sheet = clerk.get(f"/scores/{PAIRING}?year=2025").text
        assert ("对该项得分提出申诉" in sheet) is offered
        assert (
            f"申诉期限 {last}" in facts(sheet) and (f"申诉期限 {last} · 已过" in facts(sheet)) is not offered
        )
        form = facts(clerk.get(f"/appeals/file-appeal?{urlencode(line)}").text)
        assert f"申诉期限 {last}" in form and ("已过，不能再提出" in form) is not offered
        assert (APPEAL_THIS in clerk.get(f"/findings/{finding_id(system)}").text) is offered
    assert clerk.post("/appeals/file-appeal", **line, grounds="漏登").status_code == 409
    clock.turn_to(last)
    assert Visitor(app, "danwei").post("/appeals/file-appeal", **line, grounds="漏登").status_code == 200
    system.close()
