"""Words of results: grades, signatures, notices, objections, service."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "service_state": {
        "open": Phrase("未送达", "Not served"),
        "served": Phrase("已送达", "Served"),
    },
    "step": {
        "scoring_group": Phrase("考核组", "scoring group"),
        "office": Phrase("联建办", "office"),
        "leading_group": Phrase("领导小组", "leading group"),
    },
    "upheld": {
        "yes": Phrase("异议成立", "objection upheld"),
        "no": Phrase("异议不成立", "dismissed"),
    },
    "adjustment_status": {
        "proposed": Phrase("待决定", "waiting for a decision"),
        "approved": Phrase("已同意", "approved"),
        "refused": Phrase("不同意", "refused"),
        "carried": Phrase("转入新的核定", "Carried into a newer run"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "exclude_pairing": verb(
        "批准不参加等次",
        "Exclude from grades",
        "已批准不参加等次，自下一次核定起生效。",
        "The pairing is excluded; that counts from the next frozen run on.",
    ),
    "include_pairing": verb(
        "恢复参加等次",
        "Include again",
        "已恢复参加等次，自下一次核定起生效。",
        "The pairing is included again; that counts from the next frozen run on.",
    ),
    "propose_adjustment": verb(
        "提请调整等次",
        "Propose another grade",
        "调整已提请，请联建办审批。",
        "The adjustment is proposed; the office decides on it.",
    ),
    "approve_adjustment": verb(
        "同意调整",
        "Approve the adjustment",
        "已同意调整；全部决定后方可签署。",
        "The adjustment holds; the run can be signed once all are decided.",
    ),
    "refuse_adjustment": verb(
        "不同意调整",
        "Refuse the adjustment",
        "已不同意调整，原等次不变。",
        "The adjustment is refused; the grade stands.",
    ),
    "sign_scoring_group": verb(
        "考核组签署",
        "Sign for the scoring group",
        "考核组已签署，请联建办签署。",
        "The scoring group has signed; the office signs next.",
    ),
    "sign_office": verb(
        "联建办签署",
        "Sign for the office",
        "联建办已签署，请领导小组签署。",
        "The office has signed; the leading group signs next.",
    ),
    "sign_leading_group": verb(
        "领导小组签署",
        "Sign for the leading group",
        "三个环节均已签署，可以公示。",
        "All three have signed; the results can be put on notice.",
    ),
    "open_notice": verb(
        "发布公示",
        "Open the notice",
        "公示已发布，期间受理异议。",
        "The notice is open; objections are taken until it closes.",
    ),
    "file_objection": verb(
        "提出异议",
        "File an objection",
        "异议已提交，等待答复。",
        "The objection is filed; wait for the answer.",
    ),
    "answer_objection": verb(
        "答复异议",
        "Answer the objection",
        "答复已登记；异议成立的，须更正后重新核定。",
        "The answer is recorded; where the objection is upheld, correct the results and freeze again.",
    ),
    "close_notice": verb(
        "结束公示",
        "Close the notice",
        "公示已结束，可以公布结果。",
        "The notice is closed; the results can be published.",
    ),
    "publish_run": verb(
        "公布结果",
        "Publish the results",
        "结果已公布，不再变动；请送达各单位。",
        "The results are public and do not move any more; serve them on the units.",
    ),
    "serve_result": verb(
        "登记结果送达",
        "Record service of results",
        "送达已登记，申诉期限自送达起算。",
        "Service is recorded; the time for an appeal runs from it.",
    ),
}
EVENTS = {
    "assessment.PairingExcluded": event(
        "不参加等次",
        "Excluded from grades",
        "%(year)s 年度不参加等次评定：%(because)s（%(basis)s）",
        "Takes no part in the grades of %(year)s: %(because)s (%(basis)s)",
    ),
    "assessment.PairingIncluded": event(
        "恢复参加等次",
        "Included in grades again",
        "恢复参加 %(year)s 年度等次评定：%(because)s",
        "Takes part in the grades of %(year)s again: %(because)s",
    ),
    "assessment.RunSigned": event(
        "签署核定",
        "Run signed off",
        "%(signer)s 签署 %(run_id)s（%(step)s）：%(opinion)s",
        "%(signer)s signed off %(run_id)s (%(step)s): %(opinion)s",
    ),
    "assessment.GradeAdjustmentProposed": event(
        "提请调整等次",
        "Grade adjustment proposed",
        "提请将等次由 %(grade_before)s 调整为 %(grade_after)s：%(because)s（%(basis)s）",
        "Proposed to adjust the grade from %(grade_before)s to %(grade_after)s: %(because)s (%(basis)s)",
    ),
    "assessment.GradeAdjustmentApproved": event(
        "同意调整等次",
        "Grade adjustment approved",
        "同意将等次调整为 %(grade_after)s",
        "Approved the grade %(grade_after)s",
    ),
    "assessment.GradeAdjustmentRefused": event(
        "不同意调整等次",
        "Grade adjustment refused",
        "不同意调整等次：%(because)s",
        "Refused to adjust the grade: %(because)s",
    ),
    "assessment.NoticeOpened": event(
        "开始公示",
        "Public notice opened",
        "公示 %(run_id)s，%(opened_on)s 至 %(closes_on)s，%(working_days)s 个工作日",
        "%(run_id)s on public notice from %(opened_on)s to %(closes_on)s, %(working_days)s working days",
        one="%(run_id)s on public notice from %(opened_on)s to %(closes_on)s, %(working_days)s working day",
        counts="working_days",
    ),
    "assessment.ObjectionFiled": event(
        "提出异议",
        "Objection filed",
        "对 %(run_id)s 提出异议 %(objection_id)s：%(grounds)s",
        "Objection %(objection_id)s to %(run_id)s filed: %(grounds)s",
    ),
    "assessment.ObjectionAnswered": event(
        "答复异议",
        "Objection answered",
        "答复异议 %(objection_id)s：%(answer)s",
        "Answered objection %(objection_id)s: %(answer)s",
    ),
    "assessment.NoticeClosed": event(
        "公示结束", "Public notice closed", "%(run_id)s 公示结束", "The public notice of %(run_id)s closed"
    ),
    "assessment.ResultServed": event(
        "送达结果",
        "Result served",
        "向 %(branch)s 送达 %(run_id)s 结果通知，%(served_to)s 签收",
        "Served the notice of %(run_id)s on %(branch)s; received by %(served_to)s",
    ),
}
FIELDS = {
    "acknowledged": field("所列事项已知悉，仍要办理", "I know what is listed and go on"),
    "answer": field("答复及理由", "Answer, with reasons"),
    "approver": field("审批人姓名", "Name of the approver"),
    "basis": field("依据（文件或会议）", "Basis (document or meeting)"),
    "because": field("理由", "Reason"),
    "branches": field("单位", "Units", "已收到结果通知的单位", "those that have the notice of their result"),
    "contact": field("异议受理方式（部门、电话）", "Where to object (office, telephone)"),
    "grade_after": field("调整后等次", "Grade after", "细则中等次的代号", "the id of a grade of the scheme"),
    "grounds": field("理由", "Grounds"),
    "objection_id": field("异议", "Objection"),
    "on_behalf_of": field(
        "异议人",
        "Objector",
        "代单位、村或群众代表登记的填写",
        "where an office enters it for a unit, a village or residents",
    ),
    "opinion": field("意见", "Opinion"),
    "pairing_id": field("结对", "Pairing"),
    "file_objection.pairing_id": field(
        "异议事项", "Pairing", "对整体结果有异议的留空", "left empty for all results"
    ),
    "ranking_basis": field(
        "公布名次的依据", "Basis for showing places", "留空则不显示名次", "left empty, none are shown"
    ),
    "served_on": field("送达日期", "Served on"),
    "served_to": field("签收人（职务或部门）", "Received by (post or department)"),
    "signer": field("签署人姓名", "Name of the signer"),
    "upheld": field(
        "异议是否成立",
        "Whether the objection is upheld",
        "异议成立的，本次核定不得公布，须更正后重新核定",
        "where it is, this run is not published: correct and freeze anew",
    ),
    "working_days": field("工作日数", "Working days"),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "carried_from": Phrase("承自哪次核定", "Carried over from run"),
    "basis": Phrase("依据", "Basis"),
    "excluded_by": Phrase("办理账号", "Excluded by"),
    "excluded_on": Phrase("不参加日期", "Excluded on"),
    "included_by": Phrase("办理恢复的账号", "Included by"),
    "included_on": Phrase("恢复日", "Included on"),
    "step": Phrase("签署环节", "Step"),
    "signer": Phrase("签署人", "Signer"),
    "signed_by": Phrase("签署账号", "Signed by"),
    "grade_before": Phrase("原等次", "Grade before"),
    "closes_on": Phrase("公示截止", "Closes on"),
    "contact": Phrase("异议受理方式", "Where to object"),
    "objection_id": Phrase("异议编号", "Objection"),
    "answer": Phrase("答复", "Answer"),
    "answered_by": Phrase("答复账号", "Answered by"),
    "answered_on": Phrase("答复日期", "Answered on"),
    "closed_by": Phrase("结束账号", "Closed by"),
    "served_by": Phrase("送达账号", "Served by"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
