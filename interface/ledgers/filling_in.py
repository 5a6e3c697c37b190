"""How the columns of a template are filled in: what a spreadsheet program checks at once, the hint, and an example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from openpyxl.worksheet.datavalidation import DataValidation

from application.ledgers.cells import (
    CENTS_PER_WAN,
    FIRST_YEAR,
    HUNDREDTHS,
    LAST_YEAR,
    LONGEST_NAME,
    LONGEST_TEXT,
)
from application.ledgers.sheets import LISTS, Column, Kind, Sheet
from interface.ledgers.checks import LISTED_WITH

LAST_ROW: Final = 5_000
"""The row down to which cells are checked as they are filled in."""

_EXAMPLES: Final = {
    "unit": "县农业农村局",
    "matched_unit": "县农业农村局",
    "branch": "县农业农村局机关党支部",
    "parent": "县农业农村局",
    "village": "上坪村",
    "township": "城关镇",
    "agreement_number": "县联建协〔2026〕1号",
    "part_time_secretary": "张某某",
    "invited_member": "李某某",
    "person": "王某某",
    "theme": "重温入党誓词",
    "need_id": "XQ2026-001",
    "project_id": "XM2026-001",
    "finding_id": "WT2026-001",
    "name": "村内道路硬化",
    "inspector": "赵某某",
    "reinspector": "赵某某",
    "measures": "补齐活动记录，报送佐证材料",
    "order_number": "县联监督〔2026〕1号",
    "number": "县联通报〔2026〕1号",
    "participants": "25",
    "investment_cents": "12.5",
    "beneficiaries": "300",
    "rating": "5",
    "times_returned": "0",
    "relapsed": "否",
}
_OF_SHEET: Final = {
    ("parents", "unit"): "县农业技术推广站",
    ("parents", "unit_level"): "县",
    ("parents", "unit_class"): "事业单位",
    ("parents", "branch"): "县农业技术推广站党支部",
    ("resources", "description"): "可派农技专家到村培训",
    ("needs", "description"): "希望组织义诊服务",
    ("findings", "description"): "3月主题党日没有签到记录",
    ("cases", "name"): "上坪村联建工作做法",
}
_DAYS: Final = {
    "agreement_signed_on": "2026-01-20",
    "reported_on": "2026-03-06",
    "matched_on": "2026-03-10",
    "met_on": "2026-04-10",
    "confirmed_on": "2026-04-12",
    "planned_end_on": "2026-09-30",
    "completed_on": "2026-09-20",
    "accepted_on": "2026-09-28",
    "ordered_on": "2026-03-06",
    "due_on": "2026-04-05",
    "submitted_on": "2026-03-30",
    "reinspected_on": "2026-04-02",
    "closed_on": "2026-04-03",
    "paired_on": "2026-01-05",
    "part_time_secretary_began_on": "2026-01-05",
    "invited_member_began_on": "2026-01-05",
}
_LEFT_EMPTY: Final = frozenset(
    [
        *("part_time_secretary_ended_on", "invited_member_ended_on", "ended_on", "end_reason"),
        *("extended_due_on", "correction", "persons_visited"),
        *("hours_hundredths", "teacher", "teacher_office"),
        *("from_on", "until_on"),
    ]
)


def cell_check(sheet: Sheet, column: Column, units: int, villages: int) -> DataValidation | None:
    """What a cell of the column is checked for as it is filled in; ``None`` for free text."""
    check: DataValidation
    match column.kind:
        case Kind.CHOICE | Kind.FLAG:
            check = DataValidation(type="list", formula1='"' + ",".join(column.choices or ()) + '"')
        case Kind.UNIT | Kind.VILLAGE:
            letter, many = ("A", units) if column.kind is Kind.UNIT else ("B", villages)
            if not many:
                return None
            check = DataValidation(type="list", formula1=f"{LISTS}!${letter}$1:${letter}${many}")
            # A name may be new, and a pairing ledger is where it comes from: that is asked, not forbidden.
            check.errorStyle = "information" if sheet.key in ("pairings", "parents") else "warning"
        case Kind.DATE:
            check = DataValidation(
                type="date",
                operator="between",
                formula1=f"DATE({FIRST_YEAR},1,1)",
                formula2=f"DATE({LAST_YEAR},12,31)",
            )
        case Kind.COUNT:
            check = DataValidation(
                type="whole", operator="between", formula1=str(column.low), formula2=str(column.high)
            )
        case Kind.MONEY:
            most = str(column.high // CENTS_PER_WAN)
            check = DataValidation(type="decimal", operator="between", formula1="0", formula2=most)
        case Kind.HOURS:
            most = str(column.high // HUNDREDTHS)
            check = DataValidation(type="decimal", operator="between", formula1="0", formula2=most)
        case _:
            return None
    check.allow_blank = True
    check.showErrorMessage = check.showInputMessage = True
    check.promptTitle = check.errorTitle = column.header[:32]
    check.prompt = check.error = hint(column)[:250]
    return check


_HINTS: Final = {
    "from_on": "年月日；一直如此的留空",
    "until_on": "最后一日；至今仍是的留空，换了上级的另起一行",
    "parent": "从下拉列表中选，或照登记的名称填写；没有结对的单位先在本表列一行",
}


def hint(column: Column) -> str:
    """How the column is filled in."""
    if column.field in _HINTS:
        return _HINTS[column.field]
    match column.kind:
        case Kind.CHOICE | Kind.FLAG:
            return "从下拉列表中选：" + "、".join(column.choices or ())
        case Kind.UNIT | Kind.VILLAGE:
            return "从下拉列表中选，或照登记的名称填写"
        case Kind.DATE:
            return "年月日，如 2026-03-05"
        case Kind.COUNT:
            return f"{column.low} 至 {column.high} 的整数"
        case Kind.MONEY:
            return "以万元为单位的数，小数最多六位"
        case Kind.HOURS:
            return f"只填集中培训、专题讲座的，最多 {column.high // HUNDREDTHS}，小数最多两位"
        case Kind.NUMBER_ID:
            return "此事项自己的编号，同一年度内不重复"
        case Kind.NAME:
            return f"最多 {LONGEST_NAME} 字"
        case Kind.TEXT:
            return f"最多 {LONGEST_TEXT} 字"


_ONLY_UNPAIRED: Final = "只填没有结对的单位；"
_OF_UNPAIRED: Final = frozenset(("parents", name) for name in LISTED_WITH)


def guide_lines(sheets: Sequence[Sheet]) -> Iterator[tuple[str, ...]]:
    """The lines of the sheet that says how to fill in the others: one for each column, under a heading."""
    yield "填在工作表", "填在栏目", "要求", "怎么填", "填写的例子"
    for sheet in sheets:
        for column in sheet.columns:
            need = "必填" if column.required else "选填" if column.in_template else "少用，可加"
            told = _ONLY_UNPAIRED if (sheet.key, column.field) in _OF_UNPAIRED else ""
            yield sheet.title, column.header, need, told + hint(column), _example(sheet, column)


def _example(sheet: Sheet, column: Column) -> str:
    if column.field in _LEFT_EMPTY:
        return ""
    if column.field in _EXAMPLES or (sheet.key, column.field) in _OF_SHEET:
        return _OF_SHEET.get((sheet.key, column.field)) or _EXAMPLES[column.field]
    if column.kind is Kind.DATE:
        return _DAYS.get(column.field, "2026-03-05")
    return next(iter(column.choices or ()), "")
