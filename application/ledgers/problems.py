"""What can be wrong with a ledger, said once: stable code, sentence and remedy in English and Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, apart from where. ``code`` is stable; the sentences may be improved."""

    code: str
    message: str
    message_zh: str
    remedy: str
    remedy_zh: str


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One reason why a ledger row, a sheet or a whole file was not taken.

    ``row`` is 1-based as the spreadsheet shows it, 0 when the whole sheet or file is meant (``sheet`` is then
    possibly empty). ``column`` is the header as the template writes it, or empty. ``value`` is the cell
    as read.
    """

    file: str
    sheet: str
    row: int
    column: str
    code: str
    message: str
    remedy: str
    message_zh: str
    remedy_zh: str
    value: str = ""


Notice = RefusedRow
"""The same about what was read all the same, or passed over: a warning of the result."""


def refused(
    problem: Problem, *, file: str, sheet: str = "", row: int = 0, column: str = "", value: str = ""
) -> RefusedRow:
    """The problem at its place."""
    return RefusedRow(
        file=file,
        sheet=sheet,
        row=row,
        column=column,
        code=problem.code,
        message=problem.message,
        remedy=problem.remedy,
        message_zh=problem.message_zh,
        remedy_zh=problem.remedy_zh,
        value=value,
    )


# --- one cell --------------------------------------------------------------------------------------

REQUIRED = Problem(
    "required", "required cell is empty", "必填单元格为空", "Fill in this cell.", "请填写此单元格。"
)
NOT_A_DATE = Problem(
    "invalid_date",
    "not a date",
    "不是日期",
    "Write year, month and day, such as 2025-03-05 or 2025年3月5日.",
    "请写明年月日，如 2025-03-05 或 2025年3月5日。",
)
A_TIME_WITH_ITS_ZONE = Problem(
    "invalid_date",
    "a time with its zone, which may be another day here",
    "带时区的时刻，按本地日历可能是另一天",
    "Write the day alone, as the county's calendar has it.",
    "请只写本地日历上的日期。",
)
NO_SUCH_DAY = Problem(
    "invalid_date",
    "no such day",
    "没有这一天",
    "Check month and day against the calendar.",
    "请对照日历核对月份和日期。",
)
YEAR_OUT_OF_RANGE = Problem(
    "invalid_date",
    "year is outside 2000 to 2099",
    "年份不在 2000 至 2099 之间",
    "Correct the year.",
    "请更正年份。",
)
NOT_A_NUMBER = Problem(
    "invalid_number",
    "not a number",
    "不是数字",
    "Write one exact figure, such as 25; no words, ranges or estimates.",
    "请填一个确切数字，如 25；不用文字、区间或约数。",
)
NOT_WHOLE = Problem(
    "invalid_number", "not a whole number", "不是整数", "Write a whole number.", "请填写整数。"
)
FINER_THAN_A_HUNDREDTH = Problem(
    "invalid_number",
    "hours with more than two decimals",
    "学时多于两位小数",
    "Write hours with at most two decimals, such as 1.5.",
    "请填写至多两位小数的学时，如 1.5。",
)
FINER_THAN_A_CENT = Problem(
    "invalid_number",
    "finer than a cent",
    "金额精确到分以下",
    "Write at most six decimals of 万元.",
    "以万元填写时小数最多六位。",
)
NEGATIVE_COUNT = Problem(
    "negative", "a count cannot be negative", "数量不能为负", "Write 0 or more.", "请填 0 或正整数。"
)
NEGATIVE_AMOUNT = Problem(
    "negative", "an amount cannot be negative", "金额不能为负", "Write 0 or more.", "请填 0 或正数。"
)
NOT_A_TEXT = Problem(
    "invalid_text",
    "the cell holds a spreadsheet error instead of text",
    "单元格是公式错误，不是文字",
    "Replace the formula by the text itself.",
    "请把公式改为文字内容。",
)
WITHOUT_RESULT = Problem(
    "formula_without_result",
    "formula without a result",
    "公式没有计算结果",
    "Open the file in a spreadsheet program and save it, or write the value itself.",
    "请用表格软件打开并保存，或直接填写数值。",
)
STRUCK = Problem(
    "struck_through",
    "struck through, though not the whole row is",
    "此格画了删除线，但整行没有",
    "Take the line away where the value holds; strike the whole row through where the row is void.",
    "内容有效请取消删除线；整行作废请整行画删除线。",
)
MERGED_FIGURE = Problem(
    "merged_figure",
    "one figure merged over several rows",
    "一个数合并在多行上",
    "Unmerge the cell and write each row's own figure.",
    "请取消合并，逐行填写各自的数。",
)


def too_long(limit: int) -> Problem:
    """The text has more than ``limit`` characters."""
    return Problem(
        "invalid_text",
        f"longer than {limit} characters",
        f"超过 {limit} 字",
        f"Shorten it to {limit} characters.",
        f"请缩短到 {limit} 字以内。",
    )


def unknown_value(what: str, what_zh: str, allowed: tuple[str, ...]) -> Problem:
    """The word is none of the list; ``what`` with its article ("a severity")."""
    choices = "、".join(allowed)
    return Problem(
        "unknown_value",
        f"not {what}",
        f"不是规定的{what_zh}",
        f"Use one of: {choices}.",
        f"请用以下之一：{choices}。",
    )


def out_of_range(what: str, what_zh: str, low: int, high: int) -> Problem:
    """The number lies outside ``low`` to ``high``, both allowed."""
    return Problem(
        "out_of_range",
        f"{what} is {low} to {high}",
        f"{what_zh}应为 {low} 至 {high}",
        f"Write a number from {low} to {high}.",
        f"请填 {low} 至 {high} 之间的数。",
    )


# --- a row against the pairing ledger and against other rows ---------------------------------------

UNKNOWN_VILLAGE = Problem(
    "unknown_village",
    "no such village in the pairing ledger",
    "结对台账中没有这个村（社区）",
    "Write the name as in the pairing ledger, or add the pairing there.",
    "请按结对台账写村名，或先在结对台账中登记。",
)
NOT_PAIRED = Problem(
    "not_paired",
    "this unit is not paired with this village",
    "该单位与该村（社区）没有结对",
    "Correct the unit or the village, or add the pairing to the pairing ledger.",
    "请更正单位或村（社区），或先在结对台账中登记。",
)
UNIT_IN_NO_PAIRING = Problem(
    "not_paired",
    "this unit is in no pairing",
    "该单位没有任何结对",
    "Write the unit's name as in the pairing ledger, or add the pairing there.",
    "请按结对台账写单位名称，或先在结对台账中登记。",
)
UNKNOWN_UNIT = Problem(
    "unknown_unit",
    "no such unit on record or in the ledgers",
    "名册和台账中没有这个单位",
    "Correct the name; a unit in no pairing needs a row of its own on this sheet, with level, class and branch.",
    "请更正名称；没有结对的单位，请在本表另列一行，填写单位层级、单位类别和党支部。",
)
SAME_ROW = Problem(
    "duplicate",
    "same row as an earlier one",
    "与前面一行内容相同",
    "Delete this row, or correct what makes it a different one.",
    "请删除此行；如确为另一事项，请更正内容。",
)
SAME_NUMBER = Problem(
    "duplicate",
    "this number was used on an earlier row",
    "编号与前面一行重复",
    "Give this row its own number.",
    "请为此行另编编号。",
)
SAME_PAIRING = Problem(
    "duplicate",
    "this unit and village are paired on an earlier row",
    "前面一行已登记同一对联建",
    "Keep one row per pairing; where it ended and began again, state its last day on the earlier row.",
    "每一对联建只保留一行；终止后重新结对的，在前一行填写终止日期。",
)
INCONSISTENT = Problem(
    "inconsistent",
    "differs from an earlier row of the same unit or village",
    "与前面同一单位或村（社区）的填写不一致",
    "Write the same on every row of this unit or village.",
    "同一单位或村（社区）各行应填写一致。",
)


def rows_wait(rows: int) -> Problem:
    """Rows of other sheets that belong to a pairing whose row was refused."""
    return Problem(
        "rows_wait",
        f"{rows} rows of other sheets wait for this pairing",
        f"其他工作表有 {rows} 行须待此结对登记后才能登记",
        "Correct this row and import again; the rows themselves need no change.",
        "请更正此行后重新导入，那些行本身不必改。",
    )


# --- a row against itself --------------------------------------------------------------------------

TAUGHT_WITHOUT_TRAINING = Problem(
    "not_applicable",
    "hours or a teacher on a row that is neither training nor lecture",
    "不是集中培训、专题讲座却填了学时或者授课人",
    "Empty this cell, or change the activity type to 集中培训 or 专题讲座.",
    "请清空此格，或把活动类型改为集中培训、专题讲座。",
)
VISITED_WITHOUT_VISIT = Problem(
    "not_applicable",
    "persons visited on a row that is no visit",
    "不是走访慰问却填了慰问人数",
    "Empty this cell, or change the activity type to 走访慰问.",
    "请清空此格，或把活动类型改为走访慰问。",
)
VISIT_WITHOUT_VISITED = Problem(
    "required",
    "a visit without persons visited",
    "走访慰问没有填慰问人数",
    "Write how many persons were visited.",
    "请填写慰问人数。",
)
RATED_UNCONFIRMED = Problem(
    "not_applicable",
    "rated though the village has not confirmed",
    "村级未确认却填了满意度",
    "Fill in the day the village confirmed, or empty the rating.",
    "请填写村级确认日期，或清空满意度。",
)
CLOSED_UNPASSED = Problem(
    "not_passed",
    "closed though re-inspection did not pass",
    "复查未通过却已销号",
    "Empty the closing day, or correct the result of re-inspection.",
    "请清空销号日期，或更正复查结果。",
)
RELAPSED_UNCLOSED = Problem(
    "not_applicable",
    "relapsed though never closed",
    "未销号却填了反弹",
    "Fill in the closing day, or write 否.",
    "请填写销号日期，或改为“否”。",
)


def needed_because(missing_zh: str, because: str, because_zh: str) -> Problem:
    """An empty cell that another cell of the row makes necessary."""
    return Problem(
        "required",
        f"empty although {because}",
        f"{because_zh}，此格不能为空",
        f"Fill in {missing_zh}.",
        f"请填写{missing_zh}。",
    )


def wrong_order(sentence: str, later_zh: str, earlier_zh: str) -> Problem:
    """Two days of the row in an order that cannot be."""
    return Problem(
        "order",
        sentence,
        f"{later_zh}早于{earlier_zh}",
        f"Correct {later_zh} or {earlier_zh}.",
        f"请更正{later_zh}或{earlier_zh}。",
    )


# --- a sheet or a file -----------------------------------------------------------------------------


def broken_file(reason: str, reason_zh: str) -> Problem:
    """The file cannot be read as a workbook."""
    return Problem(
        "broken_file",
        reason,
        reason_zh,
        "Open it in a spreadsheet program and save it as .xlsx.",
        "请用表格软件打开后另存为 .xlsx。",
    )


def too_large(reason: str, reason_zh: str) -> Problem:
    """The file is larger than a ledger can be."""
    return Problem(
        "too_large",
        reason,
        reason_zh,
        "Split the ledger, and delete empty formatted rows and pictures.",
        "请拆分台账，并删除空白格式行和图片。",
    )


NO_LEDGER_IN_FILE = Problem(
    "unknown_workbook",
    "no ledger sheet was recognised",
    "没有认出任何台账工作表",
    "Use the sheet headers of the template.",
    "请使用模板的表头。",
)
NO_LEDGERS = Problem(
    "no_ledgers",
    "no .xlsx file here",
    "这里没有 .xlsx 文件",
    "Name the folder or file that holds the ledgers.",
    "请指明台账所在的文件夹或文件。",
)
SAME_FILE = Problem(
    "duplicate_file",
    "same content as another file",
    "与另一文件内容相同",
    "Keep one of the two.",
    "两者保留其一。",
)
MISSING_HEADER = Problem(
    "missing_header",
    "no header row was found",
    "没有找到表头",
    "Put the header row of the template above the data.",
    "请在数据上方保留模板的表头。",
)
MISSING_COLUMN = Problem(
    "missing_column",
    "a required column is missing",
    "缺少必需的列",
    "Add the column with this header.",
    "请补上这一列。",
)
REPEATED_COLUMN = Problem(
    "repeated_column",
    "two columns have this header",
    "有两列同名",
    "Keep one of the two columns.",
    "请只保留一列。",
)


def unknown_column(rows: int, resembles: str = "") -> Problem:
    """A column filled in ``rows`` rows whose heading is none of the template's."""
    like, like_zh = (f"; it resembles {resembles}", f"，近似“{resembles}”") if resembles else ("", "")
    return Problem(
        "unknown_column",
        f"this column is not known, and what stands in {rows} rows of it is not read{like}",
        f"不认识此列，其中 {rows} 行的内容未读入{like_zh}",
        "Write the heading as in the template if it is one of its columns.",
        "如属模板中的列，请按模板写表头。",
    )


