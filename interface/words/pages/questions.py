"""Words of questions and of what they are asked with."""

from __future__ import annotations

from interface.words.phrase import FieldWords, Phrase, field

TITLES = {
    "list_findings": Phrase("问题清单", "Findings"),
    "show_finding_statistics": Phrase("问题统计", "Findings by month and township"),
    "list_documents": Phrase("文书登记簿", "Documents issued"),
    "show_document": Phrase("一份文书", "A document that was issued"),
    "show_finding": Phrase("问题及其经过", "A finding with its history"),
    "list_pairings": Phrase("年度结对", "Pairings of a year"),
    "show_pairing": Phrase("结对及其一年的工作", "A pairing and what was done in a year"),
    "show_pairing_list": Phrase("年度结对名单", "The list of a year's pairings"),
    "show_unit_holdings": Phrase("单位名下尚未结束的结对", "What a unit holds"),
    "show_village_holdings": Phrase("村（社区）名下尚未结束的结对", "What a village holds"),
    "show_coverage": Phrase("结对覆盖", "Coverage by township and class"),
    "list_agreements": Phrase("联建协议", "Agreements"),
    "list_proposals": Phrase("结对建议", "Pairings proposed"),
    "show_proposal": Phrase("一项结对建议", "A proposal"),
    "show_figures": Phrase("统计数字", "The figures of a year"),
    "list_figure_facts": Phrase("统计数字所计的事实", "The facts behind a figure"),
    "list_figure_amounts": Phrase("统计数字按结对分布", "A figure by pairing"),
    "list_cadence": Phrase("主题党日节奏", "Party days by month"),
    "show_cadence": Phrase("结对各月活动", "A pairing's activities by month"),
    "show_order_paper": Phrase("整改通知书", "An order to rectify, as it was issued"),
    "show_result_paper": Phrase("考核结果通知", "The paper of a pairing's result"),
    "show_score_sheet": Phrase("结对得分表", "A pairing's score sheet"),
    "show_overview": Phrase("总览", "The county at a glance"),
    "list_duties": Phrase("待办事项", "What waits, and for whom"),
    "list_scores": Phrase("得分与名次", "Scores and places"),
    "show_matrix": Phrase("得分矩阵", "The matrix of scores"),
    "show_trend": Phrase("历年走势", "The years side by side"),
    "show_comparison": Phrase("比较两次核定", "Two runs, records or days compared"),
    "show_course": Phrase("考核进程", "The course of a year"),
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
    "suggest_resources": Phrase("可对接的资源", "Resources that may meet a need"),
    "list_likenesses": Phrase("相近登记", "Entries that may be one"),
    "list_nominations": Phrase("推荐案例", "Nominated cases"),
    "list_policies": Phrase("制度文件", "Policies"),
    "show_policy": Phrase("一份制度文件", "A policy"),
    "show_nomination": Phrase("一个推荐案例", "A nominated case"),
    "list_complaints": Phrase("投诉建议", "Complaints and suggestions"),
    "show_complaint": Phrase("一件投诉建议", "A complaint or suggestion"),
    "list_plans": Phrase("年度工作方案", "Work plans of a year"),
    "show_plan": Phrase("一个结对的工作方案", "A pairing's work plan"),
    "list_campaigns": Phrase("行动汇总", "Activities by campaign"),
    "show_activity": Phrase("一项活动", "An activity"),
    "list_needs": Phrase("需求清单", "Needs"),
    "show_need": Phrase("一项需求", "A need"),
    "list_projects": Phrase("民生项目", "Livelihood projects"),
    "list_slips": Phrase("督查单", "Supervision slips"),
    "list_circulars": Phrase("通报", "Circulars"),
    "list_cases": Phrase("典型案例与现场会", "Model cases and meetings"),
    "show_project": Phrase("一个民生项目", "A livelihood project"),
    "list_result_uses": Phrase("结果运用", "Uses of a year's results"),
    "show_result_use": Phrase("一项结果运用", "A use of a result"),
    "list_proposed_uses": Phrase("待确定的结果运用", "Uses that results call for"),
    "list_numbered": Phrase("编号所指", "What bears a number"),
    "search": Phrase("查找", "Search"),
    "list_schemes": Phrase("历年细则", "The schemes of the years"),
    "show_scheme": Phrase("考核细则", "The scheme of a year"),
    "show_scheme_changes": Phrase("两部细则的不同", "What differs between two schemes"),
    "show_draft": Phrase("细则草稿", "A draft of a scheme"),
    "list_moments": Phrase("可回看的时点", "Moments to look back to"),
    "list_trail": Phrase("留痕", "The trail"),
    "show_trail_facets": Phrase("留痕的筛选项", "What the trail is filtered by"),
    "show_event": Phrase("一条记录及其起因与后果", "An event with its causes and consequences"),
    "list_units": Phrase("联建单位", "Units"),
    "show_unit": Phrase("联建单位及其名称", "A unit with its names"),
    "list_villages": Phrase("联建村（社区）", "Villages and communities"),
    "show_village": Phrase("村（社区）及其名称", "A village or community with its names"),
    "list_accounts": Phrase("账号", "Accounts"),
    "show_account": Phrase("账号及其角色", "An account with its role"),
    "show_own_account": Phrase("自己的账号", "The own account"),
    "list_anomalies": Phrase("异常线索", "What to ask about first"),
    "list_accesses": Phrase("查阅记录", "Who looked at what"),
    "list_imports": Phrase("台账导入", "Imports of ledgers"),
    "list_refused_sign_ins": Phrase("未成功的登录", "Refused sign-ins"),
}
_FIELDS = {
    "against": field("与何年度比较", "Compared with the year"),
    "against_version": field(
        "与第几版比较", "Compared with the version", "默认为现行", "the one in force by default"
    ),
    "actor": field("操作账号", "Account that recorded"),
    "after": field("接在其后", "What follows this one", "上一页的 next", "next of the page before"),
    "assumed": field("时间为推定", "Only what is assumed"),
    "category": field("类别", "Category"),
    "list_activities.kind": field("活动类型", "Kind of activity"),
    "tag": field("所属行动", "Campaign or kind of contact"),
    "list_activities.q": field("查找", "Search", "村、单位或主题的一部分", "part of a name or of the topic"),
    "list_needs.q": field(
        "查找", "Search", "村、单位、编号或内容的一部分", "part of a name, a number or what is needed"
    ),
    "list_projects.q": field(
        "查找", "Search", "村、单位、编号或项目名称的一部分", "part of a name, a number or the project's name"
    ),
    **{
        f"{name}.sort": field("排列", "Sorted by", "前加减号为倒序", "after a minus the other way round")
        for name in (
            "list_activities",
            "list_needs",
            "list_projects",
            "list_slips",
            "list_circulars",
            "list_cases",
            "list_proposals",
            "list_agreements",
            "list_pairings",
            "list_units",
            "list_villages",
        )
    },
    "list_complaints.q": field("查找", "Search", "内容的一部分", "part of the text"),
    "list_complaints.sort": field("排列", "Sorted by", "前加减号为倒序", "after a minus the other way round"),
    "list_complaints.year": field("提出年度", "Year in which it was filed"),
    "subject": field("反映什么", "About"),
    "colour": field("颜色", "Colour"),
    "list_circulars.kind": field("类别", "Kind"),
    "list_circulars.q": field(
        "查找", "Search", "村、单位或文号的一部分", "part of a name or a document number"
    ),
    "answer": field("办理情况", "What became of it"),
    "list_agreements.q": field(
        "查找", "Search", "村、单位、编号或职责的一部分", "part of a name, a number or the duties"
    ),
    "show_coverage.on": field("在哪一日", "On which day", "默认今日", "today by default"),
    "list_agreements.on": field("在哪一日", "On which day", "默认今日", "today by default"),
    "list_agreements.state": field("状态", "State"),
    "list_policies.on": field("在哪一日", "On which day", "默认今日", "today by default"),
    "list_policies.q": field("查找", "Search", "名称或文号的一部分", "part of a title or a number"),
    "show_policy.on": field("在哪一日", "On which day", "默认今日", "today by default"),
    "show_policy.version": field(
        "哪一版", "Which version", "默认当日有效的一版", "that in force on the day by default"
    ),
    "show_policy.against": field(
        "与哪一版对照", "Compared with", "默认前一版", "the version before by default"
    ),
    "list_proposals.q": field("查找", "Search", "村、单位或理由的一部分", "part of a name or of the reason"),
    "list_cases.q": field("查找", "Search", "村、单位或案例名称的一部分", "part of a name or of the case's"),
    **{
        f"{name}.{each}": words
        for name in ("list_figure_facts", "list_figure_amounts")
        for each, words in {
            "on": field("以何日为今天", "The day taken as today", "用于亮灯", "for lights"),
            "type": field("类型", "Type"),
            "level": field("等级", "Level", "heavy 为较重、严重", "heavy for what is serious or grave"),
            "since": field("晚于记录", "Recorded after", "记录号", "the number of a record"),
            "sort": field("排列", "Sorted by", "前加减号为倒序", "after a minus the other way round"),
        }.items()
    },
    "list_cases.level": field("级别", "Level", "meeting 为现场会", "meeting for on-site meetings"),
    "month": field("月份", "Month", "须同时有年度", "of the year"),
    "signed": field("已签协议", "Agreement signed"),
    "unit_class": field("单位类别", "Class of the unit"),
    "village_kind": field("村（社区）类别", "Village or community"),
    "closed_from": field("销号日期自", "Closed from"),
    "closed_to": field("销号日期至", "Closed to"),
    "correlation": field("同一次办理", "Recorded by the same act", "其标识", "its id"),
    "due_to": field("到期不晚于", "Due by", "尚未办结的", "of what is not done yet"),
    "finding_type": field("类型", "Type"),
    "severity": field("等级", "Severity"),
    "points": field("总分整数部分", "Whole points of the total"),
    "provisional": field("试算", "What is computed now", "结果已公布的也试算", "though results are public"),
    "risk": field("风险", "At risk", "any 为任一项", "any of the reasons"),
    "list_scores.sort": field(
        "排列",
        "Sorted by",
        "place、total 或大项代号，前加减号为倒序",
        "place, total or a group; after a minus the other way round",
    ),
    "township": field("乡镇", "Township"),
    "list_accounts.q": field("查找", "Search", "账号或单位的一部分", "part of a user name or an office"),
    "list_accounts.sort": field(
        "排列",
        "Sorted by",
        "username 或 office，前加减号为倒序",
        "username or office, after a minus the other way round",
    ),
    "list_accounts.state": field("情况", "State"),
    "list_anomalies.kind": field("线索", "Kind", "如 year_end_burst", "such as year_end_burst"),
    "list_appeals.due_to": field("应决定不晚于", "Due by", "已受理的", "of what is admitted"),
    "list_appeals.q": field(
        "查找", "Search", "村、单位、编号或所争事项的一部分", "part of a name, a number or what is contested"
    ),
    "list_appeals.sort": field("排列", "Sorted by", "前加减号为倒序", "after a minus the other way round"),
    "list_findings.q": field(
        "查找", "Search", "村、单位、编号或内容的一部分", "part of a name, a number or what was found"
    ),
    "list_result_uses.sort": field(
        "排列", "Sorted by", "前加减号为倒序", "after a minus the other way round"
    ),
    "show_run_results.sort": field(
        "排列", "Sorted by", "前加减号为倒序", "after a minus the other way round"
    ),
    "list_score_sheets.sort": field(
        "排列", "Sorted by", "前加减号为倒序", "after a minus the other way round"
    ),
    "list_findings.sort": field("排列", "Sorted by", "前加减号为倒序", "after a minus the other way round"),
    "draft": field("草稿", "Draft", "第几稿，默认为最新", "its number; the newest by default"),
    "finding_id": field("问题", "Finding", "对得分申诉的留空", "left empty for an appeal against points"),
    "found_from": field("发现日期自", "Found from"),
    "found_to": field("发现日期至", "Found to"),
    "group": field("分组", "Group"),
    "indicator": field("指标", "Indicator"),
    "item": field("记录号", "Record", "也可调阅按需佐证的事项", "also of what is looked at on request only"),
    "known_at": field(
        "当时所知", "As known at a record", "记录号，默认为最新", "its number; the newest by default"
    ),
    "kind": field("类别", "Kind", "如 name、attachment、appeal", "such as name, attachment, appeal"),
    "lateness": field("晚于哪一日", "Late by which day"),
    "late": field("补录", "Only what was reported late"),
    "light": field("灯", "Light"),
    "limit": field("每页行数", "Rows of a page", "默认 50", "50 by default"),
    "name": field("事件", "Event", "如 supervision.FindingRaised", "such as supervision.FindingRaised"),
    "newer_than": field("新于", "Next above a record", "记录号", "its number"),
    "number": field("编号", "Number"),
    "occurred_from": field("发生日期自", "Happened from"),
    "occurred_to": field("发生日期至", "Happened to"),
    "office": field("办理单位", "Office that recorded"),
    "open_on": field("当日未销号", "Open on a day"),
    "outcome": field("结论", "Outcome"),
    "pairing_id": field("结对", "Pairing"),
    "paper": field("文种", "Kind of document"),
    "run_id": field("核定", "Run"),
    "q": field("村或单位", "Village or unit", "名称的一部分", "part of a name"),
    "recorded_from": field("录入日期自", "Recorded from"),
    "recorded_to": field("录入日期至", "Recorded to"),
    "sample": field("样本编号", "Sample"),
    "first": field("自", "From", "核定编号、记录号或日期", "a run's number, a record or a day"),
    "second": field("至", "To", "核定编号、记录号或日期", "a run's number, a record or a day"),
    "grade": field("等次", "Grade", "等次代号", "its id"),
    "sort": field("排列", "Sorted by", "total 或指标代号", "total or an indicator"),
    "side": field("申诉方", "Side that appeals"),
    "source": field("来源", "Source", "如 ledger、page、api", "such as ledger, page, api"),
    "search.kind": field("类别", "Kind", "不填则查找全部", "everything if not stated"),
    "search.people": field(
        "包括人员姓名", "Names of persons, too", "查阅将被记录", "what is shown of them is noted"
    ),
    "search.q": field(
        "查找内容",
        "What to search for",
        "名称、拼音或首字母、编号、记录号",
        "a name, its pinyin or first letters, a number, a record",
    ),
    "state": field("状态", "State"),
    "status": field("状态", "Status"),
    "thing": field("事项", "Thing", "名称、编号或内部标识", "its name, number or id"),
    "use": field("类别", "Kind"),
    "role": field("角色", "Role"),
    "round": field("第几次下达", "Which order", "默认为最后一次", "the last by default"),
    "username": field("账号", "Account"),
    "version": field("版本", "Version", "第几版，默认为现行", "its number; the one in force by default"),
    "year": field("年度", "Year"),
}


def question_words(question: str, name: str) -> FieldWords:
    """The words of a question's field: its own, or those of all questions. Raises ``KeyError`` for a field without."""
    own = _FIELDS.get(f"{question}.{name}")
    return _FIELDS[name] if own is None else own
