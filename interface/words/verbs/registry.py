"""Words of what is done with units and villages: their names, codes and classes, and what becomes of them."""

from __future__ import annotations

from interface.words.phrase import field, verb

VERBS = {
    "register_branch": verb(
        "登记单位", "Register a unit", "单位已登记，可以结对。", "The unit is registered and can be paired."
    ),
    "register_village": verb(
        "登记村（社区）",
        "Register a village",
        "村（社区）已登记，可以结对。",
        "The village is registered and can be paired.",
    ),
    "rename_branch": verb(
        "单位更名",
        "Rename the unit",
        "单位已更名；此前的记录仍显示当时的名称。",
        "Renamed; earlier records keep showing the name of their day.",
    ),
    "rename_village": verb(
        "村（社区）更名",
        "Rename the village",
        "村（社区）已更名；此前的记录仍显示当时的名称。",
        "Renamed; earlier records keep showing the name of their day.",
    ),
    "move_village": verb(
        "划归乡镇", "Move the village", "已划归新乡镇。", "The village belongs to the other township."
    ),
    "reclassify_branch": verb(
        "变更单位类别", "Reclassify the unit", "单位类别已变更。", "The unit is of another level or class."
    ),
    "reclassify_village": verb(
        "变更村（社区）类别",
        "Reclassify the village",
        "村（社区）类别已变更。",
        "It is recorded as a village, or as a community.",
    ),
    "merge_branch": verb(
        "单位并入",
        "Merge the unit",
        "单位已并入；其结对照旧，需要结束的请另行登记。",
        "Merged; its pairings stay, end those that end.",
    ),
    "merge_village": verb(
        "村（社区）并入",
        "Merge the village",
        "村（社区）已并入；其结对照旧，需要结束的请另行登记。",
        "Merged; its pairings stay, end those that end.",
    ),
    "retire_branch": verb(
        "撤销单位", "Retire the unit", "单位已撤销。", "The unit is retired and changes no more."
    ),
    "retire_village": verb(
        "撤销村（社区）",
        "Retire the village",
        "村（社区）已撤销。",
        "The village is retired and changes no more.",
    ),
    "learn_branch_alias": verb(
        "登记单位别名",
        "Add an alias of the unit",
        "别名已登记；台账写此名即指该单位。",
        "Ledgers that write the alias mean the unit.",
    ),
    "learn_village_alias": verb(
        "登记村（社区）别名",
        "Add an alias of the village",
        "别名已登记；台账写此名即指该村（社区）。",
        "Ledgers that write the alias mean the village.",
    ),
    "take_branch_alias_back": verb(
        "收回单位别名", "Take an alias of the unit back", "别名已收回。", "The alias is taken back."
    ),
    "take_village_alias_back": verb(
        "收回村（社区）别名", "Take an alias of the village back", "别名已收回。", "The alias is taken back."
    ),
    "give_branch_code": verb("登记单位代码", "State the unit's code", "代码已登记。", "The code is stated."),
    "give_village_code": verb(
        "登记村（社区）代码", "State the village's code", "代码已登记。", "The code is stated."
    ),
    "take_branch_code_back": verb(
        "收回单位代码", "Take the unit's code back", "代码已收回。", "The code is taken back."
    ),
    "take_village_code_back": verb(
        "收回村（社区）代码", "Take the village's code back", "代码已收回。", "The code is taken back."
    ),
}
FIELDS = {
    "alias": field("别名", "Alias", "如简称、常见误写", "such as a short form or a usual misspelling"),
    "because": field("理由", "Reason"),
    "branch_name": field("党支部名称", "Name of the Party branch"),
    "code": field("代码", "Code"),
    "into": field("并入的对象", "Merged into"),
    "kind": field("类别", "Kind"),
    "level": field("层级", "Level"),
    "merged_on": field("并入日期", "Merged on"),
    "moved_on": field("划归日期", "Moved on"),
    "name": field("名称", "Name"),
    "rename_village.name": field("新名称", "New name"),
    "reclassified_on": field("变更日期", "From"),
    "renamed_on": field("更名日期", "Renamed on"),
    "retired_on": field("撤销日期", "Retired on"),
    "since": field(
        "起始日期",
        "Since",
        "自该日起用此名，不填为一直用此名",
        "bears the name from that day; empty for since ever",
    ),
    "split_from": field(
        "分出自", "Split from", "由哪个对象分出，须写明起始日期", "which one it came from, on the day stated"
    ),
    "system": field("代码类别", "Kind of code"),
    "township": field("乡镇", "Township"),
    "unit_class": field("单位类别", "Class"),
    "unit_name": field("单位名称", "Name of the unit"),
}
