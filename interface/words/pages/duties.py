"""Words of what waits: how it stands, in which process, for whom, until when."""

from __future__ import annotations

from interface.words.phrase import Phrase

CHOICES = {
    "duty": {
        "finding_raised": Phrase("问题已登记，待下达整改", "Finding raised, no order yet"),
        "finding_relapsed": Phrase("问题反弹，待再次下达整改", "Finding come back, to be ordered again"),
        "order_given": Phrase("整改通知已下达，待送达", "Order given, to be served"),
        "order_sent": Phrase("整改通知已下达，待签收", "Order given, to be acknowledged"),
        "order_served": Phrase("整改通知已送达，待签收", "Order served, to be acknowledged"),
        "order_acknowledged": Phrase("整改中，待提交整改报告", "Under rectification, report to be handed in"),
        "extension_requested": Phrase("申请延期，待答复", "More time asked for, to be answered"),
        "report_submitted": Phrase("整改已提交，待复查", "Reported as rectified, to be re-inspected"),
        "report_returned": Phrase("整改报告被退回，待重新提交", "Report returned, to be handed in again"),
        "reinspection_failed": Phrase("复查未通过，待继续整改", "Re-inspection failed, to be rectified"),
        "finding_accepted": Phrase("复查通过，待销号", "Re-inspection passed, to be closed"),
        "pairing_proposed": Phrase("结对建议待审批", "Pairing proposed, to be answered"),
        "proposal_approved": Phrase("结对建议已同意，待登记结对", "Pairing agreed to, to be started"),
        "party_day_lacking": Phrase("本月主题党日尚未登记", "This month's party day is not on record yet"),
        "activity_recorded": Phrase(
            "活动已登记，待村（社区）确认", "Activity recorded, for the village to confirm"
        ),
        "activity_disputed": Phrase(
            "村（社区）对活动有异议，待更正或说明", "Activity disputed, to be corrected or answered"
        ),
        "activity_maintained": Phrase("活动有异议，单位已说明，待认定", "Dispute answered, to be settled"),
        "case_nominated": Phrase("推荐案例待审核刊发", "Nominated case to be checked"),
        "nomination_returned": Phrase("推荐案例被退回，待修改", "Nominated case returned, to be revised"),
        "task_of_unit": Phrase("计划任务待单位完成", "Task of the plan for the unit"),
        "task_of_village": Phrase("计划任务待村（社区）完成", "Task of the plan for the village"),
        "need_raised": Phrase("需求已提出，待对接", "Need raised, to be matched"),
        "need_claimed": Phrase("单位认领需求，待村（社区）答复", "Need claimed by a unit, to be answered"),
        "unit_called_on": Phrase("村（社区）邀请对接需求，待答复", "Unit called on for a need, to answer"),
        "need_matched": Phrase("需求已对接，待办结", "Need matched, to be met"),
        "need_met": Phrase("需求已办结，待确认", "Need met, to be confirmed"),
        "project_opened": Phrase("项目在建，待完工", "Project under way, to be completed"),
        "project_completed": Phrase("项目已完工，待验收", "Project completed, to be accepted"),
        "appeal_filed": Phrase("申诉待受理", "Appeal to be admitted"),
        "appeal_admitted": Phrase("申诉待决定", "Appeal to be decided"),
        "appeal_moot": Phrase(
            "所诉事项已撤销，申诉待终结", "What is contested was withdrawn, appeal to be ended"
        ),
        "scheme_drafted": Phrase("细则草稿待审批", "Draft of a scheme to be approved"),
        "scheme_unchanged": Phrase(
            "细则草稿与现行细则相同，待退回", "Draft says what is in force, to be returned"
        ),
        "scheme_returned": Phrase("细则草稿被退回，待修改", "Draft of a scheme returned, to be rewritten"),
        "scheme_approved": Phrase("细则草稿已批准，待发布", "Draft of a scheme approved, to be published"),
        "own_scores_lacking": Phrase("得分项待自评", "Lines to be scored by the unit"),
        "ratings_lacking": Phrase("评议票待登记", "Ballots to be recorded"),
        "survey_lacking": Phrase("满意度测评待登记", "Survey to be recorded"),
        "superior_score_lacking": Phrase("上级评分待登记", "Superior's score to be recorded"),
        "superior_rank_lacking": Phrase("上级排名待登记", "Superior's ranking to be recorded"),
        "lines_unverified": Phrase("得分项待审核", "Lines to be verified"),
        "evidence_unreviewed": Phrase("佐证待审核", "Evidence to be reviewed"),
        "evidence_seen_once": Phrase("佐证待第二人复审", "Evidence to be reviewed by a second person"),
        "cut_off_lacking": Phrase("年度已终，待确定录入截止日", "Year over, cut-off to be set"),
        "run_lacking": Phrase("录入已截止，待核定年度结果", "Cut-off set, results of the year to be frozen"),
        "run_overtaken": Phrase("核定后另有决定，待重新核定", "Decisions since the run, to be frozen again"),
        "adjustment_proposed": Phrase("等次调整待决定", "Adjustment of a grade to be decided"),
        "run_replacing": Phrase(
            "核定待同意取代已公布的结果", "Run to be consented to before it replaces what is public"
        ),
        "run_frozen": Phrase("核定待考核组签署", "Run to be signed for the scoring group"),
        "signed_by_scoring_group": Phrase("核定待联建办签署", "Run to be signed for the office"),
        "signed_by_office": Phrase("核定待领导小组签署", "Run to be signed for the leading group"),
        "run_signed": Phrase("核定已签署，待公示", "Run signed, notice to be opened"),
        "on_notice": Phrase("结果公示中", "Results on public notice"),
        "notice_over": Phrase("公示期满，待结束公示", "Notice has run out, to be closed"),
        "notice_closed": Phrase("公示结束，待公布结果", "Notice closed, results to be published"),
        "objection_filed": Phrase("异议待答复", "Objection to be answered"),
        "results_unserved": Phrase("结果待送达单位", "Results to be served on units"),
        "uses_called_for": Phrase("结果运用待下达", "Uses of results to be ordered"),
        "use_ordered": Phrase("结果运用待报告办理情况", "Use of a result to be reported on"),
        "use_reported": Phrase("结果运用已报告，待认定办结", "Use of a result reported, to be found done"),
        "complaint_to_supervisor": Phrase("投诉建议待监督小组办理", "Complaint for supervision to answer"),
        "complaint_to_reviewer": Phrase("投诉建议待复核组办理", "Complaint for the review group to answer"),
        "complaint_to_approver": Phrase(
            "投诉建议待领导小组办理", "Complaint for the leading group to answer"
        ),
        "complaint_to_assessor": Phrase("投诉建议待考核组办理", "Complaint for the scoring group to answer"),
        "role_proposed": Phrase("提请的角色待批准", "Proposed role to be approved"),
        "role_lacking": Phrase("账号未授予角色", "Account without a role"),
    },
    "process": {
        "finding": Phrase("问题整改", "Findings"),
        "proposal": Phrase("结对建议", "Pairings proposed"),
        "activity": Phrase("活动确认", "Activities and what villages say of them"),
        "nomination": Phrase("推荐典型案例", "Nominated cases"),
        "work_plan": Phrase("工作方案", "Work plans"),
        "need": Phrase("需求", "Needs"),
        "project": Phrase("民生项目", "Livelihood projects"),
        "score_sheet": Phrase("自评与审核", "Own and verified scores"),
        "evidence": Phrase("佐证审核", "Evidence"),
        "scheme": Phrase("考核细则", "Schemes"),
        "results": Phrase("年度结果", "Results of a year"),
        "run": Phrase("定等、公示与公布", "From a run to publication"),
        "adjustment": Phrase("等次调整", "Adjustments of grades"),
        "objection": Phrase("异议", "Objections"),
        "called_for": Phrase("应有的结果运用", "Uses that results call for"),
        "result_use": Phrase("结果运用", "Uses of results"),
        "appeal": Phrase("申诉", "Appeals"),
        "complaint": Phrase("投诉建议", "Complaints and suggestions"),
        "account": Phrase("账号", "Accounts"),
    },
    "duty_group": {
        "overdue": Phrase("已逾期", "Overdue"),
        "week": Phrase("本周办理", "This week"),
        "later": Phrase("往后办理", "Later"),
        "others": Phrase("等他人办理", "Waiting for others"),
    },
    "seat": {
        "unit": Phrase("联建单位", "The unit"),
        "village": Phrase("村（社区）", "The village"),
        "supervision": Phrase("监督小组", "Supervision"),
        "scoring_group": Phrase("考核组", "Scoring group"),
        "joint_office": Phrase("联建办", "Office"),
        "leading_group": Phrase("领导小组", "Leading group"),
        "review_group": Phrase("复核组", "Review group"),
        "administration": Phrase("账号管理", "Administration"),
    },
    "counted": {
        "calendar": Phrase("自然日", "calendar days"),
        "working": Phrase("工作日", "working days"),
    },
}
