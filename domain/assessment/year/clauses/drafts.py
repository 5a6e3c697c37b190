"""Rules for drafts and versions of a scheme."""

from domain.kernel.clause import clause, name_clauses

NEW_VERSION_DIFFERS = clause(
    "新版本须与现行版本不同",
    "a new version differs from the one in force",
    "请修改细则后再发布",
    "change the scheme before publishing it",
)
DRAFT_THERE = clause("尚无草稿", "there is a draft", "请先起草并保存", "draft the scheme and save it first")
DRAFT_IS_NEWEST = clause(
    "其间已有更新的草稿，须以最新一稿为准",
    "somebody has saved a newer draft meanwhile; only the newest one counts",
    "请对照最新一稿合并后再保存或办理",
    "compare with the newest draft, merge, and do it again",
)
DRAFT_DIFFERS = clause(
    "与最新一稿相同，无须再存",
    "a draft differs from the one before",
    "请修改后再保存",
    "change it before saving it",
)
DRAFT_WAITS = clause(
    "只有待审批的草稿才能审批或退回",
    "only a draft that waits for it is approved or returned",
    "退回的草稿须修改保存后再审批",
    "a returned draft is changed and saved before it is approved",
)
ANOTHER_APPROVES = clause(
    "起草人不得审批自己起草的细则",
    "who drafted a scheme does not approve it",
    "请由未参与起草的审批人审批",
    "let an approver decide who had no hand in the drafts",
    "docs/decisions/0009-life-of-a-scheme.md",
)
SCHEME_IS_SOUND = clause(
    "草稿须能读成本年度本版次的细则",
    "a draft can be read as the scheme of its year and version",
    "请按编辑页列出的行号和办法更正",
    "correct the lines that the editor names",
)
CASES_HOLD = clause(
    "样例须全部相符",
    "every sample case holds",
    "请更正规则或样例",
    "correct the rule or the case",
    "docs/decisions/0009-life-of-a-scheme.md",
)
EVERY_PART_TRIED = clause(
    "每一项规则须至少有一个样例",
    "every rule has at least one sample case",
    "请为所列各项补充样例",
    "add a case for each part named",
    "docs/schemes.md",
)
BACK_TEST_SEEN = clause(
    "审批前须看过现行数据下的回测结果",
    "the back-test was seen as it comes out now before a draft is approved",
    "请重新载入草稿页，看过回测后再审批",
    "load the draft's page again and look at the back-test",
    "docs/decisions/0009-life-of-a-scheme.md",
)
APPROVED_FIRST = clause(
    "审批通过且未再改动的草稿才能发布",
    "only a draft that was approved and not changed since is published",
    "请先送审批",
    "have it approved first",
    "docs/decisions/0009-life-of-a-scheme.md",
)
AMENDMENT_IS_DATED = clause(
    "首版适用全年，修订版须写明施行日期",
    "the first version judges the whole year; an amendment names the day from which it does",
    "首版不填施行日期；修订版请填写",
    "leave the day out for a first version, give it for an amendment",
    "docs/decisions/0009-life-of-a-scheme.md",
)
IN_FORCE_IN_ITS_YEAR = clause(
    "施行日期须在考核年度内",
    "an amendment comes into force within the year it is about",
    "请填写该年度内的日期",
    "give a day of that year",
)
LOOKING_BACK_EXPLAINED = clause(
    "溯及以往的修订须说明理由",
    "an amendment that judges days before its publication or its date of force says why",
    "请填写溯及理由，或改用以后的施行日期、在规则中写明起止日期",
    "give the reason, choose a later day, or date the rule in the scheme",
    "docs/decisions/0009-life-of-a-scheme.md",
)
ADOPTED_BEFORE_DRAFTS = clause(
    "已有草稿或已发布细则的年度不再采用随软件提供的细则",
    "the scheme that came with the software is taken only where nobody has begun another",
    "请在草稿中修改",
    "work on the draft instead",
)

name_clauses("assessment", globals())
