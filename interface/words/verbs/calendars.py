"""Words of what is done with the calendar."""

from __future__ import annotations

from interface.words.phrase import field, verb

VERBS = {
    "import_calendar": verb(
        "登记节假日",
        "Enter the holidays of a year",
        "节假日已登记；此前已确定的期限不变。",
        "The holidays are entered; days that were fixed before stay.",
    ),
}
FIELDS = {
    "off_days": field("放假日期", "Holidays"),
    "source": field("依据文件", "Source"),
    "work_days": field("调休上班日期", "Weekend days that are worked"),
}
