"""Words of the log itself: keys, witnesses, calendars, erasure."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

VERBS = {
    "import_calendar": verb(
        "登记节假日",
        "Enter the holidays of a year",
        "节假日已登记；此前已确定的期限不变。",
        "The holidays are entered; days that were fixed before stay.",
    ),
    "erase_person": verb(
        "删除姓名",
        "Erase the name",
        "姓名已删除，记录与证明不受影响。",
        "The name is erased; the deeds stay and every proof holds.",
    ),
}
EVENTS = {
    "system.LogOpened": event("开启日志", "Log opened", "开启日志 %(origin)s", "Log %(origin)s opened"),
    "system.LogKeyChanged": event(
        "更换签名密钥", "Signing key changed", "更换签名密钥：%(because)s", "Signing key changed: %(because)s"
    ),
    "system.WitnessNamed": event(
        "确定见证单位", "Witness named", "由 %(office)s 见证本日志", "%(office)s witnesses this log"
    ),
    "system.LogRestored": event(
        "从备份恢复",
        "Restored from a backup",
        "从备份恢复，自 %(size)s 条记录起进入第 %(epoch)s 纪元：%(because)s",
        "Restored from a backup of %(size)s records, epoch %(epoch)s begins: %(because)s",
        one="Restored from a backup of %(size)s record, epoch %(epoch)s begins: %(because)s",
        counts="size",
    ),
    "system.PersonalDataErased": event(
        "删除姓名",
        "Name erased",
        "%(decided_by)s 决定删除 %(ref)s 的姓名：%(ground)s",
        "%(decided_by)s had the name of %(ref)s erased: %(ground)s",
    ),
    "system.EvidencePackaged": event(
        "导出证据包", "Evidence packaged", "导出关于 %(about)s 的证据包", "Evidence about %(about)s packaged"
    ),
    "system.CalendarImported": event(
        "导入工作日历",
        "Calendar imported",
        "导入 %(year)s 年工作日历第 %(version)s 版：%(source)s",
        "Imported version %(version)s of the working days of %(year)s: %(source)s",
    ),
}
FIELDS = {
    "off_days": field(
        "放假日期",
        "Holidays",
        "逐日填写，如 2026-10-01，用空格或逗号分开；周末不必填",
        "day by day, such as 2026-10-01, parted by spaces or commas; weekends need not be named",
    ),
    "source": field(
        "依据文件", "Source", "公布放假安排的文件名称和文号", "title and number of the notice of the holidays"
    ),
    "work_days": field(
        "调休上班日期",
        "Weekend days that are worked",
        "逐日填写，只填周末；没有的不填",
        "day by day, weekends only; empty where there are none",
    ),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "decided_by": Phrase("决定单位", "Decided by"),
    "digests": Phrase("摘要算法", "Digest algorithms"),
    "epoch": Phrase("纪元", "Epoch"),
    "erased_on": Phrase("删除日期", "Erased on"),
    "ground": Phrase("依据", "Basis"),
    "blanked": Phrase("抹去姓名的台账", "Ledgers whose names were taken out"),
    "key": Phrase("公钥", "Key"),
    "leaf_format": Phrase("叶格式", "Leaf format"),
    "log_id": Phrase("日志编号", "Log id"),
    "lost_note": Phrase("失效的检查点", "Lost checkpoint"),
    "origin": Phrase("日志名", "Origin"),
    "packaged_on": Phrase("导出日期", "Packaged on"),
    "ref": Phrase("人员编号", "Person"),
    "restored_on": Phrase("恢复日期", "Restored on"),
    "root": Phrase("根", "Root"),
    "signature": Phrase("签名", "Signature"),
    "zone": Phrase("时区", "Time zone"),
    "off_days": Phrase("休假日", "Days off"),
    "work_days": Phrase("调休上班日", "Weekend working days"),
    "source": Phrase("出处", "Source"),
    "imported_by": Phrase("导入账号", "Imported by"),
    "imported_on": Phrase("导入日期", "Imported on"),
    "about": Phrase("业务日期", "Business date"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