def nearly_a_column(rows: int, resembles: str) -> Problem:
    """The heading is so near one of the template that is not there that the rows would be read without it."""
    return Problem(
        "unknown_column",
        f"{rows} rows were not read: the heading is not known and resembles {resembles}",
        f"{rows} 行未读入：不认识此表头，近似“{resembles}”",
        f"Write {resembles} if that is meant; otherwise give the column another heading.",
        f"如指“{resembles}”请照此书写；否则请改用其他表头。",
    )


def _counted(rows: Sequence[int]) -> tuple[str, str]:
    """The first row numbers in words, and how many more."""
    listed = ", ".join(map(str, rows[:10])), "、".join(map(str, rows[:10]))
    more = len(rows) - 10
    return (f"{listed[0]} and {more} more", f"{listed[1]} 等") if more > 0 else listed


def passed_over(kind: str, rows: Sequence[int]) -> Problem:
    """Rows under the heading that are not data, by ``kind``: a key of `PASSED_OVER`."""
    what, what_zh = PASSED_OVER[kind]
    listed, listed_zh = _counted(rows)
    return Problem(
        f"passed_over_{kind}",
        f"{len(rows)} rows were passed over as {what}: {listed}",
        f"{len(rows)} 行作为{what_zh}略过：第 {listed_zh} 行",
        "Nothing needs to be done if that is right.",
        "如无误，无需处理。",
    )


