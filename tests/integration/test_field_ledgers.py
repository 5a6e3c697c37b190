"""Ledgers as people send them (tests/golden/field): each folder stands for a kind of fault, with what is right.

Every folder but those below holds the two pairings of ``00-base`` with one thing changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from application.ledgers.matching.questions import Answers
from application.settings import Settings
from application.system import System
from domain.assessment.scheme_file.moving_on import moved_on
from domain.assessment.schemes import scheme_text
from domain.kernel.errors import Rejected
from domain.registry.events import EntryKind
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.registry.names import names_on
from projections.figures.county import figures
from tests.kit.acts import adopt
from tests.kit.yearend import by
from tests.unit.ledgers.ledger_books import right, write_book

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
    "06a-kangxi-activity": Right(BASE),
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
    "06b-kangxi-pairing": "below, with what rests on identity",
    "07-same-village-two-towns": "below, with what rests on identity",
    "32-village-renamed": "below, with what rests on identity",
    "33-next-year": "below, with what rests on identity",
    "33b-next-year-same-pairing-day": "below, with what rests on identity",
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
    expected = TABLE[name]
    result = import_folder(system, FIELD / name)
    assert scores(system) == expected.scores
    assert told(list(result.refused)) == sorted(expected.refused)
    assert told(list(result.warnings)) == sorted(expected.warnings)
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


SECOND = {
    "33-next-year": (),
    # It states another day of signing than the first year's ledger.
    "33b-next-year-same-pairing-day": ((PAIRINGS, 4, "协议签订日期", "pairing.LEDGER_DIFFERS"),),
}


def move_on(system: System) -> None:
    """The scheme of 2025 holds for 2026, moved on."""
    text = moved_on(scheme_text(2025), 2025, 2026)
    adopt(system, text, by=by("kaohe"))


@pytest.mark.parametrize("second_first", [False, True])
@pytest.mark.parametrize("name", SECOND)
def test_a_second_year_leaves_the_first_as_it_is(system: System, name: str, second_first: bool) -> None:
    years = {"00-base": 2025, name: 2026}
    results = {}
    for folder in sorted(years, key=years.__getitem__, reverse=second_first):
        results[folder] = import_folder(system, FIELD / folder, year=years[folder])
        assert results[folder].asked == []
    move_on(system)
    last = "00-base" if second_first else name
    assert told(list(results[last].refused)) == sorted(SECOND[name])
    assert scores(system) == BASE
    assert scores(system, 2026) == BASE
    with system.reading() as connection:
        at = system.log.position()
        for year in (2025, 2026):
            counted = figures(connection, year, at)
            assert (counted.pairings, counted.agreements, counted.part_time_secretaries) == (2, 2, 2)
    again = [import_folder(system, FIELD / folder, year=year).events for folder, year in years.items()]
    assert again == [0, 0]


def test_two_years_in_one_folder_are_what_they_are_apart(system: System, tmp_path: Path) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    for year, name in ((2025, "00-base"), (2026, "33-next-year")):
        for path in (FIELD / name).iterdir():
            (folder / f"{year}{path.name}").write_bytes(path.read_bytes())
    result = import_folder(system, folder, year=2025)
    assert (result.refused, result.asked) == ([], [])
    move_on(system)
    assert (scores(system), scores(system, 2026)) == (BASE, BASE)
    again = [
        import_folder(system, FIELD / name, year=year)
        for year, name in ((2025, "00-base"), (2026, "33-next-year"))
    ]
    assert [each.events for each in again] == [0, 0]


def test_a_village_under_a_new_name_is_asked_about_and_goes_on_as_one(system: System) -> None:
    import_folder(system, FIELD / "00-base")
    result = import_folder(system, FIELD / "32-village-renamed", year=2025)
    (question,) = result.asked
    assert (question.source.sheet, question.source.row, question.value) == (PAIRINGS, 3, "上坪社区村")
    words = [choice.answer.split()[0] for choice in question.choices]
    assert (words, result.new["villages"], result.events) == (["is", "renamed", "new"], [], 0)
    assert (result.waiting, result.accepted) == (6, 3)
    renamed = question.choices[1].answer.replace("DAY", "2025-09-01")
    answers = {question.id: renamed}
    answered = import_folder(system, FIELD / "32-village-renamed", year=2025, answers=Answers(answers))
    assert (answered.new["villages"], answered.new["pairings"]) == ([], [])
    # The activity in the row of another is asked about: a correction of it, or another.
    (near,) = answered.asked
    answers[near.id] = "new"
    last = import_folder(system, FIELD / "32-village-renamed", year=2025, answers=Answers(answers))
    assert (last.complete, last.recorded) == (True, 1)
    assert scores(system) == {"上坪社区村": "54.00", "下河社区": "36.00"}
    with system.reading() as connection:
        assert figures(connection, 2025, system.log.position()).pairings == 2
        thing = question.choices[0].answer.split()[1]
        for day, name in ((date(2025, 8, 31), "上坪村"), (date(2025, 9, 1), "上坪社区村")):
            assert names_on(connection, EntryKind.VILLAGE, day)[thing] == name
    # The first ledger still means the same village.
    assert import_folder(system, FIELD / "00-base").events == 0


def test_a_village_that_is_new_is_registered_when_somebody_says_so(system: System) -> None:
    import_folder(system, FIELD / "00-base")
    (question,) = import_folder(system, FIELD / "32-village-renamed", year=2025).asked
    answers = Answers({question.id: "new"})
    result = import_folder(system, FIELD / "32-village-renamed", year=2025, answers=answers)
    assert result.new["villages"] == ["上坪社区村"]
    # What bears the numbers of the other village's things is none of its own.
    assert {row.code for row in result.refused} >= {"livelihood.LEDGER_DIFFERS", "supervision.LEDGER_DIFFERS"}


def test_two_villages_of_one_name_in_two_townships_are_two(system: System, tmp_path: Path) -> None:
    result = import_folder(system, FIELD / "07-same-village-two-towns", year=2025)
    assert (result.refused, result.asked, len(result.new["pairings"])) == ([], [], 3)
    assert [row.code for row in result.warnings] == ["new_name"]
    assert {line.split(",")[0] for line in _csv(system)} == {
        "上坪村（城关镇）",
        "上坪村（白水乡）",
        "下河社区",
    }
    assert len(_csv(system)) == 3
    folder = tmp_path / "needs"
    folder.mkdir()
    later = dict.fromkeys(["matched_unit", "matched_on", "met_on", "confirmed_on", "rating"])
    need = right("needs", need_id="XQ-9", village="上坪村", **later)
    write_book(folder / "需求.xlsx", {"needs": [need]})
    asked = import_folder(system, folder, year=2025)
    (question,) = asked.asked
    assert question.value == "上坪村"
    labels = {choice.zh for choice in question.choices}
    assert labels == {"上坪村（城关镇）", "上坪村（白水乡）"}
    choice = next(choice for choice in question.choices if "白水乡" in choice.zh)
    answered = import_folder(system, folder, year=2025, answers=Answers({question.id: choice.answer}))
    assert (answered.recorded, answered.asked) == (1, [])
    assert import_folder(system, folder, year=2025, answers=Answers({question.id: choice.answer})).events == 0


def _csv(system: System) -> list[str]:
    return system.scoring.csv(2025, system.log.position()).splitlines()[1:]


def test_a_name_in_compatibility_forms_is_the_unit_that_bears_it(system: System) -> None:
    result = import_folder(system, FIELD / "06b-kangxi-pairing", year=2025)
    assert (result.refused, result.asked) == ([], [])
    assert result.new["pairings"] == ["云岭县林业站 - 下河社区", "云州水利局 - 上坪村", "云州水利局 - 下坪村"]
    with system.reading() as connection:
        units = names_on(connection, EntryKind.BRANCH)
    assert len(units) == 2


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
