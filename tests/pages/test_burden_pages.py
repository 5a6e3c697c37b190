"""What a village bears is counted as it is asked for, and said before more is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from fastapi import FastAPI

from application.actors.actor import Actor
from application.question import ask, typed
from application.questions.answers.burdens import BurdenOfMonth, list_burdens
from application.system import System
from domain.account.role import Role
from tests.kit.demo_ids import PAIRING, VILLAGE_ID
from tests.kit.serving import Visitor

CLERK = Actor(
    username="cun",
    person="",
    display_name="",
    office="",
    role=Role.VILLAGE_CLERK,
    village=VILLAGE_ID,
)


def borne(system: System, year: int, month: int, known_at: int | None = None) -> BurdenOfMonth:
    stated = {**typed(list_burdens, {"year": str(year)}, system.today()), "known_at": known_at}
    answer = ask(system, list_burdens, CLERK, "", stated)
    (row,) = answer.rows
    assert row.village == VILLAGE_ID
    return row.months[month - 1]


def held(unit: Visitor, day: date, topic: str) -> str:
    said: Mapping[str, str] = {
        "pairing_id": PAIRING,
        "kind": "forum",
        "topic": topic,
        "held_on": day.isoformat(),
        "participants": "9",
        "persons_visited": "",
    }
    made = unit.post("/activities/record-activity", **said)
    found = re.search(r"of=(a-[0-9a-f]+)", str(made.url))
    assert found is not None, made.text
    return found[1]


def test_what_is_asked_and_done_is_counted_and_what_was_not_so_is_not(county: tuple[System, FastAPI]) -> None:
    system, app = county
    unit, village = Visitor(app, "danwei"), Visitor(app, "cun")
    day = system.today()
    before = borne(system, day.year, day.month)
    activity = held(unit, day, "院坝会")
    after = borne(system, day.year, day.month)
    assert (after.activities, after.requests) == (before.activities + 1, before.requests + 1)
    village.post(f"/activities/{activity}/dispute-activity", because="人数不符")
    disputed = borne(system, day.year, day.month)
    assert disputed.entries == after.entries + 1, "the reason that she gave"
    unit.post(f"/activities/{activity}/void-activity", because="误报")
    voided = borne(system, day.year, day.month)
    assert (voided.activities, voided.requests, voided.entries) == (
        before.activities,
        before.requests,
        disputed.entries,
    )


def test_what_other_lists_hold_is_counted_from_these_as_it_stood(county: tuple[System, FastAPI]) -> None:
    system, app = county
    unit, office = Visitor(app, "danwei"), Visitor(app, "ducha")
    day = system.today()
    earlier = day.replace(day=1) - timedelta(days=1)
    before, then = borne(system, day.year, day.month), borne(system, earlier.year, earlier.month)
    activity = held(unit, day, "清扫村道")
    slip = {"pairing_id": PAIRING, "colour": "blue", "issued_on": day.isoformat()}
    issued = re.search(r"of=(s-[0-9a-f]+)", str(office.post("/slips/issue-slip", **slip).url))
    assert issued is not None
    position = system.log.position()
    right = {"kind": "forum", "topic": "清扫村道", "held_on": earlier.isoformat(), "participants": "9"}
    unit.post(f"/activities/{activity}/correct-activity", **right, persons_visited="", because="日期有误")
    assert borne(system, earlier.year, earlier.month).activities == then.activities + 1
    after = borne(system, day.year, day.month)
    assert after.activities == before.activities, "it was held in another month"
    assert after.requests == before.requests + 2, (
        "the village was asked all the same, and has a slip to answer"
    )
    office.post(f"/slips/{issued[1]}/void-slip", because="误发")
    assert borne(system, day.year, day.month).requests == before.requests + 1
    as_it_stood = borne(system, day.year, day.month, position)
    assert (as_it_stood.activities, as_it_stood.requests) == (before.activities + 1, before.requests + 2)


def test_before_more_is_asked_the_form_says_what_there_is_already(county: tuple[System, FastAPI]) -> None:
    system, app = county
    leader, office, unit, village = (Visitor(app, name) for name in ("lianban", "ducha", "danwei", "cun"))
    day = system.today()
    form = "/slips/issue-slip"
    stated = f"{form}?pairing_id={PAIRING}"
    held(unit, day, "清扫村道")
    assert "限额" not in office.get(stated).text
    path = f"/burden/{day:%Y-%m}/set-burden-limit"
    most = {"visits": "", "requests": "1", "entries": "", "uploads": "", "because": "为基层减负"}
    assert office.post(path, **most).status_code == 403
    leader.post(path, **most)
    for address in (stated, form):
        assert "确有必要的仍可办理" in office.get(address).text, address
    assert "确有必要的仍可办理" in unit.get("/activities/record-activity").text, (
        "the village is to confirm it"
    )
    # It warns and never hinders.
    said = {"pairing_id": PAIRING, "colour": "blue", "issued_on": day.isoformat()}
    assert "确有必要" not in office.post(form, **said).text
    assert borne(system, day.year, day.month).beyond
    shown = village.get(f"/burden?year={day.year}").text
    assert "超过限额" in shown
    listed = office.get(f"/burden/export?format=csv&year={day.year}").text.splitlines()
    assert any(f"{day:%Y-%m}" in line and "要求" in line for line in listed[1:])
    assert "村级负担" in office.get(f"/villages/{VILLAGE_ID}").text


@pytest.mark.parametrize(("path", "most"), [("/burden?year=2025", 25), ("/matrix?year=2025", 50)])
def test_a_page_of_large_rows_is_no_longer_than_it_may_weigh(
    county: tuple[System, FastAPI], path: str, most: int
) -> None:
    _, app = county
    page = Visitor(app, "kaohe").get(f"{path}&limit=100").text
    body = page.split("<tbody>")[-1].split("</tbody>")[0]
    assert body.count("<tr") == most