PASSED_OVER = {
    "total": ("totals", "合计"),
    "note": ("notes", "说明"),
    "heading": ("headings repeated", "重复表头"),
    "numbering": ("numbers of columns", "列号"),
    "struck": ("struck through", "作废（删除线）"),
}


def hidden_rows_read(rows: Sequence[int]) -> Problem:
    """A filter hides rows that are data all the same."""
    listed, listed_zh = _counted(rows)
    return Problem(
        "hidden_rows",
        f"{len(rows)} hidden rows were read: {listed}",
        f"读入了 {len(rows)} 行隐藏（或筛选）的行：第 {listed_zh} 行",
        "Delete the rows that do not hold; hiding them does not take them away.",
        "不应计入的行请删除；隐藏不等于删除。",
    )


HIDDEN_COLUMN = Problem(
    "hidden_column",
    "a hidden column was read",
    "读入了隐藏的列",
    "Delete the column if it does not hold; hiding it does not take it away.",
    "不应计入的列请删除；隐藏不等于删除。",
)


def hidden_sheet(rows: int) -> Problem:
    """A ledger on a sheet nobody sees."""
    return Problem(
        "hidden_sheet",
        f"a hidden sheet with {rows} rows was passed over",
        f"略过隐藏的工作表，含 {rows} 行",
        "Unhide the sheet if its rows hold; delete it if they do not.",
        "内容有效请取消隐藏，无效请删除工作表。",
    )


