"""Words of what is done with resources, needs and livelihood projects."""

from __future__ import annotations

from interface.words.phrase import field, verb

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
    "accept_project": verb("验收项目", "Accept the project", "项目已验收。", "The project is accepted."),
}
FIELDS = {
    "accepted_on": field("验收日期", "Accepted on"),
    "beneficiaries": field("受益人数", "Beneficiaries"),
    "branch": field("联建单位", "Unit"),
    "budget_cents": field(
        "投资（分）", "Budget (0.01 yuan)", "以分为单位，1 元填 100", "in 0.01 yuan: 100 for one yuan"
    ),
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
    "rating": field("满意度", "Satisfaction", "1 至 5 分，可不填", "1 to 5, or empty"),
    "started_on": field("开工日期", "Started on"),
    "village": field("村（社区）", "Village"),
}
