"""A livelihood project from its start to the village's acceptance: milestones, money, what is lacking, what was wrong."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from sqlalchemy import select

from application.system import System
from projections.boards.livelihood import projects
from projections.kit.columns import known
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor

County = tuple[System, FastAPI]
OPENED = {
    "pairing_id": PAIRING,
    "name": "村道亮化",
    "category": "living_environment",
    "budget_cents": "50000",
    "started_on": "2025-03-01",
    "planned_end_on": "2025-06-30",
    "beneficiaries": "320",
}


def does(who: Visitor, path: str, **values: str) -> str:
    answer = who.post(path, **values)
    assert answer.status_code == 200, answer.text
    return answer.text


def begun(system: System, unit: Visitor, number: str) -> str:
    """The page of a project that the unit opens."""
    does(unit, "/projects/open-project", **OPENED, number=number)
    with system.reading() as connection:
        of = select(projects.c.project_id).where(projects.c.number == number, known(projects, None))
        return f"/projects/{connection.execute(of).scalar_one()}"


def test_a_project_goes_on_until_the_village_accepts_it(county: County) -> None:
    system, app = county
    unit, village = Visitor(app, "danwei"), Visitor(app, "cun")
    path = begun(system, unit, "XM2025-901")
    does(unit, f"{path}/plan-milestone", title="灯杆进场", due_on="2025-04-01")
    shown = does(unit, f"{path}/plan-milestone", title="通电", due_on="2025-06-01")
    assert shown.count("已逾期</span>") == 2, "both lie behind us"
    assert f"{path}/reach-milestone?milestone=1" in shown
    reached = does(unit, f"{path}/reach-milestone", milestone="1", reached_on="2025-03-28")
    assert reached.count("已逾期</span>") == 1 and "2025-03-28" in reached
    money = {"funds.0.source": "county", "funds.0.amount_cents": "30000"}
    money |= {"funds.1.source": "unit", "funds.1.amount_cents": "15000"}
    lacking = unit.post(f"{path}/state-funds", **money, because="")
    assert lacking.status_code in (409, 422), "less than the budget, and nobody says why"
    funded = does(unit, f"{path}/state-funds", **money, because="其余待拨付")
    assert "县级财政</dt><dd>30,000" in funded and "与投资不一致" in funded
    assert village.post(f"{path}/complete-project", completed_on="2025-06-20").status_code == 403
    does(unit, f"{path}/complete-project", completed_on="2025-06-20")
    assert "村道亮化" in village.get("/").text, "it waits for the village"
    assert unit.post(f"{path}/accept-project", accepted_on="2025-06-25").status_code == 403
    refused = does(village, f"{path}/refuse-project", refused_on="2025-06-25", because="三盏灯不亮")
    assert "三盏灯不亮" in refused and "待村级验收</span>" not in refused
    assert "村道亮化" in unit.get("/").text, "it goes back to the unit"
    does(unit, f"{path}/complete-project", completed_on="2025-07-02")
    accepted = does(village, f"{path}/accept-project", accepted_on="2025-07-05")
    assert "已验收" in accepted
    done = {"completed_on": "2025-07-01", "accepted_on": "2025-07-05"}
    right = {name: value for name, value in OPENED.items() if name not in ("pairing_id", "number")}
    corrected = does(unit, f"{path}/correct-project", **right, **done, because="完工日期录错")
    was = "2025-03-01 开工，计划 2025-06-30 完工，完工 2025-07-02，验收 2025-07-05。完工日期录错"
    assert was in corrected.partition("原为：")[2], "each old day says of what it is"
    listed = unit.get("/projects?year=2025&state=accepted&q=XM2025-901").text
    assert "村道亮化" in listed and "受益 320 人" in listed


def test_what_was_entered_wrongly_is_corrected_or_voided_with_a_reason(county: County) -> None:
    system, app = county
    unit, village, office = (Visitor(app, name) for name in ("danwei", "cun", "ducha"))
    path = begun(system, unit, "XM2025-911")
    form = unit.get(f"{path}/correct-project").text
    assert 'value="50000.00"' in form and "村道亮化" in form, "nobody types again what stays"
    right: dict[str, Any] = {**OPENED, "budget_cents": "60000", "because": "预算调整"}
    del right["pairing_id"]
    assert village.post(f"{path}/correct-project", **right).status_code == 403
    assert unit.post(f"{path}/correct-project", **{**right, "because": ""}).status_code == 422
    corrected = does(unit, f"{path}/correct-project", **right)
    now = "项目更正为“村道亮化”（人居环境），投资 60000.00 元，受益 320 人，2025-03-01 开工"
    was = "原为：“村道亮化”（人居环境），投资 50000.00 元，受益 320 人，2025-03-01 开工，计划 2025-06-30 完工，完工 —，验收 —"
    assert now in corrected and was in corrected and "预算调整" in corrected
    assert "投资（元）</dt><dd>60,000.00" in corrected
    does(office, f"{path}/void-project", because="与另一项目重复")
    assert "与另一项目重复" in unit.get(path).text
    assert "XM2025-911" not in unit.get("/projects?year=2025&state=overdue").text
    assert "XM2025-911" in unit.get("/projects?year=2025&state=voided").text
    anew = does(unit, "/projects/open-project", **{**OPENED, "number": "XM2025-911", "name": "另一项目"})
    assert "另一项目" in anew, "the number may be used again"
