"""The first page tells each role what waits for it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi import FastAPI

from application.system import System
from application.verbs.assessment.results import sign_leading_group
from application.verbs.assessment.schemes import draft_scheme
from tests.kit.acts import act
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor
from tests.kit.yearend import by, open_notice, run_named

County = tuple[System, FastAPI]


def work(app: FastAPI, username: str, group: str = "") -> str:
    """What waits, without the heads that count it."""
    page = Visitor(app, username).get(f"/?group={group}").text
    return page.split('id="todo"')[1].split("</section>")[0].partition("</h2>")[2]


def mine(app: FastAPI, username: str) -> str:
    """What waits for the reader, not for others."""
    return "".join(work(app, username, group) for group in ("overdue", "week", "later"))


def others(app: FastAPI, username: str) -> str:
    """What the reader follows."""
    return work(app, username, "others")


def test_what_waits_follows_the_work_from_role_to_role(county: County) -> None:
    system, app = county
    kaohe, lianban, danwei = (Visitor(app, name) for name in ("kaohe", "lianban", "danwei"))
    assert "目前没有需要您办理的事项" in Visitor(app, "fuhe").get("/").text and "超期" in others(
        app, "shenji"
    )
    assert "复查未通过，待继续整改" in others(app, "ducha") and ">催办</a>" in others(app, "ducha")
    assert "整改已提交，待复查" in mine(app, "ducha")
    assert "复查未通过，待继续整改" in mine(app, "danwei") and ">提交整改</a>" in mine(app, "danwei")
    assert "考核进程" in kaohe.get("/").text and "考核进程" not in danwei.get("/").text
    assert ">确定录入截止日</a>" in mine(app, "kaohe") and ">自评</a>" in mine(app, "danwei")
    unseen = kaohe.post("/results/2025/freeze-run", because="年终核定")
    assert (
        unseen.status_code == 409
        and "核定、结束公示和公布所遗留的事项须经确认" in unseen.text
        and "未审核的得分项" in unseen.text
    )
    before = kaohe.get("/runs?year=2025").text
    assert "未审核的得分项" in before and "未确定的录入截止 1" in before, "what is left behind is said before"
    kaohe.post("/results/2025/freeze-run", acknowledged="1", because="年终核定")
    assert "核定时尚未办结" in kaohe.get("/runs/2025-1").text, "and kept"
    assert ">自评</a>" not in mine(app, "danwei"), "what is frozen is not waited for"
    adjust = {"pairing_id": PAIRING, "grade_after": "fair", "because": "年终舆情", "basis": "县委纪要 5 号"}
    assert kaohe.post("/runs/2025-1/propose-adjustment", **adjust).status_code == 200
    assert "等次调整待决定" in mine(app, "lianban") and "年终舆情" in mine(app, "lianban")
    assert "等次调整待决定" in others(app, "kaohe") and "等次调整待决定" not in mine(app, "kaohe")
    refused = lianban.post("/runs/2025-1/refuse-adjustment", pairing_id=PAIRING, because="无依据")
    assert refused.status_code == 200 and "等次调整待决定" not in work(app, "lianban")
    assert "核定待考核组签署" in mine(app, "kaohe") and "核定待考核组签署" in others(app, "lianban")
    comparing = {"acknowledged": "1", "because": "往前看", "known_at": "6000"}
    assert kaohe.post("/results/2025/freeze-run", **comparing).status_code == 200
    assert "核定待考核组签署" in mine(app, "kaohe"), "a run for comparing hides nothing that waits"
    signed = {"signer": "考核组长", "opinion": "同意"}
    assert kaohe.post("/runs/2025-1/sign-scoring-group", **signed).status_code == 200
    assert lianban.post("/runs/2025-1/sign-office", **signed | {"signer": "主任"}).status_code == 200
    assert "核定待领导小组签署" in mine(app, "lingdao")
    assert "核定待领导小组签署" in others(app, "lianban"), "whoever has signed does not sign again"
    act(
        system,
        sign_leading_group,
        run_named(system, "2025-1"),
        signer="组长",
        opinion="同意",
        by=by("lingdao"),
    )
    assert "核定已签署，待公示" in mine(app, "kaohe") and "待签署" not in work(app, "lingdao")
    open_notice(system, "2025-1", system.today())
    assert "结果公示中" in others(app, "danwei") and ">提出异议</a>" in others(app, "cun")
    assert "起可办" in mine(app, "kaohe") and ">结束公示</a>" not in mine(app, "kaohe"), "it is not over"
    assert "异议待答复" not in work(app, "lianban")
    object_ = {"pairing_id": PAIRING, "grounds": "五月的活动应予计入"}
    assert danwei.post("/runs/2025-1/file-objection", **object_).status_code == 200
    assert "五月的活动应予计入" in mine(app, "lianban") and "工作日" in mine(app, "lianban")
    act(system, draft_scheme, "2026", by=by("kaohe"), text="x", based_on=0)
    assert "细则草稿待审批" in mine(app, "lingdao")
    assert 'id="todo"' not in lianban.get(f"/?at={system.log.position() - 1}").text


def test_an_administrator_is_told_of_a_role_that_another_has_proposed(county: County) -> None:
    app = county[1]
    first = Visitor(app, "guanli")
    assert first.post("/accounts/shenji/propose-role", role="reviewer").status_code == 200
    assert "提请的角色待批准" in mine(app, "guanli2") and ">批准角色</a>" in mine(app, "guanli2")
    assert "提请的角色待批准" in others(app, "guanli") and "批准角色" not in work(app, "guanli")
    assert Visitor(app, "guanli2").post("/accounts/shenji/refuse-role", because="未议").status_code == 200
    assert "提请的角色待批准" not in work(app, "guanli2")


def test_a_clerk_counts_the_findings_the_list_shows(county: County) -> None:
    for username in ("danwei", "cun"):
        clerk = Visitor(county[1], username)
        for light in ("red", "done"):
            shown = clerk.get(f"/findings?light={light}").text.count('class="what"')
            overview = clerk.get("/overview").text.split(f'class="light-{light}">')[1]
            assert f"<b>{shown}</b>" in overview[:80], (username, light)


@pytest.mark.parametrize("username", ["ducha", "kaohe", "fuhe", "danwei", "cun", "shenji", "guanli"])
def test_every_duty_leads_to_pages_the_reader_may_see(county: County, username: str) -> None:
    section = mine(county[1], username) + others(county[1], username)
    paths = {unescape(path) for path in re.findall(r'href="([^"]+)"', section)}
    assert paths or username in ("fuhe", "guanli")
    # One of each kind of page: the keys differ, not what is drawn.
    for path in {re.sub(r"[a-z]+-[0-9a-f]{8,}", "", path): path for path in paths}.values():
        assert Visitor(county[1], username).get(path).status_code == 200, path


def test_an_administrator_never_lands_on_a_page_that_is_forbidden(county: County) -> None:
    admin = Visitor(county[1], "guanli")
    landed = admin.get("/sign-in")
    assert landed.url.path == "/" and landed.status_code == 200
    for path in re.findall(r'href="(/[^"]*)"', landed.text.split("<main")[1].split("</main>")[0]):
        assert admin.get(unescape(path)).status_code == 200, path


def test_a_finding_is_of_the_year_in_which_it_was_found_on_every_page(county: County) -> None:
    app = county[1]
    supervisor = Visitor(app, "ducha")
    before = supervisor.get("/facts?year=2025&figure=findings_waiting").text.count("WT2026-901")
    raised = supervisor.post(
        "/findings/raise-finding",
        number="WT2026-901",
        pairing_id=PAIRING,
        found_on="2026-01-15",
        method="on_site",
        inspector="督查员甲",
        description="台账未更新",
        finding_type="record_keeping",
        severity="minor",
    )
    assert raised.status_code == 200, raised.text
    assert "WT2026-901" in supervisor.get("/findings?year=2026").text
    assert "WT2026-901" not in supervisor.get("/findings?year=2025").text
    assert supervisor.get("/facts?year=2025&figure=findings_waiting").text.count("WT2026-901") == before
    assert "WT2026-901" in supervisor.get("/facts?year=2026&figure=findings_waiting").text
    assert "WT2026-901" in mine(app, "ducha")
    tile = supervisor.get("/overview?year=2026").text.split('class="light-waiting">')[1]
    assert "<b>1</b>" in tile[:90]