UNKNOWN_SHEET = Problem(
    "unknown_sheet",
    "this sheet is no ledger and was passed over",
    "此工作表不是台账，已略过",
    "Give it the title and the headings of the template if it is one.",
    "如是台账，请按模板写工作表名称和表头。",
)


def other_format(suffix: str) -> Problem:
    """A table in a format that is not read."""
    return Problem(
        "other_format",
        f"{suffix} files are not read",
        f"不读取 {suffix} 文件",
        "Open it in a spreadsheet program and save it as .xlsx.",
        "请用表格软件打开后另存为 .xlsx。",
    )


def new_name(resembles: str) -> Problem:
    """A name nobody had registered, which is like one that is on record."""
    return Problem(
        "new_name",
        f"registered as new; it resembles {resembles}",
        f"作为新的登记；与“{resembles}”相近",
        "If it is the same, tell so with lianjian registry.",
        "如为同一个，请用 lianjian registry 更正。",
    )


OPEN_FILE = Problem(
    "lock_file",
    "the mark of a file that is open elsewhere",
    "有文件正在别处打开",
    "Save and close the ledger there, then import again if it was changed.",
    "请先保存并关闭该台账，如有改动再重新导入。",
)
FOLDER_BESIDE = Problem(
    "folder",
    "a folder beside the ledgers was passed over",
    "略过台账旁的文件夹",
    "Import it by its own if it holds ledgers.",
    "其中如有台账，请单独导入。",
)
FILE_BESIDE = Problem(
    "other_file",
    "this file is no workbook and was passed over",
    "不是工作簿，已略过",
    "Save it as .xlsx if it holds a ledger.",
    "如是台账，请另存为 .xlsx。",
)


def many_beside(files: int) -> Problem:
    """More files beside the ledgers than are named one by one."""
    return Problem(
        "other_file",
        f"{files} further files and folders are no workbooks and were passed over",
        f"另有 {files} 个文件或文件夹不是工作簿，已略过",
        "Import ledgers from a folder of their own.",
        "请把台账放在单独的文件夹中导入。",
    )


def outside_the_year(rows: int, year: int, others: str) -> Problem:
    """Days of happening in other years than the one imported for."""
    return Problem(
        "outside_the_year",
        f"{rows} rows happened outside {year}: {others}",
        f"{rows} 行的日期不在 {year} 年：{others}",
        "Check the days, or give --year if another year is meant.",
        "请核对日期；如属其他年度，请用 --year 指明。",
    )


MISSING_SHEET = Problem(
    "missing_sheet",
    "a sheet of this workbook is missing",
    "工作簿缺少这张工作表",
    "Add the sheet, with its headers even when it has no rows.",
    "请补上这张工作表；没有内容也保留表头。",
)


def no_pairings(rows: int) -> Problem:
    """Rows name villages, but no pairing is known to check them by."""
    return Problem(
        "no_pairings",
        f"{rows} rows were not read: no pairing is known yet",
        f"{rows} 行未读入：还没有任何结对关系",
        "Import the pairing ledger first, or together with this one.",
        "请先导入结对台账，或与本台账一并导入。",
    )
