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
    "domain.md C70",
)
SUBJECTS_THERE = _clause(
    "SUBJECTS_THERE",
    "没有考核对象时不能核定",
    "a run has somebody to assess",
    "请先登记结对",
    "record pairings first",
)
REASON_GIVEN = _clause("REASON_GIVEN", "须说明理由", "a reason is given", "请填写理由", "enter the reason")
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
    "domain.md C68, C70",
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
    "seed: 奖优罚劣",
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
    "domain.md 5: the same person finds, checks and closes",
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
    "domain.md C50",
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
    "domain.md C55",
)
EVERY_PART_TRIED = _clause(
    "EVERY_PART_TRIED",
    "每一项规则须至少有一个样例",
    "every rule has at least one sample case",
    "请为所列各项补充样例",
    "add a case for each part named",
    "domain.md C55",
)
BACK_TEST_SEEN = _clause(
    "BACK_TEST_SEEN",
    "审批前须看过现行数据下的回测结果",
    "the back-test was seen as it comes out now before a draft is approved",
    "请重新载入草稿页，看过回测后再审批",
    "load the draft's page again and look at the back-test",
    "domain.md C55",
)
APPROVED_FIRST = _clause(
    "APPROVED_FIRST",
    "审批通过且未再改动的草稿才能发布",
    "only a draft that was approved and not changed since is published",
    "请先送审批",
    "have it approved first",
    "domain.md C50",
)
AMENDMENT_IS_DATED = _clause(
    "AMENDMENT_IS_DATED",
    "首版适用全年，修订版须写明施行日期",
    "the first version judges the whole year; an amendment names the day from which it does",
    "首版不填施行日期；修订版请填写",
    "leave the day out for a first version, give it for an amendment",
    "domain.md 5",
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
    "domain.md 5",
)
ADOPTED_BEFORE_DRAFTS = _clause(
    "ADOPTED_BEFORE_DRAFTS",
    "已有草稿或已发布细则的年度不再采用随软件提供的细则",
    "the scheme that came with the software is taken only where nobody has begun another",
    "请在草稿中修改",
    "work on the draft instead",
)
