"""Each thing that can be wrong with a row, seen once; and that one mistake is one error."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from application.ledgers.rows import PairingRow
from application.ledgers.sheets import SHEETS, Kind
from interface.ledgers.reader import read_ledgers
from tests.unit.ledgers.ledger_books import (
    OTHER_UNIT,
    OTHER_VILLAGE,
    RIGHT,
    Row,
    header,
    other_pairing,
    pairing,
    read_rows,
    right,
    write_book,
)


def found(tmp_path: Path, key: str, *rows: Row) -> list[tuple[int, str, str]]:
    """Row, column and code of every refusal of a workbook with these rows in one sheet."""
    return [(row.row, row.column, row.code) for row in read_rows(tmp_path, {key: rows}).refused]


def test_a_right_county_has_no_error_and_every_row_is_typed(tmp_path: Path) -> None:
    rows = {key: [row] for key, row in RIGHT.items()} | {"pairings": [pairing(), other_pairing()]}
    ledgers = read_rows(tmp_path, rows)
    assert ledgers.refused == ()
    assert [type(row) for row in ledgers.rows] == [
        SHEETS[0].row_type,
        *(sheet.row_type for sheet in SHEETS),
    ]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_every_required_cell_left_empty_is_one_error(tmp_path: Path, sheet: Any) -> None:
    for column in sheet.columns:
        if column.required:
            for nothing in (None, "\u3000"):
                rows = [right(sheet.key, **{column.field: nothing})]
                assert found(tmp_path, sheet.key, *rows) == [(3, column.header, "required")], column.header


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_every_optional_cell_may_say_in_words_that_it_is_empty(tmp_path: Path, sheet: Any) -> None:
    optional = [c for c in sheet.columns if not c.required and RIGHT[sheet.key].get(c.field) is None]
    for word in ("无", "/", "—", " "):
        row = right(sheet.key, **{column.field: word for column in optional})
        assert found(tmp_path, sheet.key, row) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_a_word_out_of_the_vocabulary_and_a_day_that_is_none_are_one_error_each(
    tmp_path: Path, sheet: Any
) -> None:
    for column in sheet.columns:
        if column.kind in (Kind.CHOICE, Kind.FLAG):
            row = right(sheet.key, **{column.field: "别的"})
            assert found(tmp_path, sheet.key, row) == [(3, column.header, "unknown_value")]
        elif column.kind is Kind.DATE:
            row = right(sheet.key, **{column.field: "某日"})
            assert found(tmp_path, sheet.key, row) == [(3, column.header, "invalid_date")]
        elif column.kind in (Kind.COUNT, Kind.MONEY, Kind.HOURS):
            taught = {"kind": "专题讲座"} if column.kind is Kind.HOURS else {}
            row = right(sheet.key, **taught, **{column.field: "若干"})
            assert found(tmp_path, sheet.key, row) == [(3, column.header, "invalid_number")]
            row = right(sheet.key, **taught, **{column.field: -3})
            assert found(tmp_path, sheet.key, row) == [(3, column.header, "negative")]


OTHERWISE_WRONG = [
    # sheet, changed cells, field the error stands at, code
    ("activities", {"village": "查无此村"}, "village", "unknown_village"),
    ("activities", {"village": "查无此村", "unit": "查无此单位"}, "village", "unknown_village"),
    ("activities", {"village": OTHER_VILLAGE}, "unit", "not_paired"),
    ("activities", {"unit": "查无此单位"}, "unit", "not_paired"),
    ("activities", {"persons_visited": 3}, "persons_visited", "not_applicable"),
    ("activities", {"kind": "走访慰问"}, "persons_visited", "required"),
    ("activities", {"kind": "走访慰问", "persons_visited": 0}, "persons_visited", "required"),
    ("activities", {"hours_hundredths": 2}, "hours_hundredths", "not_applicable"),
    ("activities", {"teacher": "戊某"}, "teacher", "not_applicable"),
    ("activities", {"kind": "专题讲座", "teacher": "戊某"}, "hours_hundredths", "required"),
    ("activities", {"kind": "专题讲座", "teacher_office": "州委党校"}, "hours_hundredths", "required"),
    ("activities", {"kind": "专题讲座", "hours_hundredths": 0}, "hours_hundredths", "out_of_range"),
    ("activities", {"kind": "专题讲座", "hours_hundredths": 200.01}, "hours_hundredths", "out_of_range"),
    ("activities", {"kind": "专题讲座", "hours_hundredths": 1.555}, "hours_hundredths", "invalid_number"),
    ("activities", {"participants": 0}, "participants", "out_of_range"),
    ("activities", {"participants": 12.5}, "participants", "invalid_number"),
    ("activities", {"reported_on": date(2025, 2, 28)}, "reported_on", "order"),
    ("resources", {"unit": "查无此单位"}, "unit", "not_paired"),
    ("needs", {"matched_unit": OTHER_UNIT}, "matched_unit", "not_paired"),
    ("needs", {"rating": 6}, "rating", "out_of_range"),
    ("needs", {"rating": 0}, "rating", "out_of_range"),
    ("needs", {"confirmed_on": None}, "rating", "not_applicable"),
    ("needs", {"met_on": None}, "met_on", "required"),
    ("needs", {"matched_on": None}, "matched_on", "required"),
    ("needs", {"matched_unit": None}, "matched_unit", "required"),
    ("needs", {"matched_unit": None, "matched_on": None}, "matched_on", "required"),
    ("needs", {"matched_on": date(2025, 1, 9)}, "matched_on", "order"),
    ("needs", {"met_on": date(2025, 1, 9)}, "met_on", "order"),
    ("needs", {"met_on": date(2025, 1, 15)}, "met_on", "order"),
    ("needs", {"confirmed_on": date(2025, 2, 19)}, "confirmed_on", "order"),
    ("needs", {"confirmed_on": date(2024, 2, 19)}, "confirmed_on", "order"),
    ("projects", {"planned_end_on": date(2025, 1, 1)}, "planned_end_on", "order"),
    ("projects", {"completed_on": date(2025, 1, 1)}, "completed_on", "order"),
    ("projects", {"accepted_on": date(2025, 6, 19)}, "accepted_on", "order"),
    ("projects", {"completed_on": None}, "completed_on", "required"),
    ("projects", {"investment_cents": "70.55555555"}, "investment_cents", "invalid_number"),
    ("projects", {"investment_cents": 2_000_000}, "investment_cents", "out_of_range"),
    ("projects", {"beneficiaries": 20_000_000}, "beneficiaries", "out_of_range"),
    ("findings", {"ordered_on": date(2025, 2, 1)}, "ordered_on", "order"),
    ("findings", {"due_on": date(2025, 3, 2)}, "due_on", "order"),
    ("findings", {"extended_due_on": date(2025, 4, 1)}, "extended_due_on", "order"),
    ("findings", {"submitted_on": date(2025, 3, 2)}, "submitted_on", "order"),
    ("findings", {"reinspected_on": date(2025, 3, 29)}, "reinspected_on", "order"),
    ("findings", {"reinspected_on": date(2025, 2, 1)}, "reinspected_on", "order"),
    ("findings", {"closed_on": date(2025, 4, 4)}, "closed_on", "order"),
    ("findings", {"reinspection": "不通过"}, "closed_on", "not_passed"),
    ("findings", {"reinspection": None}, "reinspection", "required"),
    ("findings", {"reinspected_on": None}, "reinspected_on", "required"),
    ("findings", {"submitted_on": None}, "submitted_on", "required"),
    ("findings", {"due_on": None}, "due_on", "required"),
    ("findings", {"ordered_on": None}, "ordered_on", "required"),
    ("findings", {"measures": None}, "measures", "required"),
    (
        "findings",
        {"relapsed": "是", "closed_on": None, "reinspected_on": None, "reinspection": None},
        "relapsed",
        "not_applicable",
    ),
    ("post_changes", {"ended_on": date(2025, 6, 30)}, "ended_on", "order"),
    ("post_changes", {"unit": OTHER_UNIT}, "unit", "not_paired"),
    ("slips", {"unit": OTHER_UNIT}, "unit", "not_paired"),
    ("meetings", {"village": "查无此村"}, "village", "unknown_village"),
    ("circulars", {"village": OTHER_VILLAGE}, "unit", "not_paired"),
    ("cases", {"village": OTHER_VILLAGE}, "unit", "not_paired"),
]


@pytest.mark.parametrize(("key", "changes", "field", "code"), OTHERWISE_WRONG)
def test_one_mistake_is_one_error_at_its_cell(
    tmp_path: Path, key: str, changes: Row, field: str, code: str
) -> None:
    assert found(tmp_path, key, right(key, **changes)) == [(3, header(key, field), code)]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"part_time_secretary_ended_on": date(2024, 12, 31)}, "part_time_secretary_ended_on", "order"),
        ({"invited_member_ended_on": date(2024, 12, 31)}, "invited_member_ended_on", "order"),
        ({"part_time_secretary": None}, "part_time_secretary", "required"),
        ({"invited_member_began_on": None}, "invited_member_began_on", "required"),
        ({"agreement_signed_on": None}, "agreement_signed_on", "required"),
        ({"ended_on": date(2025, 9, 30)}, "end_reason", "required"),
        ({"end_reason": "单位撤并"}, "ended_on", "required"),
        ({"ended_on": date(2024, 9, 30), "end_reason": "单位撤并"}, "ended_on", "order"),
    ],
)
def test_a_pairing_contradicting_itself_is_refused_and_its_village_still_known(
    tmp_path: Path, changes: Row, field: str, code: str
) -> None:
    rows = {"pairings": [pairing(**changes), other_pairing()], "activities": [right("activities")]}
    ledgers = read_rows(tmp_path, rows)
    assert [(r.sheet, r.row, r.column, r.code) for r in ledgers.refused] == [
        ("结对台账", 3, header("pairings", field), code)
    ]
    assert ledgers.counts["activities"] == 1 and len(ledgers.rows) == 2


def test_the_end_of_a_pairing_is_read_with_its_reason(tmp_path: Path) -> None:
    ended = pairing(ended_on=date(2025, 9, 30), end_reason="单位撤并，由其他单位联建")
    ledgers = read_rows(tmp_path, {"pairings": [ended, other_pairing()]})
    assert ledgers.refused == ()
    said = {(row.ended_on, row.end_reason) for row in ledgers.rows if isinstance(row, PairingRow)}
    assert said == {(date(2025, 9, 30), "单位撤并，由其他单位联建"), (None, None)}


@pytest.mark.parametrize("heading", ["终止日期", "结束日期", "结对终止日期"])
def test_a_ledger_may_have_the_columns_of_an_end_or_not(tmp_path: Path, heading: str) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"pairings": [pairing()]}, left_out=["终止日期", "终止原因"])
    assert read_ledgers(path).warnings == () and read_ledgers(path).refused == ()
    book = load_workbook(path)
    page = book["结对台账"]
    column = page.max_column + 1
    for place, words in enumerate(((heading, "2025-09-30"), ("结束原因", "村组合并"))):
        for number, word in enumerate(words, start=2):
            page.cell(number, column + place, word)
    book.save(path)
    (row,) = read_ledgers(path).rows
    assert isinstance(row, PairingRow) and (row.ended_on, row.end_reason) == (date(2025, 9, 30), "村组合并")


def test_a_pairing_without_agreement_or_posts_yet_is_right(tmp_path: Path) -> None:
    nothing_yet = pairing(
        agreement_number=None,
        agreement_signed_on=None,
        part_time_secretary=None,
        part_time_secretary_began_on=None,
        invited_member=None,
        invited_member_began_on=None,
    )
    assert found(tmp_path, "pairings", nothing_yet) == []


def test_steps_not_yet_taken_are_right(tmp_path: Path) -> None:
    needs = ("matched_unit", "matched_on", "met_on", "confirmed_on", "rating")
    findings = (
        "measures",
        "order_number",
        "ordered_on",
        "due_on",
        "submitted_on",
        "reinspected_on",
        "reinspector",
        "reinspection",
        "closed_on",
    )
    for key, steps in (
        ("needs", needs),
        ("findings", findings),
        ("projects", ("completed_on", "accepted_on")),
    ):
        for taken in range(len(steps)):
            if steps[taken] in (
                "matched_on",
                "due_on",
                "ordered_on",
                "order_number",
                "reinspector",
                "reinspection",
            ):
                continue  # these go together with the one before
            row = right(key, **dict.fromkeys(steps[taken:]))
            assert found(tmp_path, key, row) == [], steps[taken:]


def test_what_broke_a_rule_of_procedure_is_no_error_of_the_row(tmp_path: Path) -> None:
    for changes in (
        {"reinspector": "丁某"},
        {"reinspection": None, "reinspected_on": None, "reinspector": None},
        {"relapsed": "是", "closed_on": None},
    ):
        assert found(tmp_path, "findings", right("findings", **changes)) == [], changes


def test_a_cell_that_cannot_be_read_triggers_nothing_that_depends_on_it(tmp_path: Path) -> None:
    cases: list[tuple[str, Row, str]] = [
        ("activities", {"kind": "聚餐", "persons_visited": 3}, "kind"),
        ("activities", {"kind": "走访慰问", "persons_visited": "好几户"}, "persons_visited"),
        ("activities", {"held_on": "2025-02-30", "reported_on": date(2024, 1, 1)}, "held_on"),
        ("needs", {"confirmed_on": "某日"}, "confirmed_on"),
        ("needs", {"raised_on": "某日", "met_on": date(2025, 2, 1)}, "raised_on"),
        ("findings", {"reinspection": "基本通过"}, "reinspection"),
        ("findings", {"closed_on": "某日", "relapsed": "是"}, "closed_on"),
    ]
    for key, changes, field in cases:
        assert [column for _, column, _ in found(tmp_path, key, right(key, **changes))] == [
            header(key, field)
        ]


def test_one_wrong_day_is_not_told_again_by_every_later_step(tmp_path: Path) -> None:
    row = right("findings", found_on=date(2025, 12, 1))
    assert found(tmp_path, "findings", row) == [(3, "下达日期", "order")]


def test_two_mistakes_of_a_row_are_two_errors_in_the_order_of_the_columns(tmp_path: Path) -> None:
    row = right("activities", reported_on="某日", participants=-1, kind=None)
    assert found(tmp_path, "activities", row) == [
        (3, "活动类型", "required"),
        (3, "参加人数", "negative"),
        (3, "填报日期", "invalid_date"),
    ]


def test_the_same_activity_twice_is_a_duplicate_however_it_is_written(tmp_path: Path) -> None:
    again = right("activities", held_on="2025年3月1日", participants="20人", village=" 上河村")
    assert found(tmp_path, "activities", right("activities"), again) == [(4, "序号", "duplicate")]
    other = right("activities", participants=21)
    assert found(tmp_path, "activities", right("activities"), other) == []


@pytest.mark.parametrize("key", ["needs", "projects", "findings"])
def test_a_number_used_twice_is_a_duplicate(tmp_path: Path, key: str) -> None:
    text = "name" if key == "projects" else "description"
    rows = [right(key), right(key, **{text: "另一件事"}), right(key)]
    assert found(tmp_path, key, *rows) == [(4, "编号", "duplicate"), (5, "编号", "duplicate")]


def test_a_number_is_used_up_by_a_refused_row_too(tmp_path: Path) -> None:
    rows = [right("needs", rating=9), right("needs", description="另一件事")]
    assert found(tmp_path, "needs", *rows) == [(3, "满意度", "out_of_range"), (4, "编号", "duplicate")]


@pytest.mark.parametrize("key", ["post_changes", "cases", "meetings", "circulars", "slips"])
def test_the_same_row_twice_is_a_duplicate(tmp_path: Path, key: str) -> None:
    assert found(tmp_path, key, right(key), right(key)) == [(4, "序号", "duplicate")]


def test_two_equal_resources_may_both_be_true(tmp_path: Path) -> None:
    assert found(tmp_path, "resources", right("resources"), right("resources")) == []


def test_a_pair_stands_once_and_a_unit_has_one_level(tmp_path: Path) -> None:
    again = pairing(paired_on=date(2025, 6, 1))
    assert found(tmp_path, "pairings", pairing(), again) == [(4, "序号", "duplicate")]
    other = other_pairing(part_time_secretary_began_on=date(2025, 2, 1)) | {"unit": pairing()["unit"]}
    assert found(tmp_path, "pairings", pairing(), other) == [
        (4, "单位层级", "inconsistent"),
        (4, "单位类别", "inconsistent"),
    ]


def test_names_are_the_pairing_ledgers_whatever_brackets_and_spaces_a_row_uses(tmp_path: Path) -> None:
    rows = {
        "pairings": [pairing(unit="云州水文站（本部）", village="上河 村")],
        "activities": [right("activities", unit=" 云州水文站(本部)", village="上\u3000河村")],
    }
    ledgers = read_rows(tmp_path, rows)
    assert ledgers.refused == ()
    assert {(row.unit, row.village) for row in ledgers.rows} == {("云州水文站（本部）", "上河村")}  # type: ignore[attr-defined]


def test_a_village_only_sheet_may_name_the_unit(tmp_path: Path) -> None:
    for key in ("meetings", "slips", "post_changes"):
        ledgers = read_rows(tmp_path, {key: [right(key, unit=pairing()["unit"])]})
        assert ledgers.refused == ()
        assert ledgers.rows[-1].unit == pairing()["unit"]  # type: ignore[attr-defined]
