"""Rules of the registry."""

from domain.kernel.clause import clause, name_clauses

REGISTERED_ONCE = clause(
    "同一组织只登记一次",
    "an organisation is registered once",
    "请使用已登记的组织；改名请走“更名”",
    "use the registered one; to change its name, rename it",
)
REGISTERED_FIRST = clause(
    "先登记，后变更",
    "an organisation is registered before it is changed",
    "请先登记该组织",
    "register the organisation first",
)
NOT_IN_THE_FUTURE = clause(
    "不得登记尚未发生的事项",
    "what has not happened yet is not recorded",
    "请在发生后登记",
    "record it once it has happened",
)
NAME_GIVEN = clause(
    "名称不能为空",
    "a name is given",
    "请填写名称",
    "enter a name",
)
NAME_IN_BOUNDS = clause(
    "名称写在一行内，不超过100字",
    "a name is one line of at most 100 characters",
    "请缩短名称，去掉换行和制表符",
    "shorten it, without line breaks and tabs",
)
NAME_CHANGES = clause(
    "新名称须与现名称不同",
    "the new name differs from the present one",
    "请填写新名称",
    "enter the new name",
)
NAME_OF_ONE = clause(
    "同一天内，一个名称在全县只属于一个单位，在一个乡镇只属于一个村（社区）",
    "on any day a name belongs to one unit of the county, and to one village of a township",
    "请核对名称；确为另一对象的，请写明自哪天起用此名",
    "check the name; if it is another one, say from which day it bears the name",
)
AFTER_THE_LAST_CHANGE = clause(
    "变更须按时间先后登记",
    "changes are recorded in the order of their days",
    "请核对日期：此前已登记了更晚的变更",
    "check the day: a later change is on record already",
)
STILL_THERE = clause(
    "已撤销或并入其他对象的，不再变更",
    "what was retired or merged into another does not change any more",
    "请对并入后的对象办理；已撤销的，请另行登记",
    "do it for the one that goes on; where none does, register another",
)
THERE_BY_THEN = clause(
    "该日对象须在册",
    "it was there on that day",
    "请核对日期",
    "check the day",
)
ALIAS_OF_NO_OTHER = clause(
    "一个对象的现用名称不作另一对象的别名",
    "the name that one bears is no alias of another",
    "请核对所指对象；名称已改的请走“更名”",
    "check which one is meant; if the name changed, rename it",
)
ALIAS_KNOWN = clause(
    "只能收回已登记的别名",
    "only an alias on record is taken back",
    "请核对别名",
    "check the alias",
)
TOWNSHIP_CHANGES = clause(
    "新乡镇须与现乡镇不同",
    "the new township differs from the present one",
    "请填写新乡镇",
    "enter the new township",
)
SPLIT_ON_A_DAY = clause(
    "从其他对象分出的，须写明自哪天起",
    "what comes from another does so on a day",
    "请填写起始日期",
    "enter the day since when it is of its own",
)
MOVES_TO_A_PART = clause(
    "结对只能划转给本次新设的对象",
    "a pairing goes to one of the new ones",
    "请核对序号：第几个新设对象",
    "check the number: which of the new ones it is",
)
MOVES_WHAT_LASTS = clause(
    "只划转被拆分对象尚未结束的结对",
    "only a pairing of the one that is split goes along, and only while it lasts",
    "请核对结对；已结束的不必划转",
    "check the pairing; one that has ended stays where it was",
)
SPLIT_AFTER_PAIRING = clause(
    "拆分日期须在所划转结对开始或者最近一次续结之后",
    "a split lies after the day on which a pairing that goes along began or was last renewed",
    "请改用所列的最早日期或者以后的日期，或者让该结对留在原对象",
    "state the day that is named, or a later one, or let that pairing stay",
)
CLASS_CHANGES = clause(
    "新类别须与现类别不同",
    "the new class differs from the present one",
    "请填写新类别",
    "enter the new class",
)
PARENT_CHANGES = clause(
    "新上级单位须与现上级单位不同",
    "the new parent differs from the present one",
    "请填写新上级单位；不再有上级的留空",
    "enter the new parent, or none where there is none any more",
)
PARENT_THERE = clause(
    "上级单位须在该日在册",
    "the parent was in the registry on that day",
    "请核对日期和上级单位；已并入其他单位的，请填并入后的单位",
    "check the day and the parent; of one that was merged, name the one that goes on",
)
PARENT_ABOVE = clause(
    "单位不能直接或者间接成为自己的上级",
    "no unit stands above itself, directly or through others",
    "请另选单位，或者先变更其所属单位的上级单位",
    "choose another one, or first change the parent of the unit that stands below",
)
LEDGER_DIFFERS = clause(
    "台账与在册的上级单位不一致",
    "the ledger states another parent than what is on record",
    "台账有误请改正台账后重新导入；在册的有误，请在页面上变更上级单位",
    "put the ledger right and import it again; where the record is wrong, change the parent on the page",
)
CODE_IN_FORM = clause(
    "统一社会信用代码为18位且校验位相符，行政区划代码为6、9或12位数字",
    "a credit code has 18 signs, the last of which checks the others; a division code 6, 9 or 12 digits",
    "请核对代码",
    "check the code",
)
CODE_OF_ONE = clause(
    "一个代码只属于一个对象",
    "a code belongs to one of them",
    "请核对代码；登记有误的先收回",
    "check the code; take it back where it was entered wrongly",
)
CODE_KNOWN = clause(
    "只能收回已登记的代码",
    "only a code on record is taken back",
    "请核对代码类别",
    "check the kind of code",
)
RESTORED_IF_ENDED = clause(
    "只有已撤销或已并入的，才能恢复",
    "only what was retired or merged is restored",
    "该对象仍在册，无需恢复",
    "it is there; there is nothing to restore",
)
INTO_ANOTHER = clause(
    "只能并入另一个对象",
    "it is merged into another, not into itself",
    "请填写并入的对象",
    "name the one that goes on",
)
NUMBER_OF_ONE_DOCUMENT = clause(
    "一个文号只属于一份文件",
    "a document number belongs to one document",
    "请核对文号、发文日期和对象；另一份文件请用新文号",
    "check the number, the day and whom it is about; another document bears another number",
)
NUMBER_OF_ONE_THING = clause(
    "同一年度内，一个编号只属于一个事项",
    "within a year a number belongs to one thing",
    "请核对编号；另一个事项请用新编号",
    "check the number; another thing bears another number",
)
PARTY_DAY_FIXED_ONCE = clause(
    "固定主题党日只确定一次，以后变更须写明理由",
    "the day of the themed party day is fixed once; a change says why",
    "请走“变更固定主题党日”",
    "change the fixed day",
)
PARTY_DAY_FIXED_FIRST = clause(
    "先确定固定主题党日，后变更",
    "the day of the themed party day is fixed before it is changed",
    "请先走“固定主题党日”",
    "fix the day first",
)
PARTY_DAY_CHANGES = clause(
    "变更后的固定日须与该月现定的不同",
    "the new day differs from the one fixed in that month",
    "请核对日和起始月份",
    "check the day and the month",
)
PARTY_DAY_SOON = clause(
    "固定主题党日最迟自次年12月起",
    "a day is fixed from next December at the latest",
    "请核对起始月份",
    "check the month",
)

name_clauses("registry", globals())
