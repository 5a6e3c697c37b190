"""Rules of keeping accounts."""

from domain.kernel.clause import clause, name_clauses

NAME_PLAIN = clause(
    "账号由字母、数字、汉字和 . _ - 组成，不超过 60 个字符",
    "a user name is made of letters, digits, Chinese characters and . _ -, at most 60",
    "请去掉空格、不可见字符和其他符号",
    "leave out blanks, invisible characters and other signs",
)
NAME_NEW = clause(
    "账号不得与已有账号相同",
    "a user name is none that was taken before",
    "请换一个账号；要更改已有账号，请在该账号的页面办理",
    "take another; what exists is changed on its own page",
)
PERSON_NAMED = clause(
    "每个账号对应一名登记人员",
    "each account names one registered person",
    "请填写使用人姓名",
    "name the person who will use it",
    "GB/T 22239",
)
OFFICE_GIVEN = clause(
    "须写明使用人所在单位或机构",
    "the office of the person is given",
    "请填写单位或机构",
    "name the office",
)
EXISTS = clause(
    "须是已开立的账号",
    "the account was opened",
    "请核对账号",
    "check the user name",
)
ENABLED = clause(
    "账号须在使用中",
    "the account is in use",
    "请先恢复该账号",
    "enable the account first",
)
DISABLED_FIRST = clause(
    "恢复的账号须是停用的",
    "only a disabled account is enabled",
    "该账号在使用中，无须再办",
    "it is in use; nothing is left to do",
)
SCOPE_FITS = clause(
    "单位填报员须对应单位，村级填报员须对应村（社区），乡镇（街道）须对应乡镇（街道），其他角色都不对应",
    "a unit's clerk has a unit, a village's clerk a village, a township's office a township, nobody else any",
    "请另开一个对应的账号",
    "open another account for it",
)
ROLE_DIFFERS = clause(
    "新角色须与现有角色不同",
    "a new role differs from the one the account has",
    "该账号已是这一角色，无须再办",
    "it has this role already; nothing is left to do",
)
GRANTED_BY_TWO = clause(
    "签署或者决定的角色由两名管理员授予：一人提请，另一人批准",
    "a role that signs or decides is granted by two administrators: one proposes, another approves",
    "请提请后由另一名管理员批准",
    "propose it and let another administrator approve",
    "GB/T 22239; practice: 三员分立",
)
PROPOSED_IF_BY_TWO = clause(
    "只有签署或者决定的角色须提请",
    "only a role that signs or decides is proposed",
    "请直接授予",
    "grant it directly",
)
PROPOSAL_DECIDED_FIRST = clause(
    "已提请的角色须先决定",
    "a proposed role is decided on first",
    "请先批准或者不同意已提请的角色",
    "approve or refuse what was proposed first",
)
ROLE_PROPOSED = clause(
    "须先提请角色",
    "a role is proposed first",
    "请先提请",
    "propose it first",
)
ANOTHER_APPROVES = clause(
    "批准人不得是提请人",
    "who approves is not the person who proposed",
    "请由另一名管理员批准",
    "let another administrator approve",
    "practice: 三员分立",
)
NOT_ONESELF = clause(
    "任何人不得给自己授予角色",
    "nobody grants a role to oneself",
    "请由其他管理员办理",
    "let another administrator do it",
    "practice: 三员分立",
)
FIRST_TWO = clause(
    "只有在用的管理员不足两人时，才能在服务器上直接开立管理员",
    "an administrator is made on the command line only while fewer than two persons are administrators",
    "请由两名管理员在页面上授予",
    "let two administrators grant it on the pages",
)
LAST_ADMINISTRATOR = clause(
    "最后一名管理员不得停用或者改作他用",
    "the last administrator is neither disabled nor given another role",
    "请先在服务器上用 lianjian account add --first 开立另一名管理员",
    "make another administrator first, with lianjian account add --first",
)
KEEPER_RESETS_ADMINISTRATORS = clause(
    "管理员的密码只能由本人更改，或者在服务器上重置",
    "an administrator's password is changed by that administrator, or reset on the command line",
    "请在服务器上用 lianjian account reset 重置",
    "reset it with lianjian account reset",
)
DEPUTISED = clause(
    "管理员、审计员和乡镇（街道）不设代办人",
    "neither an administrator nor an auditor nor a township's office has a deputy",
    "请由另一名同角色人员以本人账号办理",
    "let another of the same role do it in the own name",
    "practice: 三员分立",
)
DEPUTY_OF_SAME_ROLE = clause(
    "代办人须在使用中，并且与被代办人角色相同",
    "a deputy's account is in use and has the same role",
    "请指定同一角色的账号；没有的，请管理员先为其开立账号、授予角色",
    "name an account of the same role; where there is none, let an administrator open one and grant the role",
    "practice: 三员分立",
)
DEPUTY_IS_ANOTHER = clause(
    "代办人不得是被代办人本人",
    "a deputy is another person",
    "请指定其他人的账号",
    "name somebody else's account",
)
DEPUTY_IN_TIME = clause(
    "代办自当日或者以后某日起，止日不早于起日，最长 92 日",
    "a deputy acts from today or later, until the same day or later, for at most 92 days",
    "请核对起止日期；到期后可以再次指定",
    "check the two days; once it is over another may be named",
)
ONE_DEPUTY = clause(
    "同一账号同时只有一名代办人",
    "an account has one deputy at a time",
    "请先提前结束现有的代办，或者等它到期",
    "end the one that there is, or wait until it is over",
)
NO_DEPUTY_OF_DEPUTY = clause(
    "代办人在此期间自己不得由他人代办，被代办人也不得代办他人",
    "meanwhile a deputy has no deputy, and whoever has one is nobody's deputy",
    "请另行指定代办人，或者错开日期",
    "name somebody else, or other days",
)
DEPUTY_THERE = clause(
    "须有尚未结束的代办",
    "there is a deputy whose time is not over",
    "该账号现在没有代办人，无须再办",
    "the account has no deputy now; nothing is left to do",
)
HANDOVER_OF_ROLE = clause(
    "移交岗位的账号须有角色",
    "the account whose office is handed over has a role",
    "没有角色的，请直接给接任人的账号授予角色",
    "where it has none, grant the role to the successor's account directly",
)
HANDOVER_IN_TIME = clause(
    "岗位自当日或者以后某日起移交",
    "an office is handed over from today or from a later day",
    "请改为当日或者以后的日期；以前办理的事项仍属原账号",
    "state today or a later day; what was done before stays the former account's",
)
SUCCESSOR_IS_ANOTHER = clause(
    "接任人须是另一人",
    "the successor is another person",
    "请选择其他人的账号",
    "choose somebody else's account",
)
SUCCESSOR_WITHOUT_ROLE = clause(
    "接任账号须没有角色",
    "the successor's account has no role",
    "请为接任人另开账号，不授予角色；同岗位已有其他账号的，无须移交，停用原账号即可",
    "open an account without a role for the successor; where a colleague has the same role, just disable the account that leaves",
)
SUCCESSOR_OF_OFFICE = clause(
    "接任账号须与移交账号同属一个单位、村（社区）、乡镇（街道）或者机构",
    "the successor's account is of the same unit, village, township or office",
    "请为接任人另开该单位、村（社区）、乡镇（街道）或者机构的账号，不授予角色",
    "open an account of that unit, village, township or office, without a role, for the successor",
)
HANDOVER_WITHDRAWN_FIRST = clause(
    "已安排岗位移交的账号，移交前不另作安排",
    "of an account with a part in a handover nothing else is arranged before its day",
    "请先撤回移交，再办理",
    "withdraw the handover first",
)
HANDOVER_PROPOSED = clause(
    "须有待批准的岗位移交",
    "a handover waits for approval",
    "该账号现在没有待批准的移交，无须再办",
    "none waits; nothing is left to do",
)
HANDOVER_THERE = clause(
    "须有尚未生效的岗位移交",
    "there is a handover whose day has not come",
    "已经生效的，须由接任账号移交回来，或者另行授予角色",
    "once it has come, hand the office over again, or grant a role",
)
LINKED_ONCE = clause(
    "认定为同一人的须是两个尚未认定的人员编号",
    "two references that are said to be one person are not known to be one",
    "两个编号已是同一人，无须再办",
    "they are one person already; nothing is left to do",
)
LINK_THERE = clause(
    "撤销的须是已有的认定",
    "what is taken back was said of these two references",
    "请核对人员编号，在履历页面选择已认定的编号",
    "choose one of those that stand on the person's page",
)
LINK_OF_OTHERS = clause(
    "任何人不得认定本人的人员编号",
    "nobody says it of the own references",
    "请由另一名督查员或者管理员办理",
    "let another supervisor or administrator do it",
    "practice: 三员分立",
)
LINK_LEAVES_TWO = clause(
    "认定为同一人后，管理员须仍不少于两人",
    "once the references are one person, at least two persons are still administrators",
    "请先由两名管理员另设一名管理员，再作认定",
    "let the two administrators make another one first, then say it",
    "practice: 三员分立",
)

name_clauses("account", globals())
