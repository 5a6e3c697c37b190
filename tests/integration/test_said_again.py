"""Things without a number: said again in other words, or corrected in the ledger, they do not count twice in silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from interface.composition import System, build
from interface.importing import ImportResult, import_folder
from interface.settings import Settings
from projections.fact_table import facts
from tests.unit.ledgers.ledger_books import Row, pairing, right, write_book

FIELD = Path(__file__).parents[1] / "golden" / "field"


@pytest.fixture
def system(database: object, tmp_path: Path) -> Iterator[System]:
    (tmp_path / "data").mkdir()
    opened = build(Settings(folder=tmp_path / "data", database_url=getattr(database, "url", None)))
    yield opened
    opened.close()


def counted(system: System, kind: str) -> int:
    with system.reading() as connection:
        where = (facts.c.kind == kind) & facts.c.retracted_at.is_(None)
        return connection.scalar(select(func.count()).select_from(facts).where(where)) or 0


def imported(system: System, folder: Path, **rows: list[Row]) -> ImportResult:
    folder.mkdir(exist_ok=True)
    write_book(folder / "台账.xlsx", {"pairings": [pairing()], **rows})
    return import_folder(system, folder, year=2025)


def test_one_visit_in_three_punctuations_is_asked_about(system: System) -> None:
    result = import_folder(system, FIELD / "28-near-duplicates", year=2025)
    assert [(r.sheet, r.row, r.code, r.value) for r in result.refused] == [
        ("活动台账", 6, "pairing.ASKED_IF_SAME", "慰问困难户"),
        ("活动台账", 7, "pairing.ASKED_IF_SAME", "慰问困难户"),
    ]
    assert counted(system, "activity") == 3
    again = import_folder(system, FIELD / "28-near-duplicates", year=2025)
    assert (again.events, len(again.refused)) == (0, 2)


def test_the_same_activity_on_another_reporting_day_is_asked_about(system: System, tmp_path: Path) -> None:
    first, other = right("activities"), right("activities", reported_on=date(2025, 3, 9))
    result = imported(system, tmp_path / "l", activities=[first, other])
    assert [(r.row, r.code) for r in result.refused] == [(4, "pairing.ASKED_IF_SAME")]
    assert counted(system, "activity") == 1


def test_what_was_voided_may_be_recorded_anew(system: System, tmp_path: Path) -> None:
    imported(system, tmp_path / "l", activities=[right("activities")])
    (activity,) = {e.stream for e in system.log.read(limit=100) if e.event.NAME == "pairing.ActivityHeld"}
    by = next(e.by for e in system.log.read(limit=100) if e.stream == activity)
    system.services.pairings.void_activity(
        activity.removeprefix("activity-"), because="人数有误", today=system.today(), by=by
    )
    result = imported(system, tmp_path / "l", activities=[right("activities", participants=25)])
    assert (result.refused, counted(system, "activity")) == ([], 1)


OTHER = {"theme": "入户走访", "held_on": date(2025, 4, 1), "reported_on": date(2025, 4, 2)}
CORRECTED: list[tuple[str, Row, str]] = [
    ("activities", {"participants": 25}, "pairing.LEDGER_DIFFERS"),
    ("activities", {"held_on": date(2025, 3, 2)}, "pairing.LEDGER_DIFFERS"),
    ("activities", {"theme": "学习全会精神"}, "pairing.LEDGER_DIFFERS"),
    ("activities", {"kind": "集中培训"}, "pairing.LEDGER_DIFFERS"),
    ("activities", {"reported_on": date(2025, 3, 5)}, "pairing.LEDGER_DIFFERS"),
    ("cases", {"level": "州"}, "pairing.LEDGER_DIFFERS"),
    ("cases", {"published_on": date(2025, 5, 6)}, "pairing.LEDGER_DIFFERS"),
    ("meetings", {"held_on": date(2025, 9, 10)}, "pairing.LEDGER_DIFFERS"),
    ("slips", {"colour": "红"}, "pairing.LEDGER_DIFFERS"),
    ("slips", {"issued_on": date(2025, 8, 9)}, "pairing.LEDGER_DIFFERS"),
    ("circulars", {"issued_on": date(2025, 10, 2)}, "supervision.LEDGER_DIFFERS"),
]


@pytest.mark.parametrize(("key", "changes", "code"), CORRECTED)
def test_a_corrected_row_is_refused_as_differing(
    system: System, tmp_path: Path, key: str, changes: Row, code: str
) -> None:
    more = [right("activities", **OTHER)] if key == "activities" else []
    imported(system, tmp_path / "l", **{key: [right(key), *more]})
    before = system.log.position()
    result = imported(system, tmp_path / "l", **{key: [right(key, **changes), *more]})
    assert [(r.row, r.code) for r in result.refused] == [(3, code)]
    assert system.log.position() == before


def test_a_row_put_in_before_others_corrects_none_of_them(system: System, tmp_path: Path) -> None:
    rows = [right("activities"), right("activities", **OTHER)]
    imported(system, tmp_path / "l", activities=rows)
    new = right("activities", held_on=date(2025, 2, 20), theme="新增")
    result = imported(system, tmp_path / "l", activities=[new, *rows])
    assert (result.refused, counted(system, "activity")) == ([], 3)


def test_the_ledger_of_another_month_corrects_nothing(system: System, tmp_path: Path) -> None:
    rows = [right("activities"), right("activities", kind="专题讲座")]
    imported(system, tmp_path / "l", activities=rows)
    month = {"held_on": date(2025, 4, 1), "reported_on": date(2025, 4, 3)}
    result = imported(system, tmp_path / "l", activities=[row | month for row in rows])
    assert (result.refused, counted(system, "activity")) == ([], 4)
