"""Rules of keeping the log."""

from domain.kernel.clause import Clause

OPENED_ONCE = Clause(
    "system.OPENED_ONCE",
    "一个日志只开启一次",
    "a log is opened once",
    "default",
    "请使用已开启的日志",
    "use the log that was opened",
)
OPENED_FIRST = Clause(
    "system.OPENED_FIRST",
    "日志的第一条记录是开启",
    "the first event of a log opens it",
    "default",
    "请在空的数据目录中重新导入",
    "import anew into an empty folder",
)
KEY_IS_NEW = Clause(
    "system.KEY_IS_NEW",
    "新密钥不得与用过的密钥相同",
    "a new key is none that was used before",
    "C2SP signed-note",
    "请生成新的密钥",
    "make a new key",
)
REASON_GIVEN = Clause(
    "system.REASON_GIVEN",
    "须说明理由",
    "a reason is given",
    "default",
    "请写明理由",
    "state the reason",
)
WITNESSED_BY_ANOTHER = Clause(
    "system.WITNESSED_BY_ANOTHER",
    "见证方不得使用日志自己的密钥，每个见证方登记一次",
    "a witness has a key of its own and is named once",
    "C2SP tlog-witness",
    "请使用见证单位自己的公钥",
    "use the witnessing office's own key",
)
ERASED_ONCE = Clause(
    "system.ERASED_ONCE",
    "姓名只删除一次",
    "a name is erased once",
    "PIPL art. 47",
    "该姓名已删除，无须再办",
    "it is erased already; nothing is left to do",
)
