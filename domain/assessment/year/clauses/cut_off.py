"""Rules for the cut-off of a year."""

from domain.kernel.clause import clause, name_clauses

CUT_OFF_REACHED = clause(
    "录入截止日不得晚于今日",
    "the cut-off is not set for a day to come",
    "请在截止日当日或之后确定",
    "set it on the day itself or later",
    "docs/rules.md 2",
)
CUT_OFF_AFTER_THE_YEAR = clause(
    "录入截止日不得早于考核年度最后一日",
    "the cut-off is not before the last day of the year assessed",
    "请核对日期的年份",
    "check the year of the day",
    "docs/rules.md 2",
)
CUT_OFF_MOVED_WITH_REASON = clause(
    "变更录入截止须说明理由",
    "moving the cut-off is explained",
    "请填写理由",
    "enter the reason",
    "docs/decisions/0010-years-work.md",
)
CUT_OFF_STANDS = clause(
    "结果公布后不得变更录入截止",
    "the cut-off stands once results were published",
    "已公布的结果不再变动；认为得分有误的，请提出申诉",
    "a published result never moves; appeal where points are wrong",
    "docs/decisions/0010-years-work.md",
)

name_clauses("assessment", globals())
