"""Ledgers as people send them (tests/golden/field): each folder stands for a kind of fault, with what is right.

Every folder but those below holds the two pairings of ``00-base`` with one thing changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.kernel.errors import Rejected
from interface.composition import System, build
from interface.importing import import_folder
from interface.settings import Settings

FIELD = Path(__file__).parents[1] / "golden" / "field"
ACTIVITIES, FINDINGS, PAIRINGS, CIRCULARS = "活动台账", "问题整改台账", "结对台账", "通报"
DAYS, PERSONS = "日期", "参加人数"
BASE = {"上坪村": "53.00", "下河社区": "36.00"}
WITHOUT_THE_ACTIVITY = {"上坪村": "52.00", "下河社区": "36.00"}
ONE_FINDING_LESS = {"上坪村": "54.00", "下河社区": "36.00"}

Told = tuple[str, int, str, str]
"""Sheet (the file where there is none), row, column, code."""


@dataclass(frozen=True)
class Right:
    """What importing the folder gives: total by village, what is refused, and what is said besides."""

    scores: dict[str, str]
    refused: tuple[Told, ...] = ()
    warnings: tuple[Told, ...] = ()


def not_dates(*rows: int) -> tuple[Told, ...]:
    return tuple((ACTIVITIES, row, DAYS, "invalid_date") for row in rows)


def not_counts(code: str, *rows: int) -> tuple[Told, ...]:
    return tuple((ACTIVITIES, row, PERSONS, code) for row in rows)


TABLE = {
    "00-base": Right(BASE),
    # Cells are read with their context.
    "01-1904-general": Right(BASE),
    "02-utc-text": Right(
        WITHOUT_THE_ACTIVITY,
        refused=(
            (ACTIVITIES, 3, DAYS, "invalid_date"),
            (ACTIVITIES, 3, "填报日期", "invalid_date"),
        ),
    ),
    "05-inlinestr-and-v": Right(BASE),
    "11a-noise": Right(BASE),
    "15a-merged-down": Right({"上坪村": "53.00", "下河社区": "38.91"}),
    "17-date-forms": Right(
        {"上坪村": "58.00", "下河社区": "31.64"},
        refused=(
            *not_dates(6, 7, 12, 14, 15, 17, 18, 19, 22, 23, 27),
            # 29 February 2024 and a day of 2021 are read, and lie before the pairing began.
            (ACTIVITIES, 24, DAYS, "pairing.NOT_BEFORE_ITS_START"),
            (ACTIVITIES, 26, DAYS, "pairing.NOT_BEFORE_ITS_START"),
        ),
        warnings=((ACTIVITIES, 0, "", "outside_the_year"),),
    ),
    "18-count-forms": Right(
        {"上坪村": "58.00", "下河社区": "31.64"},
        refused=(
            *not_counts("invalid_number", 3, 4, 7, 12, 13, 14, 15, 17, 20, 25, 26, 28),
            *not_counts("out_of_range", 18),
            *not_counts("negative", 19),
        ),
    ),
    "29-iso-cells": Right(BASE),
    # Headings.
    "03a-right-header": Right({"上坪村": "52.00", "下河社区": "36.00"}),
    "03b-misspelt-header": Right(
        ONE_FINDING_LESS,
        refused=(
            (FINDINGS, 2, "延期后的期限", "unknown_column"),
            (FINDINGS, 2, "是否反弹回潮", "unknown_column"),
        ),
    ),
    "24-renamed-and-moved": Right(
        BASE,
        warnings=(("填表说明", 0, "", "unknown_sheet"), ("Sheet1", 5, "备注", "unknown_column")),
    ),
    # What could not be read, what is no data, what is out of sight.
    "04b-formula-uncached-required": Right(
        WITHOUT_THE_ACTIVITY,
        refused=(
            (ACTIVITIES, 3, PERSONS, "formula_without_result"),
            (ACTIVITIES, 5, "慰问人数", "formula_without_result"),
        ),
    ),
    "09-other-formats": Right(
        {"上坪村": "52.00", "下河社区": "31.64"}, refused=(("活动台账.csv", 0, "", "other_format"),)
    ),
    "13a-hidden-draft-sheet": Right(BASE, warnings=(("草稿", 0, "", "hidden_sheet"),)),
    "13c-struck-through": Right(BASE, warnings=((CIRCULARS, 0, "", "passed_over_struck"),)),
    "16a-backslash-names": Right(BASE),
    "16b-case-of-parts": Right(BASE),
    "36-subtotals": Right(
        BASE,
        warnings=((ACTIVITIES, 0, "", "passed_over_note"), (ACTIVITIES, 0, "", "passed_over_total")),
    ),
    "38-words-for-empty": Right(BASE),
    # Names and numbers.
    "25-spaces-in-names": Right(BASE),
    "26-brackets": Right(BASE),
    # One circular that criticises, 3 points; as three it took 9.
    "10-circular-spellings": Right({"上坪村": "50.00", "下河社区": "36.00"}),
    "31-number-spellings": Right(BASE, refused=((FINDINGS, 4, "编号", "duplicate"),)),
}
ELSEWHERE = {
    "28-near-duplicates": "facts that look like one another, with the recording of rows",
    "30-rectified-before-found": "facts against a rule of procedure, with the recording of rows",
    "42-future": "days to come, with the recording of rows",
    "41-one-bad-pairing": "below, with the county's other ledgers",
    "44-post-end-header": "below: nothing can be recorded without the pairings",
    # What these ask for rests on the identity of villages, units and pairings: the next issue.
    "06a-kangxi-activity": "next issue",
    "06b-kangxi-pairing": "next issue",
    "07-same-village-two-towns": "next issue",
    "32-village-renamed": "next issue",
    "33-next-year": "next issue",
    "33b-next-year-same-pairing-day": "next issue",
}


@pytest.fixture
def system(database: object, tmp_path: Path) -> Iterator[System]:
    (tmp_path / "data").mkdir()
    opened = build(Settings(folder=tmp_path / "data", database_url=getattr(database, "url", None)))
    yield opened
    opened.close()


def scores(system: System, year: int = 2025) -> dict[str, str]:
    head, *lines = system.scoring.csv(year, system.log.position()).splitlines()
    total = head.split(",").index("total")
    return {line.split(",")[0]: line.split(",")[total] for line in lines}


def told(rows: list[object]) -> list[Told]:
    return sorted((r.sheet or r.file, r.row, r.column, r.code) for r in rows)  # type: ignore[attr-defined]


def test_every_folder_has_its_place_in_the_table() -> None:
    assert {path.name for path in FIELD.iterdir() if path.is_dir()} == TABLE.keys() | ELSEWHERE.keys()


@pytest.mark.parametrize("name", TABLE)
def test_a_field_ledger_is_read_right_or_named_and_again_records_nothing(system: System, name: str) -> None:
    right = TABLE[name]
    result = import_folder(system, FIELD / name)
    assert scores(system) == right.scores
    assert told(list(result.refused)) == sorted(right.refused)
    assert told(list(result.warnings)) == sorted(right.warnings)
    assert (result.year, result.year_from) == (2025, "ledgers")
    assert len(result.new["pairings"]) == 2
    assert all(row.message and row.message_zh and row.remedy and row.remedy_zh for row in result.refused)
    again = import_folder(system, FIELD / name)
    assert (again.recorded, again.events, again.new["pairings"]) == (0, 0, [])
    assert (again.refused, again.warnings) == (result.refused, result.warnings)


def test_one_word_for_empty_is_no_error_in_a_whole_county(system: System, tmp_path: Path) -> None:
    folder = tmp_path / "county"
    folder.mkdir()
    demo = Path(__file__).parents[2] / "interface" / "demo" / "ledgers"
    for path in demo.glob("*.xlsx"):
        source = FIELD / "41-one-bad-pairing" / path.name if path.name == "结对台账.xlsx" else path
        (folder / path.name).write_bytes(source.read_bytes())
    result = import_folder(system, folder, dry_run=True)
    assert (result.refused, result.accepted) == ([], 5256)


def test_a_slip_in_a_heading_of_the_pairing_ledger_stops_it_and_is_named(system: System) -> None:
    result = import_folder(system, FIELD / "44-post-end-header", year=2025)
    (slip,) = [row for row in result.refused if row.sheet == PAIRINGS]
    assert (slip.row, slip.column, slip.code) == (2, "兼职书记离任时间", "unknown_column")
    assert "兼职书记离任日期" in slip.message and "兼职书记离任日期" in slip.message_zh
    assert result.accepted == 0


def test_a_renamed_village_is_at_least_named_as_new(system: System) -> None:
    # Next issue: it is asked about. Today the result says that it made a village and a pairing.
    import_folder(system, FIELD / "00-base")
    result = import_folder(system, FIELD / "32-village-renamed")
    assert (result.new["villages"], result.new["units"]) == (["上坪社区村"], [])
    assert result.new["pairings"] == ["云州水利局 - 上坪社区村"]


def test_ledgers_of_two_years_ask_which_year_is_meant(system: System, tmp_path: Path) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    for path in (FIELD / "00-base").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    for path in (FIELD / "33-next-year").iterdir():
        if path.name != "结对台账.xlsx":
            (folder / f"2026{path.name}").write_bytes(path.read_bytes())
    with pytest.raises(Rejected) as refused:
        import_folder(system, folder)
    assert refused.value.clause.id == "ledger.YEAR_CLEAR"
    assert refused.value.because == "2025: 6, 2026: 6"
    assert system.log.position() == 1
    result = import_folder(system, folder, year=2025)
    assert result.year_from == "given"
    outside = [row for row in result.warnings if row.code == "outside_the_year"]
    assert [(row.sheet, row.message) for row in outside][:1] == [
        (CIRCULARS, "1 rows happened outside 2025: 2026: 1")
    ]
    assert len(outside) == 5
