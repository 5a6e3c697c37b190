"""Rules for the lines that people score: the unit itself, assessors, raters, superiors."""

from domain.kernel.clause import clause, name_clauses

ASKED_FOR = clause(
    "细则没有要求该指标登记这一内容",
    "the scheme does not ask for this at this indicator",
    "请在细则要求的指标下登记",
    "enter it at an indicator whose rule asks for it",
    "考核细则",
)
WITHIN_MAXIMUM = clause(
    "分值须在 0 分与该项满分之间",
    "points are between 0 and the line's maximum",
    "请填写不超过满分的分值",
    "enter points up to the maximum",
)
NOT_IN_THE_FUTURE = clause(
    "日期不得晚于今日",
    "the day is not in the future",
    "请核对日期",
    "check the day",
)
STATED_FOR_THE_YEAR = clause(
    "评议、测评、上级评分不得早于考核年度",
    "ballots, questionnaires and superiors' scores are not from before the year assessed",
    "请核对日期的年份",
    "check the year of the day",
)
SELF_SCORED_BEFORE_VERIFIED = clause(
    "已审核的指标不再自评",
    "a line is not self-scored once it is verified",
    "如有异议，请在公示或申诉时提出",
    "object to it during the notice, or appeal",
    "practice: 先自评，后考评",
)
SELF_SCORED_BY_CUT_OFF = clause(
    "自评须在录入截止前完成",
    "lines are self-scored by the cut-off",
    "请考核组说明理由后变更录入截止，或在公示时提出异议",
    "let the assessors move the cut-off, with a reason, or object during the notice",
    "docs/rules.md 2",
)
OTHERS_VERIFY = clause(
    "自评人不得审核同一指标",
    "who scored a line for the unit does not verify it",
    "请由其他考核员审核",
    "let another assessor verify it",
    "docs/rules.md 1",
)
COMPUTED_STANDS = clause(
    "按事实计算的指标，审核分须与计算分一致",
    "a counted line is verified as it was computed",
    "如计算有误，请更正或作废所依据的记录，得分随之重算",
    "where the figure is wrong, correct or void what it rests on; it is then computed anew",
    "docs/decisions/0010-years-work.md",
)
LINE_APPLIES = clause(
    "不适用的指标不需要审核",
    "a line that does not apply is not verified",
    "请审核其他指标",
    "verify the other lines",
)
DIFFERENCE_EXPLAINED = clause(
    "审核分与自评分不同时须说明理由",
    "a difference from the unit's own score is explained",
    "请填写理由，单位将看到它",
    "enter the reason; the unit will read it",
    "docs/decisions/0010-years-work.md",
)
VERIFIED_AGAIN_EXPLAINED = clause(
    "再次审核须说明理由",
    "verifying a line again is explained",
    "请填写理由",
    "enter the reason",
)
NEWEST_SEEN = clause(
    "他人刚刚审核了该指标",
    "somebody else has just verified the line",
    "请重新载入页面，看过最新的审核分后再决定",
    "load the page anew and look at the newest score before deciding",
)
GROUP_KNOWN = clause(
    "评议组须是细则规定的评议组",
    "the rater group is one of the scheme's",
    "请选择细则规定的评议组",
    "choose one of the scheme's groups",
    "practice: 分组评议，按组计权重",
)
BALLOTS_WITHIN = clause(
    "每票须在 0 分与满分之间",
    "each ballot is between 0 and full marks",
    "请核对该票的分值",
    "check that ballot",
)
BALLOTS_INVITED = clause(
    "票数不得多于应参加人数",
    "there are not more ballots than raters invited",
    "请核对票数和应参加人数",
    "check the ballots and the number invited",
)
RATED_ONCE = clause(
    "同一评议组的票再次登记须说明理由",
    "a group's ballots are recorded again only with a reason",
    "请填写理由；再次登记后以后者为准，原票仍可在留痕中查看",
    "enter the reason; the later ballots count, the earlier ones stay in the trail",
)
SURVEY_ADDS_UP = clause(
    "发出数不少于收回数，收回数不少于有效数，有效数等于各选项之和",
    "issued is not less than returned, nor returned than valid, and valid is the sum of the options",
    "请核对各数",
    "check the numbers",
    "practice: 民主测评登记发出、收回和有效票数",
)
OPTION_KNOWN = clause(
    "选项须是细则规定的选项",
    "the options are those of the scheme",
    "请按细则规定的选项填写",
    "use the scheme's options",
)
SURVEYED_ONCE = clause(
    "同一批测评再次登记须说明理由",
    "a batch of questionnaires is recorded again only with a reason",
    "如为另一批，请用另一编号；如为更正，请填写理由",
    "use another number for another batch; enter the reason for a correction",
)
WITHIN_FULL_MARKS = clause(
    "上级评分须在 0 分与其满分之间",
    "a superior's score is between 0 and its own full marks",
    "请按上级的分制填写",
    "enter it in the superior's own points",
)

name_clauses("assessment", globals())
