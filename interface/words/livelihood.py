"""Words of resources, needs and projects."""

CHOICES: dict[str, dict[str, str]] = {
    "category": {
        "public_services": "公共服务",
        "industry": "产业发展",
        "living_environment": "人居环境",
        "information": "信息",
        "funds": "资金",
        "talent": "人才",
        "technology": "技术",
        "project": "项目",
    },
}
"""What may be chosen or be the case: a group to its identifiers with their words."""
EVENTS: dict[str, str] = {
    "livelihood.ResourceOffered": "登记资源",
    "livelihood.NeedRaised": "提出需求",
    "livelihood.NeedMatched": "对接需求",
    "livelihood.NeedMet": "办结需求",
    "livelihood.NeedConfirmed": "村级确认",
    "livelihood.ProjectOpened": "项目开工",
    "livelihood.ProjectCompleted": "项目完工",
    "livelihood.ProjectAccepted": "项目验收",
}
"""Event name to what it is called in lists."""
SENTENCES: dict[str, str] = {
    "livelihood.ResourceOffered": "%(branch)s 登记资源：%(content)s（%(category)s）",
    "livelihood.NeedRaised": "%(village)s 提出需求 %(number)s：%(content)s（%(category)s），%(raised_on)s",
    "livelihood.NeedMatched": "%(branch)s 对接需求 %(need_id)s，%(matched_on)s",
    "livelihood.NeedMet": "需求 %(need_id)s 办结，%(met_on)s",
    "livelihood.NeedConfirmed": "村级确认需求 %(need_id)s 办结，满意度 %(rating)s，%(confirmed_on)s",
    "livelihood.ProjectOpened": "%(branch)s 与 %(village)s 的项目 %(number)s“%(name)s”开工，计划 %(planned_end_on)s 完工",
    "livelihood.ProjectCompleted": "项目 %(project_id)s 完工，%(completed_on)s",
    "livelihood.ProjectAccepted": "项目 %(project_id)s 通过村级验收，%(accepted_on)s",
}
"""Event name to its sentence."""
FIELDS: dict[str, str] = {
    "accepted_on": "验收日期",
    "beneficiaries": "受益人数",
    "budget_cents": "预算（分）",
    "category": "类别",
    "confirmed_on": "确认日期",
    "content": "内容",
    "matched_on": "对接日期",
    "need_id": "需求编号",
    "offered_on": "登记日期",
    "pairing_before": "原结对",
    "planned_end_on": "计划完工",
    "project_id": "项目编号",
    "raised_on": "提出日期",
    "resource_id": "资源编号",
}
"""Field of an event to its title."""
INPUTS: dict[str, str] = {
    "met_on": "办结日期",
    "rating": "满意度",
}
"""Field of a form or an address to its title."""
