"""Workbooks built for the ledger tests: a small county that is right, changed cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from application.ledgers.ledgers import KnownPairings, Ledgers
from application.ledgers.sheets import SHEETS
from interface.ledgers.reader import LedgerFile, read_files, read_ledgers
from tests.unit.ledgers.plain_book import Page, save_pages

Row = dict[str, Any]

UNIT, VILLAGE = "云州水文站", "上河村"
OTHER_UNIT, OTHER_VILLAGE = "石桥县林业局", "下河社区"


def pairing(**changes: Any) -> Row:
    """A right row of 结对台账, by field."""
    return {
        "unit": UNIT,
        "unit_level": "州",
        "unit_class": "事业单位",
        "branch": f"{UNIT}党支部",
        "village": VILLAGE,
        "target_kind": "行政村",
        "township": "城关镇",
        "paired_on": date(2025, 1, 1),
        "agreement_number": "石桥县联建协〔2025〕1号",
        "agreement_signed_on": date(2025, 2, 1),
        "part_time_secretary": "甲某",
        "part_time_secretary_began_on": date(2025, 1, 1),
        "part_time_secretary_ended_on": None,
        "invited_member": "乙某",
        "invited_member_began_on": date(2025, 1, 1),
        "invited_member_ended_on": None,
    } | changes


def other_pairing(**changes: Any) -> Row:
    """A second pairing of another unit and village."""
    return pairing(
        unit=OTHER_UNIT,
        unit_level="县",
        unit_class="机关",
        branch=f"{OTHER_UNIT}党支部",
        village=OTHER_VILLAGE,
        target_kind="社区",
        township="白水乡",
        **changes,
    )


RIGHT: dict[str, Row] = {
    "pairings": pairing(),
    "post_changes": {
        "village": VILLAGE,
        "post": "兼职书记",
        "person": "丙某",
        "began_on": date(2025, 7, 1),
        "ended_on": None,
    },
    "parents": {"unit": UNIT, "parent": OTHER_UNIT, "from_on": date(2025, 2, 1)},
    "activities": {
        "held_on": date(2025, 3, 1),
        "unit": UNIT,
        "village": VILLAGE,
        "kind": "主题党日",
        "theme": "学习讨论",
        "participants": 20,
        "persons_visited": None,
        "reported_on": date(2025, 3, 4),
    },
    "resources": {
        "unit": UNIT,
        "category": "人才",
        "description": "专家指导",
        "registered_on": date(2025, 1, 9),
    },
    "needs": {
        "need_id": "XQ2025-0001",
        "village": VILLAGE,
        "category": "公共服务",
        "description": "义诊服务",
        "raised_on": date(2025, 1, 10),
        "matched_unit": UNIT,
        "matched_on": date(2025, 1, 20),
        "met_on": date(2025, 2, 20),
        "confirmed_on": date(2025, 2, 27),
        "rating": 5,
    },
    "projects": {
        "project_id": "XM2025-001",
        "name": "道路硬化项目",
        "category": "人居环境",
        "unit": UNIT,
        "village": VILLAGE,
        "investment_cents": 70.5,
        "began_on": date(2025, 2, 1),
        "planned_end_on": date(2025, 6, 30),
        "completed_on": date(2025, 6, 20),
        "beneficiaries": 300,
        "accepted_on": date(2025, 6, 28),
    },
    "findings": {
        "finding_id": "WT2025-001",
        "found_on": date(2025, 3, 1),
        "method": "互联网+督查",
        "inspector": "丁某",
        "unit": UNIT,
        "village": VILLAGE,
        "description": "主题党日记录不完整",
        "finding_type": "活动开展",
        "severity": "一般",
        "measures": "限期整改并报送佐证材料",
        "order_number": "石桥县联监督〔2025〕1号",
        "ordered_on": date(2025, 3, 3),
        "due_on": date(2025, 4, 2),
        "extended_due_on": None,
        "submitted_on": date(2025, 3, 30),
        "times_returned": 0,
        "reinspected_on": date(2025, 4, 5),
        "reinspector": "戊某",
        "reinspection": "通过",
        "closed_on": date(2025, 4, 6),
        "relapsed": "否",
    },
    "cases": {
        "unit": UNIT,
        "village": VILLAGE,
        "name": "上河村联建案例",
        "level": "县",
        "published_on": date(2025, 5, 5),
    },
    "meetings": {"village": VILLAGE, "held_on": date(2025, 9, 9)},
    "circulars": {
        "unit": UNIT,
        "village": VILLAGE,
        "circular_type": "表扬",
        "number": "石桥县联通报〔2025〕1号",
        "issued_on": date(2025, 10, 1),
    },
    "slips": {"village": VILLAGE, "colour": "橙", "issued_on": date(2025, 8, 8)},
}
"""One right row per sheet, by field, in the words of a ledger."""


def right(key: str, **changes: Any) -> Row:
    """The right row of a sheet with some cells changed."""
    return RIGHT[key] | changes


def write_book(
    path: Path,
    rows: Mapping[str, Sequence[Row]],
    *,
    titles: Mapping[str, str] | None = None,
    left_out: Sequence[str] = (),
) -> Path:
    """A workbook with the given rows by sheet key: title row 1, headers row 2, data from row 3.

    All sheets of the template are there; ``left_out`` names headers that are not, ``titles`` renames sheets.
    """
    pages: list[Page] = []
    for sheet in SHEETS:
        data = rows.get(sheet.key, ())
        extra = [column.header for column in sheet.columns if any(column.field in row for row in data)]
        headers = [*sheet.template_headers, *(h for h in extra if h not in sheet.template_headers)]
        headers = [header for header in headers if header not in left_out]
        fields = {column.header: column.field for column in sheet.columns}
        filled = [
            [row.get(fields[h]) if h in fields else number for h in headers]
            for number, row in enumerate(data, start=1)
        ]
        title = (titles or {}).get(sheet.key, sheet.title)
        pages.append((title, [[f"石桥县2025年{sheet.heading}"], headers, *filled]))
    save_pages(path, pages)
    return path


def read_rows(tmp_path: Path, rows: Mapping[str, Sequence[Row]]) -> Ledgers:
    """Read a workbook of these rows; the pairing ledger has its two right rows unless given."""
    return read_ledgers(
        write_book(tmp_path / "台账.xlsx", {"pairings": [pairing(), other_pairing()], **rows})
    )


def header(key: str, field: str) -> str:
    """The header of a field."""
    return next(sheet for sheet in SHEETS if sheet.key == key).by_field[field].header


def read_ledger(
    content: Path | bytes, *, name: str | None = None, known: KnownPairings | None = None
) -> Ledgers:
    """One workbook read alone; ``name`` is shown for it."""
    shown = name or (content.name if isinstance(content, Path) else "upload.xlsx")
    return read_files([LedgerFile(shown, content)], known=known)
