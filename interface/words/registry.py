"""Words of the registry: units, villages, names, codes and numbers."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "level": {
        "prefecture": Phrase("州级", "Prefecture"),
        "county": Phrase("县级", "County"),
    },
    "unit_class": {
        "agency": Phrase("机关", "Government agency"),
        "institution": Phrase("事业单位", "Public institution"),
        "enterprise": Phrase("企业", "Enterprise"),
    },
    "nature": {
        "official": Phrase("名称", "Name given"),
        "branch": Phrase("党支部名称", "Branch name"),
        "alias": Phrase("别名", "Alias"),
    },
    "entry_kind": {
        "branch": Phrase("联建单位", "Unit"),
        "village": Phrase("联建对象", "Target"),
    },
    "system": {
        "credit": Phrase("统一社会信用代码", "Unified social credit code"),
        "division": Phrase("行政区划代码", "Division code"),
    },
    "target_kind": {
        "village": Phrase("行政村", "Village"),
        "community": Phrase("社区", "Community"),
        "private_enterprise": Phrase("非公企业", "Private enterprise"),
        "social_organisation": Phrase("社会组织", "Social organisation"),
    },
    "document_kind": {
        "order": Phrase("整改通知书", "Order"),
        "circular": Phrase("通报", "Circular"),
        "issued": Phrase("制发文书", "Issued document"),
    },
    "numbered": {
        "finding": Phrase("问题", "Finding"),
        "need": Phrase("需求", "Need"),
        "project": Phrase("项目", "Project"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "register_branch": verb(
        "登记单位", "Register a unit", "单位已登记，可以结对。", "The unit is registered and can be paired."
    ),
    "register_village": verb(
        "登记联建对象",
        "Register a target",
        "联建对象已登记，可以结对。",
        "The target is registered and can be paired.",
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
    "subordinate_branch": verb(
        "变更上级单位",
        "Change the parent",
        "上级单位已变更；此前各日仍显示当时的上级。",
        "The parent is recorded; earlier days keep the one they had.",
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
    "split_branch": verb(
        "拆分单位",
        "Split the unit",
        "单位已拆分；划转的结对由新设单位接续，请登记新的协议。",
        "Split; what was handed over goes on with the new units. Record their agreements next.",
    ),
    "split_village": verb(
        "拆分村（社区）",
        "Split the village",
        "村（社区）已拆分；划转的结对由新设村（社区）接续，请登记新的协议。",
        "Split; what was handed over goes on with the new villages. Record their agreements next.",
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
    "restore_branch": verb(
        "恢复单位",
        "Restore the unit",
        "单位已恢复，视为从未撤销或并入。",
        "The unit is there again, as if it had never been retired or merged.",
    ),
    "restore_village": verb(
        "恢复村（社区）",
        "Restore the village",
        "村（社区）已恢复，视为从未撤销或并入。",
        "The village is there again, as if it had never been retired or merged.",
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
    "fix_party_day": verb(
        "固定主题党日",
        "Fix the themed party day",
        "已固定；过了固定日本月尚未登记的，请按时登记。",
        "Fixed; where none is on record after the day, the month says so.",
    ),
    "change_party_day": verb(
        "变更固定主题党日",
        "Change the themed party day",
        "已变更；起始月份以前仍按原定。",
        "Changed; earlier months keep the day they had.",
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
EVENTS = {
    "registry.BranchRegistered": event(
        "登记单位",
        "Unit registered",
        "登记单位 %(unit_name)s（%(branch_name)s）%(under)s",
        "Unit %(unit_name)s registered (%(branch_name)s)%(under)s",
    ),
    "registry.BranchRenamed": event(
        "单位更名",
        "Unit renamed",
        "%(branch)s 自 %(renamed_on)s 起更名为 %(unit_name)s",
        "%(branch)s renamed to %(unit_name)s from %(renamed_on)s",
    ),
    "registry.PartyDayFixed": event(
        "固定主题党日",
        "Themed party day fixed",
        "%(branch)s 每月 %(day_of_month)s 日为主题党日，自 %(from_month)s 起",
        "%(branch)s holds its party day on day %(day_of_month)s of each month from %(from_month)s",
    ),
    "registry.PartyDayChanged": event(
        "变更固定主题党日",
        "Themed party day changed",
        "%(branch)s 自 %(from_month)s 起改为每月 %(day_of_month)s 日为主题党日：%(because)s",
        "%(branch)s holds its party day on day %(day_of_month)s of each month from %(from_month)s on: %(because)s",
    ),
    "registry.VillageRegistered": event(
        "登记村（社区）",
        "Village registered",
        "登记村（社区）%(name)s，%(township)s",
        "Village or community %(name)s registered, %(township)s",
    ),
    "registry.VillageRenamed": event(
        "村（社区）更名",
        "Village renamed",
        "%(village)s 自 %(renamed_on)s 起更名为 %(name)s",
        "%(village)s renamed to %(name)s from %(renamed_on)s",
    ),
    "registry.BranchReclassified": event(
        "单位类别变更",
        "Unit reclassified",
        "%(branch)s 自 %(reclassified_on)s 起为%(unit_level)s%(unit_class)s",
        "%(branch)s: %(unit_level)s %(unit_class)s from %(reclassified_on)s",
    ),
    "registry.BranchSubordinated": event(
        "上级单位变更",
        "Parent changed",
        "%(branch)s 自 %(subordinated_on)s 起上级单位：%(parent)s",
        "Parent of %(branch)s from %(subordinated_on)s: %(parent)s",
    ),
    "registry.ParentStated": event(
        "上级单位补登",
        "Parent stated",
        "%(branch)s 一直以来的上级单位：%(parent)s",
        "Parent of %(branch)s all along: %(parent)s",
    ),
    "registry.VillageMoved": event(
        "村（社区）划归",
        "Village moved",
        "%(village)s 自 %(moved_on)s 起属%(township)s",
        "%(village)s belongs to %(township)s from %(moved_on)s",
    ),
    "registry.VillageReclassified": event(
        "村（社区）类别变更",
        "Village reclassified",
        "%(village)s 自 %(reclassified_on)s 起为%(target_kind)s",
        "%(village)s: %(target_kind)s from %(reclassified_on)s",
    ),
    "registry.AliasLearned": event(
        "登记别名",
        "Alias learned",
        "“%(alias)s”也指 %(entry)s：%(because)s",
        "“%(alias)s” means %(entry)s, too: %(because)s",
    ),
    "registry.AliasTakenBack": event(
        "收回别名",
        "Alias taken back",
        "“%(alias)s”不再指 %(entry)s：%(because)s",
        "“%(alias)s” does not mean %(entry)s any more: %(because)s",
    ),
    "registry.CodeGiven": event(
        "登记代码", "Code given", "%(entry)s 的%(system)s为 %(code)s", "%(system)s of %(entry)s: %(code)s"
    ),
    "registry.CodeTakenBack": event(
        "收回代码",
        "Code taken back",
        "收回 %(entry)s 的%(system)s %(code)s：%(because)s",
        "%(system)s %(code)s of %(entry)s taken back: %(because)s",
    ),
    "registry.EntryMerged": event(
        "并入",
        "Merged",
        "%(entry)s 自 %(merged_on)s 起并入 %(into)s",
        "%(entry)s merged into %(into)s from %(merged_on)s",
    ),
    "registry.EntryAbsorbed": event(
        "并来",
        "Another taken in",
        "%(other)s 自 %(merged_on)s 起并入 %(entry)s",
        "%(entry)s took in %(other)s from %(merged_on)s",
    ),
    "registry.EntrySplit": event(
        "分出",
        "Split off",
        "%(off)s 自 %(split_on)s 起从 %(entry)s 分出",
        "%(off)s split from %(entry)s on %(split_on)s",
    ),
    "registry.EntryRetired": event(
        "撤销单位或村（社区）",
        "Unit or village retired",
        "%(entry)s 自 %(retired_on)s 起撤销：%(because)s",
        "%(entry)s retired from %(retired_on)s: %(because)s",
    ),
    "registry.EntryRestored": event(
        "恢复单位或村（社区）",
        "Unit or village restored",
        "%(entry)s 于 %(ended_on)s 的撤销或并入系误登，予以恢复：%(because)s",
        "%(entry)s was not retired or merged on %(ended_on)s after all: %(because)s",
    ),
    "registry.NameTaken": event(
        "使用名称", "Name taken", "%(entry)s 使用名称“%(name)s”", "%(entry)s bears the name “%(name)s”"
    ),
    "registry.NameFreed": event(
        "不再使用名称",
        "Name free again",
        "自 %(until_on)s 起 %(entry)s 不再使用名称“%(name)s”",
        "%(entry)s does not bear the name “%(name)s” from %(until_on)s",
    ),
    "registry.CodeTaken": event(
        "使用代码", "Code taken", "%(system)s %(code)s 属 %(entry)s", "%(system)s %(code)s is of %(entry)s"
    ),
    "registry.CodeFreed": event(
        "不再使用代码",
        "Code free again",
        "%(system)s %(code)s 不再属 %(entry)s",
        "%(system)s %(code)s is no more of %(entry)s",
    ),
    "registry.DocumentRegistered": event(
        "登记文号",
        "Document number registered",
        "%(document_kind)s使用文号 %(document_no)s，%(dated_on)s",
        "%(document_kind)s takes number %(document_no)s, %(dated_on)s",
    ),
    "registry.NumberTaken": event(
        "登记编号",
        "Number taken",
        "%(year)s 年%(numbered)s使用编号 %(number)s",
        "A %(numbered)s of %(year)s takes number %(number)s",
    ),
}
FIELDS = {
    "alias": field("别名", "Alias", "如简称、常见误写", "such as a short form or a usual misspelling"),
    "because": field("理由", "Reason"),
    "branch_name": field("党支部名称", "Name of the Party branch"),
    "code": field("代码", "Code"),
    "day_of_month": field(
        "每月哪一日",
        "Day of the month",
        "1 至 31；当月无此日的为最后一日，填 31 即每月最后一日",
        "1 to 31; where a month has no such day, its last; 31 means the last of every month",
    ),
    "from_month": field("自哪个月起", "From which month", "该月任何一天", "any day of it"),
    "into": field("并入的对象", "Merged into"),
    "kind": field("类别", "Kind"),
    "level": field("层级", "Level"),
    "moves": field(
        "划转的结对", "Pairings that go along", "没有列入的留在原对象", "all that is not named stays"
    ),
    "part": field("划给第几个新设对象", "To which of the new ones", "1 为第一个", "1 is the first"),
    "parts": field("新设对象", "The new ones"),
    "pairing_id": field("结对", "Pairing"),
    "parent": field(
        "上级单位", "Parent", "没有上级的留空", "the unit under which it stands; none where that is empty"
    ),
    "subordinated_on": field("变更日期", "From"),
    "split_on": field("拆分日期", "Split on"),
    "split_branch.because": field("依据", "What it rests on"),
    "split_village.because": field("依据", "What it rests on"),
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
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "party": Phrase("受文单位", "Addressed to"),
    "dated_on": Phrase("发文日期", "Date of document"),
    "split_on": Phrase("分出日期", "Split on"),
    "handed_on": Phrase("划转日期", "Handed over on"),
    "off": Phrase("分出对象", "Split off"),
    "reclassified_on": Phrase("类别变更日期", "Reclassified on"),
    "subordinated_on": Phrase("上级单位变更日期", "Parent from"),
    "into": Phrase("并入对象", "Merged into"),
    "restored_on": Phrase("恢复日期", "Restored on"),
    "merged_into": Phrase("并入对象", "Merged into"),
    "other": Phrase("并来对象", "Taken in"),
    "entry": Phrase("单位或村（社区）", "Unit, village or community"),
    "entry_kind": Phrase("登记类别", "Kind of entry"),
    "from_on": Phrase("自何日起", "From"),
    "until_on": Phrase("至何日前", "Until before"),
    "unit_class": Phrase("单位性质", "Unit class"),
    "thing": Phrase("事项", "Reference"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
