"""A unit and a village are split on one page, and what was open goes on with the new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import httpx2 as httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from application.look import look_of
from application.system import System
from application.things import FINDING, NEED, PAIRING
from projections.boards.burdens import REQUEST, burdens
from projections.boards.pairing.pairings import pairings
from projections.figures.overview import pairing_rows
from projections.kit.columns import known
from tests.kit.demo_ids import BRANCH, VILLAGE_ID
from tests.kit.demo_ids import PAIRING as OWN
from tests.kit.serving import Visitor, demo_app


@pytest.fixture
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    system, app = demo_app(tmp_path_factory.mktemp("splitting"))
    yield system, app
    system.close()


def going_on(system: System, started_on: str) -> str:
    """The pairing that began on the day."""
    with system.reading() as connection:
        of_day = select(pairings.c.pairing_id).where(
            known(pairings, None), pairings.c.started_on == date.fromisoformat(started_on)
        )
        return str(connection.execute(of_day).scalar_one())


def test_a_unit_is_split_and_its_pairing_goes_on_with_the_new_one(county: tuple[System, FastAPI]) -> None:
    system, app = county
    office, village = Visitor(app, "ducha"), Visitor(app, "cun")
    need = {"number": "XQ2025-901", "village": VILLAGE_ID, "category": "industry", "content": "修路"}
    village.post("/needs/raise-need", **need, raised_on="2025-09-01", pairing_id=OWN)
    finding = {"number": "WT2025-901", "method": "on_site", "inspector": "甲督衡", "severity": "minor"}
    office.post(
        "/findings/raise-finding",
        **finding,
        pairing_id=OWN,
        found_on="2025-09-01",
        description="台账不全",
        finding_type="record_keeping",
    )
    look = look_of(system)
    posts = sum(each.ended_on is None for each in PAIRING.state(look, OWN).terms)
    assert posts > 0
    page = office.get(f"/units/{BRANCH}/split-branch").text
    assert re.search(rf"任职 {posts}，未办结需求 \d+，未销号问题 \d+", page), (
        "what goes along is shown before"
    )
    form = {
        "split_on": "2025-10-01",
        "because": "机构改革",
        "parts.0.unit_name": "水产局",
        "parts.0.branch_name": "水产局党支部",
        "parts.0.code": "91350100M000100Y43",
        "moves.0.pairing_id": OWN,
        "moves.0.part": "1",
    }
    asked = office.post_raw(f"/units/{BRANCH}/split-branch", csrf=office._token, **form)
    assert "请确认" in asked.text and "水产局党支部" in asked.text
    done = office.post(f"/units/{BRANCH}/split-branch", **form)
    assert done.status_code == 200 and "单位已拆分" in done.text
    look = look_of(system)
    old, new_id = PAIRING.state(look, OWN), going_on(system, "2025-10-01")
    new = PAIRING.state(look, new_id)
    assert (str(old.ended_on), old.ended_because) == ("2025-09-30", "机构改革")
    assert all(each.ended_on is not None for each in old.terms)
    assert len([each for each in new.terms if each.began_on == date(2025, 10, 1)]) == posts
    with system.reading() as connection:
        rows = {row.pairing_id for row in pairing_rows(connection, 2025, None)}
    assert {OWN, new_id} <= rows, "both are of the year, each by its days"
    open_needs = [s for s in streams(system, "need-") if NEED.state(look, s).content == "修路"]
    assert NEED.state(look, open_needs[0]).village == VILLAGE_ID
    found = next(
        each
        for each in streams(system, "finding-")
        if getattr(FINDING.state(look, each).raised, "number", "") == "WT2025-901"
    )
    raised = FINDING.state(look, found).raised
    assert raised is not None and raised.branch == new.branch and raised.pairing_id == OWN
    assert "水产局" in office.get(f"/findings/{found}").text
    again = office.post(f"/units/{BRANCH}/split-branch", **{**form, "parts.0.unit_name": "渔政局"})
    assert again.status_code == 409 and 'value="渔政局"' in again.text, "it went already"
    assert system.runner.check() == [], "rebuilt, the tables are the same"


def test_a_village_is_split_and_needs_go_along_with_the_pairing(county: tuple[System, FastAPI]) -> None:
    system, app = county
    office, village = Visitor(app, "ducha"), Visitor(app, "cun")
    need = {"number": "XQ2025-902", "village": VILLAGE_ID, "category": "industry", "content": "修桥"}
    village.post("/needs/raise-need", **need, raised_on="2025-09-01", pairing_id=OWN)
    found = office.post(
        "/findings/raise-finding",
        number="WT2025-902",
        method="on_site",
        inspector="甲督衡",
        severity="minor",
        pairing_id=OWN,
        found_on="2025-09-01",
        description="台账不全",
        finding_type="record_keeping",
    )
    form = {
        "split_on": "2025-10-01",
        "because": "行政区划调整",
        "parts.0.name": "新设甲村",
        "parts.1.name": "新设乙村",
        "moves.0.pairing_id": OWN,
        "moves.0.part": "2",
    }
    done = office.post(f"/villages/{VILLAGE_ID}/split-village", **form)
    assert done.status_code == 200 and "村（社区）已拆分" in done.text
    look = look_of(system)
    new = PAIRING.state(look, going_on(system, "2025-10-01"))
    assert new.branch == BRANCH and new.village != VILLAGE_ID
    moved = next(s for s in streams(system, "need-") if NEED.state(look, s).content == "修桥")
    assert NEED.state(look, moved).village == new.village
    order = {"ordered_on": "2025-10-08", "due_on": "2025-11-08", "document_no": "", "measures": "补齐"}
    office.post(f"{found.url.path}/order-rectification", **order)
    with system.reading() as connection:
        of_day = select(burdens.c.village).where(burdens.c.day == date(2025, 10, 8))
        asked = connection.scalars(of_day.where(burdens.c.kind == REQUEST)).all()
    assert new.village in asked and VILLAGE_ID not in asked, "whose the finding is now is asked"
    gone = Visitor(app, "cun").get(f"/pairings/{OWN}").text
    assert "修桥" in gone and f"/needs/{moved}" not in gone, "no link to what is another's now"
    listed = office.get("/villages?q=新设").text
    assert "新设甲村" in listed and "新设乙村" in listed
    assert system.runner.check() == [], "rebuilt, the tables are the same"


def test_it_is_said_before_what_lies_after_the_day_and_what_stays(county: tuple[System, FastAPI]) -> None:
    system, app = county
    office, unit = Visitor(app, "ducha"), Visitor(app, "danwei")
    held = {"pairing_id": OWN, "kind": "forum", "topic": "座谈", "participants": "9"}
    before = activities_after(office)
    for day in ("2025-09-30", "2025-10-01", "2025-10-20"):
        assert unit.post("/activities/record-activity", **held, held_on=day).status_code == 200
    project = {"number": "XM2025-901", "name": "修渠", "category": "industry", "beneficiaries": "10"}
    dates = {"started_on": "2025-05-01", "planned_end_on": "2025-12-01"}
    unit.post("/projects/open-project", pairing_id=OWN, **project, **dates, budget_cents="100")
    plan = f"{system.today().year}-{OWN}"
    unit.post(f"/plans/{plan}/adopt-plan", adopted_on=system.today().isoformat(), goal="")
    page = office.get(WHERE).text
    assert "修渠" in page and "/projects/" in page, "what stays is listed with its link"
    along = asked(office).text
    assert activities_after(office) == before + 2
    assert re.search(r"未验收的项目 1 个、本年度及以后的工作方案 \d 份", along)
    assert "现有的 1 个账号仍属原对象" in along
    stays = asked(office, part="").text
    assert "请确认" in stays and "已登记活动" not in stays and "不随同划转" not in stays
    began = PAIRING.state(look_of(system), OWN).started_on
    early = asked(office, split_on=began.isoformat())
    assert early.status_code == 409 and f"拆分日期最早为 {began + timedelta(days=1)}" in early.text


WHERE = f"/units/{BRANCH}/split-branch"


def asked(office: Visitor, *, split_on: str = "2025-10-01", part: str = "1") -> httpx.Response:
    """What is asked before the split."""
    split = {
        "because": "机构改革",
        "parts.0.unit_name": "水产局",
        "parts.0.branch_name": "水产局党支部",
        "moves.0.pairing_id": OWN,
        "moves.0.part": part,
    }
    office.get(WHERE)
    return office.post_raw(WHERE, csrf=office._token, split_on=split_on, **split)


def activities_after(office: Visitor) -> int:
    """How many activities are said to be on record on the day or later."""
    found = re.search(r"2025-10-01 当日及以后已登记活动 (\d+) 次", asked(office).text)
    return int(found[1]) if found else 0


def streams(system: System, prefix: str) -> list[str]:
    """The keys of all streams of a kind."""
    names = {each.stream for each in system.log.read(limit=99999) if each.stream.startswith(prefix)}
    return sorted(name.removeprefix(prefix) for name in names)
