"""Words of schemes: what one counts, how it judges, what differs between two, and what is done with drafts."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "draft_status": {
        "drafted": Phrase("待审批", "waits for approval"),
        "returned": Phrase("已退回", "Returned"),
        "approved": Phrase("已审批", "approved"),
        "published": Phrase("已发布", "published"),
        "superseded": Phrase("已有新稿", "replaced by a newer draft"),
    },
    "counting": {
        "items": Phrase("按条计数", "counts each"),
        "entries": Phrase("按登记次数计数", "counted by entries"),
        "sum": Phrase("数量合计", "sum of quantities"),
        "pairings": Phrase("按不同的结对计数", "counts different pairings"),
        "branches": Phrase("按不同的联建单位计数", "counts different units"),
        "villages": Phrase("按不同的村（社区）计数", "counts different villages and communities"),
        "persons": Phrase("按不同的人计数", "counts different persons"),
        "things": Phrase("同一结对的同名事项计一次", "the same thing of a pairing once"),
    },
    "aspect": {
        "added": Phrase("新增", "added"),
        "removed": Phrase("取消", "removed"),
        "title": Phrase("名称", "Name given"),
        "clause": Phrase("条文", "Clause"),
        "most": Phrase("满分", "Full marks"),
        "base": Phrase("起始分", "points to begin with"),
        "evidence": Phrase("佐证要求", "evidence"),
        "measure": Phrase("计量办法", "measure"),
        "rule": Phrase("计分规则", "rule"),
        "other": Phrase("其他规定", "other terms"),
    },
    "scheme_field": {
        "title": Phrase("名称", "Name given"),
        "source": Phrase("依据", "Basis"),
        "first_day": Phrase("起始日", "first day"),
        "last_day": Phrase("截止日", "last day"),
        "cut_off": Phrase("填报截止", "Reports until"),
        "vetoes": Phrase("一票否决", "Veto"),
        "grading": Phrase("评定办法", "grading"),
        "bands": Phrase("等次", "Grade"),
        "order": Phrase("名次依据", "what decides places"),
        "rounding": Phrase("取整", "rounding"),
    },
    "measure_kind": {
        "count": Phrase("次数", "how many"),
        "sum": Phrase("数量合计", "sum of quantities"),
        "months": Phrase("有记录的月份", "months with at least one"),
        "quarters": Phrase("有记录的季度", "quarters with at least one"),
        "earliest": Phrase("最早日期", "earliest day"),
        "days_covered": Phrase("覆盖天数占结对天数", "days covered of the days paired"),
        "share": Phrase("达到条件的比例", "share that meets a condition"),
        "mean": Phrase("平均值", "mean"),
        "tally": Phrase("分级次数", "how many at each level"),
        "tally_of_highest": Phrase("按最高级别计的次数", "how many, each at its highest level"),
        "cadence": Phrase("按时做到的期数", "periods in which it was kept up"),
        "rank": Phrase("全县名次", "place in the county"),
        "stated": Phrase("评定的分值", "points stated"),
        "placed": Phrase("上级名次", "place stated by a superior"),
        "ratings": Phrase("评议", "ratings"),
        "survey": Phrase("满意度问卷", "questionnaires"),
    },
    "window": {
        "in_year": Phrase("当年", "in the year"),
        "by_year_end": Phrase("年末前", "by the end of the year"),
        "by_cut_off": Phrase("截止日前", "by the cut-off"),
        "by_own_day": Phrase("不晚于各自期限", "no later than its own deadline"),
        "any_day": Phrase("不限日期", "on any day"),
    },
    "period": {
        "month": Phrase("每月", "every month"),
        "quarter": Phrase("每季度", "every quarter"),
    },
    "ranked_by": {
        "count": Phrase("按次数排名", "placed by how many"),
        "sum": Phrase("按数量合计排名", "placed by the sum"),
    },
    "demand": {
        "on_request": Phrase("抽查时须提供佐证", "Evidence on request"),
        "required": Phrase("须提供佐证", "Evidence required"),
    },
    "when_not_applicable": {
        "redistribute": Phrase("由其余指标分担", "taken over by the others"),
        "zero": Phrase("计 0 分", "counts as 0"),
        "full": Phrase("计满分", "counts in full"),
    },
    "move_order": {
        "furthest": Phrase("变动最大的在前", "furthest first"),
        "falling": Phrase("下降最多的在前", "falling furthest first"),
        "rising": Phrase("上升最多的在前", "rising furthest first"),
    },
    "ties": {
        "all_out": Phrase("并列者都不列入", "those tied are all left out"),
        "all_in": Phrase("并列者都列入", "those tied are all included"),
    },
    "quota_rounding": {
        "down": Phrase("向下取整", "rounded down"),
        "half_up": Phrase("四舍五入", "rounded half up"),
        "up": Phrase("向上取整", "rounded up"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "draft_scheme": verb(
        "保存草稿", "Save a draft", "草稿已保存，请提交审批。", "The draft is saved; it waits for approval."
    ),
    "return_scheme": verb(
        "退回草稿", "Return the draft", "草稿已退回，等待修改。", "The draft is returned, to be changed."
    ),
    "approve_scheme": verb(
        "审批草稿",
        "Approve the draft",
        "草稿已审批，可以发布。",
        "The draft is approved and can be published.",
    ),
    "publish_scheme": verb(
        "发布细则",
        "Publish the scheme",
        "细则已发布，此后不再改动。",
        "The scheme is published; from now on it never changes.",
    ),
    "adopt_scheme": verb(
        "采用随软件提供的细则",
        "Adopt the scheme that came with the software",
        "细则已采用。",
        "The scheme is adopted.",
    ),
}
EVENTS = {
    "assessment.SchemePublished": event(
        "发布考核细则",
        "Assessment scheme published",
        "发布 %(scheme_id)s 年度考核细则第 %(version)s 版",
        "Assessment scheme %(scheme_id)s published, version %(version)s",
    ),
    "assessment.SchemeDrafted": event(
        "起草考核细则",
        "Scheme drafted",
        "保存 %(scheme_id)s 年度考核细则第 %(draft)s 稿：%(because)s",
        "Saved draft %(draft)s of the assessment scheme of %(scheme_id)s: %(because)s",
    ),
    "assessment.SchemeReturned": event(
        "退回考核细则",
        "Scheme returned",
        "退回 %(scheme_id)s 年度考核细则第 %(draft)s 稿：%(because)s",
        "Returned draft %(draft)s of the assessment scheme of %(scheme_id)s: %(because)s",
    ),
    "assessment.SchemeApproved": event(
        "审批考核细则",
        "Scheme approved",
        "批准 %(scheme_id)s 年度考核细则第 %(draft)s 稿，%(cases)s 个样例全部通过",
        "Approved draft %(draft)s of the assessment scheme of %(scheme_id)s; all %(cases)s cases hold",
        one="Approved draft %(draft)s of the assessment scheme of %(scheme_id)s; its %(cases)s case holds",
        counts="cases",
    ),
}
FIELDS = {
    "approver": field("审批人", "Approved by"),
    "based_on": field(
        "在第几稿上修改", "Written on draft number", "没有草稿时填 0", "0 where there is none yet"
    ),
    "because": field("修改说明", "What was changed"),
    "return_scheme.because": field("退回理由", "What is to be changed"),
    "draft": field("第几稿", "Draft number"),
    "in_force_on": field(
        "修订施行日期", "In force from", "首次发布不填", "left empty for the first version of a year"
    ),
    "retroactive_because": field(
        "追溯理由",
        "Why it looks back",
        "修订影响施行日以前时填写",
        "where it changes anything about earlier days",
    ),
    "seen_moved": field("已看到的试算变动数", "Pairings moved, as you were shown"),
    "seen_year": field(
        "已看到的试算年度", "Year it was tried on, as you were shown", "没有时不填", "left empty for none"
    ),
    "text": field("细则", "Scheme"),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "scheme_id": Phrase("细则年度", "Scheme"),
    "text": Phrase("细则原文", "Text of the scheme"),
    "text_digest": Phrase("全文摘要", "Digest of the text"),
    "draft": Phrase("稿次", "draft"),
    "drafted_by": Phrase("起草人", "drafted by"),
    "drafted_on": Phrase("起草日期", "drafted on"),
    "returned_by": Phrase("退回人", "returned by"),
    "cases": Phrase("样例数", "cases"),
    "back_test_year": Phrase("回测年度", "back-test year"),
    "back_test_moved": Phrase("回测变动数", "moved in the back-test"),
    "approver": Phrase("审批人姓名", "Name of the approver"),
    "approved_by": Phrase("审批账号", "approved by"),
    "approved_on": Phrase("审批日期", "approved on"),
    "in_force_on": Phrase("施行日期", "in force on"),
    "retroactive_because": Phrase("溯及理由", "why it reaches back"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
