"""The two lists as the clerks keep them: what a unit offers, what a village needs, and how the two come together."""

from __future__ import annotations

import re
from datetime import date

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from application.system import System
from projections.boards.livelihood import needs, resources
from projections.kit.columns import known
from tests.kit.demo_ids import BRANCH, PAIRING, VILLAGE_ID
from tests.kit.serving import Visitor

County = tuple[System, FastAPI]


class Desks:
    """The unit's clerk, the village's, and the office."""

    def __init__(self, county: County) -> None:
        self.system, app = county
        self.unit, self.village, self.office = (Visitor(app, name) for name in ("danwei", "cun", "ducha"))

    def raised(self, number: str, content: str) -> str:
        """The page of a need that the village raises for whoever can meet it."""
        said = {"number": number, "village": VILLAGE_ID, "category": "industry", "content": content}
        answer = self.village.post("/needs/raise-need", **said, pairing_id="", raised_on="2025-03-06")
        assert answer.status_code == 200, answer.text
        with self.system.reading() as connection:
            of = select(needs.c.need_id).where(needs.c.number == number, known(needs, None))
            return f"/needs/{connection.execute(of).scalar_one()}"


@pytest.fixture
def desks(county: County) -> Desks:
    return Desks(county)


def does(who: Visitor, path: str, **values: str) -> str:
    answer = who.post(path, **values)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_unit_keeps_its_list_of_resources_and_its_villages_read_it(desks: Desks) -> None:
    offered = {"branch": BRANCH, "category": "technology", "content": "茶树修剪技术"}
    begun = desks.unit.get("/resources").text
    assert 'href="/resources/offer-resource' in begun
    listed = does(desks.unit, "/resources/offer-resource", **offered, offered_on="2025-02-01")
    assert "<h1>资源清单" in listed and "茶树修剪技术" in listed, "the list follows"
    step = re.search(r"(/resources/[\w-]+)/revise-resource", listed.partition("茶树修剪技术")[2])
    assert step is not None
    revised = does(desks.unit, f"{step[1]}/revise-resource", category="talent", content="茶树修剪能手三人")
    assert "茶树修剪能手三人" in revised and "茶树修剪技术" not in revised
    desks.unit.get("/language?to=en&next=/me")
    assert ">Withdraw</a>" in desks.unit.get("/resources").text, "what it does, not what it is then"
    desks.unit.get("/language?to=zh&next=/me")
    read = desks.village.get("/resources").text
    assert "茶树修剪能手三人" in read and "revise-resource" not in read and "offer-resource" not in read
    assert "茶树修剪能手三人" in desks.office.get("/resources?q=修剪能手&category=talent").text
    assert "茶树修剪能手三人" not in desks.office.get("/resources?category=funds").text
    assert "茶树修剪能手三人" in desks.office.get("/data/exports/resources?format=csv").text
    assert desks.village.post(f"{step[1]}/withdraw-resource", because="不是本单位").status_code == 403
    does(desks.unit, f"{step[1]}/withdraw-resource", because="人员已调离")
    assert "茶树修剪能手三人" not in desks.unit.get("/resources?state=offered").text
    gone = desks.unit.get("/resources?state=withdrawn&q=修剪能手").text
    assert "茶树修剪能手三人" in gone and f"{step[1]}/revise-resource" not in gone
    slip = does(desks.unit, "/resources/offer-resource", **offered, offered_on="2025-02-02")
    wrong = re.search(r"/resources/[\w-]+/void-resource", slip.partition("茶树修剪技术")[2])
    assert wrong is not None
    does(desks.office, wrong[0], because="重复登记")
    with desks.system.reading() as connection:
        of = select(resources.c.withdrawn_on).where(
            known(resources, None), resources.c.content == "茶树修剪技术"
        )
        assert connection.execute(of).scalar_one() is not None


def test_a_village_calls_on_a_unit_that_is_suggested_and_goes_on_when_it_declines(desks: Desks) -> None:
    offered = {"branch": BRANCH, "category": "funds", "content": "晒谷场硬化资金"}
    does(desks.unit, "/resources/offer-resource", **offered, offered_on="2025-02-01")
    need = desks.raised("XQ2025-811", "晒谷场硬化")
    page = desks.village.get(need).text
    suggested = page.partition("可对接的资源")[2].partition("</section>")[0]
    first = suggested.partition("<tr>")[2].partition("<tr>")[2].partition("<tr>")[0]
    for why in ("晒谷场硬化资金", "已结对", "晒谷场硬化</span>", "类别相符", "在办需求"):
        assert why in first, why
    calls = re.search(rf'href="{need}/claim-need\?[^"]*pairing_id={PAIRING}[^"]*">邀请', first)
    assert calls is not None
    asked = does(desks.village, f"{need}/claim-need", pairing_id=PAIRING)
    assert "由村（社区）提出" in asked
    assert "晒谷场硬化" in desks.unit.get("/").text, "it waits for the unit"
    declined = does(desks.unit, f"{need}/decline-claim", because="本年度资金已安排")
    assert "本年度资金已安排" in declined and "待对接" in declined
    assert "由单位提出" in does(desks.unit, f"{need}/claim-need", pairing_id=PAIRING)
    assert "待办结" in does(desks.village, f"{need}/accept-claim")
    handed_back = does(desks.unit, f"{need}/release-need", because="机构改革，不再具备条件")
    assert "待对接" in handed_back and "机构改革，不再具备条件" in handed_back


