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
