"""Words of resources, needs and projects."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "category": {
        "public_services": Phrase("公共服务", "Public services"),
        "industry": Phrase("产业发展", "Industry"),
        "living_environment": Phrase("人居环境", "Living environment"),
        "information": Phrase("信息", "Information"),
        "funds": Phrase("资金", "Funds"),
        "talent": Phrase("人才", "Talent"),
        "technology": Phrase("技术", "Technology"),
        "project": Phrase("项目", "Project"),
    },
    "source": {
        "superior": Phrase("上级资金", "Higher level"),
        "county": Phrase("县级财政", "County"),
        "unit": Phrase("联建单位自筹", "Paired unit"),
        "village": Phrase("村集体", "Village"),
        "donation": Phrase("社会捐助", "Donations"),
        "other": Phrase("其他", "Other"),
    },
    "resource_state": {
        "offered": Phrase("在列", "On the list"),
        "withdrawn": Phrase("已撤回", "Withdrawn"),
    },
    "need_state": {
        "raised": Phrase("待对接", "To be matched"),
        "claimed": Phrase("待答复认领", "Claim to be answered"),
        "matched": Phrase("待办结", "To be met"),
        "met": Phrase("待村级确认", "To be confirmed"),
        "confirmed": Phrase("已确认", "Confirmed"),
        "withdrawn": Phrase("已撤回", "Withdrawn"),
    },
    "project_state": {
        "under_way": Phrase("在建", "Under way"),
        "overdue": Phrase("超过计划工期", "Later than planned"),
        "completed": Phrase("待村级验收", "To be accepted"),
        "accepted": Phrase("已验收", "Accepted"),
        "voided": Phrase("已作废", "Voided"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "offer_resource": verb("登记资源", "Offer a resource", "资源已登记。", "The resource is on the list."),
    "raise_need": verb(
        "提出需求", "Raise a need", "需求已登记，等待对接。", "The need is raised; it is matched next."
    ),
    "match_need": verb(
        "对接需求",
        "Match the need",
        "需求已对接，等待单位办结。",
        "The need is matched; the unit meets it next.",
    ),
    "meet_need": verb(
        "办结需求",
        "Meet the need",
        "需求已办结，等待村级确认。",
        "Reported as met; the village confirms next.",
    ),
    "confirm_need": verb("确认办结", "Confirm the need", "需求已确认办结。", "The need is confirmed as met."),
    "return_need": verb(
        "退回办结",
        "Say that it is not met",
        "已退回联建单位继续办理。",
        "It goes back to the unit, which goes on.",
    ),
    "revise_need": verb(
        "修改需求",
        "Revise the need",
        "需求已修改，修改前后均可查阅。",
        "Revised; before and after can be read.",
    ),
    "withdraw_need": verb(
        "撤回需求", "Withdraw the need", "需求已撤回，不再计入。", "Withdrawn; it counts no more."
    ),
    "split_need": verb(
        "拆分需求",
        "Split the need",
        "需求已拆分，各部分分别对接。",
        "Split; each part is matched by itself.",
    ),
    "claim_need": verb(
        "认领需求或邀请单位",
        "Claim the need, or call on a unit",
        "已提出，等待对方答复。",
        "Asked; the other side answers next.",
    ),
    "accept_claim": verb(
        "同意认领", "Accept the claim", "需求已对接，等待单位办结。", "Matched; the unit meets it next."
    ),
    "decline_claim": verb(
        "不同意或撤回认领",
        "Decline the claim, or take it back",
        "认领已终止，需求继续等待对接。",
        "The claim is ended; the need waits for another.",
    ),
    "release_need": verb(
        "退回对接",
        "Hand the need back",
        "需求已退回，等待其他单位对接。",
        "Handed back; it waits for another unit.",
    ),
    "revise_resource": verb("修改资源", "Revise the resource", "资源已修改。", "The resource is revised."),
    "withdraw_resource": verb(
        "撤回资源", "Withdraw the resource", "资源已从清单撤回。", "The resource is off the list."
    ),
    "correct_need": verb(
        "更正需求日期和满意度",
        "Correct days and rating",
        "需求已更正，更正前后均可查阅。",
        "Corrected; before and after can be read.",
    ),
    "void_need": verb(
        "作废需求",
        "Void the need",
        "需求已作废，不再计入，编号可以再用。",
        "Voided; it counts no more, and its number may be used again.",
    ),
    "correct_project": verb(
        "更正项目",
        "Correct the project",
        "项目已更正，更正前后均可查阅。",
        "Corrected; before and after can be read.",
    ),
    "void_project": verb(
        "作废项目",
        "Void the project",
        "项目已作废，不再计入，编号可以再用。",
        "Voided; it counts no more, and its number may be used again.",
    ),
    "void_resource": verb("作废资源", "Void the resource", "资源已作废。", "The resource is voided."),
    "open_project": verb(
        "登记项目开工",
        "Open a project",
        "项目已登记，完工后请登记。",
        "The project is opened; record its completion next.",
    ),
    "complete_project": verb(
        "登记完工",
        "Complete the project",
        "完工已登记，等待村级验收。",
        "Completed; the village accepts it next.",
    ),
    "refuse_project": verb(
        "验收不通过",
        "Refuse the project",
        "已退回联建单位继续施工，完工后再次验收。",
        "It goes back to the unit; once completed, it is to be accepted again.",
    ),
    "plan_milestone": verb("增加进度节点", "Add a milestone", "进度节点已登记。", "The milestone is set."),
    "reach_milestone": verb(
        "登记节点完成", "Record a milestone", "节点已登记完成。", "The milestone is recorded as reached."
    ),
    "state_funds": verb(
        "登记资金来源",
        "State the funds",
        "资金来源已登记，取代以前登记的来源。",
        "Stated, in place of what was before.",
    ),
    "accept_project": verb("验收项目", "Accept the project", "项目已验收。", "The project is accepted."),
}
EVENTS = {
    "livelihood.ResourceOffered": event(
        "登记资源",
        "Resource offered",
        "%(branch)s 登记资源：%(content)s（%(category)s）",
        "%(branch)s offered a resource: %(content)s (%(category)s)",
    ),
    "livelihood.NeedRaised": event(
        "提出需求",
        "Need raised",
        "%(village)s 提出需求 %(number)s：%(content)s（%(category)s），%(raised_on)s",
        "%(village)s raised need %(number)s: %(content)s (%(category)s), on %(raised_on)s",
    ),
    "livelihood.NeedMatched": event(
        "对接需求",
        "Need matched",
        "%(branch)s 对接需求 %(need_id)s，%(matched_on)s",
        "%(branch)s took on need %(need_id)s on %(matched_on)s",
    ),
    "livelihood.NeedMet": event(
        "办结需求", "Need met", "需求 %(need_id)s 办结，%(met_on)s", "Need %(need_id)s met on %(met_on)s"
    ),
    "livelihood.NeedConfirmed": event(
        "村级确认",
        "Confirmed by the village",
        "村级确认需求 %(need_id)s 办结，满意度 %(rating)s，%(confirmed_on)s",
        "The village confirmed need %(need_id)s as met, satisfaction %(rating)s, on %(confirmed_on)s",
    ),
    "livelihood.NeedRevised": event(
        "修改需求",
        "Need revised",
        "%(village)s 将需求改为：%(content)s（%(category)s）；原为：%(content_before)s（%(category_before)s）。%(because)s",
        "%(village)s revised the need: %(content)s (%(category)s) for %(content_before)s (%(category_before)s). %(because)s",
    ),
    "livelihood.NeedWithdrawn": event(
        "撤回需求",
        "Need withdrawn",
        "%(village)s 于 %(withdrawn_on)s 撤回需求：%(because)s",
        "%(village)s withdrew the need on %(withdrawn_on)s: %(because)s",
    ),
    "livelihood.NeedCorrected": event(
        "更正需求",
        "Need corrected",
        "%(village)s 的需求更正：提出 %(raised_on)s，对接 %(matched_on)s，办结 %(met_on)s，确认 %(confirmed_on)s，"
        "满意度 %(rating)s；原为：%(need_before)s。%(because)s",
        "need of %(village)s corrected: raised %(raised_on)s, matched %(matched_on)s, met %(met_on)s, confirmed "
        "%(confirmed_on)s, satisfaction %(rating)s; before: %(need_before)s. %(because)s",
    ),
    "livelihood.NeedVoided": event(
        "作废需求",
        "Need voided",
        "%(village)s 的需求于 %(voided_on)s 作废：%(because)s",
        "need of %(village)s voided on %(voided_on)s: %(because)s",
    ),
    "livelihood.ProjectCorrected": event(
        "更正项目",
        "Project corrected",
        "项目更正为“%(name)s”（%(category)s），投资 %(budget_yuan)s 元，受益 %(beneficiaries)s 人，%(started_on)s 开工，"
        "计划 %(planned_end_on)s 完工，完工 %(completed_on)s，验收 %(accepted_on)s；原为：%(project_before)s。%(because)s",
        "project corrected to “%(name)s” (%(category)s), budget %(budget_yuan)s yuan, %(beneficiaries)s beneficiaries, "
        "started %(started_on)s, planned end %(planned_end_on)s, completed %(completed_on)s, accepted %(accepted_on)s; "
        "before: %(project_before)s. %(because)s",
    ),
    "livelihood.ProjectVoided": event(
        "作废项目",
        "Project voided",
        "项目于 %(voided_on)s 作废：%(because)s",
        "Project voided on %(voided_on)s: %(because)s",
    ),
    "livelihood.ResourceVoided": event(
        "作废资源",
        "Resource voided",
        "%(branch)s 的资源于 %(voided_on)s 作废：%(because)s",
        "resource of %(branch)s voided on %(voided_on)s: %(because)s",
    ),
    "livelihood.NeedClaimed": event(
        "认领需求",
        "Need claimed",
        "%(branch)s 与 %(village)s 就需求提出对接，%(claimed_on)s",
        "%(branch)s and %(village)s: a match of the need was asked for on %(claimed_on)s",
    ),
    "livelihood.ClaimDeclined": event(
        "认领终止",
        "Claim ended",
        "%(branch)s 对需求的认领于 %(declined_on)s 终止：%(because)s",
        "The claim of %(branch)s ended on %(declined_on)s: %(because)s",
    ),
    "livelihood.NeedHandedOver": event(
        "需求随拆分划转",
        "Need handed over by a split",
        "%(need_id)s 自 %(handed_on)s 起由拆分后的对象接续：%(because)s",
        "%(need_id)s goes on with a part of what was split from %(handed_on)s: %(because)s",
    ),
    "livelihood.NeedReleased": event(
        "退回对接",
        "Need handed back",
        "%(branch)s 于 %(released_on)s 退回需求：%(because)s",
        "%(branch)s handed the need back on %(released_on)s: %(because)s",
    ),
    "livelihood.NeedReturned": event(
        "退回办结",
        "Not met",
        "%(village)s 于 %(returned_on)s 认为需求尚未办结：%(because)s",
        "%(village)s found the need not met on %(returned_on)s: %(because)s",
    ),
    "livelihood.ResourceRevised": event(
        "修改资源",
        "Resource revised",
        "%(branch)s 将资源改为：%(content)s（%(category)s）；原为：%(content_before)s（%(category_before)s）",
        "%(branch)s revised a resource to: %(content)s (%(category)s); before: %(content_before)s (%(category_before)s)",
    ),
    "livelihood.ResourceWithdrawn": event(
        "撤回资源",
        "Resource withdrawn",
        "%(branch)s 于 %(withdrawn_on)s 撤回资源：%(because)s",
        "%(branch)s withdrew a resource on %(withdrawn_on)s: %(because)s",
    ),
    "livelihood.ProjectOpened": event(
        "项目开工",
        "Project started",
        "%(branch)s 与 %(village)s 的项目 %(number)s“%(name)s”开工，计划 %(planned_end_on)s 完工",
        "Project %(number)s “%(name)s” of %(branch)s and %(village)s started; planned to end on %(planned_end_on)s",
    ),
    "livelihood.ProjectCompleted": event(
        "项目完工",
        "Project completed",
        "项目 %(project_id)s 完工，%(completed_on)s",
        "Project %(project_id)s completed on %(completed_on)s",
    ),
    "livelihood.ProjectRefused": event(
        "验收不通过",
        "Project refused",
        "村（社区）于 %(refused_on)s 验收项目 %(project_id)s 不通过（原完工日期 %(completed_before)s）：%(because)s",
        "The village refused project %(project_id)s on %(refused_on)s (completed on %(completed_before)s): %(because)s",
    ),
    "livelihood.MilestonePlanned": event(
        "登记进度节点",
        "Milestone set",
        "进度节点 %(milestone)s：%(title)s，计划 %(due_on)s 完成",
        "Milestone %(milestone)s: %(title)s, by %(due_on)s",
    ),
    "livelihood.MilestoneReached": event(
        "节点完成",
        "Milestone reached",
        "进度节点 %(milestone)s（%(title)s）于 %(reached_on)s 完成",
        "Milestone %(milestone)s (%(title)s) was reached on %(reached_on)s",
    ),
    "livelihood.FundsStated": event(
        "登记资金来源",
        "Funds stated",
        "资金来源合计 %(total_yuan)s 元，投资 %(budget_yuan)s 元。%(because)s",
        "The funds come to %(total_yuan)s yuan, the budget is %(budget_yuan)s yuan. %(because)s",
    ),
    "livelihood.FundOfSource": event(
        "资金来源", "Funds by source", "%(source)s：%(amount_yuan)s 元", "%(source)s: %(amount_yuan)s yuan"
    ),
    "livelihood.ProjectAccepted": event(
        "项目验收",
        "Project accepted",
        "项目 %(project_id)s 通过村级验收，%(accepted_on)s",
        "Project %(project_id)s accepted by the village on %(accepted_on)s",
    ),
}
FIELDS = {
    "accepted_on": field("验收日期", "Accepted on"),
    "because": field("理由", "Reason"),
    "return_need.because": field("尚缺什么", "What is lacking"),
    "gain": field("获得感", "Sense of gain", "1 至 5 分", "1 to 5"),
    "happiness": field("幸福感", "Sense of happiness", "1 至 5 分", "1 to 5"),
    "security": field("安全感", "Sense of security", "1 至 5 分", "1 to 5"),
    "parts": field("拆分为", "Split into"),
    "returned_on": field("退回日期", "Returned on"),
    "beneficiaries": field("受益人数", "Beneficiaries"),
    "branch": field("联建单位", "Unit"),
    "budget_cents": field("投资（元）", "Budget (yuan)", "最多两位小数", "at most two decimals"),
    "amount_cents": field("金额（元）", "Amount (yuan)"),
    "source": field("资金来源", "Source"),
    "funds": field("资金来源", "Funds by source"),
    "state_funds.because": field(
        "与投资不一致的原因", "Why it is not the budget", "一致的不填", "empty where it is"
    ),
    "refuse_project.because": field("不通过的原因", "What is lacking"),
    "refused_on": field("验收日期", "Inspected on"),
    "title": field("节点内容", "Milestone"),
    "milestone": field("进度节点", "Milestone"),
    "reached_on": field("完成日期", "Reached on"),
    "due_on": field("计划完成日期", "Planned for"),
    "category": field("类别", "Category"),
    "completed_on": field("完工日期", "Completed on"),
    "confirmed_on": field("确认日期", "Confirmed on"),
    "content": field("内容", "Content"),
    "matched_on": field("对接日期", "Matched on"),
    "met_on": field("办结日期", "Met on"),
    "name": field("项目名称", "Name of the project"),
    "number": field("编号", "Number", "如 XQ2025-001", "such as XQ2025-001"),
    "open_project.number": field("编号", "Number", "如 XM2025-001", "such as XM2025-001"),
    "offered_on": field("登记日期", "Offered on"),
    "pairing_id": field("结对", "Pairing"),
    "raise_need.pairing_id": field("结对", "Pairing", "不指定单位的不填", "empty where no unit is meant yet"),
    "planned_end_on": field("计划完工", "To be completed by"),
    "raised_on": field("提出日期", "Raised on"),
    "rating": field("满意度", "Satisfaction", "1 至 5 分", "1 to 5"),
    "started_on": field("开工日期", "Started on"),
    "village": field("村（社区）", "Village"),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "before": Phrase("更正前", "Before"),
    "voided_on": Phrase("作废日期", "Voided on"),
    "batch": Phrase("撤销的导入", "Import that was reversed"),
    "completed_before": Phrase("原完工日期", "Completed before"),
    "stated_on": Phrase("登记日期", "Stated on"),
    "total_cents": Phrase("合计（分）", "Total (cents)"),
    "amount_cents": Phrase("金额（分）", "Amount (cents)"),
    "source": Phrase("资金来源", "Source"),
    "budget_cents": Phrase("预算（分）", "Budget (cents)"),
    "need_id": Phrase("需求编号", "Need"),
    "into": Phrase("拆分后的需求", "Parts it was split into"),
    "side": Phrase("提出方", "Asked by"),
    "category_before": Phrase("原类别", "Category before"),
    "content_before": Phrase("原内容", "Content before"),
    "revised_on": Phrase("修改日期", "Revised on"),
    "withdrawn_on": Phrase("撤回日期", "Withdrawn on"),
    "claimed_on": Phrase("提出日期", "Asked on"),
    "declined_on": Phrase("终止日期", "Ended on"),
    "released_on": Phrase("退回日期", "Handed back on"),
    "pairing_before": Phrase("原结对", "Pairing before"),
    "project_id": Phrase("项目编号", "Project"),
    "resource_id": Phrase("资源编号", "Resource"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
