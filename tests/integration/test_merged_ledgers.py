"""Ledgers about units and villages that were merged, moved or retired since: rows find the pairings they are about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from application.ledgers.result import ImportResult
from application.settings import Settings
from application.system import System
from application.verb import Verb
from application.verbs.registry.units_and_villages import merge_branch, merge_village, retire_branch
from domain.registry.events import EntryKind, UnitLevel
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.registry.names import names_on
from projections.boards.registry.units_and_villages import found_by_name
from projections.figures.county import figures
from tests.kit.acts import carried
from tests.kit.entries import registered_unit, registered_village
from tests.kit.yearend import by
from tests.unit.ledgers.ledger_books import Row, right, write_book

FIELD = Path(__file__).parents[1] / "golden" / "field"
UNIT, VILLAGE = "云州水利局", "上坪村"
MERGED_ON = date(2025, 7, 1)


@pytest.fixture
def system(database: object, tmp_path: Path) -> Iterator[System]:
    (tmp_path / "data").mkdir()
    opened = build(Settings(folder=tmp_path / "data", database_url=getattr(database, "url", None)))
    import_folder(opened, FIELD / "00-base")
    yield opened
    assert opened.runner.check() == []
    opened.close()


def thing(system: System, kind: EntryKind, name: str) -> str:
    with system.reading() as connection:
        meant = found_by_name(connection, kind, name).one
    assert meant is not None
    return meant.entry


def merge(system: System, kind: EntryKind, name: str, into: str) -> None:
    verb: Verb[Any, Any]
    if kind is EntryKind.VILLAGE:
        verb, other = merge_village, registered_village(system, into, "城关镇", by=by("kaohe"))
    else:
        verb, other = merge_branch, registered_unit(system, into, level=UnitLevel.PREFECTURE, by=by("kaohe"))
    carried(system, verb, thing(system, kind, name), into=other, merged_on=MERGED_ON, by=by("kaohe"))


def imported(system: System, folder: Path, **rows: list[Row]) -> ImportResult:
    folder.mkdir(exist_ok=True)
    write_book(folder / "台账.xlsx", rows)
    return import_folder(system, folder, year=2025)


@pytest.mark.parametrize(
    ("kind", "name", "into"),
    [(EntryKind.VILLAGE, VILLAGE, "白水新村"), (EntryKind.BRANCH, UNIT, "云州水务集团")],
)
def test_rows_under_either_name_belong_to_the_pairing_there_was(
    system: System, tmp_path: Path, kind: EntryKind, name: str, into: str
) -> None:
    merge(system, kind, name, into)
    # The ledger of before says nothing new.
    again = import_folder(system, FIELD / "00-base")
    assert (again.events, again.refused, again.asked, again.new["pairings"]) == (0, [], [], [])
    rows = []
    for n, called in enumerate((name, into)):
        names = {"unit": UNIT, "village": VILLAGE} | (
            {"village": called} if kind is EntryKind.VILLAGE else {"unit": called}
        )
        rows.append(
            right(
                "activities",
                **names,
                theme=f"合并后{n}",
                held_on=date(2025, 8, 1),
                reported_on=date(2025, 8, 2),
            )
        )
    result = imported(system, tmp_path / "later", activities=rows)
    assert (result.refused, result.asked, result.recorded) == ([], [], 2)
    with system.reading() as connection:
        assert figures(connection, 2025, system.log.position()).pairings == 2


def test_a_pairing_ledger_under_the_new_name_pairs_nobody_anew(system: System, tmp_path: Path) -> None:
    merge(system, EntryKind.VILLAGE, VILLAGE, "白水新村")
    row = right(
        "pairings",
        unit=UNIT,
        unit_level="州",
        unit_class="机关",
        branch=f"{UNIT}党支部",
        village="白水新村",
        target_kind="行政村",
        township="城关镇",
        paired_on=date(2025, 1, 1),
        agreement_number="云岭协〔2025〕1号",
        agreement_signed_on=date(2025, 2, 1),
        part_time_secretary="甲某",
        part_time_secretary_began_on=date(2025, 1, 1),
        part_time_secretary_ended_on=None,
        invited_member="乙某",
        invited_member_began_on=date(2025, 1, 1),
        invited_member_ended_on=None,
    )
    result = imported(system, tmp_path / "pairings", pairings=[row])
    assert (result.events, result.refused, result.asked) == (0, [], [])


def test_a_retired_unit_is_still_whom_its_ledgers_are_about(system: System) -> None:
    unit = thing(system, EntryKind.BRANCH, UNIT)
    carried(
        system,
        retire_branch,
        unit,
        retired_on=MERGED_ON,
        because="撤销",
        today=system.today(),
        by=by("kaohe"),
    )
    assert import_folder(system, FIELD / "00-base").events == 0
    with system.reading() as connection:
        assert names_on(connection, EntryKind.BRANCH)[unit] == UNIT
