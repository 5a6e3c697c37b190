"""The first page tells each role what waits for it."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from application.system import System
from application.verbs.schemes import draft_scheme
from tests.kit.acts import act
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor
from tests.kit.yearend import by, open_notice, sign_off

County = tuple[System, FastAPI]


def waiting(app: FastAPI, username: str) -> str:
    """The section, without its heading."""
    page = Visitor(app, username).get("/").text
    return page.split('id="todo">')[1].split("</section>")[0]


def test_what_waits_follows_the_work_from_role_to_role(county: County) -> None:
    system, app = county
    kaohe, lianban, danwei = (Visitor(app, name) for name in ("kaohe", "lianban", "danwei"))
    assert "目前没有需要您办理的事项" in waiting(app, "shenji")
    assert "个问题整改超期" in waiting(app, "ducha") and "待签署" not in waiting(app, "lianban")
    assert "年度考核进行到：" in waiting(app, "kaohe") and "年度考核进行到：" not in waiting(app, "danwei")
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
    adjust = {"pairing_id": PAIRING, "grade_after": "fair", "because": "年终舆情", "basis": "县委纪要 5 号"}
    assert kaohe.post("/runs/2025-1/propose-adjustment", **adjust).status_code == 200
    assert "<strong>1</strong>" in waiting(app, "lianban") and "项等次调整待决定" in waiting(app, "lianban")
    assert "项等次调整待决定" not in waiting(app, "kaohe")
    refused = lianban.post("/runs/2025-1/refuse-adjustment", pairing_id=PAIRING, because="无依据")
    assert refused.status_code == 200 and "项等次调整待决定" not in waiting(app, "lianban")
    assert "待签署（2025-1）" in waiting(app, "kaohe") and "待签署" not in waiting(app, "lianban")
    comparing = {"acknowledged": "1", "because": "往前看", "known_at": "6000"}
    assert kaohe.post("/results/2025/freeze-run", **comparing).status_code == 200
    assert "待签署（2025-1）" in waiting(app, "kaohe"), "a run for comparing hides nothing that waits"
    sign_off(system, "2025-1", system.today())
    assert "待签署" not in waiting(app, "kaohe") + waiting(app, "lianban")
    open_notice(system, "2025-1", system.today())
    assert "结果公示中" in waiting(app, "danwei") and "结果公示中" in waiting(app, "cun")
    assert "件异议待答复" not in waiting(app, "lianban")
    object_ = {"pairing_id": PAIRING, "grounds": "五月的活动应予计入"}
    assert danwei.post("/runs/2025-1/file-objection", **object_).status_code == 200
    assert "件异议待答复" in waiting(app, "lianban")
    act(system, draft_scheme, "2026", by=by("kaohe"), text="x", based_on=0)
    assert "份 2026 年度细则草稿待审批" in waiting(app, "lingdao")
    assert 'id="todo"' not in lianban.get(f"/?at={system.log.position() - 1}").text


def test_a_clerk_counts_the_findings_the_list_shows(county: County) -> None:
    for username in ("danwei", "cun"):
        clerk = Visitor(county[1], username)
        for light in ("red", "done"):
            shown = clerk.get(f"/findings?light={light}").text.count('class="what"')
            overview = clerk.get("/").text.split(f'class="light-{light}">')[1]
            assert f"<b>{shown}</b>" in overview[:80], (username, light)


@pytest.mark.parametrize("username", ["ducha", "kaohe", "lianban", "fuhe", "danwei", "cun", "shenji"])
def test_every_task_leads_to_a_page_the_reader_may_see(county: County, username: str) -> None:
    import re

    visitor = Visitor(county[1], username)
    section = visitor.get("/").text.split('id="todo">')[1].split("</section>")[0]
    paths = re.findall(r'href="([^"]+)"', section)
    assert paths or "目前没有" in section
    for path in paths:
        assert visitor.get(path).status_code == 200, path


def test_an_administrator_never_lands_on_a_page_that_is_forbidden(county: County) -> None:
    admin = Visitor(county[1], "guanli")
    assert str(admin.get("/sign-in").url.path) == "/accounts"
    assert 'class="brand" href="/accounts"' in admin.get("/accounts").text


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
    assert "/findings?light=waiting&amp;year=2026" in waiting(app, "ducha")
    tile = supervisor.get("/?year=2026").text.split('class="light-waiting">')[1]
    assert "<b>1</b>" in tile[:90]
