"""Days that cannot be, stated by a ledger: refused row by row with the cell and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from application.settings import Settings
from application.system import System
from domain.livelihood import clauses as livelihood_clauses
from domain.pairing import clauses as pairing_clauses
from domain.supervision import clauses as supervision_clauses
from interface.composition import build
from interface.ledgers.importing import import_folder
from tests.unit.ledgers.ledger_books import Row, header, pairing, right, write_book

FIELD = Path(__file__).parents[1] / "golden" / "field"


def now() -> datetime:
    return datetime(2026, 5, 1, 4, tzinfo=UTC)


@pytest.fixture
def system(database: object, tmp_path: Path) -> Iterator[System]:
    (tmp_path / "data").mkdir()
    settings = Settings(folder=tmp_path / "data", database_url=getattr(database, "url", None))
    opened = build(settings, clock=now)
    yield opened
    opened.close()


def test_what_a_ledger_states_of_the_future_is_refused_like_a_finding(system: System) -> None:
    result = import_folder(system, FIELD / "42-future", year=2025)
    assert {(r.sheet, r.row, r.column, r.code.split(".")[1]) for r in result.refused} == {
        ("活动台账", 5, "日期", "NOT_IN_THE_FUTURE"),
        ("问题整改台账", 4, "检查日期", "NOT_IN_THE_FUTURE"),
        ("典型案例", 3, "刊发日期", "NOT_IN_THE_FUTURE"),
        ("现场会", 3, "日期", "NOT_IN_THE_FUTURE"),
        ("通报", 4, "日期", "NOT_IN_THE_FUTURE"),
        ("督查单", 3, "日期", "NOT_IN_THE_FUTURE"),
    }


BEFORE = date(2024, 12, 31)
OUTSIDE: list[tuple[str, Row, str, str]] = [
    ("activities", {"held_on": BEFORE}, "held_on", pairing_clauses.NOT_BEFORE_ITS_START.id),
    ("cases", {"published_on": BEFORE}, "published_on", pairing_clauses.NOT_BEFORE_ITS_START.id),
    ("meetings", {"held_on": BEFORE}, "held_on", pairing_clauses.NOT_BEFORE_ITS_START.id),
    ("findings", {"found_on": BEFORE}, "found_on", supervision_clauses.WITHIN_ITS_PAIRING.id),
    ("slips", {"issued_on": BEFORE}, "issued_on", supervision_clauses.WITHIN_ITS_PAIRING.id),
    ("circulars", {"issued_on": BEFORE}, "issued_on", supervision_clauses.WITHIN_ITS_PAIRING.id),
    ("projects", {"began_on": BEFORE}, "began_on", livelihood_clauses.WITHIN_ITS_PAIRING.id),
    ("post_changes", {"began_on": BEFORE}, "began_on", pairing_clauses.NOT_BEFORE_ITS_START.id),
]
LATER: list[tuple[str, Row, str, str]] = [
    ("needs", {"met_on": date(2027, 1, 1)}, "met_on", livelihood_clauses.NOT_IN_THE_FUTURE.id),
    ("needs", {"raised_on": BEFORE, "matched_on": BEFORE}, "matched_on", "livelihood.WITHIN_ITS_PAIRING"),
    ("projects", {"completed_on": date(2027, 1, 1)}, "completed_on", "livelihood.NOT_IN_THE_FUTURE"),
    ("findings", {"submitted_on": date(2027, 1, 1)}, "submitted_on", "supervision.NOT_IN_THE_FUTURE"),
    ("post_changes", {"ended_on": date(2027, 1, 1)}, "ended_on", pairing_clauses.NOT_IN_THE_FUTURE.id),
]


@pytest.mark.parametrize(("key", "changes", "field", "clause"), OUTSIDE + LATER)
def test_a_day_outside_the_pairing_or_yet_to_come_is_refused(
    system: System, tmp_path: Path, key: str, changes: Row, field: str, clause: str
) -> None:
    later = [
        name for name in ("confirmed_on", "rating", "accepted_on", "reinspected_on") if name in right(key)
    ]
    later += [name for name in ("reinspector", "reinspection", "closed_on") if name in right(key)]
    row = right(key, **dict.fromkeys(later), **changes)
    folder = tmp_path / "ledgers"
    folder.mkdir()
    before = pairing(part_time_secretary_ended_on=date(2025, 7, 1))
    write_book(folder / "台账.xlsx", {"pairings": [before], key: [row]})
    result = import_folder(system, folder, year=2025)
    assert [(r.row, r.column, r.code) for r in result.refused] == [(3, header(key, field), clause)]
    assert result.partly == ((key, changes, field, clause) in LATER)
