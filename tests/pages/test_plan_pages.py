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
    # What falls away does no task.
    unit.post(f"/activities/{found[1]}/void-activity", because="误报", confirmed="yes")
    assert lights(unit.get(PLAN).text) == ["已逾期"]
    assert "所关联的事项已作废或退回" in unit.get(PLAN).text
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
