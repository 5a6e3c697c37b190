"""Rules from the signatures over the public notice to publication and service."""

from domain.kernel.clause import clause, name_clauses

PUBLISHED_ONCE = clause(
    "同一次核定只公布一次",
    "a run is published once",
    "已公布的结果不再变动；如需更正请作新的核定",
    "a published result never moves; a correction makes a new run",
    "docs/rules.md 3",
)
SIGNED_IN_ORDER = clause(
    "按考核组、联建办、领导小组的顺序签署，各一次",
    "scoring group, office and leading group sign in this order, once each",
    "请由下一环节签署",
    "let the next step sign",
    "docs/rules.md 4",
)
SIGNED_BY_THREE = clause(
    "三个环节由三个人签署",
    "three persons sign the three steps",
    "请由另一人签署",
    "let somebody else sign",
    "docs/rules.md 4",
)
SIGNED_OFF = clause(
    "三个环节都签署后方可公示",
    "results go on notice once all three steps have signed",
    "请先完成签署",
    "complete the chain first",
    "docs/rules.md 4",
)
NOTICE_ONCE = clause(
    "同一核定只公示一次",
    "a run is on notice once",
    "公示期满后请结束公示",
    "close the notice once the period is over",
)
NOTICE_LASTS = clause(
    "公示期至少一个工作日",
    "a notice lasts a working day at least",
    "请填写工作日数，通常为 5",
    "enter the working days, usually 5",
    "practice: 公示期一般为五个工作日",
)
NOTICE_OPEN = clause(
    "该核定不在公示中",
    "the run is not on notice",
    "请在公示期内提出异议；公示已结束的，可依规定申诉",
    "object while the notice is open; once it is closed, appeal",
)
OBJECTION_IN_TIME = clause(
    "异议须在公示期内提出",
    "an objection is filed during the notice",
    "公示期已过；结果公布后可依规定申诉",
    "the notice is over; once results are published an appeal may be filed",
    "docs/rules.md 4",
)
OBJECTOR_NAMED = clause(
    "代他人登记异议的，写明异议人；填报员以本单位、本村名义提出",
    "whoever enters an objection for somebody says for whom; a clerk objects for the own unit or village",
    "代为登记的，请填写异议人；填报员请将异议人留空",
    "say who objects; as a clerk leave it empty",
    "docs/rules.md 4",
)
OBJECTION_EXISTS = clause("没有该异议", "there is no such objection", "请核对编号", "check its number")
OBJECTION_ANSWERED_ONCE = clause(
    "同一异议只答复一次",
    "an objection is answered once",
    "答复不再变更；提出人仍有异议的，可依规定申诉",
    "the answer stands; whoever objected may appeal",
)
OBJECTION_ANSWERED_BY_ANOTHER = clause(
    "提出异议的人和作出核定的人不答复该异议",
    "neither who filed an objection nor who froze the run answers it",
    "请由另一人答复",
    "let somebody else answer",
    "政府督查工作条例第十七条",
)
NOTICE_RUN_OUT = clause(
    "公示最后一日过后方可结束公示",
    "a notice ends after its last day",
    "请在公示期满后办理",
    "close it once the period is over",
    "docs/rules.md 4",
)
OBJECTIONS_ANSWERED = clause(
    "异议全部答复后方可结束公示",
    "a notice ends once every objection is answered",
    "请先答复异议",
    "answer them first",
    "docs/rules.md 4",
)
NOTICE_CLOSED = clause(
    "公示结束后方可公布",
    "results are published once their notice is closed",
    "请先完成公示",
    "complete the notice first",
    "docs/rules.md 4",
)
NO_OBJECTION_UPHELD = clause(
    "异议成立后，此前的核定不再往下办理",
    "once an objection is upheld, a run frozen before goes no further",
    "请更正后作新的核定",
    "correct what was wrong and freeze a new run",
    "docs/decisions/0011-from-run-to-publication.md",
)
APPEALS_SETTLED = clause(
    "本年度申诉均已办结、决定均已执行，方可公布",
    "a run is published once every appeal of its year is decided, and what was decided is carried out",
    "请先办结申诉，或由申诉人撤回",
    "decide the appeals, or let them be taken back",
    "docs/decisions/0014-appeals-and-policies.md",
)
SERVED_IF_ASSESSED = clause(
    "该单位不在本次核定之中",
    "the unit has no pairing in the run",
    "请核对单位",
    "check the unit",
)
SERVED_AFTER_PUBLICATION = clause(
    "结果公布后方可送达",
    "a result is served once it is public",
    "请先公布结果",
    "publish the run first",
)
SERVED_WHILE_STANDING = clause(
    "已被取代的结果不再送达",
    "a result that another took the place of is served no more",
    "请送达所列后一次核定的结果",
    "serve the result of the run named last",
    "docs/decisions/0013-frozen-runs.md",
)
SERVED_ONCE = clause(
    "同一单位只送达一次",
    "a unit is served once",
    "请只填尚未送达的单位",
    "name only units that were not served yet",
)
SERVED_SINCE_PUBLICATION = clause(
    "送达日期在公布之日至今日之间",
    "the day of service lies between publication and today",
    "请核对送达日期",
    "check the day",
)

name_clauses("assessment", globals())
