"""Rules of keeping the log."""

from domain.kernel.clause import clause, name_clauses

OPENED_ONCE = clause(
    "一个日志只开启一次",
    "a log is opened once",
    "请使用已开启的日志",
    "use the log that was opened",
)
OPENED_FIRST = clause(
    "日志的第一条记录是开启",
    "the first event of a log opens it",
    "请先开启日志：在空的数据目录中导入台账，或开立第一个管理员账号",
    "begin the log first: import ledgers into an empty folder, or open the first administrator's account",
)
KEY_IS_NEW = clause(
    "新密钥不得与用过的密钥相同",
    "a new key is none that was used before",
    "请生成新的密钥",
    "make a new key",
    "C2SP signed-note",
)
REASON_GIVEN = clause(
    "须说明理由",
    "a reason is given",
    "请写明理由",
    "state the reason",
)
WITNESSED_BY_ANOTHER = clause(
    "见证方不得使用日志自己的密钥，每个见证方登记一次",
    "a witness has a key of its own and is named once",
    "请使用见证单位自己的公钥",
    "use the witnessing office's own key",
    "C2SP tlog-witness",
)
ERASED_ONCE = clause(
    "姓名只删除一次",
    "a name is erased once",
    "已决定删除，无须再办；仍能看到的，重新启动服务即删去",
    "that is decided already; where the name is still there, the next start of the service deletes it",
    "个人信息保护法第四十七条",
)
CALENDAR_READABLE = clause(
    "日历文件须按规定格式填写",
    "a calendar file keeps to its form",
    "请参照随软件提供的 2026.toml 改正所指之处",
    "correct the place named; the file 2026.toml that comes with the software shows the form",
)
CALENDAR_WITHIN_YEAR = clause(
    "日历中的日期须在该年度内",
    "every day of a calendar is in its year",
    "请把其他年度的日期写入该年度的日历",
    "put the days of another year into that year's calendar",
)
OFF_OR_WORKED = clause(
    "同一天不能既放假又上班",
    "a day is either off or worked",
    "请核对通知，删去其中一处",
    "check the notice and keep one of the two",
)
EXCHANGED_ON_WEEKENDS = clause(
    "调休上班日须是周六或周日",
    "a day worked in exchange is a Saturday or a Sunday",
    "请核对通知中的日期",
    "check the day in the notice",
)
CALENDAR_DIFFERS = clause(
    "新版日历须与现行版本不同",
    "a new version of a calendar differs from the one before",
    "该年度日历已导入，无须再办",
    "it is imported already; nothing is left to do",
)

name_clauses("system", globals())
