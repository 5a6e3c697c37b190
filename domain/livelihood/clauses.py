"""Rules of needs, resources and projects."""

from domain.kernel.clause import clause, name_clauses

RECORDED_ONCE = clause(
    "同一事项只登记一次",
    "the same thing is recorded once",
    "该事项已在册，无需再登",
    "it is on record already",
)
RAISED_FIRST = clause(
    "先提出需求，后对接",
    "a need is raised before it is matched",
    "请先登记需求",
    "record the need first",
)
PAIRED_WITH_ITS_VILLAGE = clause(
    "需求由与该村（社区）结对的单位对接",
    "a need is matched by a unit that is paired with the village",
    "请选择该村（社区）的结对",
    "choose a pairing of the village",
)
STILL_WANTED = clause(
    "已撤回的需求不再办理",
    "nothing more is done about a need that was withdrawn",
    "仍有需要的请重新提出",
    "raise it anew if it is wanted after all",
)
NOT_MET_YET = clause(
    "已办结的需求不再修改、撤回或者拆分",
    "a need that was reported as met is neither revised, withdrawn nor split",
    "未办结的请先退回办结",
    "return it first if it is not met",
)
ONE_CLAIM_AT_A_TIME = clause(
    "同一需求同一时间只有一个待答复的认领",
    "a need has one claim at a time that waits for an answer",
    "请先答复或者撤回现有认领",
    "answer or take back the claim that waits",
)
CLAIMED_FIRST = clause(
    "没有待答复的认领",
    "no claim waits for an answer",
    "请先认领需求或者邀请单位",
    "claim the need, or call on a unit, first",
)
ANSWERED_BY_THE_OTHER_SIDE = clause(
    "认领由另一方答复",
    "a claim is accepted by the other side",
    "请由对方确认；不再认领的可以撤回",
    "have the other side accept it, or take the claim back",
)
STILL_OFFERED = clause(
    "已撤回的资源不再修改或撤回",
    "a resource that was withdrawn is neither revised nor withdrawn again",
    "仍可提供的请重新登记",
    "offer it anew if it can be had after all",
)
OFFERED_FIRST = clause(
    "先登记资源，后修改、撤回",
    "a resource is offered before it is revised or withdrawn",
    "请先登记资源",
    "record the resource first",
)
MATCHED_FIRST = clause(
    "先对接，后办结",
    "a need is matched before it is met",
    "请由联建工作监督小组先登记对接单位",
    "have the supervising office record the matched unit first",
)
MET_FIRST = clause(
    "先办结，后确认",
    "a need is met before the village confirms it",
    "请先登记办结日期",
    "record the day it was met first",
)
IN_ORDER = clause(
    "后一步的日期不得早于前一步",
    "a step is not dated before the one it follows",
    "请核对日期",
    "check the dates",
)
NOT_IN_THE_FUTURE = clause(
    "不得登记尚未发生的事项",
    "what has not happened yet is not recorded",
    "请在发生后登记",
    "record it once it has happened",
)
WITHIN_ITS_PAIRING = clause(
    "需求对接和项目开工须在结对期间",
    "a need is matched and a project started while the pairing lasts",
    "请核对日期与结对日期",
    "check the day and the days of the pairing",
)
OPENED_FIRST = clause(
    "先立项，后完工、验收",
    "a project is opened before it is completed or accepted",
    "请先登记项目",
    "record the project first",
)
COMPLETED_FIRST = clause(
    "先完工，后验收",
    "a project is completed before it is accepted",
    "请先登记完工日期",
    "record the completion first",
)
VOIDED_ONCE = clause(
    "已作废的事项不再更正、作废或办理",
    "what is voided is neither corrected, voided again nor gone on with",
    "确有其事的请重新登记，原编号可以再用",
    "record it anew if it is so; its number may be used again",
)
STEPS_STAY = clause(
    "更正不增加也不取消办理环节",
    "a correction neither adds a step nor takes one away",
    "未办的环节留空；多登记的请作废后重新登记",
    "leave empty what was not done; where a step too many was entered, void it and record it anew",
)
MILESTONE_OF_THE_PROJECT = clause(
    "项目没有此项进度节点",
    "the project has no such milestone",
    "请从项目的进度节点中选择",
    "choose one of the project's milestones",
)
FUNDS_COME_TO_THE_BUDGET = clause(
    "资金来源合计须与投资一致，不一致的说明原因",
    "the funds come to the budget, or it is said why not",
    "请核对各项金额，或者填写原因",
    "check the amounts, or give the reason",
)
LEDGER_DIFFERS = clause(
    "台账与在册内容不一致",
    "the ledger differs from what is on record",
    "请按在册内容改正台账后重新导入",
    "put the ledger right by what is on record, and import it again",
)

name_clauses("livelihood", globals())
