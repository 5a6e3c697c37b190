"""Rules of pairings, posts and activities."""

from domain.kernel.clause import clause, name_clauses

PAIRED_ONCE = clause(
    "同一支部与同一村（社区）同一时间只有一个结对",
    "a branch is paired with a village once at a time",
    "请在已有结对上继续登记",
    "go on with the pairing that exists",
)
STARTED_FIRST = clause(
    "先结对，后登记协议、任职与活动",
    "a pairing is started before anything is recorded in it",
    "请先登记结对",
    "record the pairing first",
)
NOT_BEFORE_ITS_START = clause(
    "结对开始前的事项不属于该结对",
    "what happened before a pairing began is none of it",
    "请核对日期与结对日期",
    "check the day and the day of pairing",
)
NOT_AFTER_ITS_END = clause(
    "结对结束后不再登记新事项",
    "nothing new happens in a pairing after its end",
    "请核对日期",
    "check the date",
)
ENDS_AFTER_START = clause(
    "结束日期不得早于开始日期",
    "an end is not before its beginning",
    "请核对两个日期",
    "check both dates",
)
SIGNED_ONCE = clause(
    "一个结对一年只签订一份协议，续结可再签一份",
    "a pairing has one agreement a year, and one more for each renewal",
    "请先登记续结",
    "record the renewal first",
    "practice: 每对结对每年签订一份联建协议",
)
HELD_BY_ONE = clause(
    "同一职务同一时间只有一人在任",
    "a post is held by one person at a time",
    "请先登记前任离任",
    "record the leaving of the one before first",
)
LEAVES_WHO_HOLDS = clause(
    "只有在任者可以离任",
    "only the person in the post can leave it",
    "请核对职务",
    "check the post",
)
NOT_IN_THE_FUTURE = clause(
    "不得登记尚未发生的事项",
    "what has not happened yet is not recorded",
    "请在发生后登记",
    "record it once it has happened",
)
VISIT_NAMES_ITS_COUNT = clause(
    "走访慰问须填慰问人数，其他活动不填",
    "a condolence visit states the persons visited, other activities do not",
    "请核对活动类型与慰问人数",
    "check the type and the persons visited",
)
RECORDED_ONCE = clause(
    "同一事项只登记一次",
    "the same thing is recorded once",
    "该事项已在册，无需再登",
    "it is on record already",
)
ASKED_IF_SAME = clause(
    "与同日同类、主题相同的一次活动相近，须由人确认是否同一次",
    "this is near to an activity of the same day, kind and topic; somebody says whether it is the same",
    "如为同一次请删去；确为另一次请在页面上登记并选“确为另一次活动”",
    "leave it out if it is the same; if it is another, record it on the page and choose that it is",
)
RECORDED_FIRST = clause(
    "只能更正或作废在册的事项",
    "only what is on record can be corrected or voided",
    "请核对该事项",
    "check what is meant",
)
VOIDED_ONCE = clause(
    "已作废的事项不再更正或作废",
    "what is voided is neither corrected nor voided again",
    "如确有其事请重新登记",
    "record it anew if it did take place",
)
NOTHING_RESTS_ON_IT = clause(
    "已有其他登记以该结对为依据",
    "other entries rest on this pairing",
    "请先逐项作废或撤回所列事项",
    "void or withdraw first what is named",
)
QUANTITY_HAS_ITS_UNIT = clause(
    "数量与计量单位须同时填写或者同时不填",
    "a quantity and its unit are stated together or not at all",
    "请补齐或者都不填",
    "state both or neither",
)
TRAINING_HAS_HOURS = clause(
    "学时和师资只记于集中培训和专题讲座",
    "hours and a teacher are stated of trainings and lectures alone",
    "请先更正活动类型，或者走“补充活动内容”",
    "correct the kind of activity first, or describe the activity",
)
NO_MORE_PERSONS_THAN_HEADS = clause(
    "去重人数不得多于参加人数",
    "distinct persons are no more than the participants",
    "请核对两个人数，先改正有误的一个",
    "check the two figures and put the wrong one right first",
)
SHARED_WITHIN_THE_UNIT = clause(
    "活动只能同时记入本单位的其他结对",
    "an activity is entered for other pairings of the same unit only",
    "其他单位的结对由其自行登记",
    "the other units record their own",
)
SHARED_ONCE = clause(
    "同一活动在一个结对中只记一次",
    "an activity is entered once in a pairing",
    "请去掉已有该活动的结对",
    "leave out the pairing that has it",
)
JUDGED_OF_TWO = clause(
    "相近的两项须都在册，且不是同一条登记",
    "what is judged are two entries that are on record and stand",
    "请核对另一项活动",
    "check which other activity is meant",
)
NUMBER_BORNE_BY_BOTH = clause(
    "认定编号的两份协议（或者协议与文书）须都在册、编号相同",
    "what is judged is on record and bears one number: two agreements, or an agreement and a document",
    "请核对编号和另一个结对，与文书同号的不填另一结对；编号录错的请更正协议",
    "check the number and the other pairing, none where a document bears it; correct the agreement whose number is wrong",
)
ATTESTED_ONCE = clause(
    "村（社区）已确认的活动不再重复确认",
    "an activity is confirmed once",
    "如有不实请提出异议",
    "dispute it if something is not so",
)
DISPUTED_ONCE = clause(
    "已提出异议、尚未处理的活动不再重复提出",
    "an activity in dispute is not disputed again",
    "请等待联建单位答复，或者确认属实",
    "wait for the unit's answer, or confirm the activity",
)
DISPUTED_FIRST = clause(
    "村（社区）没有提出异议，无需说明或认定",
    "nothing is in dispute, so there is nothing to answer or to settle",
    "如登记有误请更正活动",
    "correct the activity if the entry is wrong",
)
ANSWERED_ONCE = clause(
    "对同一异议只说明一次",
    "a dispute is answered once",
    "请等待联建工作监督小组认定",
    "wait for the office to settle it",
)
SETTLED_ONCE = clause(
    "异议已由联建工作监督小组认定",
    "the office has settled the dispute",
    "如认定以后发现登记有误，请由监督小组更正活动",
    "have the office correct the activity if the entry proves wrong after all",
)
REASON_GIVEN = clause(
    "终止须说明理由",
    "an ending states a reason",
    "请填写理由",
    "enter the reason",
)
PROPOSED_ONCE = clause(
    "同一支部与同一村（社区）已有结对建议待处理",
    "a proposal to pair the two waits already",
    "请先办理已有的结对建议，或者撤回后重新提出",
    "deal with that proposal first, or withdraw it and propose anew",
)
PROPOSAL_ANSWERED_ONCE = clause(
    "已经办结的结对建议不再办理",
    "a proposal that is settled is not settled again",
    "如仍需结对，请重新提出建议",
    "propose the two anew if they are still to be paired",
)
ANSWERED_BY_ANOTHER = clause(
    "结对建议由提出人以外的人审批",
    "a proposal is answered by somebody else than the person who made it",
    "请由领导小组其他人员审批",
    "have another member of the leading group answer it",
)
APPROVED_FIRST = clause(
    "结对建议经领导小组同意后才能登记结对",
    "a proposed pairing is started once the leading group has agreed",
    "请等待领导小组审批",
    "wait for the leading group's answer",
)
SIGNED_FIRST = clause(
    "先登记协议，后登记其内容、续期和终止",
    "an agreement is signed before it is amended, renewed or ended",
    "请先登记协议",
    "record the agreement first",
)
AMENDED_WITH_A_REASON = clause(
    "变更已约定的内容须说明理由",
    "what was agreed on is changed with a reason",
    "请填写变更理由",
    "enter the reason",
)
AGREEMENT_IN_FORCE = clause(
    "协议在签订之日至到期之日之间有效，变更和终止须在有效期内",
    "an agreement is amended and ended while it is in force",
    "请核对日期；已到期的请先续期或者重新签订",
    "check the day; renew one that has run out, or sign another",
)
AGREEMENT_ENDED_ONCE = clause(
    "已提前终止的协议不再变更、续期或者终止",
    "an agreement that was ended is amended, renewed or ended no more",
    "如继续结对，请重新签订协议",
    "sign another agreement if the pairing goes on",
)
RENEWED_FOR_LONGER = clause(
    "续期后的到期日须晚于原到期日",
    "a renewal ends later than what was agreed before",
    "请核对到期日；缩短期限的请变更协议内容",
    "check the last day; to shorten it, amend the agreement",
)
REISSUED_ONCE = clause(
    "一年的结对名单只重新确定一次",
    "the list of a year is made once",
    "之后的变动请在各个结对上办理",
    "change the pairings one by one after that",
)
LIST_OF_ITS_YEAR = clause(
    "名单从该年度内的某日起执行",
    "the list of a year is in force from a day of that year",
    "请核对执行日期",
    "check the day",
)
LIST_AS_SEEN = clause(
    "名单在您打开以后有变动，续结的对数不符",
    "the list has changed since it was looked at: the number of renewals differs",
    "请重新打开名单，核对后再提交",
    "open the list anew, check it and send it again",
)
SUCCESSOR_NAMED = clause(
    "更换联建单位的须选接替单位，结束的不选",
    "a pairing that is replaced names who takes over, one that ends does not",
    "请核对办理方式与接替单位",
    "check what becomes of it and who takes over",
)
LEDGER_DIFFERS = clause(
    "台账与在册内容不一致",
    "the ledger differs from what is on record",
    "台账有误请改正台账后重新导入；在册的终止日期有误，请在页面上重新登记终止",
    "put the ledger right and import it again; where the end on record is wrong, record the right one on the page",
)
NOMINATION_PUBLISHED = clause(
    "已刊发的推荐案例不再修改或办理",
    "a nomination that is published is neither revised nor gone on with",
    "刊发内容有误的，请更正典型案例",
    "correct the model case where it is wrong",
)
NOMINATION_WAITS = clause(
    "已退回的推荐案例由单位修改后再审核",
    "a nomination that was returned is revised before it is checked again",
    "请等待单位修改",
    "wait for the unit to revise it",
)
PLAN_FIRST = clause(
    "先制定工作方案，后安排任务",
    "a plan is adopted before there are tasks in it",
    "请先制定本年度工作方案",
    "adopt the year's plan first",
)
NEWER_VERSION = clause(
    "只能改用比现用版本更新的县级模板",
    "a plan takes over a version of the template that is newer than its own",
    "方案已是最新版本，个别任务请走“调整任务”",
    "the plan follows the newest version; revise single tasks",
)
DUE_IN_ITS_YEAR = clause(
    "任务期限须在方案年度之内",
    "a task is due in the year of its plan",
    "请核对期限",
    "check the day",
)
TASK_OF_THE_PLAN = clause(
    "方案中没有此项任务",
    "there is no such task in the plan",
    "请从方案任务清单中选择",
    "choose one of the plan's tasks",
)
DEED_OF_THE_PAIRING = clause(
    "任务以本结对当年已办成并登记在册的事项办结",
    "a task is done by what this pairing has done in the year and has on record",
    "请先登记该事项，再关联",
    "record that first, then link it",
)
LINKED_FIRST = clause(
    "该任务没有关联事项",
    "nothing is linked to the task",
    "请核对任务",
    "check the task",
)
MEMBER_ONCE = clause(
    "已是专班成员",
    "the person belongs to the task force already",
    "变更分工的，请先登记退出",
    "record the leaving first where the part changes",
)
MEMBER_FIRST = clause(
    "不是专班成员",
    "the person does not belong to the task force",
    "请从成员中选择",
    "choose one of the members",
)
LEFT_AFTER_JOINING = clause(
    "退出专班的日期不得早于加入日期",
    "nobody leaves a task force before joining it",
    "请核对退出日期",
    "check the day of leaving",
)
JOINED_AFTER_LEAVING = clause(
    "再次加入专班的日期不得早于上次退出的日期",
    "nobody joins a task force again before having left it",
    "请核对加入日期",
    "check the day of joining",
)
JOINED_BEFORE_ITS_END = clause(
    "方案年度已过或者结对已结束的，不再加入专班",
    "nobody joins the task force of a plan whose year, or whose pairing, is over",
    "请核对加入日期；新年度的分工请在新年度方案中登记",
    "check the day; a part in another year is recorded in that year's plan",
)

name_clauses("pairing", globals())
