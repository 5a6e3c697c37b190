"""Words of questions and of what they are asked with."""

from __future__ import annotations

from interface.words.phrase import FieldWords, Phrase, field

TITLES = {
    "list_findings": Phrase("问题清单", "Findings"),
    "show_finding": Phrase("问题及其经过", "A finding with its history"),
    "list_pairings": Phrase("年度结对", "Pairings of a year"),
    "show_pairing": Phrase("结对及其一年的工作", "A pairing and what was done in a year"),
    "show_score_sheet": Phrase("结对得分表", "A pairing's score sheet"),
    "show_overview": Phrase("总览", "The county at a glance"),
    "list_tasks": Phrase("待办理", "What waits"),
    "show_matrix": Phrase("得分矩阵", "The matrix of scores"),
    "show_trend": Phrase("历年走势", "The years side by side"),
    "list_runs": Phrase("年度核定", "Runs of a year"),
    "show_run_results": Phrase("核定结果", "What a run comes to"),
    "show_reproduction": Phrase("复核摘要", "A run worked out again"),
    "list_evidence": Phrase("佐证审核", "Evidence to be reviewed"),
    "list_samples": Phrase("抽样复审", "Samples drawn for a second look"),
    "list_score_sheets": Phrase("审核得分", "How far the sheets of a year are"),
    "show_self_scores": Phrase("单位自评", "A unit's own scores"),
    "show_verification": Phrase("审核得分表", "The verification of a sheet"),
    "list_appeals": Phrase("申诉清单", "Appeals"),
    "show_appeal": Phrase("申诉及其结果", "An appeal and what came of it"),
    "show_contestable": Phrase("可以申诉的事项", "What an appeal would be about"),
    "show_grades": Phrase("定等与公示", "Grades and notice"),
    "list_notices": Phrase("公示清单", "Public notices"),
    "show_notice": Phrase("考核结果公示", "The public notice of a run"),
    "show_service": Phrase("结果送达", "The service of results"),
    "list_exclusions": Phrase("不参加等次的结对", "Pairings without a grade"),
    "show_persons": Phrase("两个职务人员的结果", "Results of those in the two posts"),
    "list_late_entries": Phrase("截止与补录", "The cut-off and late entries"),
    "list_activities": Phrase("活动", "Activities"),
    "show_activity": Phrase("一项活动", "An activity"),
    "list_needs": Phrase("需求清单", "Needs"),
    "show_need": Phrase("一项需求", "A need"),
    "list_projects": Phrase("民生项目", "Livelihood projects"),
    "show_project": Phrase("一个民生项目", "A livelihood project"),
    "list_result_uses": Phrase("结果运用", "Uses of a year's results"),
    "show_result_use": Phrase("一项结果运用", "A use of a result"),
    "list_proposed_uses": Phrase("待确定的结果运用", "Uses that results call for"),
    "list_numbered": Phrase("编号所指", "What bears a number"),
    "list_schemes": Phrase("历年细则", "The schemes of the years"),
    "show_scheme": Phrase("考核细则", "The scheme of a year"),
    "show_draft": Phrase("细则草稿", "A draft of a scheme"),
    "list_trail": Phrase("留痕", "The trail"),
    "list_units": Phrase("联建单位", "Units"),
    "show_unit": Phrase("联建单位及其名称", "A unit with its names"),
    "list_villages": Phrase("联建村（社区）", "Villages and communities"),
    "show_village": Phrase("村（社区）及其名称", "A village or community with its names"),
    "list_accounts": Phrase("账号", "Accounts"),
    "show_account": Phrase("账号及其角色", "An account with its role"),
    "list_accesses": Phrase("查阅记录", "Who looked at what"),
    "list_refused_sign_ins": Phrase("未成功的登录", "Refused sign-ins"),
}
_FIELDS = {
    "actor": field("操作账号", "Account that recorded"),
    "after": field("接在其后", "What follows this one", "上一页的 next", "next of the page before"),
    "draft": field("草稿", "Draft", "第几稿，默认为最新", "its number; the newest by default"),
    "finding_id": field("问题", "Finding", "对得分申诉的留空", "left empty for an appeal against points"),
    "indicator": field("指标", "Indicator"),
    "item": field("记录号", "Record", "也可调阅按需佐证的事项", "also of what is looked at on request only"),
    "known_at": field(
        "当时所知", "As known at a record", "记录号，默认为最新", "its number; the newest by default"
    ),
    "kind": field("类别", "Kind", "如 name、attachment、appeal", "such as name, attachment, appeal"),
    "light": field("灯", "Light"),
    "limit": field("每页行数", "Rows of a page", "默认 50", "50 by default"),
    "name": field("事件", "Event", "如 supervision.FindingRaised", "such as supervision.FindingRaised"),
    "number": field("编号", "Number"),
    "occurred_from": field("发生日期自", "Happened from"),
    "occurred_to": field("发生日期至", "Happened to"),
    "office": field("办理单位", "Office that recorded"),
    "pairing_id": field("结对", "Pairing"),
    "q": field("村或单位", "Village or unit", "名称的一部分", "part of a name"),
    "sample": field("样本编号", "Sample"),
    "grade": field("等次", "Grade", "等次代号", "its id"),
    "sort": field("排列", "Sorted by", "total 或指标代号", "total or an indicator"),
    "state": field("状态", "State"),
    "status": field("状态", "Status"),
    "thing": field("事项", "Thing", "编号所对应的内部标识", "its id"),
    "use": field("类别", "Kind"),
    "version": field("版本", "Version", "第几版，默认为现行", "its number; the one in force by default"),
    "year": field("年度", "Year"),
}


def question_words(question: str, name: str) -> FieldWords:
    """The words of a question's field: its own, or those of all questions. Raises ``KeyError`` for a field without."""
    own = _FIELDS.get(f"{question}.{name}")
    return _FIELDS[name] if own is None else own
