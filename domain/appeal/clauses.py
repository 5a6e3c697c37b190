"""Rules of appeals; no national rule was found, defaults follow 政府督查工作条例 and 公务员法."""

from domain.kernel.clause import clause, name_clauses

FILED_ONCE = clause("申诉编号不得重复", "an appeal's number is used once", "请重新提交", "file it again")
FILED_FIRST = clause("没有该申诉", "there is no such appeal", "请核对编号", "check its number")
ONE_TARGET = clause(
    "一件申诉只针对一项得分或一个问题",
    "an appeal contests one score line or one finding",
    "请分别提出",
    "file them one by one",
    "docs/decisions/0014-appeals-and-policies.md",
)
ONE_OPEN_CASE = clause(
    "同一得分项或问题已有申诉正在办理的，不得重复提出",
    "while an appeal about a line or a finding is open, no other is filed about it",
    "请等待该申诉办结",
    "wait until that appeal has ended",
    "docs/decisions/0014-appeals-and-policies.md",
)
DECIDED_ONCE = clause(
    "对同一事实已经作出决定的，不再受理申诉",
    "what was decided is not decided again on the same facts",
    "有新的事实时方可再次提出",
    "appeal again when there are new facts",
    "公务员法第九十五条",
)
STILL_STANDS = clause(
    "申诉针对的得分项或问题须仍然有效",
    "what is contested still stands",
    "已撤销的无需申诉；已受理的请终止办理或由申诉人撤回",
    "what was withdrawn needs no appeal; one admitted already is ended or taken back",
)
BY_WHO_FILED = clause(
    "申诉只能由提出的一方撤回",
    "an appeal is taken back by the side that filed it",
    "请由提出申诉的一方办理",
    "let the side that filed it act",
)
FILED_IN_TIME = clause(
    "申诉须在期限内提出",
    "an appeal is filed within the time allowed",
    "期限已过；此后经复查、反弹等有新的事实的，可自告知之日起提出",
    "the time has passed; what is made known later, such as a re-inspection or a relapse, may be appealed against",
    "政府督查工作条例第十七条：30 日",
)
ADMITTED_FIRST = clause(
    "先受理，后决定",
    "an appeal is admitted before it is decided",
    "请先受理",
    "admit it first",
)
STILL_UNDECIDED = clause(
    "申诉只受理一次，已有决定或已撤回的不再办理",
    "an appeal is admitted once; a decided, refused or withdrawn one is not taken up again",
    "已受理的请作出决定；已办结的无须再办",
    "decide one that is admitted; where it has ended, nothing is left to do",
)
RECUSAL = clause(
    "参与过该事项的人员应当回避",
    "who took part in the matter, under whatever account, neither admits, refuses nor decides an appeal about it",
    "请由未参与的人员办理",
    "let somebody act who took no part",
    "政府督查工作条例第十七条",
)
NO_WORSE = clause(
    "不得因申诉加重处理",
    "nobody is worse off for appealing",
    "更正后的分值不得低于申诉时及现行的分值，也不得使本组得分或总分降低；扣分项不得高于。请按所列界限填写",
    "not below what was contested or stands, nor lowering the group or the total; a deduction not above: keep to the bound",
    "公务员法第九十六条",
)
WITHIN_MAXIMUM = clause(
    "更正后的分值不得超过该项满分",
    "the corrected points are within the line's maximum",
    "请填写不超过满分的分值",
    "enter points up to the maximum",
)
OUTCOME_FITS = clause(
    "变更得分须写明更正分值；撤销只适用于问题",
    "a varied line states its points; only a finding can be revoked",
    "请选择与申诉对象相符的结论",
    "choose an outcome that fits what is contested",
)

name_clauses("appeal", globals())
