"""Rules of appeals; no national rule was found, defaults follow 政府督查工作条例 and 公务员法."""

from domain.kernel.clause import Clause


def _clause(name: str, zh: str, en: str, remedy_zh: str, remedy_en: str, source: str = "default") -> Clause:
    return Clause(f"appeal.{name}", zh, en, source, remedy_zh, remedy_en)


FILED_ONCE = _clause(
    "FILED_ONCE", "申诉编号不得重复", "an appeal's number is used once", "请重新提交", "file it again"
)
FILED_FIRST = _clause(
    "FILED_FIRST", "没有该申诉", "there is no such appeal", "请核对编号", "check its number"
)
ONE_TARGET = _clause(
    "ONE_TARGET",
    "一件申诉只针对一项得分或一个问题",
    "an appeal contests one score line or one finding",
    "请分别提出",
    "file them one by one",
    "domain.md D72",
)
GROUNDS_GIVEN = _clause(
    "GROUNDS_GIVEN", "须说明申诉理由", "grounds are given", "请填写理由", "enter the grounds"
)
FILED_IN_TIME = _clause(
    "FILED_IN_TIME",
    "申诉须在期限内提出",
    "an appeal is filed within the time allowed",
    "期限已过",
    "the time has passed",
    "政府督查工作条例第十七条：30 日",
)
ADMITTED_FIRST = _clause(
    "ADMITTED_FIRST",
    "先受理，后决定",
    "an appeal is admitted before it is decided",
    "请先受理",
    "admit it first",
)
STILL_UNDECIDED = _clause(
    "STILL_UNDECIDED",
    "已有决定或已撤回的申诉不再办理",
    "a decided, refused or withdrawn appeal is not taken up again",
    "该申诉已办结",
    "it has ended",
)
RECUSAL = _clause(
    "RECUSAL",
    "参与过该事项的人员应当回避",
    "who took part in the matter does not decide on it",
    "请由未参与的人员决定",
    "let somebody decide who took no part",
    "政府督查工作条例第十七条",
)
NO_WORSE = _clause(
    "NO_WORSE",
    "不得因申诉加重处理",
    "nobody is worse off for appealing",
    "更正后的分值不得低于原分值；扣分项不得高于原扣分",
    "the corrected points are not below the contested ones; a deduction is not above",
    "公务员法第九十六条",
)
WITHIN_MAXIMUM = _clause(
    "WITHIN_MAXIMUM",
    "更正后的分值不得超过该项满分",
    "the corrected points are within the line's maximum",
    "请填写不超过满分的分值",
    "enter points up to the maximum",
)
REASONS_GIVEN = _clause(
    "REASONS_GIVEN", "决定须说明理由", "a decision states its reasons", "请填写理由", "enter the reasons"
)
OUTCOME_FITS = _clause(
    "OUTCOME_FITS",
    "变更得分须写明更正分值；撤销只适用于问题",
    "a varied line states its points; only a finding can be revoked",
    "请选择与申诉对象相符的结论",
    "choose an outcome that fits what is contested",
)
