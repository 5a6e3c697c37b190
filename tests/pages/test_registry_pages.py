"""Units, villages and pairings are changed at pages that are made from the verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from application.look import look_of
from application.system import System
from application.things import NEED, PAIRING, VILLAGE
from tests.kit.demo_ids import BRANCH, VILLAGE_ID
from tests.kit.demo_ids import PAIRING as OWN
from tests.kit.serving import Visitor, demo_app


@pytest.fixture
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    system, app = demo_app(tmp_path_factory.mktemp("registry"))
    yield system, app
    system.close()


def key_of(address: object) -> str:
    return str(address).rpartition("/")[2].partition("?")[0]


def test_a_village_is_renamed_merged_and_not_changed_any_more(county: tuple[System, FastAPI]) -> None:
    system, app = county
    office, reader = Visitor(app, "ducha"), Visitor(app, "kaohe")
    renamed = office.post(f"/villages/{VILLAGE_ID}/rename-village", name="南溪新村", renamed_on="2026-01-01")
    assert renamed.status_code == 200 and "村（社区）已更名" in renamed.text and "南溪新村" in renamed.text
    other = office.post("/villages/register-village", name="大村", kind="village", township="青山镇")
    into = key_of(other.url)
    merged = office.post(f"/villages/{VILLAGE_ID}/merge-village", into=into, merged_on="2026-02-01")
    assert merged.status_code == 200
    assert VILLAGE.state(look_of(system), VILLAGE_ID).merged_into == into
    again = office.post(f"/villages/{VILLAGE_ID}/rename-village", name="某村", renamed_on="2026-03-01")
    assert again.status_code == 409 and 'value="某村"' in again.text, "what was entered is kept"
    assert "大村" in reader.get("/villages?q=大村").text
    assert reader.get(f"/villages/{VILLAGE_ID}/rename-village").status_code == 403
    assert office.get("/villages/v-none").status_code == 404


def test_another_unit_takes_a_village_over_and_the_need_is_matched_by_it(
    county: tuple[System, FastAPI],
) -> None:
    system, app = county
    office, village = Visitor(app, "ducha"), Visitor(app, "cun")
    unit = office.post(
        "/units/register-branch",
        unit_name="新局",
        branch_name="新局党支部",
        level="county",
        unit_class="agency",
    )
    form = {"branch": key_of(unit.url), "replaced_on": "2026-01-01", "because": "调整"}
    assert office.post(f"/pairings/{OWN}/replace-pairing", **form).status_code == 200
    assert str(PAIRING.state(look_of(system), OWN).ended_on) == "2025-12-31"
    listed = office.get("/pairings?year=2026&q=新局").text
    assert "<td>新局<" in listed
    new = {"number": "XQ2026-901", "village": VILLAGE_ID, "category": "industry", "content": "修路"}
    raised = village.post("/needs/raise-need", **new, raised_on="2025-12-01", pairing_id=OWN)
    assert raised.status_code == 200 and "修路" in raised.text
    need = next(
        each.stream for each in reversed(system.log.read(limit=9999)) if each.stream.startswith("need-")
    )
    key = need.removeprefix("need-")
    answer = office.post(f"/needs/{key}/match-need", pairing_id=OWN, matched_on="2025-12-02")
    assert answer.status_code == 200 and NEED.state(look_of(system), key).branch == BRANCH


def test_what_is_stated_about_a_pairing_is_listed_and_corrected_from_there(
    county: tuple[System, FastAPI],
) -> None:
    office, clerk = Visitor(county[1], "ducha"), Visitor(county[1], "danwei")
    slip = {"pairing_id": OWN, "colour": "orange", "issued_on": "2025-06-01"}
    assert office.post("/slips/issue-slip", **slip).status_code == 200
    listed = office.get("/slips?year=2025&colour=orange").text
    corrected = re.search(r"/slips/[^/\"]+/correct-slip", listed)
    assert corrected and office.get(corrected[0]).status_code == 200
    assert f"/pairings/{OWN}" in clerk.get("/slips?year=2025").text
    assert "correct-slip" not in clerk.get("/slips?year=2025").text
    assert f"/pairings/{OWN}" not in office.get("/slips?year=2025&colour=red").text
    assert all(clerk.get(f"/{each}?year=2025").status_code == 200 for each in ("circulars", "cases"))
