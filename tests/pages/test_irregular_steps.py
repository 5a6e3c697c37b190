"""What broke a rule of procedure is marked wherever it is shown, and the import says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from application.system import System
from domain.supervision.events import FindingReinspected
from interface.demo.accounts import UNIT, VILLAGE
from interface.ledgers.importing import import_folder
from projections.boards.findings import findings
from projections.facts.fact_table import facts
from tests.kit.demo_ids import PAIRING
from tests.kit.numbers import finding_id
from tests.kit.serving import Visitor, demo_app
from tests.unit.ledgers.ledger_books import Row, right, write_book

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


def test_an_assessor_strikes_the_step_and_it_counts_no_more(county: tuple[System, FastAPI]) -> None:
    system, app = county
    about = finding_id(system, "WT2025-900")
    finding, score = f"/findings/{about}", f"/scores/{PAIRING}"
    (step,) = [
        each
        for each in system.log.named(FindingReinspected.NAME)
        if isinstance(each.event, FindingReinspected) and each.event.irregular
    ]
    assessor, before = Visitor(app, "kaohe"), system.log.position()
    assert "剔除该环节" in assessor.get(finding).text
    shown = assessor.get(score).text
    for other in "ducha", "danwei", "cun", "fuhe", "shenji":
        refused = Visitor(app, other).post(f"{finding}/strike-step", record=str(step.position), because="x")
        assert refused.status_code == 403, other
    path = f"{finding}/strike-step"
    assert assessor.post(path, record=str(step.position), because="").status_code == 422
    assert assessor.post(path, record="1", because="x").status_code == 404
    assert assessor.post(path, record=str(step.position + 1), because="误").status_code == 409
    assert system.log.position() == before
    page = assessor.post(path, record=str(step.position), because="检查人自行复查").text
    assert "已剔除：检查人自行复查" in page and "剔除该环节" not in page
    assert system.log.position() == before + 1
    with system.reading() as connection:
        row = connection.execute(
            select(findings.c.status, findings.c.passed, findings.c.closed_on).where(
                findings.c.finding_id == about, findings.c.known_to.is_(None)
            )
        ).one()
        counted = connection.execute(
            select(facts.c.kind).where(facts.c.reference == about, facts.c.retracted_at.is_(None))
        ).scalars()
        assert set(counted) == {"finding_raised", "finding_due", "finding_submitted"}
    assert tuple(row) == ("submitted", None, None)
    assert assessor.get(score).text != shown
    assert assessor.get(f"{score}?at={before}").status_code == 200
    assert "剔除 WT2025-900" in assessor.get("/trail?thing=WT2025-900").text
    assert assessor.post(path, record=str(step.position), because="再剔").status_code == 409
    assert system.runner.check() == []
