"""Words of appeals."""

CHOICES: dict[str, dict[str, str]] = {
    "appeal_status": {
        "filed": "已提交",
        "admitted": "已受理",
        "refused": "不予受理",
        "decided": "已决定",
        "withdrawn": "已撤回",
    },
    "side": {
        "unit": "联建单位",
        "village": "联建村（社区）",
    },
    "outcome": {
        "upheld": "维持",
        "varied": "变更得分",
        "revoked": "撤销问题",
    },
}
"""What may be chosen or be the case: a group to its identifiers with their words."""
EVENTS: dict[str, str] = {
    "appeal.AppealNumbered": "申诉编号",
    "appeal.AppealRegistered": "登记申诉",
    "appeal.AppealFiled": "提出申诉",
    "appeal.AppealAdmitted": "受理申诉",
    "appeal.AppealRefused": "不予受理",
    "appeal.AppealDecided": "决定申诉",
    "appeal.AppealWithdrawn": "撤回申诉",
}
"""Event name to what it is called in lists."""
SENTENCES: dict[str, str] = {
    "appeal.AppealNumbered": "申诉编号 %(number)s",
    "appeal.AppealRegistered": "登记申诉 %(appeal_id)s",
    "appeal.AppealFiled": "%(filed_by)s 提出申诉 %(appeal_id)s：%(grounds)s",
    "appeal.AppealAdmitted": "受理申诉 %(appeal_id)s，应于 %(due_on)s 前决定",
    "appeal.AppealRefused": "不予受理申诉 %(appeal_id)s：%(because)s",
    "appeal.AppealDecided": "申诉 %(appeal_id)s 决定：%(outcome)s。%(reasons)s",
    "appeal.AppealWithdrawn": "撤回申诉 %(appeal_id)s",
}
"""Event name to its sentence."""
FIELDS: dict[str, str] = {
    "admitted_on": "受理日期",
    "contested_points_hundredths": "争议分值（百分之一分）",
    "corrected_points_hundredths": "更正分值（百分之一分）",
    "decided_on": "决定日期",
    "facts_digest": "所依事实摘要",
    "numbered_on": "编号日期",
    "contested": "申诉事项",
    "side": "申诉方",
}
"""Field of an event to its title."""
INPUTS: dict[str, str] = {
    "outcome": "结论",
    "reasons": "理由",
}
"""Field of a form or an address to its title."""
