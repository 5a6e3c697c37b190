"""Hours and teachers of trainings in the activities ledger: a second step of the row, once, and not against the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from application.ledgers.result import ImportResult
from application.settings import Settings
from application.system import System
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.pairing.activities import activities
from projections.kit.columns import known
from tests.unit.ledgers.ledger_books import pairing, right, write_book

LECTURE: dict[str, Any] = {"kind": "专题讲座", "hours_hundredths": 1.5, "teacher": "戊某"}


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    system = build(Settings(folder=tmp_path / "data"))
    yield system
    system.close()


def imported(system: System, folder: Path, name: str, *rows: dict[str, Any]) -> ImportResult:
    (folder / name).mkdir()
    write_book(folder / name / "book.xlsx", {"pairings": [pairing()], "activities": list(rows)})
    return import_folder(system, folder / name, year=2025)


def taught(system: System) -> list[tuple[int | None, str, str]]:
    """Hours, teacher and the teacher's unit of what stands, by day."""
    c = activities.c
    query = select(c.hours_hundredths, c.teacher_ref, c.teacher_office).where(known(activities, None))
    with system.reading() as connection:
        rows = connection.execute(query.order_by(c.held_on)).all()
    names = system.vault.names({row.teacher_ref for row in rows} - {""})
    return [(row.hours_hundredths, names.get(row.teacher_ref, ""), row.teacher_office) for row in rows]


def test_hours_are_stated_once_and_may_come_later(system: System, tmp_path: Path) -> None:
    first = right("activities", **LECTURE, teacher_office="州委党校")
    second = right("activities", kind="集中培训", held_on=date(2025, 3, 2))
    assert imported(system, tmp_path, "1", first, second).refused == []
    assert taught(system) == [(150, "戊某", "州委党校"), (None, "", "")]
    again = imported(system, tmp_path, "2", first, second)
    assert (again.refused, again.events) == ([], 0)
    later = imported(system, tmp_path, "3", first, {**second, "hours_hundredths": "2 学时"})
    assert (later.refused, later.events) == ([], 1)
    assert taught(system) == [(150, "戊某", "州委党校"), (200, "", "")]


def test_other_hours_than_on_record_are_refused_at_their_cell(system: System, tmp_path: Path) -> None:
    imported(system, tmp_path, "1", right("activities", **LECTURE))
    for n, other in enumerate(({"hours_hundredths": 2}, {"teacher": "己某"}, {"teacher_office": "县委党校"})):
        differs = imported(system, tmp_path, f"differs{n}", right("activities", **{**LECTURE, **other}))
        assert [(each.column, each.code) for each in differs.refused] == [
            ("学时", "supervision.LEDGER_DIFFERS")
        ]
        assert differs.events == 0
    # An empty cell states nothing.
    silent = imported(system, tmp_path, "silent", right("activities", kind="专题讲座"))
    assert (silent.refused, silent.events) == ([], 0)
    assert taught(system) == [(150, "戊某", "")]


def test_rows_beside_a_corrected_one_state_their_hours(system: System, tmp_path: Path) -> None:
    imported(system, tmp_path, "1", right("activities"))
    corrected = imported(system, tmp_path, "2", right("activities", participants=25, correction="人数有误"))
    assert corrected.refused == []
    lecture = right(
        "activities", **LECTURE, held_on=date(2025, 3, 9), theme="另一次", reported_on=date(2025, 3, 9)
    )
    assert imported(system, tmp_path, "3", right("activities", participants=25), lecture).refused == []
    assert taught(system) == [(None, "", ""), (150, "戊某", "")]
