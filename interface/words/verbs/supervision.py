"""Words of what is done with findings, slips and circulars."""

from __future__ import annotations

from interface.words.phrase import field, verb

VERBS = {
    "raise_finding": verb(
        "登记问题",
        "Raise a finding",
        "问题已登记，请下达整改通知。",
        "The finding is raised; order rectification next.",
    ),
    "order_rectification": verb(
        "下达整改",
        "Order rectification",
        "整改通知已下达，请送达单位并等待签收。",
        "Rectification is ordered; serve the order and wait for the unit to acknowledge it.",
    ),
    "serve_order": verb(
        "登记送达",
        "Record service",
        "送达已登记，等待单位签收。",
        "Service is recorded; the unit acknowledges next.",
    ),
    "remind_unit": verb(
        "催办", "Remind the unit", "已催办，单位会看到催办事项。", "The unit is reminded and reads why."
    ),
    "acknowledge_order": verb(
        "签收整改通知",
        "Acknowledge the order",
        "已签收，请按期提交整改情况。",
        "Acknowledged; report by the due day.",
    ),
    "request_extension": verb(
        "申请延期",
        "Ask for an extension",
        "延期申请已提交，等待答复。",
        "The extension is asked for; wait for the answer.",
    ),
    "grant_extension": verb(
        "同意延期",
        "Grant the extension",
        "已同意延期，整改期限已更新。",
        "The extension is granted; the due day is changed.",
    ),
    "refuse_extension": verb(
        "不同意延期",
        "Refuse the extension",
        "已答复不同意延期，原期限不变。",
        "The extension is refused; the due day stands.",
    ),
    "submit_rectification": verb(
        "提交整改",
        "Submit rectification",
        "整改情况已提交，等待复查。",
        "Rectification is submitted; re-inspection follows.",
    ),
    "return_rectification": verb(
        "退回整改",
        "Return rectification",
        "整改已退回，等待重新提交。",
        "Rectification is returned; the unit submits again.",
    ),
    "reinspect": verb(
        "登记复查",
        "Record the re-inspection",
        "复查已登记；通过的可以销号。",
        "Recorded; a finding that passed can be closed.",
    ),
    "close_finding": verb("销号", "Close the finding", "问题已销号。", "The finding is closed."),
    "report_relapse": verb(
        "登记反弹",
        "Report a relapse",
        "反弹已登记，请再次下达整改。",
        "The relapse is reported; order rectification anew.",
    ),
    "withdraw_finding": verb(
        "撤销问题",
        "Withdraw the finding",
        "问题已撤销，不再计入得分，记录仍可查阅。",
        "The finding is withdrawn; it counts no more and stays readable.",
    ),
    "strike_step": verb(
        "剔除该环节", "Strike the step", "该环节已剔除，不再计入。", "The step is struck and counts no more."
    ),
    "state_extension": verb(
        "补记延期",
        "State an extension",
        "延期已补记，整改期限已更新。",
        "The extension is stated; the due day is changed.",
    ),
    "state_returns": verb(
        "补记退回次数", "State the returns", "退回次数已补记。", "How often reports were returned is stated."
    ),
    "state_reinspection": verb(
        "补记复查",
        "State a re-inspection",
        "复查已补记；不合程序之处已注明。",
        "The re-inspection is stated; what was against procedure is noted.",
    ),
    "state_closing": verb(
        "补记销号",
        "State the closing",
        "销号已补记；不合程序之处已注明。",
        "The closing is stated; what was against procedure is noted.",
    ),
    "state_relapse": verb(
        "补记反弹",
        "State a relapse",
        "反弹已补记，请再次下达整改。",
        "The relapse is stated; order rectification anew.",
    ),
    "issue_slip": verb("下发督查单", "Issue a slip", "督查单已下发。", "The slip is issued."),
    "correct_slip": verb(
        "更正督查单",
        "Correct the slip",
        "督查单已更正，更正前后均可查阅。",
        "Corrected; before and after can be read.",
    ),
    "issue_circular": verb("下发通报", "Issue a circular", "通报已下发。", "The circular is issued."),
}

FIELDS = {
    "account": field("整改情况", "What was done"),
    "acknowledged_on": field("签收日期", "Acknowledged on"),
    "because": field("理由", "Reason"),
    "report_relapse.because": field("反弹情况", "What came back"),
    "closed_on": field("销号日期", "Closed on"),
    "colour": field("颜色", "Colour"),
    "count": field("退回次数", "Returns"),
    "description": field("问题描述", "What is wrong"),
    "document_no": field("文号", "Document number"),
    "due_on": field("整改期限", "Due on"),
    "request_extension.due_on": field("延期至", "Extend to"),
    "grant_extension.due_on": field("延期至", "Extend to"),
    "state_extension.due_on": field("延期至", "Extended to"),
    "finding_type": field("问题类型", "Type"),
    "found_on": field("检查日期", "Inspected on"),
    "granted_on": field("同意日期", "Granted on"),
    "inspector": field("检查人", "Inspector"),
    "reinspect.inspector": field(
        "复查人", "Re-inspected by", "不得为原检查人", "somebody other than the finder"
    ),
    "state_reinspection.inspector": field("复查人", "Re-inspected by"),
    "interim_measures": field("期间措施", "Measures meanwhile"),
    "issued_on": field("下发日期", "Issued on"),
    "kind": field("通报类别", "Kind of circular"),
    "measures": field("整改要求", "What to put right"),
    "method": field("检查方式", "Method"),
    "number": field("编号", "Number", "如 WT2025-059", "such as WT2025-059"),
    "ordered_on": field("下达日期", "Ordered on"),
    "pairing_id": field("结对", "Pairing"),
    "passed": field("复查结果", "Passed"),
    "record": field("记录号", "Record"),
    "refused_on": field("答复日期", "Answered on"),
    "remind_unit.because": field("催办事项", "What is asked of the unit"),
    "reminded_on": field("催办日期", "Reminded on"),
    "reinspected_on": field("复查日期", "Re-inspected on"),
    "relapsed_on": field("反弹日期", "Came back on"),
    "requested_on": field("申请日期", "Asked for on"),
    "returned_on": field("退回日期", "Returned on"),
    "served_on": field("送达日期", "Served on"),
    "served_to": field("签收人", "Served on whom"),
    "severity": field("问题等级", "Severity"),
    "struck_on": field("剔除日期", "Struck on"),
    "submitted_on": field("提交日期", "Submitted on"),
    "withdrawn_on": field("撤销日期", "Withdrawn on"),
}
