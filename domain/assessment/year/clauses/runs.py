"""Rules for freezing runs, and for what a run must have taken in."""

from domain.kernel.clause import clause, name_clauses

SUBJECTS_THERE = clause(
    "没有考核对象时不能核定",
    "a run has somebody to assess",
    "请先登记结对",
    "record pairings first",
)
NEWEST_RUN = clause(
    "已有更新的核定，旧的核定不再往下办理",
    "a newer run was frozen, the older one goes no further",
    "请办理最新的核定",
    "go on with the newest run",
    "docs/decisions/0011-from-run-to-publication.md",
)
FOR_COMPARING_ONLY = clause(
    "按较早时点作出的核定只供比较，不得往下办理",
    "a run as known at an earlier position is there to be compared, and goes no further",
    "请按现在所知另作核定",
    "freeze a run as known now",
    "docs/decisions/0013-frozen-runs.md",
)
RULINGS_TAKEN_IN = clause(
    "核定须包含已作出的全部申诉裁定",
    "a run takes in every ruling on appeal",
    "所列申诉的裁定作出在后；请重新核定",
    "the appeals named were decided since; freeze a new run",
    "docs/decisions/0013-frozen-runs.md",
)
EXCLUSIONS_TAKEN_IN = clause(
    "核定须与现行不参加等次的范围一致",
    "a run grades those who take part in the grades now",
    "所列结对参加与否在核定之后有变动；请重新核定",
    "whether those named take part was decided anew since; freeze a new run",
    "docs/decisions/0013-frozen-runs.md",
)
CONSENTED_TO_REPLACE = clause(
    "更正已公布结果的核定须经同意",
    "a run that is to replace a published one is consented to",
    "请先由审批人同意更正",
    "let an approver consent first",
    "docs/decisions/0013-frozen-runs.md",
)
FROZEN_AS_KNOWN = clause(
    "核定的时点须是已有的记录",
    "a run is frozen as known at a position that is on record",
    "请填写不晚于最新记录号的时点",
    "give a position that is not beyond the newest",
)
LEFT_BEHIND_ACKNOWLEDGED = clause(
    "核定、结束公示和公布所遗留的事项须经确认",
    "what freezing, closing and publishing leave behind is acknowledged by whoever does it",
    "请看过所列事项，办结后再办理，或勾选确认",
    "look at what is listed; see to it first, or tick that you know of it",
)
FROZEN_ONCE = clause(
    "同一依据只核定一次",
    "the same basis is frozen once",
    "所列核定之后没有新的记录；请办理该次核定",
    "nothing was recorded since the run named; go on with that one",
)
CONSENTED_IF_REPLACING = clause(
    "只有公布之后新作的核定才须经同意",
    "consent is for a run frozen after the published one",
    "该核定无须同意；如要更正已公布的结果，请先作新的核定",
    "this run needs none; to correct what is published, freeze a new run first",
    "docs/decisions/0013-frozen-runs.md",
)
CONSENTED_ONCE = clause(
    "同一次核定只同意一次",
    "a run is consented to once",
    "已同意，请依次签署",
    "it is consented to already; let it be signed next",
)
CONSENTED_BY_ANOTHER = clause(
    "同意人不得是作出该次核定的人",
    "whoever consents to a run is not who froze it",
    "请由另一审批人同意",
    "let another approver consent",
    "docs/decisions/0013-frozen-runs.md",
)

name_clauses("assessment", globals())
