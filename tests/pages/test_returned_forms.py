"""Forms that come back: what can be sent again, what is marked, and that things are called as people know them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from application.system import System
from application.things import key_of_sheet
from interface.demo.accounts import VILLAGE
from tests.kit.databases import DatabaseCase
from tests.kit.demo_ids import PAIRING
from tests.kit.manual_scheme import manual_scheme
from tests.kit.prepared import prepared
from tests.kit.serving import Visitor, app_of
from tests.kit.yearend import run_named

SHEET = f"/score-sheets/{key_of_sheet(2025, PAIRING)}"
ONCE = "/evidence-items/review-evidence"
Served = tuple[System, FastAPI]


@pytest.fixture(scope="module")
def year_end(module_database: DatabaseCase) -> Iterator[Served]:
    """The county under a scheme that asks for everything that people can enter."""
    system = prepared(module_database.folder, module_database.url, scheme=manual_scheme(), year=2025)
    yield system, app_of(system)
    system.close()


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


def control(page: str, name: str) -> str:
    """The tag of a form's control."""
    found = re.search(rf'<(?:input|select|textarea)[^>]* name="{re.escape(name)}"[^>]*>', page)
    assert found is not None, name
    return found[0]


def line(place: int, code: str, points: str, **more: str) -> dict[str, str]:
    """A line of the form of own scores."""
    stated = {"indicator": code, "points_hundredths": points, "note": "", **more}
    return {f"scores.{place}.{column}": value for column, value in stated.items()}


def row(page: str, code: str) -> str:
    return page.split(f'<tr id="{code}">')[1].split("</tr>")[0]


def test_a_browser_can_send_a_table_with_spare_rows(year_end: Served) -> None:
    assessor = Visitor(year_end[1], "kaohe")
    page = main_of(assessor.get(f"{SHEET}/record-survey").text)
    assert "required" not in control(page, "options.0.option") + control(page, "options.2.count")
    half = {"indicator": "A3", "options.0.option": "satisfied", "options.0.count": "x"}
    page = main_of(assessor.post(f"{SHEET}/record-survey", **half).text)
    assert "required" in control(page, "options.0.count"), "what was begun is to be completed"
    assert "required" not in control(page, "options.1.option")


def test_what_is_wrong_with_a_whole_table_is_said_above_its_lines(year_end: Served) -> None:
    clerk = Visitor(year_end[1], "danwei")
    empty = clerk.post(f"{SHEET}/self-score", **line(0, "A3", ""))
    assert empty.status_code == 422 and 'id="fault-scores"' in empty.text and "此项必填" in empty.text
    twice = clerk.post(f"{SHEET}/self-score", **line(0, "A3", "1"), **line(1, "A3", "2"))
    assert twice.status_code == 422 and "“A3”出现了两次" in twice.text
    other = clerk.post(f"{SHEET}/self-score", **line(0, "Z9", "八"))
    assert other.status_code == 422 and "“八”不是分值" in other.text, "a line that is not on the page"


def test_a_recorded_score_is_changed_but_not_emptied_without_a_word(year_end: Served) -> None:
    system, app = year_end
    clerk = Visitor(app, "danwei")
    page = clerk.post(f"{SHEET}/self-score", **line(0, "A3", "9")).text
    (mark,) = re.findall(r'name="(scores\.\d+\.stood)"', row(page, "A3"))
    assert ".stood" not in row(page, "B1"), "nothing is recorded there yet"
    before = system.log.position()
    place = int(mark.split(".")[1])
    emptied = clerk.post(f"{SHEET}/self-score", **line(place, "A3", "", stood="1"), **line(99, "B1", "1"))
    assert emptied.status_code == 422 and system.log.position() == before
    cell = row(emptied.text, "A3")
    assert "此项必填" in cell and "不能清空" in cell and 'value="9.00"' not in cell


def test_what_the_address_states_wrongly_can_be_entered(year_end: Served) -> None:
    approver = Visitor(year_end[1], "lianban")
    path = "/results/2025/exclude-pairing"
    assert 'name="pairing_id"' in approver.get(f"{path}?pairing_id=").text, "nothing is stated"
    told = main_of(approver.get(f"{path}?pairing_id={PAIRING}").text)
    assert 'name="pairing_id"' not in told and VILLAGE in told
    for query, fault in (
        (f"pairing_id={PAIRING}&pairing_id=B", "只能填一个值"),
        ("pairing_id=", "此项必填"),
        ("pairing_id=" + "x" * 300, "最多 200 字"),
    ):
        back = approver.post(f"{path}?{query}", because="无", basis="无")
        assert back.status_code == 422
        assert 'name="pairing_id"' in back.text and fault in back.text
        assert f'action="{path}"' in back.text, "what was wrong is not stated again"


