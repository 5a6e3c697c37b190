"""Words of supervision: findings and their steps, slips and circulars."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "struck": {
        "supervision.FindingReinspected": Phrase("复查", "Re-inspection"),
        "supervision.FindingClosed": Phrase("销号", "Close"),
    },
    "procedure": {
        "supervision.REINSPECTOR_NAMED": Phrase("复查未写明复查人", "re-inspected by somebody not named"),
        "supervision.REINSPECTED_BY_ANOTHER": Phrase("复查人是原检查人", "re-inspected by whoever found it"),
        "supervision.CLOSE_AFTER_PASSED": Phrase(
            "未经复查通过即销号", "closed without having passed re-inspection"
        ),
        "pairing.HELD_BY_ONE": Phrase("同一职务同时有两人在任", "two persons held the post at once"),
    },
    "method": {
        "self_check": Phrase("自查", "Self-check"),
        "hearing_reports": Phrase("听取汇报", "Hearing of reports"),
        "on_site": Phrase("实地检查", "On-site inspection"),
        "interview": Phrase("个别访谈", "Interview"),
        "covert_visit": Phrase("暗访", "Covert visit"),
        "discussion": Phrase("座谈", "Discussion"),
        "public_hearing": Phrase("听证", "Public hearing"),
        "statistics": Phrase("统计", "Statistics"),
        "evaluation": Phrase("评估", "Evaluation"),
        "records_review": Phrase("查阅资料", "Records review"),
        "lead_collection": Phrase("收集线索", "Lead collection"),
        "summons": Phrase("约谈", "Summons"),
        "online": Phrase("互联网+督查", "Online supervision"),
    },
    "finding_type": {
        "record_keeping": Phrase("台账管理", "Record keeping"),
        "activities": Phrase("活动开展", "Activities held"),
        "agreement": Phrase("协议落实", "Agreement kept"),
        "lists": Phrase("清单管理", "Lists kept"),
        "research": Phrase("调查研究", "Research"),
        "duty": Phrase("履职尽责", "Duty"),
        "projects": Phrase("项目推进", "Project progress"),
        "falsification": Phrase("弄虚作假", "Falsification"),
    },
    "severity": {
        "minor": Phrase("一般", "Minor"),
        "major": Phrase("较重", "Major"),
        "critical": Phrase("严重", "Critical"),
    },
    "status": {
        "raised": Phrase("已登记", "Raised"),
        "ordered": Phrase("已下达", "Ordered"),
        "acknowledged": Phrase("已签收", "Acknowledged"),
        "submitted": Phrase("已提交", "Submitted"),
        "returned": Phrase("已退回", "Returned"),
        "reinspected_failed": Phrase("复查未通过", "Re-inspection failed"),
        "accepted": Phrase("已验收", "Accepted"),
        "closed": Phrase("已销号", "Closed"),
        "relapsed": Phrase("已重开（反弹）", "re-opened (came back)"),
        "withdrawn": Phrase("已撤销", "Withdrawn"),
    },
    "light": {
        "green": Phrase("绿灯", "Green"),
        "yellow": Phrase("黄灯", "Yellow"),
        "red": Phrase("红灯", "Red"),
        "done": Phrase("已办结", "Done"),
        "waiting": Phrase("待下达", "To be ordered"),
        "withdrawn": Phrase("已撤销", "Withdrawn"),
    },
    "colour": {
        "blue": Phrase("蓝色", "Blue"),
        "orange": Phrase("橙色", "Orange"),
        "red": Phrase("红色", "Red"),
    },
    "service": {
        "by_hand": Phrase("直接送达", "handed over"),
        "by_system": Phrase("系统送达", "by the system"),
    },
    "circular": {
        "criticism": Phrase("通报批评", "Circular of criticism"),
        "praise": Phrase("通报表扬", "Circular of praise"),
    },
    "passed": {
        "yes": Phrase("通过", "Passed"),
        "no": Phrase("不通过", "Failed"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
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
        "整改通知已下达，等待单位签收；单位没有账号的，请送达并登记。",
        "Rectification is ordered and the unit signs for it next; where it has no account, serve the order and record it.",
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
    "void_slip": verb(
        "作废督查单", "Void the slip", "督查单已作废，不再计入。", "Voided; it counts no more."
    ),
    "correct_circular": verb(
        "更正通报",
        "Correct the circular",
        "通报已更正，更正前后均可查阅。",
        "Corrected; before and after can be read.",
    ),
    "void_circular": verb(
        "作废通报", "Void the circular", "通报已作废，不再计入。", "Voided; it counts no more."
    ),
    "void_finding": verb(
        "作废问题",
        "Void the finding",
        "问题已作废，不再计入，编号可以再用。",
        "Voided; it counts no more, and its number may be used again.",
    ),
    "issue_circular": verb("下发通报", "Issue a circular", "通报已下发。", "The circular is issued."),
}
EVENTS = {
    "supervision.FindingRaised": event(
        "发现问题",
        "Finding raised",
        "%(method)s发现 %(village)s 问题 %(number)s：%(description)s（%(severity)s），%(found_on)s",
        "%(method)s in %(village)s found %(number)s: %(description)s (%(severity)s), on %(found_on)s",
    ),
    "supervision.RectificationOrdered": event(
        "下达整改",
        "Order rectification",
        "下达 %(finding_id)s 整改通知 %(document_no)s，限 %(due_on)s 前整改",
        "Rectification of %(finding_id)s ordered by %(document_no)s, due on %(due_on)s",
    ),
    "supervision.OrderServed": event(
        "送达整改通知",
        "Order served",
        "%(finding_id)s 整改通知送达 %(served_to)s（%(service)s），%(served_on)s",
        "Order for %(finding_id)s served on %(served_to)s (%(service)s) on %(served_on)s",
    ),
    "supervision.UnitReminded": event(
        "催办",
        "Reminder",
        "催办 %(finding_id)s，%(reminded_on)s：%(because)s",
        "%(finding_id)s: the unit was reminded on %(reminded_on)s: %(because)s",
    ),
    "supervision.OrderAcknowledged": event(
        "签收整改通知",
        "Acknowledge the order",
        "签收 %(finding_id)s 整改通知，%(acknowledged_on)s",
        "Order for %(finding_id)s acknowledged on %(acknowledged_on)s",
    ),
    "supervision.ExtensionRequested": event(
        "申请延期",
        "Request extension",
        "%(finding_id)s 申请延期至 %(due_on)s：%(because)s",
        "Extension of %(finding_id)s to %(due_on)s requested: %(because)s",
    ),
    "supervision.ExtensionGranted": event(
        "同意延期",
        "Grant extension",
        "%(finding_id)s 同意延期至 %(due_on)s",
        "%(finding_id)s extended to %(due_on)s",
    ),
    "supervision.ExtensionRefused": event(
        "不同意延期",
        "Refuse extension",
        "%(finding_id)s 不同意延期：%(because)s",
        "Extension of %(finding_id)s refused: %(because)s",
    ),
    "supervision.RectificationSubmitted": event(
        "提交整改",
        "Submit rectification",
        "提交 %(finding_id)s 整改，%(submitted_on)s",
        "Rectification of %(finding_id)s submitted on %(submitted_on)s",
    ),
    "supervision.RectificationReturned": event(
        "退回整改",
        "Return the rectification",
        "退回 %(finding_id)s 整改：%(because)s",
        "Rectification of %(finding_id)s returned: %(because)s",
    ),
    "supervision.ReturnsStated": event(
        "载明退回次数",
        "Returns stated",
        "%(finding_id)s 台账载明退回 %(count)s 次",
        "The ledger states %(count)s returns of %(finding_id)s",
        one="The ledger states %(count)s return of %(finding_id)s",
        counts="count",
    ),
    "supervision.FindingReinspected": event(
        "复查",
        "Re-inspection",
        "复查 %(finding_id)s，%(passed)s，%(reinspected_on)s",
        "Re-inspection of %(finding_id)s: %(passed)s, on %(reinspected_on)s",
    ),
    "supervision.FindingClosed": event(
        "销号", "Close", "%(finding_id)s 销号，%(closed_on)s", "%(finding_id)s closed on %(closed_on)s"
    ),
    "supervision.FindingRelapsed": event(
        "反弹", "Relapsed", "%(finding_id)s 问题反弹", "%(finding_id)s relapsed"
    ),
    "supervision.FindingHandedOver": event(
        "问题随拆分划转",
        "Finding handed over by a split",
        "%(finding_id)s 自 %(handed_on)s 起由 %(branch)s 负责整改：%(because)s",
        "%(branch)s answers for %(finding_id)s from %(handed_on)s: %(because)s",
    ),
    "supervision.FindingWithdrawn": event(
        "撤销问题",
        "Withdraw the finding",
        "撤销 %(finding_id)s：%(because)s",
        "%(finding_id)s withdrawn: %(because)s",
    ),
    "supervision.StepStruck": event(
        "剔除环节",
        "Step struck",
        "剔除 %(finding_id)s 第 %(record)s 号记录的%(struck)s：%(because)s",
        "Step struck from %(finding_id)s: %(struck)s, record %(record)s: %(because)s",
    ),
    "supervision.SlipVoided": event(
        "作废督查单",
        "Slip voided",
        "作废 %(village)s 的督查单：%(because)s",
        "slip to %(village)s voided: %(because)s",
    ),
    "supervision.CircularCorrected": event(
        "更正通报",
        "Circular corrected",
        "对 %(village)s 的通报 %(document_no)s 更正为%(circular)s，%(issued_on)s：%(because)s",
        "circular %(document_no)s about %(village)s corrected to %(circular)s, %(issued_on)s: %(because)s",
    ),
    "supervision.CircularVoided": event(
        "作废通报",
        "Circular voided",
        "作废对 %(village)s 的通报 %(document_no)s：%(because)s",
        "circular %(document_no)s about %(village)s voided: %(because)s",
    ),
    "supervision.FindingVoided": event(
        "作废问题",
        "Finding voided",
        "于 %(voided_on)s 作废问题：%(because)s",
        "Finding voided on %(voided_on)s: %(because)s",
    ),
    "supervision.SlipIssued": event(
        "下发督查单",
        "Supervision slip issued",
        "向 %(village)s 下发%(colour)s督查单，%(issued_on)s",
        "%(colour)s supervision slip issued to %(village)s on %(issued_on)s",
    ),
    "supervision.SlipCorrected": event(
        "更正督查单",
        "Slip corrected",
        "%(village)s %(issued_before)s 的督查单更正为%(colour)s，%(issued_on)s：%(because)s",
        "slip of %(issued_before)s to %(village)s corrected to %(colour)s, %(issued_on)s: %(because)s",
    ),
    "supervision.CircularIssued": event(
        "通报",
        "Circular",
        "对 %(village)s %(circular)s，%(document_no)s，%(issued_on)s",
        "%(circular)s, %(village)s, %(document_no)s, on %(issued_on)s",
    ),
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
    "order_rectification.due_on": field(
        "整改期限",
        "Due on",
        "自下达之日起按自然日计算，法规未定天数：通常急件五日、一般十五日、复杂事项三十日",
        "in calendar days from the order; no law fixes how many: usually 5 where it is urgent, 15, or 30 where it is hard",
    ),
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
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "kind_before": Phrase("原类别", "Kind before"),
    "voided_on": Phrase("作废日期", "Voided on"),
    "batch": Phrase("撤销的导入", "Import that was reversed"),
    "colour_before": Phrase("原颜色", "Colour before"),
    "issued_before": Phrase("原下发日期", "Issued before"),
    "service": Phrase("送达方式", "Way of service"),
    "unit_signs": Phrase("单位有账号可签收", "Somebody of the unit can sign"),
    "circular_id": Phrase("通报编号", "Circular"),
    "count": Phrase("数量", "Quantity"),
    "round": Phrase("第几次整改", "Round of rectification"),
    "record": Phrase("所剔除的记录号", "Record struck"),
    "struck": Phrase("所剔除的环节", "Step struck from it"),
    "overtaken": Phrase("后续环节不依赖于它", "Later steps stand without it"),
    "slip_id": Phrase("督查单编号", "Slip"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
