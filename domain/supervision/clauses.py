"""Rules of supervision."""

from domain.kernel.clause import clause, name_clauses

RAISED_ONCE = clause(
    "同一问题只登记一次", "a finding is raised once", "该问题已在册", "it is on record already"
)
RAISED_FIRST = clause("先登记问题", "a finding is raised first", "请先登记问题", "raise the finding first")
ORDERED_ONCE = clause(
    "整改只下达一次",
    "rectification is ordered once",
    "如需更多时间请批准延期",
    "grant an extension where more time is needed",
)
ORDERED_FIRST = clause(
    "先下达整改，后签收、延期和提交",
    "rectification is ordered before it is acknowledged, extended or submitted",
    "请先下达整改通知书",
    "order rectification first",
)
ORDER_NUMBERED_ANEW = clause(
    "反弹后再次下达整改须用新文号",
    "the order after a relapse bears a number of its own",
    "请填写新整改通知书的文号",
    "enter the number of the new order",
)
ACKNOWLEDGED_ONCE = clause(
    "整改通知书只签收一次，且在提交整改之前",
    "an order is acknowledged once, before rectification is submitted",
    "无需再签收",
    "there is nothing left to acknowledge",
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
    "检查发现须在结对期间，督查单和通报不得早于结对",
    "a finding is made while the pairing lasts; no slip or circular is issued before it began",
    "请核对日期与结对日期",
    "check the day and the days of the pairing",
)
DUE_AFTER_ORDER = clause(
    "整改期限不得早于下达日期",
    "the due day is not before the day of ordering",
    "请填写下达日期当天或之后的期限",
    "enter a day on or after the day of ordering",
)
EXTENSION_BEFORE_EXPIRY = clause(
    "延期须在期限届满前申请",
    "an extension is asked for before the due day has passed",
    "期限已过，请提交整改报告",
    "the due day has passed: submit the rectification",
    "practice: 延期在期限届满之前申请",
)
EXTENSION_IS_LATER = clause(
    "延期后的期限须晚于原期限",
    "an extended due day is later than the present one",
    "请填写更晚的日期",
    "enter a later day",
)
EXTENSION_REQUESTED_FIRST = clause(
    "先申请延期，后批复",
    "an extension is requested before it is decided",
    "请由联建单位先申请延期",
    "let the branch ask for more time first",
)
STILL_OPEN = clause(
    "已验收、销号或撤销的问题不再办理该步骤",
    "this step is not taken once a finding is accepted, closed or withdrawn",
    "验收、销号后反弹的，请登记反弹后重新下达整改；已撤销的，请另行登记问题",
    "record a relapse if it came back, and order rectification again; where it was withdrawn, raise another finding",
)
REMINDED_BEFORE_SUBMITTED = clause(
    "催办只对尚未提交整改的单位",
    "a unit is reminded only of what it has not handed in",
    "整改已提交，请复查或退回",
    "rectification is handed in; re-inspect or return it",
    "practice: 督查催办",
)
SUBMITTED_FIRST = clause(
    "先提交整改，后退回或复查",
    "rectification is submitted before it is returned or re-inspected",
    "请先提交整改报告",
    "submit the rectification first",
)
SUBMITTED_ONCE = clause(
    "已提交的整改在退回或复查前不再提交",
    "what is submitted is not submitted again before it is returned or re-inspected",
    "请等待退回或复查",
    "wait for the return or the re-inspection",
)
INSPECTOR_NAMED = clause(
    "检查发现须写明检查人",
    "a finding names who found it, so that somebody else can re-inspect it",
    "请填写检查人姓名",
    "enter the inspector's name",
    "docs/rules.md 1",
)
REINSPECTED_BY_ANOTHER = clause(
    "复查人不得为原检查人",
    "whoever found it does not re-inspect it",
    "请另派复查人",
    "send somebody else",
    "docs/rules.md 1",
)
REINSPECTOR_NAMED = clause(
    "复查须写明复查人",
    "a re-inspection names who looked again",
    "请填写复查人姓名",
    "enter the re-inspector's name",
    "docs/rules.md 1",
)
CLOSE_AFTER_PASSED = clause(
    "复查通过后方可销号",
    "a finding is closed only after it passed re-inspection",
    "请先复查",
    "re-inspect first",
    "政府督查工作条例第十八条; practice: 复查通过后销号",
)
STATED_OF_THE_PAST = clause(
    "只补记启用本系统以前已办的环节",
    "only a step taken before the system came into use is stated afterwards",
    "启用以后的环节请按程序逐步办理",
    "take the steps since then one by one, as they are due",
    "docs/decisions/0015-ledgers-state-the-past.md",
)
STRUCK_IF_IRREGULAR = clause(
    "只能剔除台账载明的不合程序的环节",
    "only a step that a ledger states against procedure is struck",
    "问题本身有误请撤销；已验收而仍未改正的请登记反弹",
    "withdraw a finding that is wrong; record a relapse where it was accepted and is not put right",
)
STRUCK_ONCE = clause(
    "该环节已剔除",
    "the step is struck already",
    "无需再剔除",
    "there is nothing left to strike",
)
RELAPSE_AFTER_CLOSED = clause(
    "验收或销号后方可登记反弹",
    "a relapse follows acceptance or closing",
    "问题尚未验收：请下达整改，或退回、复查已提交的整改",
    "it was not accepted yet: order rectification, or return or re-inspect what was submitted",
)
ISSUED_FIRST = clause(
    "只能更正或作废在册的督查单、通报",
    "only a slip or circular on record can be corrected or voided",
    "请核对是哪一件",
    "check which one is meant",
)
VOIDED_ONCE = clause(
    "已作废的督查单、通报不再更正或作废",
    "a voided slip or circular is neither corrected nor voided again",
    "确有其件的请重新登记",
    "record it anew if it was issued",
)
ISSUED_ONCE = clause(
    "同一督查单或通报只登记一次",
    "a slip or circular is recorded once",
    "该件已在册",
    "it is on record already",
)
LEDGER_DIFFERS = clause(
    "台账与在册内容不一致",
    "the ledger differs from what is on record",
    "台账有误请改正台账后重新导入；在册问题有误请在页面上说明理由后撤销，以新编号登记",
    "put the ledger right and import it again; where the finding on record is wrong, withdraw it with a reason and raise it "
    "anew under another number",
)

name_clauses("supervision", globals())
