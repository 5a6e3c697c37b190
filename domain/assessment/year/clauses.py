"""Rules of schemes and runs."""

from domain.kernel.clause import Clause


def _clause(name: str, zh: str, en: str, remedy_zh: str, remedy_en: str, source: str = "default") -> Clause:
    return Clause(f"assessment.{name}", zh, en, source, remedy_zh, remedy_en)


NEW_VERSION_DIFFERS = _clause(
    "NEW_VERSION_DIFFERS",
    "新版本须与现行版本不同",
    "a new version differs from the one in force",
    "请修改细则后再发布",
    "change the scheme before publishing it",
)
RUN_EXISTS = _clause("RUN_EXISTS", "没有该次核定", "there is no such run", "请核对编号", "check its number")
PUBLISHED_ONCE = _clause(
    "PUBLISHED_ONCE",
    "同一次核定只公布一次",
    "a run is published once",
    "已公布的结果不再变动；如需更正请作新的核定",
    "a published result never moves; a correction makes a new run",
    "docs/rules.md 3",
)
SUBJECTS_THERE = _clause(
    "SUBJECTS_THERE",
    "没有考核对象时不能核定",
    "a run has somebody to assess",
    "请先登记结对",
    "record pairings first",
)
REASON_GIVEN = _clause("REASON_GIVEN", "须说明理由", "a reason is given", "请填写理由", "enter the reason")
BASIS_GIVEN = _clause(
    "BASIS_GIVEN",
    "须写明依据文件",
    "the basis is named",
    "请填写依据的文件或会议",
    "name the document or the meeting",
)
EXCLUDED_BEFORE_PUBLICATION = _clause(
    "EXCLUDED_BEFORE_PUBLICATION",
    "年度结果公布后不再变动参加等次的范围",
    "who takes part in the grades does not change once the year's result is public",
    "如有异议，请通过申诉办理",
    "go by way of an appeal",
    "docs/rules.md 3",
)
EXCLUDED_ONCE = _clause(
    "EXCLUDED_ONCE",
    "该结对已不参加等次评定",
    "the pairing takes part in no grade already",
    "无须再办",
    "nothing is left to do",
)
INCLUDED_IF_EXCLUDED = _clause(
    "INCLUDED_IF_EXCLUDED",
    "只有不参加等次的结对才能恢复",
    "only what was excluded is taken back",
    "请核对结对",
    "check the pairing",
)
NEWEST_RUN = _clause(
    "NEWEST_RUN",
    "已有更新的核定，旧的核定不再往下办理",
    "a newer run was frozen, the older one goes no further",
    "请办理最新的核定",
    "go on with the newest run",
    "docs/decisions/0011-from-run-to-publication.md",
)
FOR_COMPARING_ONLY = _clause(
    "FOR_COMPARING_ONLY",
    "按较早时点作出的核定只供比较，不得往下办理",
    "a run as known at an earlier position is there to be compared, and goes no further",
    "请按现在所知另作核定",
    "freeze a run as known now",
    "docs/decisions/0013-frozen-runs.md",
)
RULINGS_TAKEN_IN = _clause(
    "RULINGS_TAKEN_IN",
    "核定须包含已作出的全部申诉裁定",
    "a run takes in every ruling on appeal",
    "所列申诉的裁定作出在后；请重新核定",
    "the appeals named were decided since; freeze a new run",
    "docs/decisions/0013-frozen-runs.md",
)
EXCLUSIONS_TAKEN_IN = _clause(
    "EXCLUSIONS_TAKEN_IN",
    "核定须与现行不参加等次的范围一致",
    "a run grades those who take part in the grades now",
    "所列结对参加与否在核定之后有变动；请重新核定",
    "whether those named take part was decided anew since; freeze a new run",
    "docs/decisions/0013-frozen-runs.md",
)
ADJUSTED_BEFORE_SIGNING = _clause(
    "ADJUSTED_BEFORE_SIGNING",
    "等次调整须在签署之前提出",
    "a grade is adjusted before anybody has signed",
    "已签署的核定不再调整；如确需调整，请作新的核定",
    "a signed run is not adjusted; freeze a new one where it must be",
    "docs/decisions/0011-from-run-to-publication.md",
)
ADJUSTMENT_DECIDED_FIRST = _clause(
    "ADJUSTMENT_DECIDED_FIRST",
    "该结对已有待决定的调整",
    "an adjustment of this pairing waits for its decision",
    "请先由审批人决定",
    "let an approver decide first",
)
ADJUSTED_IF_GRADED = _clause(
    "ADJUSTED_IF_GRADED",
    "不定等次的结对没有可调整的等次",
    "a pairing that is not graded has no grade to adjust",
    "如应参加等次，请先恢复参加并重新核定",
    "take its exclusion back and freeze a new run",
)
GRADE_OF_THE_SCHEME = _clause(
    "GRADE_OF_THE_SCHEME",
    "等次须为细则所定",
    "the grade is one of the scheme",
    "请从细则的等次中选择",
    "choose one of the scheme's grades",
)
GRADE_DIFFERS = _clause(
    "GRADE_DIFFERS",
    "调整后的等次须与现等次不同",
    "the adjusted grade differs from the one it has",
    "请选择另一等次",
    "choose another grade",
)
ADJUSTMENT_PROPOSED = _clause(
    "ADJUSTMENT_PROPOSED",
    "没有待决定的调整",
    "no adjustment waits for a decision",
    "请重新载入页面",
    "load the page anew",
)
ADJUSTED_BY_TWO = _clause(
    "ADJUSTED_BY_TWO",
    "提请调整的人不决定该调整",
    "who proposed an adjustment does not decide on it",
    "请由另一人决定",
    "let somebody else decide",
    "docs/rules.md 1",
)
ADJUSTED_WITHIN_VETO = _clause(
    "ADJUSTED_WITHIN_VETO",
    "被一票否决的结对不得调高等次",
    "a vetoed pairing is not adjusted above what the veto leads to",
    "如否决有误，请更正所依据的记录并重新核定",
    "where the veto is wrong, correct what it rests on and freeze a new run",
)
ADJUSTED_TO_POINTS = _clause(
    "ADJUSTED_TO_POINTS",
    "得分未达到该等次起点的，不得调入该等次",
    "nobody is adjusted into a grade whose least points are not reached",
    "请选择得分已达到的等次",
    "choose a grade whose points are reached",
)
ADJUSTED_WITHIN_QUOTA = _clause(
    "ADJUSTED_WITHIN_QUOTA",
    "调整不得突破该等次的名额",
    "an adjustment stays within the places of the grade",
    "名额已满；请先将其他结对调出该等次，或不同意本次调整",
    "all places are taken; adjust another pairing out of the grade first, or refuse this one",
    "考核细则 七; docs/decisions/0011-from-run-to-publication.md",
)
ADJUSTMENTS_DECIDED = _clause(
    "ADJUSTMENTS_DECIDED",
    "全部调整决定之后方可签署",
    "every adjustment is decided before anybody signs",
    "请先决定待决的调整",
    "decide on what is waiting first",
)
SIGNED_IN_ORDER = _clause(
    "SIGNED_IN_ORDER",
    "按考核组、联建办、领导小组的顺序签署，各一次",
    "scoring group, office and leading group sign in this order, once each",
    "请由下一环节签署",
    "let the next step sign",
    "docs/rules.md 4",
)
SIGNED_BY_THREE = _clause(
    "SIGNED_BY_THREE",
    "三个环节由三个人签署",
    "three persons sign the three steps",
    "请由另一人签署",
    "let somebody else sign",
    "docs/rules.md 4",
)
OPINION_GIVEN = _clause(
    "OPINION_GIVEN", "须填写意见", "an opinion is given", "请填写意见", "enter the opinion"
)
SIGNED_OFF = _clause(
    "SIGNED_OFF",
    "三个环节都签署后方可公示",
    "results go on notice once all three steps have signed",
    "请先完成签署",
    "complete the chain first",
    "docs/rules.md 4",
)
CONSENTED_TO_REPLACE = _clause(
    "CONSENTED_TO_REPLACE",
    "更正已公布结果的核定须经同意",
    "a run that is to replace a published one is consented to",
    "请先由审批人同意更正",
    "let an approver consent first",
    "docs/decisions/0013-frozen-runs.md",
)
NOTICE_ONCE = _clause(
    "NOTICE_ONCE",
    "同一核定只公示一次",
    "a run is on notice once",
    "该核定已公示",
    "it is or was on notice already",
)
NOTICE_LASTS = _clause(
    "NOTICE_LASTS",
    "公示期至少一个工作日",
    "a notice lasts a working day at least",
    "请填写工作日数，通常为 5",
    "enter the working days, usually 5",
    "practice: 公示期一般为五个工作日",
)
CONTACT_GIVEN = _clause(
    "CONTACT_GIVEN",
    "公示须写明异议受理方式",
    "a notice says where to object",
    "请填写受理部门和联系方式",
    "enter the office and how to reach it",
)
NOTICE_OPEN = _clause(
    "NOTICE_OPEN",
    "该核定不在公示中",
    "the run is not on notice",
    "请核对公示状态",
    "see whether it is on notice",
)
OBJECTION_IN_TIME = _clause(
    "OBJECTION_IN_TIME",
    "异议须在公示期内提出",
    "an objection is filed during the notice",
    "公示期已过；结果公布后可依规定申诉",
    "the notice is over; once results are published an appeal may be filed",
    "docs/rules.md 4",
)
OBJECTION_EXISTS = _clause(
    "OBJECTION_EXISTS", "没有该异议", "there is no such objection", "请核对编号", "check its number"
)
OBJECTION_ANSWERED_ONCE = _clause(
    "OBJECTION_ANSWERED_ONCE",
    "同一异议只答复一次",
    "an objection is answered once",
    "该异议已答复",
    "it is answered already",
)
OBJECTION_ANSWERED_BY_ANOTHER = _clause(
    "OBJECTION_ANSWERED_BY_ANOTHER",
    "提出异议的人和作出核定的人不答复该异议",
    "neither who filed an objection nor who froze the run answers it",
    "请由另一人答复",
    "let somebody else answer",
    "政府督查工作条例第十七条",
)
NOTICE_RUN_OUT = _clause(
    "NOTICE_RUN_OUT",
    "公示最后一日过后方可结束公示",
    "a notice ends after its last day",
    "请在公示期满后办理",
    "close it once the period is over",
    "docs/rules.md 4",
)
OBJECTIONS_ANSWERED = _clause(
    "OBJECTIONS_ANSWERED",
    "异议全部答复后方可结束公示",
    "a notice ends once every objection is answered",
    "请先答复异议",
    "answer them first",
    "docs/rules.md 4",
)
NOTICE_CLOSED = _clause(
    "NOTICE_CLOSED",
    "公示结束后方可公布",
    "results are published once their notice is closed",
    "请先完成公示",
    "complete the notice first",
    "docs/rules.md 4",
)
NO_OBJECTION_UPHELD = _clause(
    "NO_OBJECTION_UPHELD",
    "异议成立后，此前的核定不再往下办理",
    "once an objection is upheld, a run frozen before goes no further",
    "请更正后作新的核定",
    "correct what was wrong and freeze a new run",
    "docs/decisions/0011-from-run-to-publication.md",
)
APPEALS_SETTLED = _clause(
    "APPEALS_SETTLED",
    "本年度申诉均已办结、决定均已执行，方可公布",
    "a run is published once every appeal of its year is decided, and what was decided is carried out",
    "请先办结申诉，或由申诉人撤回",
    "decide the appeals, or let them be taken back",
    "docs/decisions/0014-appeals-and-policies.md",
)
SERVED_IF_ASSESSED = _clause(
    "SERVED_IF_ASSESSED",
    "该单位不在本次核定之中",
    "the unit has no pairing in the run",
    "请核对单位",
    "check the unit",
)
SERVED_AFTER_PUBLICATION = _clause(
    "SERVED_AFTER_PUBLICATION",
    "结果公布后方可送达",
    "a result is served once it is public",
    "请先公布结果",
    "publish the run first",
)
SERVED_WHILE_STANDING = _clause(
    "SERVED_WHILE_STANDING",
    "已被取代的结果不再送达",
    "a result that another took the place of is served no more",
    "请送达所列后一次核定的结果",
    "serve the result of the run named last",
    "docs/decisions/0013-frozen-runs.md",
)
SERVED_ONCE = _clause(
    "SERVED_ONCE", "同一单位只送达一次", "a unit is served once", "该单位已送达", "it was served already"
)
SERVED_TO_SOMEBODY = _clause(
    "SERVED_TO_SOMEBODY",
    "须写明签收人",
    "who received it is named",
    "请填写签收人职务",
    "enter who received it",
)
SERVED_SINCE_PUBLICATION = _clause(
    "SERVED_SINCE_PUBLICATION",
    "送达日期在公布之日至今日之间",
    "the day of service lies between publication and today",
    "请核对送达日期",
    "check the day",
)
RULED_ONCE = _clause(
    "RULED_ONCE",
    "同一申诉只裁定一次",
    "an appeal is ruled on once",
    "该申诉已裁定",
    "it is ruled on already",
)
USE_ORDERED_ONCE = _clause(
    "USE_ORDERED_ONCE",
    "同一措施对同一结对只确定一次",
    "the same measure is ordered once for a pairing",
    "该措施已确定；如另有要求，请写明不同的措施",
    "it is ordered already; name another measure for something else",
)
USE_OF_PUBLISHED = _clause(
    "USE_OF_PUBLISHED",
    "结果公布后方可运用",
    "only a published result is used",
    "请在核定公布后再确定结果运用",
    "order it once the run is published",
    "docs/rules.md 5",
)
USE_MEASURE_NAMED = _clause(
    "USE_MEASURE_NAMED", "须写明措施", "the measure is named", "请填写措施", "enter the measure"
)
USE_REASONED = _clause(
    "USE_REASONED",
    "等次本身不要求的结果运用须说明理由",
    "what the grade itself does not call for needs a reason",
    "请说明理由；表彰奖励通常用于最高等次，批评教育、约谈通常用于最低等次或一票否决",
    "enter the reason; praise goes with the best grade, criticism and talks with the worst or a veto",
    "practice: 表彰奖励、批评教育，奖优罚劣",
)
USE_DUE_LATER = _clause(
    "USE_DUE_LATER",
    "完成期限不早于确定之日",
    "the due day is not before the day of the order",
    "请填写今天或以后的日期",
    "enter today or a later day",
)
USE_EXISTS = _clause(
    "USE_EXISTS", "没有该项结果运用", "there is no such use of a result", "请核对编号", "check its number"
)
USE_OPEN = _clause(
    "USE_OPEN",
    "已完成或已撤销的结果运用不再变动",
    "what is completed or withdrawn does not change",
    "如有新的要求，请另行确定",
    "order a new one",
)
USE_ACCOUNT_GIVEN = _clause(
    "USE_ACCOUNT_GIVEN", "须写明落实情况", "what was done is told", "请填写落实情况", "tell what was done"
)
USE_REPORTED_FIRST = _clause(
    "USE_REPORTED_FIRST",
    "先报告落实情况，再认定完成",
    "what was done is reported before it is found done",
    "请由单位或另一名考核员先报告落实情况",
    "let the unit or another assessor report first",
)
USE_COMPLETED_BY_OTHERS = _clause(
    "USE_COMPLETED_BY_OTHERS",
    "报告落实情况的人不认定完成",
    "who reported what was done does not find it done",
    "请由另一人认定",
    "let somebody else find it done",
    "docs/rules.md 1",
)
DRAFT_THERE = _clause(
    "DRAFT_THERE", "尚无草稿", "there is a draft", "请先起草并保存", "draft the scheme and save it first"
)
DRAFT_IS_NEWEST = _clause(
    "DRAFT_IS_NEWEST",
    "其间已有更新的草稿，须以最新一稿为准",
    "somebody has saved a newer draft meanwhile; only the newest one counts",
    "请对照最新一稿合并后再保存或办理",
    "compare with the newest draft, merge, and do it again",
)
DRAFT_DIFFERS = _clause(
    "DRAFT_DIFFERS",
    "与最新一稿相同，无须再存",
    "a draft differs from the one before",
    "请修改后再保存",
    "change it before saving it",
)
DRAFT_WAITS = _clause(
    "DRAFT_WAITS",
    "只有待审批的草稿才能审批或退回",
    "only a draft that waits for it is approved or returned",
    "退回的草稿须修改保存后再审批",
    "a returned draft is changed and saved before it is approved",
)
ANOTHER_APPROVES = _clause(
    "ANOTHER_APPROVES",
    "起草人不得审批自己起草的细则",
    "who drafted a scheme does not approve it",
    "请由未参与起草的审批人审批",
    "let an approver decide who had no hand in the drafts",
    "docs/decisions/0009-life-of-a-scheme.md",
)
SCHEME_IS_SOUND = _clause(
    "SCHEME_IS_SOUND",
    "草稿须能读成本年度本版次的细则",
    "a draft can be read as the scheme of its year and version",
    "请按编辑页列出的行号和办法更正",
    "correct the lines that the editor names",
)
CASES_HOLD = _clause(
    "CASES_HOLD",
    "样例须全部相符",
    "every sample case holds",
    "请更正规则或样例",
    "correct the rule or the case",
    "docs/decisions/0009-life-of-a-scheme.md",
)
EVERY_PART_TRIED = _clause(
    "EVERY_PART_TRIED",
    "每一项规则须至少有一个样例",
    "every rule has at least one sample case",
    "请为所列各项补充样例",
    "add a case for each part named",
    "docs/schemes.md",
)
BACK_TEST_SEEN = _clause(
    "BACK_TEST_SEEN",
    "审批前须看过现行数据下的回测结果",
    "the back-test was seen as it comes out now before a draft is approved",
    "请重新载入草稿页，看过回测后再审批",
    "load the draft's page again and look at the back-test",
    "docs/decisions/0009-life-of-a-scheme.md",
)
APPROVED_FIRST = _clause(
    "APPROVED_FIRST",
    "审批通过且未再改动的草稿才能发布",
    "only a draft that was approved and not changed since is published",
    "请先送审批",
    "have it approved first",
    "docs/decisions/0009-life-of-a-scheme.md",
)
AMENDMENT_IS_DATED = _clause(
    "AMENDMENT_IS_DATED",
    "首版适用全年，修订版须写明施行日期",
    "the first version judges the whole year; an amendment names the day from which it does",
    "首版不填施行日期；修订版请填写",
    "leave the day out for a first version, give it for an amendment",
    "docs/decisions/0009-life-of-a-scheme.md",
)
IN_FORCE_IN_ITS_YEAR = _clause(
    "IN_FORCE_IN_ITS_YEAR",
    "施行日期须在考核年度内",
    "an amendment comes into force within the year it is about",
    "请填写该年度内的日期",
    "give a day of that year",
)
LOOKING_BACK_EXPLAINED = _clause(
    "LOOKING_BACK_EXPLAINED",
    "溯及以往的修订须说明理由",
    "an amendment that judges days before its publication or its date of force says why",
    "请填写溯及理由，或改用以后的施行日期、在规则中写明起止日期",
    "give the reason, choose a later day, or date the rule in the scheme",
    "docs/decisions/0009-life-of-a-scheme.md",
)
ADOPTED_BEFORE_DRAFTS = _clause(
    "ADOPTED_BEFORE_DRAFTS",
    "已有草稿或已发布细则的年度不再采用随软件提供的细则",
    "the scheme that came with the software is taken only where nobody has begun another",
    "请在草稿中修改",
    "work on the draft instead",
)

