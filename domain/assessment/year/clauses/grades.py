"""Rules for who is graded, and for adjusting a grade by hand."""

from domain.kernel.clause import clause, name_clauses

EXCLUDED_BEFORE_PUBLICATION = clause(
    "年度结果公布后不再变动参加等次的范围",
    "who takes part in the grades does not change once the year's result is public",
    "参加范围已定；认为得分有误的，请提出申诉",
    "it stands for this year; appeal where points are wrong",
    "docs/rules.md 3",
)
EXCLUDED_ONCE = clause(
    "该结对已不参加等次评定",
    "the pairing takes part in no grade already",
    "自下一次核定起生效，无须再办",
    "nothing is left to do; it counts from the next frozen run on",
)
INCLUDED_IF_EXCLUDED = clause(
    "只有不参加等次的结对才能恢复",
    "only what was excluded is taken back",
    "请核对结对",
    "check the pairing",
)
ADJUSTED_BEFORE_SIGNING = clause(
    "等次调整须在签署之前提出",
    "a grade is adjusted before anybody has signed",
    "已签署的核定不再调整；如确需调整，请作新的核定",
    "a signed run is not adjusted; freeze a new one where it must be",
    "docs/decisions/0011-from-run-to-publication.md",
)
ADJUSTMENT_DECIDED_FIRST = clause(
    "该结对已有待决定的调整",
    "an adjustment of this pairing waits for its decision",
    "请先由审批人决定",
    "let an approver decide first",
)
ADJUSTED_IF_GRADED = clause(
    "不定等次的结对没有可调整的等次",
    "a pairing that is not graded has no grade to adjust",
    "如应参加等次，请先恢复参加并重新核定",
    "take its exclusion back and freeze a new run",
)
GRADE_OF_THE_SCHEME = clause(
    "等次须为细则所定",
    "the grade is one of the scheme",
    "请从细则的等次中选择",
    "choose one of the scheme's grades",
)
GRADE_DIFFERS = clause(
    "调整后的等次须与现等次不同",
    "the adjusted grade differs from the one it has",
    "请选择另一等次",
    "choose another grade",
)
ADJUSTMENT_PROPOSED = clause(
    "没有待决定的调整",
    "no adjustment waits for a decision",
    "请查看核定结果，可能他人已决定",
    "look at the run's results; somebody may have decided on it",
)
ADJUSTED_BY_TWO = clause(
    "提请调整的人不决定该调整",
    "who proposed an adjustment does not decide on it",
    "请由另一人决定",
    "let somebody else decide",
    "docs/rules.md 1",
)
ADJUSTED_WITHIN_VETO = clause(
    "被一票否决的结对不得调高等次",
    "a vetoed pairing is not adjusted above what the veto leads to",
    "如否决有误，请更正所依据的记录并重新核定",
    "where the veto is wrong, correct what it rests on and freeze a new run",
)
ADJUSTED_TO_POINTS = clause(
    "得分未达到该等次起点的，不得调入该等次",
    "nobody is adjusted into a grade whose least points are not reached",
    "如得分有误，请更正所依据的记录并重新核定",
    "where the points are wrong, correct what they rest on and freeze a new run",
)
ADJUSTED_WITHIN_QUOTA = clause(
    "调整不得突破该等次的名额",
    "an adjustment stays within the places of the grade",
    "名额已满；请先将其他结对调出该等次，或不同意本次调整",
    "all places are taken; adjust another pairing out of the grade first, or refuse this one",
    "考核细则 七; docs/decisions/0011-from-run-to-publication.md",
)
ADJUSTMENTS_DECIDED = clause(
    "全部调整决定之后方可签署",
    "every adjustment is decided before anybody signs",
    "请先决定待决的调整",
    "decide on what is waiting first",
)

name_clauses("assessment", globals())
