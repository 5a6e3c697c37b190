"""A township's office sees the published results of its own villages: no others, none that is not public, and no unit's total."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from typing import Any

import pytest
from argon2 import PasswordHasher
from openpyxl import load_workbook
from sqlalchemy import select

from application.stores.accounts.keeping import accounts_of
from application.system import System
from interface.demo.accounts import TOWNSHIP
from interface.serving.server import create_server
from interface.web.app import create_app
from projections.boards.assessment.runs import runs
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.names import villages_of_township
from projections.kit.columns import known
from tests.kit.lived import lived
from tests.kit.scripts import Api
from tests.kit.serving import Visitor

WHO = "xiangzhen"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class County:
    """The lived county, by its runs and its villages."""

    def __init__(self, system: System, api: Api) -> None:
        self.system, self.script = system, api.script(WHO)
        self.app = create_app(system, api.accounts)
        self.office, self.assessor = Visitor(self.app, WHO), Visitor(self.app, "kaohe")
        with system.reading() as connection:
            self.mine = villages_of_township(connection, TOWNSHIP, system.today())
            self.runs = connection.execute(select(runs).where(known(runs, None))).all()
            self.village_of = {
                row.pairing_id: row.village
                for row in connection.execute(select(pairings).where(known(pairings, None)))
            }

    @property
    def public(self) -> str:
        return str(next(row.run_id for row in self.runs if row.published_on is not None))

    def rows(self, run: str, **query: Any) -> list[dict[str, Any]]:
        answer = self.script.get(f"/runs/{run}/results", limit=200, **query)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["rows"])


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    system = lived(tmp_path_factory.mktemp("county"))
    with closing(accounts_of(system, QUICK)) as accounts:
        yield County(system, Api(system, accounts, create_server(system, accounts)))
    system.close()


def test_the_results_of_the_own_villages_are_shown_and_no_others(county: County) -> None:
    rows = county.rows(county.public)
    # Not every village of a township is paired in every year.
    assert len(rows) > 3 and {each["village"] for each in rows} <= county.mine
    whole = county.assessor.get(f"/runs/{county.public}/export").content
    sheet = load_workbook(BytesIO(whole)).active
    assert sheet is not None and sheet.max_row > 100
    own = load_workbook(BytesIO(county.office.get(f"/runs/{county.public}/export").content)).active
    assert own is not None and own.max_row == len(rows) + 1
    page = county.office.get(f"/results?run={county.public}")
    assert page.status_code == 200 and f"共 {len(rows)} 对结对" in page.text
    for each in rows:
        assert f"/scores/{each['pairing_id']}?" in page.text
    others = {pairing for pairing, village in county.village_of.items() if village not in county.mine}
    assert others and not any(f"/scores/{each}?" in page.text for each in others)
    sheets = {county.office.get(f"/scores/{each['pairing_id']}?year=2025").status_code for each in rows}
    assert sheets == {200}


def test_neither_a_units_total_nor_how_many_have_a_grade_in_the_county_is_told(county: County) -> None:
    answer = county.script.get(f"/runs/{county.public}/results", limit=200).json()
    assert {each["unit_points"] for each in answer["rows"]} == {None}
    assert answer["every"] == sum(each["count"] for each in answer["grades"]) == len(answer["rows"])
    page = county.office.get(f"/results?run={county.public}").text
    assert "单位得分" not in page and "通知书" not in page
    assert county.office.get(f"/documents/notice/{county.public}/x").status_code == 403


def test_what_is_not_public_is_not_there(county: County) -> None:
    kept = [row.run_id for row in county.runs if row.published_on is None]
    assert kept, "a run that waits for somebody's signature"
    listed = county.script.get("/runs", year=2025).json()["rows"]
    assert listed and {each["run_id"] for each in listed}.isdisjoint(kept)
    for run in kept:
        assert county.script.get(f"/runs/{run}/results").status_code == 404
        for address in (f"/results?run={run}", f"/runs/{run}/export"):
            assert county.office.get(address).status_code == 404, address
    first = min(row.known_from for row in county.runs if row.published_on is not None)
    before = county.script.get(f"/runs/{county.public}/results", known_at=first - 1)
    assert before.status_code == 404, "nor was it on an earlier day"
    assert county.office.get("/runs").status_code == county.office.get("/ranking").status_code == 403


def test_results_follow_a_village_that_is_moved(county: County) -> None:
    rows = county.rows(county.public)
    gone = rows[0]["village"]
    today = county.system.today().isoformat()
    moved = {"township": "他处镇", "moved_on": today, "because": "区划调整"}
    Visitor(county.app, "ducha").post(f"/villages/{gone}/move-village", **moved)
    left = county.rows(county.public)
    assert {each["village"] for each in left} == {each["village"] for each in rows} - {gone}
