"""Rules for what published results lead to."""

from domain.kernel.clause import clause, name_clauses

USE_ORDERED_ONCE = clause(
    "同一措施对同一结对只确定一次",
    "the same measure is ordered once for a pairing",
    "该措施已确定；如另有要求，请写明不同的措施",
    "it is ordered already; name another measure for something else",
)
USE_OF_PUBLISHED = clause(
    "结果公布后方可运用",
    "only a published result is used",
    "请在核定公布后再确定结果运用",
    "order it once the run is published",
    "docs/rules.md 5",
)
USE_REASONED = clause(
    "等次本身不要求的结果运用须说明理由",
    "what the grade itself does not call for needs a reason",
    "请说明理由；表彰奖励通常用于最高等次，批评教育、约谈通常用于最低等次或一票否决",
    "enter the reason; praise goes with the best grade, criticism and talks with the worst or a veto",
    "practice: 表彰奖励、批评教育，奖优罚劣",
)
USE_DUE_LATER = clause(
    "完成期限不早于确定之日",
    "the due day is not before the day of the order",
    "请填写今天或以后的日期",
    "enter today or a later day",
)
USE_OPEN = clause(
    "已完成或已撤销的结果运用不再变动",
    "what is completed or withdrawn does not change",
    "如有新的要求，请另行确定",
    "order a new one",
)
USE_REPORTED_FIRST = clause(
    "先报告落实情况，再认定完成",
    "what was done is reported before it is found done",
    "请由单位或另一名考核员先报告落实情况",
    "let the unit or another assessor report first",
)
USE_COMPLETED_BY_OTHERS = clause(
    "报告落实情况的人不认定完成",
    "who reported what was done does not find it done",
    "请由另一人认定",
    "let somebody else find it done",
    "docs/rules.md 1",
)

name_clauses("assessment", globals())
