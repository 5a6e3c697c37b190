"""Rules of complaints and suggestions. Days and the second answer follow 信访工作条例; who hears one is a default."""

from domain.kernel.clause import clause, name_clauses

_DECISION = "docs/decisions/0036-complaints.md"
FILED_ONCE = clause("一件投诉建议只登记一次", "a complaint is filed once", "请重新提交", "file it again")
FILED_FIRST = clause(
    "没有该投诉建议", "there is no such complaint", "请核对后再办理", "check which one is meant"
)
CONDUCT_OF_SOMEBODY = clause(
    "反映工作作风的，须指明反映的人员或者事项",
    "a complaint of conduct says of whom, or what it was about",
    "请选择所反映的人员，或者从该事项的页面提出；所反映的人员看不到这件投诉",
    "choose whom it is about, or file it from the page of what was done; they do not see it",
    _DECISION,
)
AT_ITS_DESK = clause(
    "投诉建议由受理的一方办理",
    "a complaint is handled where it lies",
    "请由受理方办理；需要换人的，由受理方或者复核组转办",
    "let whoever it lies with act; they or the review group may forward it",
    _DECISION,
)
HANDLED_BY_ANOTHER = clause(
    "投诉建议由提出人以外的人办理；不满意的，由答复人以外的人重新答复",
    "a complaint is handled by somebody else than its author, and answered anew by somebody who has not answered it",
    "请由另一人办理，或者转办",
    "let somebody else act, or forward it",
    _DECISION,
)
STILL_OPEN = clause(
    "已答复、已办结或者已撤回的投诉建议不再办理",
    "a complaint that is answered, settled or withdrawn is not handled any more",
    "对答复不满意的，由提出人评价后重新办理",
    "its author may say that the answer does not satisfy, and it is handled anew",
)
TAKEN_UP_ONCE = clause(
    "已受理的投诉建议不重复受理", "a complaint is taken up once", "请答复或者转办", "answer or forward it"
)
FORWARDED_ELSEWHERE = clause(
    "投诉建议转给另一方，且那里有可以办理的人",
    "a complaint is forwarded to another desk, at which somebody may handle it",
    "请选择另一方；被反映的人员、提出人所在的不能办理",
    "choose another desk; whom it is about and who wrote it cannot handle it",
    _DECISION,
)
BY_ITS_AUTHOR = clause(
    "投诉建议由提出人评价和撤回",
    "a complaint is rated and withdrawn by its author",
    "请由提出人办理",
    "let its author act",
)
ANSWERED_FIRST = clause(
    "先答复，后评价", "an answer is rated once there is one", "请等待答复", "wait for the answer"
)
RATED_ONCE = clause(
    "答复只评价一次",
    "an answer is rated once",
    "仍有意见的，请另行提出",
    "file another complaint where something is still wrong",
    _DECISION,
)
UNSATISFIED_BECAUSE = clause(
    "对答复不满意的，说明理由",
    "who is not satisfied says why",
    "请填写不满意的理由",
    "say why it does not satisfy",
)

name_clauses("complaint", globals())
