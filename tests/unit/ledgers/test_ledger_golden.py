"""A county kept by untidy hands: every real error, and nothing that is mere formatting."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

from application.ledgers.ledgers import KnownPairings
from application.ledgers.rows import ActivityRow, PairingRow, ProjectRow, ResourceRow
from interface.ledgers.reader import read_ledgers
from tests.unit.ledgers.ledger_books import read_ledger

MESSY = Path(__file__).parents[2] / "golden" / "messy"
FIELDS = ("file", "sheet", "row", "column", "code", "message")


def test_the_untidy_county_has_exactly_the_errors_a_clerk_listed() -> None:
    expected = json.loads((MESSY / "errors.json").read_text(encoding="utf-8"))
    found = [{name: getattr(row, name) for name in FIELDS} for row in read_ledgers(MESSY).refused]
    assert found == expected


def test_every_data_row_of_the_untidy_county_is_either_read_or_refused() -> None:
    ledgers = read_ledgers(MESSY)
    assert ledgers.counts == {
        "pairings": 15,
        "post_changes": 3,
        "activities": 416,
        "resources": 15,
        "needs": 61,
        "projects": 15,
        "findings": 17,
        "cases": 2,
        "meetings": 1,
        "circulars": 1,
        "slips": 2,
    }
    assert len(ledgers.written) == sum(ledgers.counts.values())
    refused = {(row.file, row.sheet, row.row) for row in ledgers.refused}
    assert len(ledgers.rows) + len(refused) == len(ledgers.written)


def test_a_merged_cell_belongs_to_each_of_its_rows() -> None:
    rows = read_ledgers(MESSY).rows
    by_place = {(row.source.sheet, row.source.row): row for row in rows}
    activity, pairing = by_place["活动台账", 17], by_place["结对台账", 15]
    resource, project = by_place["资源清单", 16], by_place["民生实事项目", 15]
    assert isinstance(activity, ActivityRow) and activity.unit == "石桥县教育局"
    assert isinstance(pairing, PairingRow) and pairing.unit == "云州税务局"
    assert isinstance(resource, ResourceRow) and resource.unit == "云州敬老院"
    assert isinstance(project, ProjectRow) and project.investment_cents == 41_400_000


def test_untidy_cells_are_read_as_what_they_say() -> None:
    rows = read_ledgers(MESSY).rows
    by_place = {(row.source.sheet, row.source.row): row for row in rows}
    activity, project = by_place["活动台账", 10], by_place["民生实事项目", 4]
    assert isinstance(activity, ActivityRow)
    assert (activity.held_on, activity.village, activity.participants) == (date(2025, 1, 6), "松塘村", 26)
    assert isinstance(project, ProjectRow)
    assert (project.began_on, project.beneficiaries, project.category) == (
        date(2025, 2, 4),
        312,
        "public_services",
    )


def test_one_workbook_alone_is_checked_against_the_pairings_on_record() -> None:
    pairings = [row for row in read_ledgers(MESSY).rows if isinstance(row, PairingRow)]
    known = KnownPairings(
        pairs=frozenset((row.unit, row.village) for row in pairings),
        villages=frozenset(row.village for row in pairings),
    )
    alone = read_ledger((MESSY / "活动台账.xlsx").read_bytes(), name="上传.xlsx", known=known)
    together = read_ledgers(MESSY)
    assert {row.file for row in alone.refused} == {"上传.xlsx"}
    assert [(r.row, r.column, r.code) for r in alone.refused] == [
        (r.row, r.column, r.code) for r in together.refused if r.file == "活动台账.xlsx"
    ]


def test_every_refusal_says_what_to_do_in_both_languages() -> None:
    for row in read_ledgers(MESSY).refused:
        assert row.message and row.remedy and row.message_zh and row.remedy_zh
        assert any("\u4e00" <= letter <= "\u9fff" for letter in row.message_zh)


def test_progress_reaches_its_end() -> None:
    told: list[tuple[str, int, int]] = []
    read_ledgers(MESSY, lambda step, done, total: told.append((step, done, total)))
    assert ("files", 6, 6) in told
    assert told[-1] == ("rows", 548, 548)
    assert Counter(step for step, _, _ in told)["files"] == 7


def test_the_demo_county_is_read_without_any_refusal() -> None:
    ledgers = read_ledgers(Path(__file__).parents[3] / "interface" / "demo" / "ledgers")
    assert ledgers.refused == ()
    assert ledgers.counts == {
        "pairings": 147,
        "post_changes": 20,
        "activities": 3923,
        "resources": 189,
        "needs": 599,
        "projects": 146,
        "findings": 182,
        "cases": 26,
        "meetings": 3,
        "circulars": 7,
        "slips": 14,
    }
    activities = [row for row in ledgers.rows if isinstance(row, ActivityRow)]
    assert sum(row.persons_visited for row in activities) == 2111
    assert sum(row.participants for row in activities) == 86110
    projects = [row for row in ledgers.rows if isinstance(row, ProjectRow)]
    assert sum(row.investment_cents for row in projects) == 6_512_500_000
