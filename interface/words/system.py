"""Words of the log itself: keys, witnesses, calendars, erasure."""

EVENTS: dict[str, str] = {
    "system.LogOpened": "开启日志",
    "system.LogKeyChanged": "更换签名密钥",
    "system.WitnessNamed": "确定见证单位",
    "system.LogRestored": "从备份恢复",
    "system.PersonalDataErased": "删除姓名",
    "system.EvidencePackaged": "导出证据包",
    "system.CalendarImported": "导入工作日历",
}
"""Event name to what it is called in lists."""
SENTENCES: dict[str, str] = {
    "system.LogOpened": "开启日志 %(origin)s",
    "system.LogKeyChanged": "更换签名密钥：%(because)s",
    "system.WitnessNamed": "由 %(office)s 见证本日志",
    "system.LogRestored": "从备份恢复，自 %(size)s 条记录起进入第 %(epoch)s 纪元：%(because)s",
    "system.PersonalDataErased": "%(decided_by)s 决定删除 %(ref)s 的姓名：%(ground)s",
    "system.CalendarImported": "导入 %(year)s 年工作日历第 %(version)s 版：%(source)s",
    "system.EvidencePackaged": "导出关于 %(about)s 的证据包",
}
"""Event name to its sentence."""
FIELDS: dict[str, str] = {
    "decided_by": "决定单位",
    "digests": "摘要算法",
    "epoch": "纪元",
    "erased_on": "删除日期",
    "ground": "依据",
    "blanked": "抹去姓名的台账",
    "key": "公钥",
    "leaf_format": "叶格式",
    "log_id": "日志编号",
    "lost_note": "失效的检查点",
    "origin": "日志名",
    "packaged_on": "导出日期",
    "ref": "人员编号",
    "restored_on": "恢复日期",
    "root": "根",
    "signature": "签名",
    "zone": "时区",
    "off_days": "休假日",
    "work_days": "调休上班日",
    "source": "出处",
    "imported_by": "导入账号",
    "imported_on": "导入日期",
}
"""Field of an event to its title."""
INPUTS: dict[str, str] = {
    "about": "业务日期",
}
"""Field of a form or an address to its title."""
