"""Pairings as the clerks of a year have them: proposed and answered."""

from __future__ import annotations

import re

from fastapi import FastAPI

from application.system import System
from tests.kit.demo_ids import BRANCH
from tests.kit.entries import registered_village
from tests.kit.results import BY
from tests.kit.serving import Visitor

County = tuple[System, FastAPI]


def test_a_unit_proposes_the_leading_group_agrees_and_the_office_starts(county: County) -> None:
    system, app = county
    village = registered_village(system, "待结对村", "丙镇", by=BY)
    unit, leader, office = (Visitor(app, name) for name in ("danwei", "lingdao", "ducha"))
    proposed = {"branch": BRANCH, "village": village, "because": "产业对口"}
    on = system.today().isoformat()
    answer = unit.post("/proposals/propose-pairing", **proposed, starts_on=on)
    path = str(answer.url.path)
    assert "产业对口" in answer.text and "待审批" in answer.text
    assert "产业对口" in leader.get("/").text, "it waits for the leading group"
    direct = office.post("/pairings/start-pairing", branch=BRANCH, village=village, started_on=on)
    assert direct.status_code == 409 and "已有结对建议待处理" in direct.text
    assert office.post(f"{path}/start-proposed", started_on=on).status_code == 409, "nobody has agreed"
    assert "已同意" in leader.post(f"{path}/approve-proposal").text
    started = office.post(f"{path}/start-proposed", started_on=on).text
    pairing = re.search(r'href="(/pairings/pr-[\w-]+)', started)
    assert pairing is not None
    assert "待结对村" in unit.get(pairing[1]).text
    assert "待结对村" in unit.get(f"/proposals?year={on[:4]}&answer=carried_out").text
    assert "待结对村" not in unit.get(f"/proposals?year={on[:4]}&answer=open").text
