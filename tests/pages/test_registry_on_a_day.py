"""Who was where on any day: units, villages and pairings as they were then."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from application.system import System
from tests.kit.demo_ids import BRANCH, VILLAGE_ID
from tests.kit.demo_ids import PAIRING as OWN
from tests.kit.serving import Visitor, demo_app

BEFORE, SINCE = "2025-09-30", "2025-10-01"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    system, app = demo_app(tmp_path_factory.mktemp("days"))
    office = Visitor(app, "ducha")
    for path, form in (
        (f"/villages/{VILLAGE_ID}/rename-village", {"name": "南溪新村", "renamed_on": SINCE}),
        (f"/villages/{VILLAGE_ID}/move-village", {"township": "新划镇", "moved_on": SINCE}),
        (f"/villages/{VILLAGE_ID}/reclassify-village", {"kind": "community", "reclassified_on": SINCE}),
        (
            f"/units/{BRANCH}/split-branch",
            {
                "split_on": SINCE,
                "because": "机构改革",
                "parts.0.unit_name": "水产局",
                "parts.0.branch_name": "水产局党支部",
                "moves.0.pairing_id": OWN,
                "moves.0.part": "1",
            },
        ),
    ):
        assert office.post(path, **form).status_code == 200, path
    yield system, app
    system.close()


@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_names_townships_and_classes_are_those_of_the_day(county: tuple[System, FastAPI], day: str) -> None:
    office, then = Visitor(county[1], "kaohe"), day == BEFORE
    one = office.get(f"/villages/{VILLAGE_ID}?on={day}").text
    assert f"显示的是 {day}" in one
    assert ("<h1>南溪村</h1>" in one, "<h1>南溪新村</h1>" in one) == (then, not then)
    assert ("<dd>行政村</dd>" in one, "<dd>社区</dd>" in one) == (then, not then)
    assert ("<dd>新划镇</dd>" in one) is not then
    listed = office.get(f"/villages?on={day}&q=南溪").text
    assert (">南溪新村</a>" in listed) is not then
    assert ("还没有登记" in office.get(f"/units?on={day}&q=水产局").text) is False
    found = office.get(f"/units?on={day}&q=水产局").text
    assert (">水产局</a>" in found) is not then, "there since the split"


@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_pairings_and_posts_are_those_of_the_day(county: tuple[System, FastAPI], day: str) -> None:
    office, then = Visitor(county[1], "kaohe"), day == BEFORE
    one = office.get(f"/villages/{VILLAGE_ID}?on={day}").text
    assert ("× 云州法院</a>" in one, "× 水产局</a>" in one) == (then, not then)
    assert "兼职书记" in one and "特邀委员" in one, "the posts went along"
    listed = office.get(f"/pairings?on={day}&q=南溪").text
    assert ("<td>云州法院<" in listed, "<td>水产局<" in listed) == (then, not then)
    assert f"显示的是 {day}" in listed


def test_what_is_no_day_is_said_so_and_nobody_was_there_before(county: tuple[System, FastAPI]) -> None:
    office = Visitor(county[1], "kaohe")
    assert office.get("/units?on=昨天").status_code == 422
    answer = office.get(f"/villages/{VILLAGE_ID}?on={SINCE}").text
    assert "rename-village" not in answer, "nothing is done on a page of another day"
