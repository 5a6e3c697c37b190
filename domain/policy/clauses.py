"""Rules of policies."""

from domain.kernel.clause import clause, name_clauses

RECORDED_ONCE = clause(
    "同一制度文件只登记一次",
    "a policy is issued once",
    "内容有变的请修订",
    "revise it where what it says changes",
)
RECORDED_FIRST = clause(
    "先印发制度文件，后修订、废止",
    "a policy is issued before it is revised or repealed",
    "请先登记印发",
    "record the issue first",
)
NOT_VOIDED = clause(
    "已作废的制度文件不再办理",
    "nothing is done with a policy that was voided",
    "确有其件的请重新登记",
    "record it anew if there is one",
)
NOT_IN_THE_FUTURE = clause(
    "尚未印发的文件不登记",
    "what is not issued yet is not recorded",
    "请在印发后登记；施行日期可以是以后的日期",
    "record it once it is issued; the day from which it holds may lie ahead",
)
ENDS_AFTER_START = clause(
    "有效期的最后一日不早于施行日期",
    "a text does not cease to hold before it begins to",
    "请核对两个日期",
    "check both days",
)
ARTICLES_IN_ORDER = clause(
    "正文分条书写，条号从小到大，不重复",
    "the text is written in articles, numbered upwards, each number once",
    "每条另起一行，以“第一条”“第二条”开头",
    "begin each article on a line of its own: 第一条, 第二条 …",
)
BEGINS_LATER = clause(
    "后一版的施行日期晚于前一版",
    "a version begins to hold later than the one before it",
    "同一日施行的，请更正或作废已有的那一版",
    "correct or void the version that is there where both would begin on one day",
)
NOT_REPEALED = clause(
    "已登记废止的制度文件不再修订，也不再次废止",
    "a policy whose repeal is on record is neither revised nor repealed again",
    "废止有误的请先撤回废止；确需新的规定，请另行印发",
    "take the repeal back where it was wrong; issue another policy where new rules are wanted",
)
REPEALED_FIRST = clause(
    "没有登记废止，无可撤回",
    "there is no repeal to take back",
    "请核对是哪一份文件",
    "check which policy it is",
)
REPEALED_AFTER_START = clause(
    "废止日期晚于首次施行日期",
    "a policy is repealed later than it first began to hold",
    "从未施行的请作废",
    "void it where it never held",
)
VERSION_STANDS = clause(
    "只更正在册的版本",
    "only a version that stands is corrected",
    "请核对版本号",
    "check the number of the version",
)
NEWEST_NOT_FIRST = clause(
    "首版不单独作废",
    "the first version is not voided by itself",
    "整件登记有误的，请作废制度文件",
    "void the policy where all of it was recorded in error",
)
WORDS_STAND_ONCE = clause(
    "要更正的原文在该版正文中恰好出现一次",
    "the words to be corrected stand in the text of that version exactly once",
    "请照原文多抄几个字",
    "copy some more of the words around them",
)
CORRECTS_SOMETHING = clause(
    "更正须有一处不同",
    "a correction makes a difference",
    "请填写要更正的内容",
    "state what is to be corrected",
)
RIGHT_OR_NONE = clause(
    "更正时，同一项不同时填写正确内容又注明没有",
    "a correction states the right value, or that there is none, and not both",
    "请只留一样",
    "keep one of the two",
)
ARTICLE_STANDS = clause(
    "所引的条在最新文本中",
    "the article stands in the newest text",
    "请核对条号",
    "check the number of the article",
)
PLACED_ONCE = clause(
    "同一条在同一类页面只显示一次",
    "an article is shown on pages of a kind once",
    "无须再次登记",
    "there is nothing to be done",
)
PLACED_FIRST = clause(
    "只撤下正在显示的条",
    "only what is shown is taken off",
    "请核对页面和条号",
    "check the pages and the article",
)
name_clauses("policy", globals())
