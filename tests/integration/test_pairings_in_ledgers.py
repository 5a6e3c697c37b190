"""Pairings as ledgers state them: ended and begun again, in any order of rows, files and years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import select

from application.ledgers.result import ImportResult
from application.settings import Settings
from application.system import System
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.pairing.pairings import pairings
from projections.kit.columns import known
from tests.unit.ledgers.ledger_books import Row, pairing, right, write_book

NOBODY = {
    f"{post}{what}": None
    for post in ("part_time_secretary", "invited_member")
    for what in ("", "_began_on", "_ended_on")
} | {"agreement_number": None, "agreement_signed_on": None}
FIRST = pairing(paired_on=date(2025, 1, 1), ended_on=date(2025, 3, 31), end_reason="调整", **NOBODY)
SECOND = pairing(paired_on=date(2025, 7, 1), **NOBODY)
NEXT_YEAR = SECOND | {"paired_on": date(2026, 3, 1)}


@pytest.fixture
def system(database: object, tmp_path: Path) -> Iterator[System]:
    (tmp_path / "data").mkdir()
    opened = build(Settings(folder=tmp_path / "data", database_url=getattr(database, "url", None)))
    yield opened
    assert opened.runner.check() == []
    opened.close()


def imported(system: System, folder: Path, year: int, **rows: list[Row]) -> ImportResult:
    folder.mkdir(exist_ok=True)
    write_book(folder / "台账.xlsx", rows)
    return import_folder(system, folder, year=year)


def days(system: System) -> list[tuple[str, str]]:
    """The first and the last day of each pairing; a dash while it lasts."""
    c = pairings.c
    with system.reading() as connection:
        query = select(c.started_on, c.ended_on).where(known(pairings, None)).order_by(c.started_on)
        return [(str(start), str(end or "-")) for start, end in connection.execute(query)]


@pytest.mark.parametrize("rows", [*permutations([FIRST, SECOND])])
def test_a_pairing_ended_and_begun_again_in_a_year_is_two(
    system: System, tmp_path: Path, rows: tuple[Row, Row]
) -> None:
    held = [right("activities", held_on=on, reported_on=on) for on in (date(2025, 3, 1), date(2025, 8, 1))]
    for events in (True, False):
        result = imported(system, tmp_path / "l", 2025, pairings=list(rows), activities=held)
        assert (result.refused, result.asked, bool(result.events)) == ([], [], events)
        assert days(system) == [("2025-01-01", "2025-03-31"), ("2025-07-01", "-")]


def test_one_couple_cannot_be_paired_twice_on_one_day(system: System, tmp_path: Path) -> None:
    twice = SECOND | {"paired_on": date(2025, 3, 31)}
    result = imported(system, tmp_path / "l", 2025, pairings=[FIRST, twice])
    assert [(each.row, each.code) for each in result.refused] == [(4, "duplicate")]


@pytest.mark.parametrize("years", [*permutations([(2025, FIRST), (2026, NEXT_YEAR)])])
def test_a_pairing_that_ended_before_the_next_began_is_none_of_it(
    system: System, tmp_path: Path, years: tuple[tuple[int, Row], ...]
) -> None:
    for year, row in years:
        assert imported(system, tmp_path / "l", year, pairings=[row]).refused == []
    assert days(system) == [("2025-01-01", "2025-03-31"), ("2026-03-01", "-")]
