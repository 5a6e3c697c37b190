"""Words of policies: issued, revised, corrected, repealed; the pages that show them."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "policy_kind": {
        "measures": Phrase("办法", "Measures"),
        "system": Phrase("制度", "System of work"),
        "rules": Phrase("细则", "Detailed rules"),
        "plan": Phrase("方案", "Plan"),
        "notice": Phrase("通知", "Notice"),
    },
    "policy_area": {
        "pairings": Phrase("结对", "Pairings"),
        "agreements": Phrase("联建协议", "Agreements"),
        "activities": Phrase("活动", "Activities"),
        "needs": Phrase("需求清单", "Needs"),
        "projects": Phrase("民生项目", "Livelihood projects"),
        "plans": Phrase("工作方案", "Work plans"),
        "cases": Phrase("典型案例", "Model cases"),
        "findings": Phrase("问题整改", "Findings"),
        "assessment": Phrase("年度考核", "Assessment"),
        "appeals": Phrase("申诉复核", "Appeals"),
    },
    "policy_state": {
        "in_force": Phrase("现行有效", "In force"),
        "to_come": Phrase("尚未施行", "Not in force yet"),
        "over": Phrase("已失效或废止", "Lapsed or repealed"),
        "voided": Phrase("已作废", "Void"),
    },
    "cited_from": {
        "scheme": Phrase("考核细则", "Assessment scheme"),
        "plans": Phrase("工作方案任务", "Tasks of work plans"),
        "policy": Phrase("其他制度文件", "Another policy"),
    },
}
VERBS = {
    "issue_policy": verb(
        "登记制度文件",
        "Enter a policy",
        "制度文件已登记；请选择在哪些页面显示。",
        "The policy is on record; choose next which pages show it.",
    ),
    "revise_policy": verb(
        "修订制度文件",
        "Revise the policy",
        "新版已登记，自施行日期起有效；此前各版仍可查阅。",
        "The new version is on record and holds from its day on; earlier ones can still be read.",
    ),
    "correct_policy": verb(
        "更正登记错误",
        "Correct a slip of the pen",
        "已更正，更正前后均可查阅。",
        "Corrected; before and after can be read.",
    ),
    "void_policy_version": verb(
        "作废最新一版",
        "Void the newest version",
        "该版已作废，前一版继续有效。",
        "Void; the version before holds on.",
    ),
    "repeal_policy": verb(
        "登记废止",
        "Record the repeal",
        "废止已登记，自所填日期起不再有效。",
        "The repeal is on record; it holds no more from that day on.",
    ),
    "restore_policy": verb("撤回废止", "Take the repeal back", "废止已撤回。", "The repeal is taken back."),
    "void_policy": verb("作废制度文件", "Void the policy", "已作废。", "Void."),
    "place_policy": verb(
        "显示在页面上",
        "Show it on pages",
        "已显示在该类页面上。",
        "The pages show it now.",
    ),
    "take_policy_off": verb("从页面撤下", "Take it off pages", "已撤下。", "The pages show it no more."),
}
EVENTS = {
    "policy.PolicyIssued": event(
        "印发制度文件",
        "Policy issued",
        "%(issuing_body)s于 %(issued_on)s 印发《%(title)s》%(document_no)s，自 %(valid_from)s 起施行",
        "%(issuing_body)s issued “%(title)s” %(document_no)s on %(issued_on)s, in force from %(valid_from)s",
    ),
    "policy.PolicyRevised": event(
        "修订制度文件",
        "Policy revised",
        "《%(title)s》第 %(version)s 版于 %(issued_on)s 印发，自 %(valid_from)s 起施行：%(because)s",
        "Version %(version)s of “%(title)s” issued on %(issued_on)s, in force from %(valid_from)s: %(because)s",
    ),
    "policy.PolicyCorrected": event(
        "更正登记错误",
        "Policy corrected",
        "第 %(version)s 版更正：《%(title)s》%(document_no)s，%(valid_from)s 至 %(valid_until)s"
        "（原为《%(title_before)s》%(document_no_before)s，%(valid_from_before)s 至 %(valid_until_before)s）"
        "%(taken_back)s。%(because)s",
        "Version %(version)s corrected: “%(title)s” %(document_no)s, %(valid_from)s to %(valid_until)s "
        "(it was “%(title_before)s” %(document_no_before)s, %(valid_from_before)s to %(valid_until_before)s)"
        "%(taken_back)s. %(because)s",
    ),
    "policy.PolicyVersionVoided": event(
        "作废一版",
        "Version voided",
        "第 %(version)s 版于 %(voided_on)s 作废：%(because)s",
        "Version %(version)s voided on %(voided_on)s: %(because)s",
    ),
    "policy.PolicyRepealed": event(
        "废止制度文件",
        "Policy repealed",
        "自 %(repealed_from)s 起废止：%(because)s",
        "Repealed from %(repealed_from)s on: %(because)s",
    ),
    "policy.PolicyRestored": event(
        "撤回废止",
        "Repeal taken back",
        "撤回自 %(repealed_before)s 起的废止：%(because)s",
        "The repeal from %(repealed_before)s on is taken back: %(because)s",
    ),
    "policy.PolicyVoided": event(
        "作废制度文件",
        "Policy voided",
        "制度文件于 %(voided_on)s 作废：%(because)s",
        "The policy was voided on %(voided_on)s: %(because)s",
    ),
    "policy.PolicyPlaced": event(
        "显示在页面上",
        "Shown on pages",
        "“%(policy_area)s”页面显示：%(article)s",
        "Pages of “%(policy_area)s” show it: %(article)s",
    ),
    "policy.PolicyTakenOff": event(
        "从页面撤下",
        "Taken off pages",
        "“%(policy_area)s”页面不再显示：%(article)s",
        "Pages of “%(policy_area)s” show it no more: %(article)s",
    ),
}
FIELDS = {
    "title": field("文件名称", "Title", "不带书名号", "without the marks around it"),
    "correct_policy.title": field("正确的文件名称", "Right title", "不变的不填", "empty where it stays"),
    "document_no": field("文号", "Number of the paper", "没有的不填", "empty where it has none"),
    "correct_policy.document_no": field("正确的文号", "Right number", "不变的不填", "empty where it stays"),
    "policy_kind": field("文种", "Kind"),
    "issuing_body": field("印发机关", "Issued by"),
    "issued_on": field("印发日期", "Issued on"),
    "valid_from": field("施行日期", "In force from", "可以是以后的日期", "may lie ahead"),
    "correct_policy.valid_from": field(
        "正确的施行日期", "Right first day", "不变的不填", "empty where it stays"
    ),
    "without_document_no": field("没有文号，撤回已登记的", "It has no number: take it back"),
    "without_valid_until": field("没有期限，撤回已登记的有效期", "No last day is set: take it back"),
    "valid_until": field(
        "有效期至", "In force until", "没有期限的不填", "the last day; empty where none is set"
    ),
    "correct_policy.valid_until": field(
        "正确的有效期", "Right last day", "不变的不填", "empty where it stays"
    ),
    "text": field(
        "正文",
        "Text",
        "每条另起一行，以“第一条”开头；章名也另起一行",
        "each article on a line of its own that begins with 第一条, 第二条 …",
    ),
    "because": field("理由", "Reason"),
    "revise_policy.because": field("修订理由", "Why it is revised"),
    "version": field("哪一版", "Version"),
    "wrong": field("正文中的错处", "Wrong words", "照录原文", "as they stand in the text"),
    "right": field("应为", "Right words", "删去的不填", "empty where they are struck"),
    "repealed_from": field(
        "自何日起废止", "Repealed from", "不再有效的第一日", "the first day on which it does not hold"
    ),
    "policy_area": field("哪类页面", "Which pages"),
    "article": field("第几条", "Article", "填数字；整件的不填", "a number; empty for the whole"),
}
TITLES = {
    "policy_id": Phrase("制度文件", "Policy"),
    "title_before": Phrase("原名称", "Title before"),
    "document_no_before": Phrase("原文号", "Number before"),
    "valid_from_before": Phrase("原施行日期", "First day before"),
    "valid_until_before": Phrase("原有效期", "Last day before"),
    "corrected_on": Phrase("更正日期", "Corrected on"),
    "repealed_on": Phrase("登记废止日期", "Repeal recorded on"),
    "repealed_before": Phrase("原废止日期", "Repealed from, before"),
    "restored_on": Phrase("撤回日期", "Taken back on"),
    "placed_on": Phrase("登记日期", "Entered on"),
    "taken_off_on": Phrase("撤下日期", "Taken off on"),
}