def test_ballots_come_back_with_their_groups_and_their_indicator(year_end: Served) -> None:
    assessor = Visitor(year_end[1], "kaohe")
    sheet = assessor.get(f"/verification/{PAIRING}?year=2025").text
    address = f"{SHEET}/record-ratings?indicator=S2"
    assert f'action="{address}"' in sheet
    rate = {"group": "leaders", "invited": "3", "ballots": "x", "rated_on": "2025-12-01", "because": ""}
    back = main_of(assessor.post(address, **rate).text)
    assert control(back, "group").startswith("<select") and 'value="leaders" selected' in back
    assert 'name="indicator"' not in back and "<dd>S2</dd>" in back
    count = {"options.0.option": "satisfied", "options.0.count": "x", "survey_id": "C"}
    back = main_of(assessor.post(f"{SHEET}/record-survey?indicator=S3", **count).text)
    assert control(back, "options.0.option").startswith("<select") and "<dd>S3</dd>" in back


def test_things_are_called_by_their_names_where_something_is_refused(year_end: Served) -> None:
    assessor = Visitor(year_end[1], "kaohe")
    title = re.findall(r'<p class="about"><a [^>]*>(.*?)</a>', assessor.get(f"{SHEET}/record-ratings").text)[
        0
    ]
    assert VILLAGE in title and PAIRING not in title
    excluded = {"pairing_id": PAIRING, "because": "无", "basis": "无"}
    approver = Visitor(year_end[1], "lianban")
    assert approver.post("/results/2025/exclude-pairing", **excluded).status_code == 200
    again = approver.post("/results/2025/exclude-pairing", **excluded)
    alert = again.text.split('role="alert"')[1].split("</div>")[0]
    assert again.status_code == 409 and VILLAGE in alert and PAIRING not in alert
    missing = assessor.get(f"/findings/{PAIRING}")
    assert missing.status_code == 404 and PAIRING not in main_of(missing.text)


def test_a_form_for_many_that_is_refused_keeps_every_one(year_end: Served) -> None:
    assessor = Visitor(year_end[1], "kaohe")
    chosen: dict[str, str | list[str]] = {"key": ["7", "8"], "verdict": "accepted", "year": "2025"}
    back = assessor.post(ONCE, **chosen, because="坏\x01字")
    assert back.status_code == 422
    assert re.findall(r'name="key" value="(\d+)"', back.text) == ["7", "8"]


def test_where_none_of_many_is_done_it_is_said_that_nothing_was_recorded(year_end: Served) -> None:
    system, app = year_end
    assessor = Visitor(app, "kaohe")
    before = system.log.position()
    chosen: dict[str, str | list[str]] = {"key": ["1", "2"], "verdict": "accepted", "year": "2025"}
    back = assessor.post(ONCE, **chosen)
    assert back.status_code == 409 and system.log.position() == before
    assert "其余已经办理" not in back.text and "没有任何内容被记录。" in back.text
    assert '<input type="hidden" name="year" value="2025">' in back.text, "the year is not asked for again"
    assert '<input type="hidden" name="year"' not in assessor.post(ONCE, **{**chosen, "year": "x"}).text


def test_whoever_has_chosen_nothing_chooses_yet_and_writes_nothing_again(year_end: Served) -> None:
    assessor = Visitor(year_end[1], "kaohe")
    form: dict[str, str | list[str]] = {"offered": ["1", "2"], "verdict": "rejected", "because": "缺签到表"}
    back = main_of(assessor.post(ONCE, **form).text)
    assert "请先选择要办理的事项" in back and "缺签到表" in back
    assert re.findall(r'name="key" value="(\d)">', back) == ["1", "2"], "offered, and none of them ticked"


def test_nothing_is_decided_on_many_in_the_past(year_end: Served) -> None:
    then = Visitor(year_end[1], "kaohe").get(f"{ONCE}?at=9&key=7")
    assert then.status_code == 200 and 'method="post"' not in main_of(then.text)


def test_a_page_that_is_not_there_for_a_reader_does_not_tell_that_it_is_there(year_end: Served) -> None:
    system, app = year_end
    frozen = Visitor(app, "kaohe").post("/results/2025/freeze-run", acknowledged="1", because="年终核定")
    assert frozen.status_code == 200
    run = run_named(system, "2025-1")
    hidden = Visitor(app, "danwei").get(f"/runs/{run}/grades")
    assert hidden.status_code in (403, 404) and "2025-1" not in main_of(hidden.text)
    unopened = Visitor(app, "danwei").get(f"/notice/{run}")
    assert unopened.status_code == 404 and "2025-1" not in main_of(unopened.text)
