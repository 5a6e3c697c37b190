"""Rules for turning from one year to the next."""

from domain.kernel.clause import clause, name_clauses

TURNED_AFTER_PUBLICATION = clause(
    "结果公布后方可结转年度",
    "a year is turned once its results are public",
    "请先公布年度结果",
    "publish the results first",
    "docs/decisions/0010-years-work.md",
)
TURNED_INTO_A_SCHEME = clause(
    "下一年度的考核细则发布后方可结转",
    "a year is turned once the scheme of the next one is public",
    "请先起草、审批并发布下一年度细则",
    "draft, approve and publish the scheme of the next year first",
    "docs/decisions/0010-years-work.md",
)
TURNED_ONCE = clause(
    "一个年度只结转一次",
    "a year is turned once",
    "该年度已结转，无需再办",
    "it is done already",
    "docs/decisions/0010-years-work.md",
)

name_clauses("assessment", globals())
