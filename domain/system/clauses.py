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
    "请在空的数据目录中重新导入",
    "import anew into an empty folder",
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
    "该姓名已删除，无须再办",
    "it is erased already; nothing is left to do",
    "个人信息保护法第四十七条",
)
CALENDAR_READABLE = clause(
    "日历文件须按规定格式填写",
    "a calendar file keeps to its form",
    "请参照随软件提供的 2026.toml 改正所指之处",
    "correct the place named; the file 2026.toml that comes with the software shows the form",
)
CALENDAR_SOURCED = clause(
    "日历须写明依据的通知",
    "a calendar names the notice it follows",
    "请填写通知名称和文号",
    "state the notice and its number",
    "国务院办公厅年度节假日安排通知",
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
