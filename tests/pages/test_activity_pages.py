"""An activity with its campaigns, entered for two pairings at once, and one that was entered twice."""

from __future__ import annotations

import re
from datetime import date

from fastapi import FastAPI
from sqlalchemy import select

from application.system import System
from projections.boards.pairing.activities import activities
from projections.kit.columns import known
from tests.kit.demo_ids import BRANCH, PAIRING
from tests.kit.entries import registered_village
from tests.kit.results import BY
from tests.kit.serving import Visitor

TAG = "党员先锋行"


def held(system: System, unit: Visitor, topic: str, held_on: str, **values: str) -> str:
    """The page of an activity that the unit enters."""
    said = {"kind": "volunteering", "topic": topic, "held_on": held_on, "participants": "15"}
    answer = unit.post("/activities/record-activity", pairing_id=PAIRING, **said, **values)
    assert answer.status_code == 200, answer.text
    with system.reading() as connection:
        on = date.fromisoformat(held_on)
        of = activities.c.topic == topic, activities.c.held_on == on, activities.c.pairing_id == PAIRING
        found = connection.execute(select(activities.c.activity_id).where(known(activities, None), *of))
        return f"/activities/{found.scalars().all()[-1]}"


def told(page: str) -> tuple[int, int, int]:
    """Activities, participants and pairings of the campaign."""
    row = page.partition(f"{TAG}<")[2].partition("</tr>")[0]
    numbers = re.findall(r'class="num[^>]*>(\d+)', row)
    return int(numbers[0]), int(numbers[1]), int(numbers[3])


def test_a_campaign_adds_up_what_is_tagged_in_every_pairing_that_held_it(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    unit, office = Visitor(app, "danwei"), Visitor(app, "ducha")
    village = registered_village(system, "同办村", "丙镇", by=BY)
    start = {"branch": BRANCH, "village": village, "started_on": "2025-01-01"}
    other = str(office.post("/pairings/start-pairing", **start).url.path).rpartition("/")[2]
    before = told(office.get("/campaigns?year=2025").text)
    path = held(system, unit, "环境整治志愿服务", "2025-04-08")
    unit.post(f"{path}/describe-activity", venue="村口", tags=["members_in_the_lead"])
    assert TAG in unit.get(path).text
    assert told(office.get("/campaigns?year=2025").text) == (before[0] + 1, before[1] + 15, before[2] + 1)
    shared = unit.post(f"{path}/share-activity", pairings=[other])
    assert shared.status_code == 200
    assert "环境整治志愿服务" in unit.get(f"/pairings/{other}?year=2025").text
    assert "环境整治志愿服务" not in office.get("/likenesses?year=2025").text, (
        "both sides know that it is one"
    )
    with system.reading() as connection:
        of = known(activities, None), activities.c.pairing_id == other
        entry = connection.execute(select(activities.c.activity_id).where(*of)).scalar_one()
    assert TAG in unit.get(f"/activities/{entry}").text
    assert told(office.get("/campaigns?year=2025").text) == (before[0] + 2, before[1] + 30, before[2] + 2)
    listed = office.get("/activities?year=2025&tag=members_in_the_lead&q=环境整治").text
    assert path in listed
    unit.post(f"{path}/void-activity", because="未开展")
    assert told(office.get("/campaigns?year=2025").text) == (before[0] + 1, before[1] + 15, before[2] + 1)
    # From then on each is tagged by itself.
    unit.post(f"/activities/{entry}/describe-activity", venue="村口")
    assert told(office.get("/campaigns?year=2025").text) == before


def test_of_one_activity_that_was_entered_twice_the_office_voids_one(county: tuple[System, FastAPI]) -> None:
    system, app = county
    unit, office = Visitor(app, "danwei"), Visitor(app, "ducha")
    first = held(system, unit, "春季义务植树活动", "2025-03-11")
    second = held(system, unit, "春季义务植树", "2025-03-12")
    listed = office.get("/likenesses?year=2025").text
    step = re.search(
        r'href="(/activities/[\w-]+/judge-likeness)\?([^"]*)"', listed.partition("春季义务植树")[2]
    )
    assert step is not None and {first, second} & {step[1].removesuffix("/judge-likeness")}
    one = step[1].removesuffix("/judge-likeness")
    other = ({first, second} - {one}).pop().rpartition("/")[2]
    judged = {"other": other, "verdict": "same", "because": "同一次活动登记了两遍"}
    assert unit.post(step[1], **judged).status_code == 403
    assert office.post(step[1], **judged).status_code == 200
    assert "春季义务植树" not in office.get("/likenesses?year=2025").text
    assert "同一次活动登记了两遍" in unit.get(one).text and "已作废" in unit.get(one).text
