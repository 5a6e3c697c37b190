"""Rules of the registry."""

from domain.kernel.clause import Clause

REGISTERED_ONCE = Clause(
    "registry.REGISTERED_ONCE",
    "同一组织只登记一次",
    "an organisation is registered once",
    "default",
    "请使用已登记的组织；改名请走“更名”",
    "use the registered one; to change its name, rename it",
)
REGISTERED_FIRST = Clause(
    "registry.REGISTERED_FIRST",
    "先登记，后变更",
    "an organisation is registered before it is changed",
    "default",
    "请先登记该组织",
    "register the organisation first",
)
NOT_IN_THE_FUTURE = Clause(
    "registry.NOT_IN_THE_FUTURE",
    "不得登记尚未发生的事项",
    "what has not happened yet is not recorded",
    "default",
    "请在发生后登记",
    "record it once it has happened",
)
NAME_GIVEN = Clause(
    "registry.NAME_GIVEN",
    "名称不能为空",
    "a name is given",
    "default",
    "请填写名称",
    "enter a name",
)
NAME_CHANGES = Clause(
    "registry.NAME_CHANGES",
    "新名称须与现名称不同",
    "the new name differs from the present one",
    "default",
    "请填写新名称",
    "enter the new name",
)
NUMBER_OF_ONE_DOCUMENT = Clause(
    "registry.NUMBER_OF_ONE_DOCUMENT",
    "一个文号只属于一份文件",
    "a document number belongs to one document",
    "default",
    "请核对文号、发文日期和对象；另一份文件请用新文号",
    "check the number, the day and whom it is about; another document bears another number",
)
NUMBER_OF_ONE_THING = Clause(
    "registry.NUMBER_OF_ONE_THING",
    "同一年度内，一个编号只属于一个事项",
    "within a year a number belongs to one thing",
    "default",
    "请核对编号；另一个事项请用新编号",
    "check the number; another thing bears another number",
)
