"""Words of accounts, roles and accesses."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "role": {
        "admin": Phrase("管理员", "Administrator"),
        "branch_clerk": Phrase("单位填报员", "Unit clerk"),
        "village_clerk": Phrase("村级填报员", "Village clerk"),
        "supervisor": Phrase("督查员", "Supervisor"),
        "assessor": Phrase("考核员", "Assessor"),
        "reviewer": Phrase("复核员", "Appeal reviewer"),
        "auditor": Phrase("审计员", "Auditor"),
        "approver": Phrase("审批人", "Approver"),
        "township_office": Phrase("乡镇（街道）", "Township office"),
    },
    "access_kind": {
        "attachment": Phrase("附件", "Attachments"),
        "workbook": Phrase("台账原件", "Imported ledger"),
        "appeal": Phrase("申诉", "Appeals"),
        "name": Phrase("姓名", "Name"),
        "evidence": Phrase("证据包", "Evidence package"),
        "sign_in": Phrase("登录", "Sign in"),
    },
    "account_state": {
        "proposed": Phrase("待批准", "To be approved"),
        "no_role": Phrase("没有角色", "Without a role"),
        "disabled": Phrase("已停用", "Disabled"),
    },
    "password_problem": {
        "short": Phrase(
            "密码至少 10 个字符，首尾空格不算",
            "a password has at least 10 characters, not counting blanks around it",
        ),
        "long": Phrase("密码至多 200 个字符", "a password has at most 200 characters"),
        "invisible": Phrase("密码中不能有看不见的字符", "a password has no invisible characters"),
        "username": Phrase(
            "密码不能是账号，也不能只比账号多几个字符",
            "a password is neither the user name nor a few characters more than it",
        ),
        "common": Phrase("这样的密码容易被猜到，请换一个", "such a password is guessed easily; take another"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "open_account": verb(
        "开立账号",
        "Open an account",
        "账号已开立；首次登录须更改密码。须由两人授予的角色，请另一名管理员批准。",
        "The account is open; its password is changed at the first sign-in. A role granted by two waits for another.",
    ),
    "grant_role": verb("授予角色", "Grant a role", "角色已授予。", "The role is granted."),
    "propose_role": verb(
        "提请角色",
        "Propose a role",
        "角色已提请，请另一名管理员批准。",
        "The role is proposed; another administrator approves it.",
    ),
    "approve_role": verb("批准角色", "Approve the role", "角色已授予。", "The role is granted."),
    "refuse_role": verb(
        "不予授予角色",
        "Refuse the role",
        "已不予授予，原角色不变。",
        "The role is refused; what was granted stands.",
    ),
    "name_person": verb(
        "更正使用人",
        "Correct the person behind the account",
        "使用人已更正；更正前后的使用人都记录在案。",
        "The person is corrected; both stay on record.",
    ),
    "reset_password": verb(
        "重置密码",
        "Reset the password",
        "密码已重置，请转交使用人；登录后须更改。由两人授予的角色须重新提请。",
        "The password is reset; hand it over, it is changed at the next sign-in. A role granted by two is proposed anew.",
    ),
    "change_password": verb(
        "更改密码",
        "Change the password",
        "密码已更改，其他登录已结束。",
        "Changed; the other sessions are ended.",
    ),
    "disable_account": verb(
        "停用账号",
        "Disable the account",
        "账号已停用，不能再登录。",
        "The account is disabled; nobody signs in as it any more.",
    ),
    "name_deputy": verb(
        "指定代办人",
        "Name a deputy",
        "已指定；起日起，代办人可在“我的工作”中以该账号的名义办理，每一项都记明代谁办理。",
        "Named; from the first day the deputy may work in this account's name, and each act says so.",
    ),
    "end_deputy": verb(
        "提前结束代办",
        "End the deputy's time",
        "代办已结束；已经办理的不变。",
        "Ended; what was done stays.",
    ),
    "hand_over_office": verb(
        "移交岗位",
        "Hand the office over",
        "已安排；到移交日，原账号不再有这一角色，待办事项由接任账号办理。签署或者决定的角色，请另一名管理员批准。",
        "Arranged; from its day the successor has the role and all that waits. A role that signs waits for approval.",
    ),
    "approve_handover": verb(
        "批准移交岗位",
        "Approve the handover",
        "已批准；自移交日起由接任账号办理。",
        "Approved; from its day the successor has the role.",
    ),
    "withdraw_handover": verb(
        "撤回移交",
        "Withdraw the handover",
        "移交已撤回，岗位不变。",
        "Withdrawn; the office stays where it is.",
    ),
    "link_person": verb(
        "认定为同一人",
        "Say that two references are one person",
        "已认定；两处的履历合在一起，须由两人办理的事项也按同一人判断。",
        "Said; the record joins both, and rules of two persons count them as one.",
    ),
    "unlink_person": verb(
        "撤销同一人认定",
        "Say that they are two after all",
        "认定已撤销；已经办理的不变。",
        "Taken back; what was done stays.",
    ),
    "enable_account": verb(
        "恢复账号",
        "Enable the account",
        "账号已恢复，请重新授予角色。",
        "It is enabled; grant its role anew.",
    ),
}
EVENTS = {
    "account.AccountOpened": event(
        "开立账号",
        "Account opened",
        "为 %(person)s 开立账号 %(username)s（%(office)s）",
        "Opened account %(username)s for %(person)s (%(office)s)",
    ),
    "account.PersonNamed": event(
        "更正使用人",
        "Correct the person behind the account",
        "账号 %(username)s 的使用人更正为 %(person)s：%(because)s",
        "The person behind account %(username)s is %(person)s: %(because)s",
    ),
    "account.RoleProposed": event(
        "提请角色",
        "Role proposed",
        "为账号 %(username)s 提请角色：%(role)s",
        "Proposed for account %(username)s: %(role)s",
    ),
    "account.RoleGranted": event(
        "授予角色",
        "Role granted",
        "账号 %(username)s 授予角色：%(role)s",
        "Granted to account %(username)s: %(role)s",
    ),
    "account.RoleRefused": event(
        "不予授予角色",
        "Role refused",
        "账号 %(username)s 不予授予角色 %(role)s：%(because)s",
        "Not granted to account %(username)s, %(role)s: %(because)s",
    ),
    "account.PasswordReset": event(
        "重置密码",
        "Reset the password",
        "重置账号 %(username)s 的密码",
        "Reset the password of account %(username)s",
    ),
    "account.PasswordChanged": event(
        "更改密码",
        "Change the password",
        "账号 %(username)s 更改密码",
        "Account %(username)s changed its password",
    ),
    "account.AccountDisabled": event(
        "停用账号",
        "Disable the account",
        "停用账号 %(username)s：%(because)s",
        "Disabled account %(username)s: %(because)s",
    ),
    "account.DeputyNamed": event(
        "指定代办人",
        "Deputy named",
        "账号 %(username)s 自 %(from_on)s 至 %(until_on)s 由 %(deputy)s 代办：%(because)s",
        "From %(from_on)s to %(until_on)s %(deputy)s acts for account %(username)s: %(because)s",
    ),
    "account.DeputyEnded": event(
        "结束代办",
        "Deputy's time ended",
        "提前结束 %(deputy)s 代账号 %(username)s 办理：%(because)s",
        "%(deputy)s acts for account %(username)s no more: %(because)s",
    ),
    "account.HandoverProposed": event(
        "提请移交岗位",
        "Handover proposed",
        "提请自 %(from_on)s 将账号 %(username)s 的岗位（%(role)s）移交给 %(successor)s：%(because)s",
        "Proposed that %(successor)s takes the office of account %(username)s (%(role)s) from %(from_on)s: %(because)s",
    ),
    "account.OfficeHandedOver": event(
        "移交岗位",
        "Office handed over",
        "自 %(from_on)s 将账号 %(username)s 的岗位（%(role)s）移交给 %(successor)s：%(because)s",
        "From %(from_on)s %(successor)s has the office of account %(username)s (%(role)s): %(because)s",
    ),
    "account.HandoverWithdrawn": event(
        "撤回移交岗位",
        "Handover withdrawn",
        "撤回将账号 %(username)s 的岗位移交给 %(successor)s：%(because)s",
        "Withdrew the handover of account %(username)s to %(successor)s: %(because)s",
    ),
    "account.PersonsLinked": event(
        "认定为同一人",
        "Said to be one person",
        "认定人员编号 %(ref)s 与 %(other)s 为同一人：%(because)s",
        "References %(ref)s and %(other)s are one person: %(because)s",
    ),
    "account.PersonsUnlinked": event(
        "撤销同一人认定",
        "Said to be two persons",
        "撤销人员编号 %(ref)s 与 %(other)s 为同一人的认定：%(because)s",
        "References %(ref)s and %(other)s are two persons after all: %(because)s",
    ),
    "account.AccountEnabled": event(
        "恢复账号",
        "Enable the account",
        "恢复账号 %(username)s：%(because)s",
        "Enabled account %(username)s: %(because)s",
    ),
}
FIELDS = {
    "because": field("理由", "Reason"),
    "open_account.branch": field("所属联建单位", "Unit", "单位填报员必填", "of a unit's clerk"),
    "open_account.display_name": field("显示名", "Name that pages show"),
    "open_account.office": field("单位或机构", "Office"),
    "open_account.person": field("使用人姓名", "Name of the person"),
    "open_account.same_as": field("或者与此账号同一使用人", "Or the same person as this account"),
    "open_account.township": field(
        "所属乡镇（街道）", "Township", "角色为乡镇（街道）的必填", "of a township's office"
    ),
    "open_account.username": field("账号", "User name"),
    "open_account.village": field(
        "所属村（社区）", "Village or community", "村级填报员必填", "of a village's clerk"
    ),
    "name": field(
        "使用人姓名",
        "Name of the person",
        "只用于更正登记错误；换人使用须另开账号",
        "to put right what was entered wrongly; somebody else gets another account",
    ),
    "deputy": field("代办人", "Deputy", "同一角色的另一个账号", "another account of the same role"),
    "from_on": field("起日", "First day"),
    "until_on": field("止日", "Last day", "含当日，最长 92 日", "included; at most 92 days"),
    "successor": field(
        "接任账号",
        "Account of the successor",
        "同一单位、村（社区）、乡镇（街道）或者机构的账号，尚无角色",
        "of the same unit, village, township or office, still without a role",
    ),
    "hand_over_office.from_on": field(
        "移交日",
        "Day",
        "当日起由接任账号办理；须批准而在此日之后才批准的，自批准之日起",
        "from then on the successor acts; where it is approved later, from that day",
    ),
    "other": field(
        "另一人员编号",
        "Other reference",
        "姓名相同的不一定是同一人，请先核实",
        "the same name need not be the same person; make sure first",
    ),
    "role": field("角色", "Role"),
    "open_account.role": field(
        "角色",
        "Role",
        "留空的，等岗位移交时取得",
        "left empty where an office will be handed over to it",
    ),
    "propose_role.role": field(
        "角色",
        "Role",
        "签署或者决定的角色，由另一名管理员批准",
        "one that signs or decides; another administrator approves it",
    ),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "ended_by": Phrase("结束办理账号", "Ended by"),
    "by_keeper": Phrase("在服务器上办理", "On the command line"),
    "reset_by": Phrase("重置账号", "Reset by"),
    "reset_on": Phrase("重置日期", "Reset on"),
    "disabled_by": Phrase("停用办理账号", "Disabled by"),
    "disabled_on": Phrase("停用日期", "Disabled on"),
    "enabled_by": Phrase("恢复办理账号", "Enabled by"),
    "enabled_on": Phrase("恢复日期", "Restored on"),
    "arranged_by": Phrase("移交办理账号", "Handed over by"),
    "arranged_on": Phrase("移交办理日期", "Arranged on"),
    "linked_by": Phrase("认定账号", "Said by"),
    "linked_on": Phrase("认定日期", "Said on"),
    "unlinked_by": Phrase("撤销认定账号", "Taken back by"),
    "unlinked_on": Phrase("撤销认定日期", "Taken back on"),
    "granted_by": Phrase("授予账号", "Granted by"),
    "named_by": Phrase("更正账号", "Named by"),
    "username": Phrase("账号", "Account"),
    "ref": Phrase("人员编号", "Reference"),
    "account.successor": Phrase("接任账号", "Account of the successor"),
    "account.other": Phrase("另一人员编号", "Other reference"),
    "account.from_on": Phrase("起日", "First day"),
    "account.until_on": Phrase("止日", "Last day"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
