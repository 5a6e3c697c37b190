"""Pairings begun, renewed, replaced and ended by command, and what that does to the years they are assessed in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from application.settings import Settings
from application.system import System
from interface.cli.main import app
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.figures.county import Figures, figures
from tests.unit.ledgers.ledger_books import right, write_book

FIELD = Path(__file__).parents[1] / "golden" / "field"
UNIT, OTHER, VILLAGE = "云州水利局", "云岭县林业站", "上坪村"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two pairings since 2025-01-01."""
    folder = tmp_path / "data"
    folder.mkdir()
    system = build(Settings(folder=folder))
    import_folder(system, FIELD / "00-base")
    system.close()
    return folder


def run(data: Path, *words: str) -> Result:
    env = {"LIANJIAN_DATABASE_URL": None, "LIANJIAN_DATA": None}
    return CliRunner(env=env).invoke(app, ["pairing", *words, "--data", str(data)])


def told(data: Path, *words: str) -> dict[str, Any]:
    answer = run(data, *words, "--json")
    assert answer.exit_code == 0, answer.output
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


@pytest.fixture
def opened(data: Path) -> Iterator[System]:
    system = build(Settings(folder=data), lambda: datetime(2026, 12, 31, tzinfo=UTC))
    yield system
    system.close()


def counted(data: Path, year: int) -> Figures:
    system = build(Settings(folder=data))
    with system.reading() as connection:
        found = figures(connection, year, system.log.position())
    system.close()
    return found


def paired(data: Path, year: int) -> int:
    return counted(data, year).pairings


def test_a_pairing_is_ended_and_is_assessed_by_its_days(data: Path) -> None:
    ended = told(data, "end", UNIT, VILLAGE, "--on", "2025-06-30", "--because", "撤并")
    assert (ended["started_on"], ended["ended_on"]) == ("2025-01-01", "2025-06-30")
    assert (paired(data, 2025), paired(data, 2026)) == (2, 1)
    # Whoever was in a post then is in none any more, though nobody recorded a leaving.
    in_posts = [
        (each.part_time_secretaries, each.invited_members)
        for each in (counted(data, 2025), counted(data, 2026))
    ]
    assert in_posts == [(2, 2), (1, 1)]
    again = run(data, "end", UNIT, VILLAGE, "--on", "2025-07-01", "--because", "撤并")
    assert again.exit_code == 2 and "are not paired on 2025-07-01" in again.stderr
    lasting = told(data, "list", "--on", "2025-07-01")["pairings"]
    assert [(each["unit"], each["village"]) for each in lasting] == [(OTHER, "下河社区")]


def test_another_unit_takes_a_village_over(data: Path) -> None:
    made = told(data, "replace", UNIT, VILLAGE, "--by", OTHER, "--from", "2025-07-01", "--because", "调整")
    assert (made["unit"], made["village"], made["started_on"]) == (OTHER, VILLAGE, "2025-07-01")
    assert (paired(data, 2025), paired(data, 2026)) == (3, 2)
    every = told(data, "list")["pairings"]
    assert [each["ended_on"] for each in every if each["unit"] == UNIT] == ["2025-06-30"]


def test_what_cannot_be_replaced_leaves_the_pairing_as_it_was(data: Path) -> None:
    before = told(data, "list")
    for words in (
        ("replace", UNIT, VILLAGE, "--by", UNIT, "--from", "2025-01-01", "--because", "调整"),
        ("replace", UNIT, VILLAGE, "--by", OTHER, "--from", "2025-07-01", "--because", " "),
        ("replace", UNIT, VILLAGE, "--by", OTHER, "--from", "2095-07-01", "--because", "调整"),
        ("replace", UNIT, VILLAGE, "--by", "无此单位", "--from", "2025-07-01", "--because", "调整"),
        ("start", UNIT, VILLAGE, "--from", "2025-03-01"),
        ("start", UNIT, VILLAGE, "--from", "2024-03-01"),
        ("start", UNIT, VILLAGE, "--from", "July"),
        ("renew", UNIT, "下河社区", "--on", "2025-03-01"),
        ("renew", UNIT, VILLAGE, "--on", "2025-01-01"),
    ):
        assert run(data, *words).exit_code == 2, words
    assert told(data, "list") == before


def test_a_pairing_goes_on_renewed_and_begins_again_after_its_end(data: Path) -> None:
    renewed = told(data, "renew", UNIT, VILLAGE, "--on", "2026-01-05")
    assert (renewed["started_on"], renewed["renewed_on"]) == ("2025-01-01", "2026-01-05")
    told(data, "end", UNIT, VILLAGE, "--on", "2026-02-28", "--because", "期满")
    began = told(data, "start", UNIT, VILLAGE, "--from", "2026-03-01")
    assert began["pairing"] != renewed["pairing"]
    assert paired(data, 2026) == 3


def merged(data: Path, entry: str, into: str) -> None:
    words = ["registry", "merge", entry, into, "--from", "2026-03-01", "--data", str(data)]
    env = {"LIANJIAN_DATABASE_URL": None, "LIANJIAN_DATA": None}
    assert CliRunner(env=env).invoke(app, words).exit_code == 0


def test_pairings_of_what_was_merged_are_ended_and_replaced(data: Path) -> None:
    merged(data, VILLAGE, "下河社区")
    ended = told(data, "end", OTHER, VILLAGE, "--on", "2026-03-31", "--because", "并村")
    assert (ended["unit"], ended["ended_on"]) == (OTHER, "2026-03-31")
    made = told(data, "replace", UNIT, VILLAGE, "--by", OTHER, "--from", "2026-05-01", "--because", "调整")
    assert (made["unit"], made["village"], made["started_on"]) == (OTHER, "下河社区", "2026-05-01")
    every = told(data, "list")["pairings"]
    assert {each["ended_on"] for each in every} == {"2026-04-30", "2026-03-31", None}


def test_pairings_of_a_unit_that_was_merged_are_renewed(data: Path) -> None:
    merged(data, UNIT, OTHER)
    renewed = told(data, "renew", UNIT, VILLAGE, "--on", "2026-04-01")
    assert (renewed["started_on"], renewed["renewed_on"]) == ("2025-01-01", "2026-04-01")


def test_the_ledger_of_a_year_that_says_when_a_pairing_ended_is_the_same_as_the_command(
    opened: System, tmp_path: Path
) -> None:
    row = right(
        "pairings",
        unit=UNIT,
        unit_level="州",
        unit_class="机关",
        branch=f"{UNIT}党支部",
        village=VILLAGE,
        target_kind="行政村",
        township="城关镇",
        paired_on=date(2025, 1, 1),
        agreement_number=None,
        agreement_signed_on=None,
        ended_on=date(2026, 6, 30),
        end_reason="撤并",
        **dict.fromkeys(["part_time_secretary", "invited_member"]),
        **dict.fromkeys([f"{post}_began_on" for post in ("part_time_secretary", "invited_member")]),
        **dict.fromkeys([f"{post}_ended_on" for post in ("part_time_secretary", "invited_member")]),
    )
    folder = tmp_path / "ledgers"
    folder.mkdir()
    write_book(folder / "结对台账.xlsx", {"pairings": [row]})
    result = import_folder(opened, folder, year=2026)
    assert (result.refused, result.events) == ([], 1)
    assert import_folder(opened, folder, year=2026).events == 0
    row["ended_on"] = date(2026, 7, 31)
    write_book(folder / "结对台账.xlsx", {"pairings": [row]})
    differs = import_folder(opened, folder, year=2026)
    assert [(each.column, each.code) for each in differs.refused] == [("终止日期", "pairing.LEDGER_DIFFERS")]
