"""Rules of the limit of burdens; that something beyond it is warned of and not refused is a default."""

from domain.kernel.clause import clause, name_clauses

NOT_BACKWARDS = clause(
    "限额自本月或者以后的月份起",
    "a limit is set from this month or a later one",
    "已过去的月份不再改，请自本月起设定",
    "months that are over stay as they were; set it from this month on",
    "docs/decisions/0041-burden.md",
)
LIMIT_DIFFERS = clause(
    "新的限额与现行限额不同",
    "a limit differs from the one in force",
    "没有变化的，不必重新设定",
    "leave it where nothing changes",
)

name_clauses("burden", globals())
