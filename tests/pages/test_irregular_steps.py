"""What broke a rule of procedure is marked wherever it is shown, and the import says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi import FastAPI

from domain.kernel import ids
from interface.accounts.demo import UNIT, VILLAGE
from interface.composition import System
from interface.importing import import_folder
from tests.kit.serving import Visitor, demo_app
from tests.unit.ledgers.ledger_books import Row, right, write_book

PAIRING = ids.pairing_id(2025, ids.village_code(VILLAGE), ids.branch_code(UNIT))
SAME_PERSON: Row = {
    "finding_id": "WT2025-900",
    "unit": UNIT,
    "village": VILLAGE,
    "found_on": date(2025, 6, 1),
    "ordered_on": date(2025, 6, 3),
    "due_on": date(2025, 7, 1),
    "submitted_on": date(2025, 6, 20),
    "reinspected_on": date(2025, 6, 25),
    "inspector": "丁某",
    "reinspector": "丁某",
    "closed_on": date(2025, 6, 26),
}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, FastAPI]]:
    system, app = demo_app(tmp_path_factory.mktemp("irregular"))
    folder = tmp_path_factory.mktemp("ledgers")
    write_book(folder / "整改.xlsx", {"findings": [right("findings", **SAME_PERSON)]})
    result = import_folder(system, folder, year=2025)
    assert (result.refused, len(result.irregular)) == ([], 1)
    yield system, app
    system.close()


@pytest.mark.parametrize("path", ["/findings/WT2025-900", f"/scores/{PAIRING}", "/trail?thing=WT2025-900"])
def test_a_re_inspection_by_the_finder_is_marked_where_it_is_shown(
    county: tuple[System, FastAPI], path: str
) -> None:
    assert "复查人是原检查人" in Visitor(county[1], "kaohe").get(path).text
    separator = "&" if "?" in path else "?"
    english = Visitor(county[1], "kaohe").get(f"{path}{separator}lang=en").text
    assert "re-inspected by whoever found it" in english


def test_a_regular_finding_bears_no_mark(county: tuple[System, FastAPI]) -> None:
    page = Visitor(county[1], "kaohe").get("/findings/WT2025-001").text
    assert "不合程序" not in page
