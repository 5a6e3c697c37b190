"""Words of what results are used for."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "use": {
        "commendation": Phrase("表彰奖励", "commendation"),
        "criticism": Phrase("批评教育", "criticism and education"),
        "talk": Phrase("约谈", "Summons"),
        "duty": Phrase("下年度任务", "duty for the next year"),
    },
    "use_state": {
        "open": Phrase("办理中", "Under way"),
        "overdue": Phrase("逾期", "Overdue"),
        "done": Phrase("已办结", "Done"),
    },
    "use_status": {
        "ordered": Phrase("已确定", "Ordered"),
        "reported": Phrase("已报告", "Reported"),
        "completed": Phrase("已完成", "Completed"),
        "withdrawn": Phrase("已撤销", "Withdrawn"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "order_result_use": verb(
        "下达结果运用",
        "Order the use of a result",
        "结果运用已下达，请单位按期报告办理情况。",
        "It is ordered; the unit reports by the due day.",
    ),
    "report_result_use": verb(
        "报告办理情况",
        "Report what was done",
        "办理情况已报告，由他人认定是否办结。",
        "The report is recorded; somebody else finds whether it is done.",
    ),
    "complete_result_use": verb(
        "认定办结", "Find it done", "已认定办结。", "It is found done; nothing more is to do."
    ),
    "withdraw_result_use": verb(
        "撤销结果运用", "Withdraw the use of a result", "结果运用已撤销。", "It is withdrawn."
    ),
}
EVENTS = {
    "assessment.ResultUseRegistered": event(
        "登记结果运用",
        "Use of a result registered",
        "登记结果运用：%(use)s，%(measure)s",
        "Use of a result registered: %(use)s, %(measure)s",
    ),
    "assessment.ResultUseOrdered": event(
        "确定结果运用",
        "Result use ordered",
        "对 %(branch)s（%(village)s）%(use)s：%(measure)s，%(due_on)s 前完成",
        "%(use)s for %(branch)s (%(village)s): %(measure)s, due on %(due_on)s",
    ),
    "assessment.ResultUseReported": event(
        "报告结果运用",
        "Result use reported",
        "%(branch)s（%(village)s）结果运用进展：%(account)s",
        "Reported on the use of the result of %(branch)s (%(village)s): %(account)s",
    ),
    "assessment.ResultUseCompleted": event(
        "完成结果运用",
        "Result use completed",
        "%(branch)s（%(village)s）结果运用已完成：%(account)s",
        "The use of the result of %(branch)s (%(village)s) is done: %(account)s",
    ),
    "assessment.ResultUseWithdrawn": event(
        "撤销结果运用",
        "Result use withdrawn",
        "撤销 %(branch)s（%(village)s）的结果运用：%(because)s",
        "Withdrew the use of the result of %(branch)s (%(village)s): %(because)s",
    ),
}
FIELDS = {
    "account": field("办理情况", "What was done"),
    "because": field("理由", "Reason"),
    "order_result_use.because": field(
        "理由", "Reason", "与等次不对应的须说明理由", "needed where the grade does not call for it"
    ),
    "due_on": field("完成期限", "Due day"),
    "measure": field("措施", "Measure"),
    "pairing_id": field("结对", "Pairing"),
    "run_id": field("核定", "Run"),
    "use": field("结果运用", "Use of the result"),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "use_id": Phrase("结果运用编号", "Result use"),
    "ordered_by": Phrase("确定账号", "Ordered by"),
    "accounted_by": Phrase("报告账号", "Accounted by"),
    "accounted_on": Phrase("报告日期", "Accounted on"),
    "completed_by": Phrase("完成账号", "Completed by"),
    "withdrawn_by": Phrase("撤销账号", "Withdrawn by"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
