"""Words of accounts, roles and accesses."""

CHOICES: dict[str, dict[str, str]] = {
    "role": {
        "admin": "管理员",
        "branch_clerk": "单位填报员",
        "village_clerk": "村级填报员",
        "supervisor": "督查员",
        "assessor": "考核员",
        "reviewer": "复核员",
        "auditor": "审计员",
        "approver": "审批人",
    },
    "access_kind": {
        "attachment": "附件",
        "workbook": "台账原件",
        "appeal": "申诉",
        "name": "姓名",
        "evidence": "证据包",
        "sign_in": "登录",
    },
    "password_problem": {
        "short": "密码至少 10 个字符，首尾空格不算",
        "long": "密码至多 200 个字符",
        "invisible": "密码中不能有看不见的字符",
        "username": "密码不能是账号，也不能只比账号多几个字符",
        "common": "这样的密码容易被猜到，请换一个",
    },
}
"""What may be chosen or be the case: a group to its identifiers with their words."""
EVENTS: dict[str, str] = {
    "account.AccountOpened": "开立账号",
    "account.PersonNamed": "更正使用人",
    "account.RoleProposed": "提请角色",
    "account.RoleGranted": "授予角色",
    "account.RoleRefused": "不予授予角色",
    "account.PasswordReset": "重置密码",
    "account.PasswordChanged": "更改密码",
    "account.AccountDisabled": "停用账号",
    "account.AccountEnabled": "恢复账号",
}
"""Event name to what it is called in lists."""
SENTENCES: dict[str, str] = {
    "account.AccountOpened": "为 %(person)s 开立账号 %(username)s（%(office)s）",
    "account.PersonNamed": "账号 %(username)s 的使用人更正为 %(person)s：%(because)s",
    "account.RoleProposed": "为账号 %(username)s 提请角色：%(role)s",
    "account.RoleGranted": "账号 %(username)s 授予角色：%(role)s",
    "account.RoleRefused": "账号 %(username)s 不予授予角色 %(role)s：%(because)s",
    "account.PasswordReset": "重置账号 %(username)s 的密码",
    "account.PasswordChanged": "账号 %(username)s 更改密码",
    "account.AccountDisabled": "停用账号 %(username)s：%(because)s",
    "account.AccountEnabled": "恢复账号 %(username)s：%(because)s",
}
"""Event name to its sentence."""
FIELDS: dict[str, str] = {
    "by_keeper": "在服务器上办理",
    "reset_by": "重置账号",
    "reset_on": "重置日期",
    "disabled_by": "停用办理账号",
    "disabled_on": "停用日期",
    "enabled_by": "恢复办理账号",
    "enabled_on": "恢复日期",
    "granted_by": "授予账号",
    "named_by": "更正账号",
}
"""Field of an event to its title."""
INPUTS: dict[str, str] = {
    "role": "角色",
    "username": "账号",
}
"""Field of a form or an address to its title."""
