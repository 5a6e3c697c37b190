"""A year's plan: the county's template, the pairing's tasks, and what did them."""

from __future__ import annotations

import re

from fastapi import FastAPI

from application.system import System
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor

PLAN = f"/plans/2025-{PAIRING}"


def lights(page: str) -> list[str]:
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    return re.findall(r'<td><span class="tag light-\w+">(.*?)</span>', table)


def test_a_task_is_done_by_what_stands_and_is_not_typed_again(county: tuple[System, FastAPI]) -> None:
    _, app = county
    office, unit = Visitor(app, "ducha"), Visitor(app, "danwei")
    assert "没有方案" in unit.get(PLAN).text
    task = {
        "tasks.0.content": "重阳节走访慰问",
        "tasks.0.side": "unit",
        "tasks.0.due_on": "2025-12-30",
        "tasks.0.kind": "",
    }
    shown = office.post("/plan-templates/2025/publish-plan-template", published_on="2025-01-02", **task)
    assert "县级模板第 1 版" in shown.text
    assert "没有方案" in shown.text
    unit.post(f"{PLAN}/adopt-plan", adopted_on="2025-03-01", goal="")
    unit.post(
        f"{PLAN}/join-task-force", person="甲组长", office="", force_role="leader", joined_on="2025-03-01"
    )
    page = unit.get(PLAN).text
    assert lights(page) == ["已逾期"]
    assert "甲组长" in page
    form = unit.get(f"{PLAN}/link-task?task=1").text
    found = re.search(r'<option value="(a-[^"]+)"', form)
    assert found is not None
    linked = unit.post(f"{PLAN}/link-task?task=1", deed=found[1]).text
    assert lights(linked) == ["已完成"]
    (row,) = [each for each in unit.get("/plans?year=2025&state=done").text.split("<tr>") if PLAN in each]
    assert "1 / 1" in row
    # The wrong activity was linked: with a reason it is taken back, and the task is open again until one is linked anew.
    form = unit.get(f"{PLAN}/unlink-task?task=1").text
    assert f"{PLAN}/unlink-task?task=1" in linked and "<dd>1　重阳节走访慰问" in form
    other = Visitor(app, "kaohe")
    assert "unlink-task" not in other.get(PLAN).text
    assert other.post(f"{PLAN}/unlink-task", task="1", because="不是").status_code == 403
    assert unit.post(f"{PLAN}/unlink-task", task="1", because="").status_code == 422
    unlinked = unit.post(f"{PLAN}/unlink-task", task="1", because="关联错了活动").text
    assert lights(unlinked) == ["已逾期"]
    assert "关联错了活动" in unlinked and "unlink-task?task=1" not in unlinked
    again = unit.post(f"{PLAN}/unlink-task", task="1", because="再撤")
    assert again.status_code == 409
    assert lights(unit.post(f"{PLAN}/link-task", task="1", deed=found[1]).text) == ["已完成"]
    # What falls away does no task.
    unit.post(f"/activities/{found[1]}/void-activity", because="误报", confirmed="yes")
    assert lights(unit.get(PLAN).text) == ["已逾期"]
    assert "所关联的事项已作废或退回" in unit.get(PLAN).text
    gone = unit.post(f"{PLAN}/unlink-task", task="1", because="该活动已作废").text
    assert "所关联的事项已作废或退回" not in gone and "该活动已作废" in gone
    assert lights(office.get("/plans?year=2025&state=overdue").text) == ["有任务逾期"]


def test_a_nominated_case_is_returned_revised_and_published(county: tuple[System, FastAPI]) -> None:
    _, app = county
    office, unit = Visitor(app, "ducha"), Visitor(app, "danwei")
    said = {"pairing_id": PAIRING, "case_name": "院坝说事", "story": "干部群众坐在一起"}
    made = unit.post("/nominations/nominate-case", **said)
    found = re.search(r"/nominations/no-[0-9a-f]+", str(made.url))
    assert found is not None
    path = found[0]
    office.post(f"{path}/return-nomination", because="请补充成效")
    assert unit.get(path).text.count("请补充成效") == 2, "on the page and in its history"
    unit.post(f"{path}/revise-nomination", case_name="院坝说事", story="化解纠纷十二起")
    shown = office.post(f"{path}/publish-nomination", level="county", published_on="2026-01-05").text
    assert "工作动态" in shown and "化解纠纷十二起" in shown
    assert "院坝说事" in office.get("/cases?year=2026").text


def test_a_newer_template_is_seen_before_it_is_taken_and_keeps_what_is_the_plans_own(
    county: tuple[System, FastAPI],
) -> None:
    _, app = county
    office, unit, village = (Visitor(app, name) for name in ("ducha", "danwei", "cun"))
    plan, publishing = f"/plans/2026-{PAIRING}", "/plan-templates/2026/publish-plan-template"

    def template(*tasks: tuple[str, str]) -> dict[str, str]:
        return {
            f"tasks.{n}.{name}": value
            for n, (content, due_on) in enumerate(tasks)
            for name, value in {"content": content, "side": "unit", "due_on": due_on, "kind": ""}.items()
        }

    first = template(("走访联系户", "2026-03-31"), ("讲党课", "2026-07-01"), ("年终总结", "2026-12-20"))
    assert unit.post(publishing, published_on="2026-01-02", **first).status_code == 403
    office.post(publishing, published_on="2026-01-02", **first)
    unit.post(f"{plan}/adopt-plan", adopted_on="2026-01-05", goal="结对见实效")
    own = {"content": "修整文化墙", "side": "village", "due_on": "2026-05-01", "kind": ""}
    assert "修整文化墙" in unit.post(f"{plan}/plan-task", **own).text
    dropped = unit.post(f"{plan}/drop-task", task="3", because="由县里统一总结").text
    assert lights(dropped).count("已取消") <= 1 and "由县里统一总结" in dropped
    changed = {"task": "4", "content": "", "side": "", "due_on": "2026-06-01", "kind": ""}
    revised = unit.post(f"{plan}/revise-task", **changed, because="雨季顺延").text
    assert "雨季顺延" in revised and "2026-06-01" in revised
    assert village.post(f"{plan}/drop-task", task="1", because="不办").status_code == 403
    second = template(("走访联系户", "2026-04-30"), ("开展义诊", "2026-09-30"))
    office.post(publishing, published_on="2026-01-10", **second)
    page = unit.get(plan).text
    assert "现为第 2 版" in page and f"{plan}/take-newer-template" in page
    preview = unit.get(f"{plan}/take-newer-template").text
    moves = {
        mark: [
            re.sub(r"<[^>]+>", "", each)
            for each in re.findall(rf'{mark}</span></td><td class="what">([^<]+)', preview)
        ]
        for mark in ("增加", "调整", "取消")
    }
    assert moves == {"增加": ["开展义诊"], "调整": ["走访联系户"], "取消": ["讲党课"]}
    taken = unit.post(f"{plan}/take-newer-template", because="县级模板更新").text
    table = taken[taken.index("<tbody>") : taken.index("</tbody>")]
    assert "开展义诊" in table and "2026-04-30" in table and "修整文化墙" in table and "讲党课" not in table
    assert "现为第 2 版" not in taken
    assert "制定 2026 年度工作方案（县级模板：第 1 版）" in taken
    assert "方案改用县级模板第 2 版（原用：第 1 版）。县级模板更新" in taken
