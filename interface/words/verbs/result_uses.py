"""Words of what is done with the use of a published result."""

from __future__ import annotations

from interface.words.phrase import field, verb

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