def test_a_need_is_revised_split_withdrawn_and_its_rating_corrected(desks: Desks) -> None:
    need = desks.raised("XQ2025-821", "修路修桥")
    form = desks.village.get(f"{need}/revise-need").text
    assert "修路修桥" in form, "begins with what stands"
    revised = does(
        desks.village,
        f"{need}/revise-need",
        category="industry",
        content="修机耕路和桥",
        because="写明是机耕路",
    )
    assert "写明是机耕路" in revised and "修机耕路和桥" in revised
    parts = {
        "parts.0.number": "XQ2025-822",
        "parts.0.category": "industry",
        "parts.0.content": "修机耕路",
        "parts.1.number": "XQ2025-823",
        "parts.1.category": "living_environment",
        "parts.1.content": "修便民桥",
    }
    assert desks.unit.post(f"{need}/split-need", **parts, because="分开办理").status_code == 403
    does(desks.village, f"{need}/split-need", **parts, because="分开办理")
    assert "分开办理" in desks.village.get(need).text
    assert (
        "已撤回" in desks.village.get(need).text and "待对接" in desks.village.get("/needs/XQ2025-822").text
    )
    gone = does(desks.village, "/needs/XQ2025-823/withdraw-need", because="上级已立项")
    assert "已撤回" in gone and "上级已立项" in gone
    does(desks.office, "/needs/XQ2025-822/match-need", pairing_id=PAIRING, matched_on="2025-03-10")
    does(desks.unit, "/needs/XQ2025-822/meet-need", met_on="2025-05-10")
    rated = {"confirmed_on": "2025-05-12", "rating": "3"}
    does(desks.village, "/needs/XQ2025-822/confirm-need", **rated, gain="5", happiness="4", security="3")
    for feeling in (
        "获得感</dt><dd>5 分",
        "幸福感</dt><dd>4 分",
        "安全感</dt><dd>3 分",
        "满意度</dt><dd>3 分",
    ):
        assert feeling in desks.unit.get("/needs/XQ2025-822").text, feeling
    correcting = desks.village.get("/needs/XQ2025-822/correct-need").text
    assert 'value="2025-05-12"' in correcting, "nobody types again what stays"
    days = {"raised_on": "2025-03-06", "matched_on": "2025-03-10", "met_on": "2025-05-11"}
    right = {**days, **rated, "rating": "4", "because": "分值录错"}
    assert desks.unit.post("/needs/XQ2025-822/correct-need", **right).status_code == 403
    corrected = does(desks.village, "/needs/XQ2025-822/correct-need", **right)
    assert "满意度</dt><dd>4 分" in corrected and "分值录错" in corrected
    was = "原为：提出 2025-03-06，对接 2025-03-10，办结 2025-05-10，确认 2025-05-12，满意度 3。分值录错"
    assert was in corrected, "each old day says of what it is"
    does(desks.office, "/needs/XQ2025-822/void-need", because="与另一项重复")
    assert "修机耕路" not in desks.village.get("/needs?year=2025&state=confirmed").text
    said = {"number": "XQ2025-822", "village": VILLAGE_ID, "category": "industry", "content": "补登一项"}
    anew = does(desks.village, "/needs/raise-need", **said, pairing_id="", raised_on="2025-03-06")
    assert "补登一项" in anew, "the number may be used again"


def test_what_nobody_has_met_stands_by_how_long_it_waits(desks: Desks) -> None:
    need = desks.raised("XQ2025-831", "等了很久的需求")
    shown = desks.office.get("/needs?year=2025&state=raised&sort=raised").text
    days = re.findall(r'data-label="提出"><time[^>]*>([\d-]+)|data-label="提出">([\d-]+)', shown)
    told = ["".join(each) for each in days]
    assert told and told == sorted(told) and "等了很久的需求" in shown, "the longest waiting first"
    found = desks.unit.get("/needs?year=2025&state=raised&q=等了很久").text
    assert f"已等 {(desks.system.today() - date(2025, 3, 6)).days} 天" in found
    assert "等了很久的需求" in found and f"{need}/claim-need" in found, "the unit may claim it"