# ---------------------------------------------------------------- the year's work

ASKED_FOR = _clause(
    "ASKED_FOR",
    "细则没有要求该指标登记这一内容",
    "the scheme does not ask for this at this indicator",
    "请在细则要求的指标下登记",
    "enter it at an indicator whose rule asks for it",
    "考核细则",
)
WITHIN_MAXIMUM = _clause(
    "WITHIN_MAXIMUM",
    "分值须在 0 分与该项满分之间",
    "points are between 0 and the line's maximum",
    "请填写不超过满分的分值",
    "enter points up to the maximum",
)
NOT_IN_THE_FUTURE = _clause(
    "NOT_IN_THE_FUTURE",
    "日期不得晚于今日",
    "the day is not in the future",
    "请核对日期",
    "check the day",
)
STATED_FOR_THE_YEAR = _clause(
    "STATED_FOR_THE_YEAR",
    "评议、测评、上级评分不得早于考核年度",
    "ballots, questionnaires and superiors' scores are not from before the year assessed",
    "请核对日期的年份",
    "check the year of the day",
)
SELF_SCORED_BEFORE_VERIFIED = _clause(
    "SELF_SCORED_BEFORE_VERIFIED",
    "已审核的指标不再自评",
    "a line is not self-scored once it is verified",
    "如有异议，请在公示或申诉时提出",
    "object to it during the notice, or appeal",
    "practice: 先自评，后考评",
)
SELF_SCORED_BY_CUT_OFF = _clause(
    "SELF_SCORED_BY_CUT_OFF",
    "自评须在录入截止前完成",
    "lines are self-scored by the cut-off",
    "截止已过，请与考核组联系",
    "the cut-off has passed; speak with the assessors",
    "docs/rules.md 2",
)
OTHERS_VERIFY = _clause(
    "OTHERS_VERIFY",
    "自评人不得审核同一指标",
    "who scored a line for the unit does not verify it",
    "请由其他考核员审核",
    "let another assessor verify it",
    "docs/rules.md 1",
)
COMPUTED_STANDS = _clause(
    "COMPUTED_STANDS",
    "按事实计算的指标，审核分须与计算分一致",
    "a counted line is verified as it was computed",
    "如计算有误，请更正或作废所依据的记录，得分随之重算",
    "where the figure is wrong, correct or void what it rests on; it is then computed anew",
    "docs/decisions/0010-years-work.md",
)
LINE_APPLIES = _clause(
    "LINE_APPLIES",
    "不适用的指标不需要审核",
    "a line that does not apply is not verified",
    "请审核其他指标",
    "verify the other lines",
)
DIFFERENCE_EXPLAINED = _clause(
    "DIFFERENCE_EXPLAINED",
    "审核分与自评分不同时须说明理由",
    "a difference from the unit's own score is explained",
    "请填写理由，单位将看到它",
    "enter the reason; the unit will read it",
    "docs/decisions/0010-years-work.md",
)
VERIFIED_AGAIN_EXPLAINED = _clause(
    "VERIFIED_AGAIN_EXPLAINED",
    "再次审核须说明理由",
    "verifying a line again is explained",
    "请填写理由",
    "enter the reason",
)
NEWEST_SEEN = _clause(
    "NEWEST_SEEN",
    "他人刚刚审核了该指标",
    "somebody else has just verified the line",
    "请重新载入页面，看过最新的审核分后再决定",
    "load the page anew and look at the newest score before deciding",
)
GROUP_KNOWN = _clause(
    "GROUP_KNOWN",
    "评议组须是细则规定的评议组",
    "the rater group is one of the scheme's",
    "请选择细则规定的评议组",
    "choose one of the scheme's groups",
    "practice: 分组评议，按组计权重",
)
BALLOTS_GIVEN = _clause(
    "BALLOTS_GIVEN",
    "至少须有一张有效票",
    "there is at least one ballot",
    "请逐票填写分值",
    "enter the score of each ballot",
)
BALLOTS_WITHIN = _clause(
    "BALLOTS_WITHIN",
    "每票须在 0 分与满分之间",
    "each ballot is between 0 and full marks",
    "请核对该票的分值",
    "check that ballot",
)
BALLOTS_INVITED = _clause(
    "BALLOTS_INVITED",
    "票数不得多于应参加人数",
    "there are not more ballots than raters invited",
    "请核对票数和应参加人数",
    "check the ballots and the number invited",
)
RATED_ONCE = _clause(
    "RATED_ONCE",
    "同一评议组的票再次登记须说明理由",
    "a group's ballots are recorded again only with a reason",
    "请填写理由；再次登记后以后者为准，原票仍可在留痕中查看",
    "enter the reason; the later ballots count, the earlier ones stay in the trail",
)
SURVEY_ADDS_UP = _clause(
    "SURVEY_ADDS_UP",
    "发出数不少于收回数，收回数不少于有效数，有效数等于各选项之和",
    "issued is not less than returned, nor returned than valid, and valid is the sum of the options",
    "请核对各数",
    "check the numbers",
    "practice: 民主测评登记发出、收回和有效票数",
)
OPTION_KNOWN = _clause(
    "OPTION_KNOWN",
    "选项须是细则规定的选项",
    "the options are those of the scheme",
    "请按细则规定的选项填写",
    "use the scheme's options",
)
SURVEYED_ONCE = _clause(
    "SURVEYED_ONCE",
    "同一批测评再次登记须说明理由",
    "a batch of questionnaires is recorded again only with a reason",
    "如为另一批，请用另一编号；如为更正，请填写理由",
    "use another number for another batch; enter the reason for a correction",
)
DOCUMENT_NAMED = _clause(
    "DOCUMENT_NAMED",
    "上级评分须写明评分单位和文号",
    "a superior's score names its office and document",
    "请填写评分单位和文号",
    "enter the office and the number of its document",
)
WITHIN_FULL_MARKS = _clause(
    "WITHIN_FULL_MARKS",
    "上级评分须在 0 分与其满分之间",
    "a superior's score is between 0 and its own full marks",
    "请按上级的分制填写",
    "enter it in the superior's own points",
)
PLACE_POSSIBLE = _clause(
    "PLACE_POSSIBLE", "名次从第 1 名起", "places begin at 1", "请填写名次", "enter the place"
)
REVIEWED_ONCE = _clause(
    "REVIEWED_ONCE",
    "同一佐证只初审一次",
    "evidence is reviewed a first time once",
    "请由第二人复审",
    "let a second person review it",
    "docs/decisions/0010-years-work.md",
)
REVIEWED_FIRST = _clause(
    "REVIEWED_FIRST",
    "先初审，后复审",
    "a second review follows a first one",
    "请先初审",
    "review it a first time",
    "docs/decisions/0010-years-work.md",
)
REVIEWED_AGAIN_ONCE = _clause(
    "REVIEWED_AGAIN_ONCE",
    "复审后即为定论",
    "a second review settles the matter",
    "如有异议，请在公示或申诉时提出",
    "object to it during the notice, or appeal",
    "docs/decisions/0010-years-work.md",
)
SECOND_PERSON = _clause(
    "SECOND_PERSON",
    "初审与复审须由不同的人办理",
    "the second review is by another person",
    "请由其他考核员复审",
    "let another assessor review it",
    "docs/rules.md 1",
)
OTHERS_REVIEW = _clause(
    "OTHERS_REVIEW",
    "录入人不得审核自己录入的事项",
    "who entered a thing does not review its evidence",
    "请由其他考核员审核",
    "let another assessor review it",
    "docs/rules.md 1",
)
REJECTION_EXPLAINED = _clause(
    "REJECTION_EXPLAINED",
    "不认可须说明理由",
    "a rejection is explained",
    "请填写理由，单位将看到它",
    "enter the reason; the unit will read it",
)
POPULATION_THERE = _clause(
    "POPULATION_THERE",
    "没有可抽取的事项",
    "there is something to draw from",
    "请先初审佐证",
    "review evidence first",
)
PERCENT_POSSIBLE = _clause(
    "PERCENT_POSSIBLE",
    "抽取比例须在 1 至 100 之间",
    "the share drawn is from 1 to 100 per cent",
    "请填写 1 至 100 的整数",
    "enter a whole number from 1 to 100",
)
SEED_NEW = _clause(
    "SEED_NEW",
    "每次抽取须有新的随机种子",
    "each sample has a seed of its own",
    "请换一个种子，例如公开摇号的结果",
    "use another seed, such as a public draw of lots",
)
CUT_OFF_REACHED = _clause(
    "CUT_OFF_REACHED",
    "录入截止日不得晚于今日",
    "the cut-off is not set for a day to come",
    "请在截止日当日或之后确定",
    "set it on the day itself or later",
    "docs/rules.md 2",
)
CUT_OFF_AFTER_THE_YEAR = _clause(
    "CUT_OFF_AFTER_THE_YEAR",
    "录入截止日不得早于考核年度最后一日",
    "the cut-off is not before the last day of the year assessed",
    "请核对日期的年份",
    "check the year of the day",
    "docs/rules.md 2",
)
CUT_OFF_MOVED_WITH_REASON = _clause(
    "CUT_OFF_MOVED_WITH_REASON",
    "变更录入截止须说明理由",
    "moving the cut-off is explained",
    "请填写理由",
    "enter the reason",
    "docs/decisions/0010-years-work.md",
)
CUT_OFF_STANDS = _clause(
    "CUT_OFF_STANDS",
    "结果公布后不得变更录入截止",
    "the cut-off stands once results were published",
    "已公布的结果不再变动",
    "a published result never moves",
    "docs/decisions/0010-years-work.md",
)
FROZEN_AS_KNOWN = _clause(
    "FROZEN_AS_KNOWN",
    "核定的时点须是已有的记录",
    "a run is frozen as known at a position that is on record",
    "请填写不晚于最新记录号的时点",
    "give a position that is not beyond the newest",
)
LEFT_BEHIND_ACKNOWLEDGED = _clause(
    "LEFT_BEHIND_ACKNOWLEDGED",
    "核定、结束公示和公布所遗留的事项须经确认",
    "what freezing, closing and publishing leave behind is acknowledged by whoever does it",
    "请看过所列事项，办结后再办理，或勾选确认",
    "look at what is listed; see to it first, or tick that you know of it",
)
FROZEN_ONCE = _clause(
    "FROZEN_ONCE",
    "同一依据只核定一次",
    "the same basis is frozen once",
    "所列核定之后没有新的记录；请办理该次核定",
    "nothing was recorded since the run named; go on with that one",
)
CONSENTED_IF_REPLACING = _clause(
    "CONSENTED_IF_REPLACING",
    "只有公布之后新作的核定才须经同意",
    "consent is for a run frozen after the published one",
    "该核定无须同意；如要更正已公布的结果，请先作新的核定",
    "this run needs none; to correct what is published, freeze a new run first",
    "docs/decisions/0013-frozen-runs.md",
)
CONSENTED_ONCE = _clause(
    "CONSENTED_ONCE",
    "同一次核定只同意一次",
    "a run is consented to once",
    "已同意，无须再办",
    "it is consented to already",
)
CONSENTED_BY_ANOTHER = _clause(
    "CONSENTED_BY_ANOTHER",
    "同意人不得是作出该次核定的人",
    "whoever consents to a run is not who froze it",
    "请由另一审批人同意",
    "let another approver consent",
    "docs/decisions/0013-frozen-runs.md",
)
