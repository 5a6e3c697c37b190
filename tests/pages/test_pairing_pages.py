"""Pairings as the clerks of a year have them: proposed and answered, made into the list of a year, agreed on."""

from __future__ import annotations

import re

from fastapi import FastAPI
from sqlalchemy import select

from application.system import System
from projections.boards.pairing.activities import activities
from tests.kit.demo_ids import BRANCH, PAIRING
from tests.kit.entries import registered_unit, registered_village
from tests.kit.results import BY
from tests.kit.serving import TOKEN, Visitor

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


def test_the_list_of_a_year_is_made_of_last_years_in_one_act(county: County) -> None:
    system, app = county
    office, unit = Visitor(app, "ducha"), Visitor(app, "danwei")
    year = system.today().year
    listed = office.get(f"/pairing-lists/{year}").text
    waiting = re.findall(r'name="changed" value="(pr-[\w-]+)"', listed)
    assert len(listed) < 120_000 and unit.get(f"/pairing-lists/{year}").status_code == 403
    path, first = f"/pairing-lists/{year}/reissue-pairings", waiting[0]
    chosen = office.get(f"{path}?changed={first}").text
    assert f"变动 1 对，续结 {len(waiting) - 1} 对" in chosen
    other = registered_unit(system, "接替局", by=BY)
    form = {
        "reissued_on": f"{year}-01-01",
        "renewed": str(len(waiting) - 1),
        "changes.0.pairing_id": first,
        "changes.0.change": "replace",
        "changes.0.branch": other,
        "changes.0.because": "机构改革",
    }
    came_back = office.post(path, **{**form, "changes.0.because": "", "confirmed": "yes"})
    assert came_back.status_code == 422 and "此项必填" in came_back.text and first in came_back.text
    before = system.log.position()
    made = office.post(path, **form, confirmed="yes").text
    assert "机构改革" in made and "接替局" in made and f"续结 {len(waiting) - 1} 对" in made
    # The list, its renewals, the ending and the new pairing stand together.
    assert system.log.position() - before == 1 + (len(waiting) - 1) + 2
    successor = re.search(r'href="(/pairings/pr-[\w-]+)[^"]*">接替局', made)
    assert successor is not None and office.get(successor[1]).status_code == 200
    assert office.post(path, **form, confirmed="yes").status_code == 409


def test_an_agreement_bears_its_scan_and_says_on_which_days_it_is_in_force(county: County) -> None:
    system, app = county
    office, unit = Visitor(app, "ducha"), Visitor(app, "danwei")
    village = registered_village(system, "签约村", "丙镇", by=BY)
    year = system.today().year
    start = {"branch": BRANCH, "village": village, "started_on": f"{year}-01-01"}
    path = str(office.post("/pairings/start-pairing", **start).url.path)
    page = office.get(f"{path}/sign-agreement").text
    token = TOKEN.search(page)
    assert token is not None
    form = {"csrf": token[1], "agreement_no": "签〔1〕号", "signed_on": f"{year}-01-10"}
    scan = {"files": ("协议扫描件.pdf", b"%PDF-1.4 signed", "application/pdf")}
    assert office.http.post(f"{path}/sign-agreement", data=form, files=scan).status_code == 200
    amend = {
        "amended_on": f"{year}-01-10",
        "duties": "每月到村一次",
        "ends_on": f"{year}-01-31",
        "others": "",
    }
    assert office.post(f"{path}/amend-agreement", **amend, because="").status_code == 200
    shown = unit.get(path).text
    assert "协议扫描件.pdf" in shown
    assert "协议扫描件.pdf" not in unit.get(f"/pairings/{PAIRING}").text
    for on, says in (("01-09", "尚未签订"), ("01-10", "有效"), ("01-31", "有效"), ("02-01", "已到期")):
        listed = unit.get(f"/agreements?on={year}-{on}&q=签〔1〕号").text
        assert f'">{says}' in listed and "每月到村一次" in listed, on


def test_activities_and_needs_bear_files(county: County) -> None:
    system, app = county
    unit, other = Visitor(app, "danwei"), Visitor(app, "cun")
    for path in (f"/activities/{activity_of(system)}", "/needs/XQ2025-0528"):
        page = unit.get(path).text
        action = re.search(r'action="(/attachments/\w+/[\w-]+)"', page)
        token = TOKEN.search(page)
        assert action is not None and token is not None, path
        photo = {"file": ("现场.pdf", b"%PDF-1.4 " + path.encode(), "application/pdf")}
        assert "现场.pdf" in unit.http.post(action[1], data={"csrf": token[1]}, files=photo).text
        assert "现场.pdf" in other.get(path).text


def activity_of(system: System) -> str:
    with system.reading() as connection:
        found = connection.execute(
            select(activities.c.activity_id).where(activities.c.pairing_id == PAIRING)
        ).scalar()
    return str(found)


def test_coverage_counts_targets_by_township_and_class_on_any_day(county: County) -> None:
    system, app = county
    office = Visitor(app, "ducha")
    registered_village(system, "无人结对村", "己镇", by=BY)
    today = office.get("/coverage").text
    assert "无人结对村" in today and re.search(
        r"结对覆盖 147/\d+", office.get("/coverage?on=2025-06-30").text
    )
    cell = re.search(r'href="(/villages[^"]*township=%E5%B7%B1[^"]*)"[^>]*><span[^>]*>0/1', today)
    assert cell is not None and "无人结对村" in office.get(cell[1].replace("&amp;", "&")).text
    assert Visitor(app, "danwei").get("/coverage").status_code == 403
    # Nobody was paired before the county began.
    assert re.search(r"结对覆盖 0/\d+", office.get("/coverage?on=2020-01-01").text)


def test_a_training_says_its_hours_and_who_taught_whose_name_no_record_holds(county: County) -> None:
    system, app = county
    unit, before = Visitor(app, "danwei"), system.log.position()
    training = {"kind": "training", "topic": "村务公开", "held_on": "2025-05-09", "participants": "20"}
    unit.post("/activities/record-activity", pairing_id=PAIRING, **training)
    with system.reading() as connection:
        at = select(activities.c.activity_id).where(activities.c.topic == "村务公开")
        key = connection.execute(at).scalar_one()
    taught = {"hours_hundredths": "3.5", "teacher": "甲讲师", "teacher_office": "县委党校"}
    unit.post(f"/activities/{key}/describe-training", **taught)
    shown = unit.get(f"/activities/{key}").text
    assert "3.50" in shown and shown.count("甲讲师") == 2, "in the story, and beside it"
    again = unit.get(f"/activities/{key}/describe-training").text
    assert 'value="3.50"' in again and 'value="350"' not in again, "as it is typed, not as it is held"
    assert "甲讲师" not in str(system.log.read(after=before))


def test_a_unit_fixes_its_party_day_and_sees_it_by_the_months(county: County) -> None:
    system, app = county
    unit, village = Visitor(app, "danwei"), Visitor(app, "cun")
    fixing = f"/units/{BRANCH}/fix-party-day"
    assert fixing in unit.get("/").text and fixing not in village.get("/").text
    year = system.today().year
    shown = unit.post(fixing, day_of_month="31", from_month=f"{year}-02-10")
    assert shown.url.path == "/cadence" and "固定日 31 日" in shown.text
    assert "固定日 28 日" in shown.text or "固定日 29 日" in shown.text, "February has its last day"
    assert f"/units/{BRANCH}/change-party-day" in shown.text
    assert village.post(fixing, day_of_month="1", from_month=f"{year}-02-10").status_code == 403
