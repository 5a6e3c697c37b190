"""Words of what is done with accounts."""

from __future__ import annotations

from interface.words.phrase import field, verb

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
    "enable_account": verb(
        "恢复账号",
        "Enable the account",
        "账号已恢复，请重新授予角色。",
        "It is enabled; grant its role anew.",
    ),
}
FIELDS = {
    "because": field("理由", "Reason"),
    "name": field(
        "使用人姓名",
        "Name of the person",
        "只用于更正登记错误；换人使用须另开账号",
        "to put right what was entered wrongly; somebody else gets another account",
    ),
    "role": field("角色", "Role"),
    "propose_role.role": field(
        "角色",
        "Role",
        "签署或者决定的角色，由另一名管理员批准",
        "one that signs or decides; another administrator approves it",
    ),
}
