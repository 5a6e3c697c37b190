"""The ledgers of the demo county as clerks handed them in: what had not happened yet by a day is not in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from domain.assessment.scheme.shifting import day_moved

Row = tuple[Any, ...]
PACKED = 2025
"""The year of the packed workbooks."""


@dataclass(frozen=True)
class Cut:
    """``entered``: the column with the day on which a row enters its sheet. ``shown``: a column with a later day to the
    columns that are empty until then."""

    entered: str
    shown: Mapping[str, Sequence[str]] = field(default_factory=dict)


CUTS = {
    "结对台账": Cut(
        "结对日期",
        {
            "协议签订日期": ("协议编号", "协议签订日期"),
            "兼职书记到任日期": ("兼职书记", "兼职书记到任日期"),
            "兼职书记离任日期": ("兼职书记离任日期",),
            "特邀委员到任日期": ("特邀委员", "特邀委员到任日期"),
            "特邀委员离任日期": ("特邀委员离任日期",),
        },
    ),
    "任职变动": Cut("到任日期", {"离任日期": ("离任日期",)}),
    "活动台账": Cut("填报日期"),
    "资源清单": Cut("登记日期"),
    "需求清单": Cut(
        "提出日期",
        {
            "对接日期": ("对接单位", "对接日期"),
            "办结日期": ("办结日期",),
            "村级确认日期": ("村级确认日期", "满意度"),
        },
    ),
    "民生实事项目": Cut("开工日期", {"实际完工日期": ("实际完工日期",), "村级验收日期": ("村级验收日期",)}),
    "问题整改台账": Cut(
        "检查日期",
        {
            "下达日期": ("整改要求", "整改通知书文号", "下达日期", "整改期限"),
            # When more time was granted is not stated; it was before the first day was over.
            "整改期限": ("延期后期限",),
            "整改完成日期": ("整改完成日期", "退回次数"),
            "复查日期": ("复查日期", "复查人", "复查结果", "是否反弹"),
            "销号日期": ("销号日期",),
        },
    ),
    "典型案例": Cut("刊发日期"),
    "现场会": Cut("日期"),
    "通报": Cut("日期"),
    "督查单": Cut("日期"),
}


@dataclass(frozen=True)
class _Sheet:
    title: str
    heading: Row
    columns: Row
    rows: Sequence[Row]

    def reported(self, paired: Mapping[object, date], after: date, until: date) -> list[Row]:
        """The rows with something new since ``after``, as they stood at the end of ``until``."""
        cut, place = CUTS[self.title], {name: at for at, name in enumerate(self.columns)}
        reported = []
        for row in self.rows:
            first = max((paired[cell] for cell in row if cell in paired), default=date.min)
            days = {name: _day(row[place[name]], first) for name in (cut.entered, *cut.shown)}
            known = [day for day in days.values() if after < day <= until]
            if days[cut.entered] > until or not known:
                continue
            later = [name for name in cut.shown if days[name] > until]
            hidden = {place[each] for name in later for each in cut.shown[name]}
            reported.append(tuple(None if at in hidden else cell for at, cell in enumerate(row)))
        return reported

    def moved_to(self, year: int) -> _Sheet:
        """The activities of another year: every Party day, and of the others each third."""
        kind = self.columns.index("活动类型")
        kept = [row for at, row in enumerate(self.rows) if row[kind] == "主题党日" or at % 3 == 0]
        heading = tuple(str(cell).replace(str(PACKED), str(year)) if cell else cell for cell in self.heading)
        return replace(self, heading=heading, rows=[_moved(row, year - PACKED) for row in kept])


def _moved(row: Row, years: int) -> Row:
    return tuple(day_moved(cell, years) if isinstance(cell, datetime) else cell for cell in row)


def _day(cell: object, first: date) -> date:
    """The day on which a cell comes true, not before ``first``; never, where there is none."""
    return max(cell.date(), first) if isinstance(cell, datetime) else date.max


class LedgersOfTheYear:
    """The workbooks of 2025, which are packed, or of a later year: its activities, as in 2025 but fewer."""

    def __init__(self, year: int = PACKED) -> None:
        books = _packed()
        pairings, *_ = books["结对台账.xlsx"]
        named = [pairings.columns.index(name) for name in ("联建单位", "联建村（社区）")]
        on = pairings.columns.index("结对日期")
        # Nobody writes of a unit or a village before it is paired.
        self._paired = {
            row[at]: _day(row[on], date.min) for row in pairings.rows for at in named if row[at] is not None
        }
        if year != PACKED:
            (activities,) = books["活动台账.xlsx"]
            books = {"活动台账.xlsx": [activities.moved_to(year)]}
        self._books = books
        self._reported_until = date.min

    def report(self, folder: Path, until: date) -> bool:
        """Write into ``folder`` what is new since the last report, as it stood at the end of ``until``; whether anything is."""
        anything = False
        for name, sheets in self._books.items():
            reported = [
                (sheet, sheet.reported(self._paired, self._reported_until, until)) for sheet in sheets
            ]
            if any(rows for _, rows in reported):
                _save(folder / name, reported)
                anything = True
        self._reported_until = until
        return anything


@cache
def _packed() -> dict[str, list[_Sheet]]:
    books = {}
    with as_file(files("interface.demo").joinpath("ledgers")) as folder:
        for path in sorted(folder.glob("*.xlsx")):
            with closing(load_workbook(path, read_only=True)) as book:
                books[path.name] = [_sheet(page.title, page.iter_rows(values_only=True)) for page in book]
    return books


def _sheet(title: str, lines: Any) -> _Sheet:
    heading, columns, *rows = lines
    return _Sheet(title, heading, columns, rows)


def _save(path: Path, reported: Sequence[tuple[_Sheet, Sequence[Row]]]) -> None:
    book = Workbook(write_only=True)
    for sheet, rows in reported:
        page = book.create_sheet(sheet.title)
        for line in (sheet.heading, sheet.columns, *rows):
            page.append(line)
    book.save(path)
