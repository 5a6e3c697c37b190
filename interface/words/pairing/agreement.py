"""Words of agreements: what the two agreed to, until when, and whether it is in force."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "agreement_state": {
        "in_force": Phrase("有效", "In force"),
        "to_come": Phrase("尚未签订", "Not signed yet"),
        "followed": Phrase("已另签", "Followed by another"),
        "over": Phrase("已到期或者终止", "Over"),
    },
    "number_verdict": {
        "same": Phrase("是同一件，一份文件为双方所用", "One and the same paper for both"),
        "different": Phrase("各是各的，编号只是相同", "Two papers; the number happens to be the same"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "amend_agreement": verb(
        "约定或变更协议内容",
        "State what is agreed, or amend it",
        "协议内容已登记，变更前后均可查阅。",
        "Recorded; before and after can be read.",
    ),
    "judge_number": verb(
        "认定编号重复",
        "Judge a number that two bear",
        "已认定，不再提示这两件。",
        "Judged; the two are not asked about again.",
    ),
    "renew_agreement": verb(
        "协议续期", "Renew the agreement", "协议已续期。", "The agreement goes on until then."
    ),
    "end_agreement": verb(
        "提前终止协议",
        "End the agreement early",
        "协议已终止，结对继续；如需要请重新签订。",
        "The agreement is ended and the pairing goes on; sign another where one is needed.",
    ),
}
EVENTS = {
    "pairing.AgreementAmended": event(
        "约定或变更协议内容",
        "Agreement amended",
        "%(branch)s 与 %(village)s 的协议 %(agreement_no)s 自 %(amended_on)s 起约定：%(duties)s"
        "（原约定：%(duties_before)s）%(because)s",
        "Agreement %(agreement_no)s of %(branch)s and %(village)s from %(amended_on)s: %(duties)s (before: %(duties_before)s) "
        "%(because)s",
    ),
    "pairing.NumberJudged": event(
        "认定编号重复",
        "Doubled number judged",
        "%(judged_on)s 认定 %(branch)s 与 %(village)s 的协议 %(agreement_no)s 与同号的另一件：%(number_verdict)s。"
        "%(because)s",
        "Agreement %(agreement_no)s of %(branch)s and %(village)s judged on %(judged_on)s with one of the same number: "
        "%(number_verdict)s. %(because)s",
    ),
    "pairing.AgreementRenewed": event(
        "协议续期",
        "Agreement renewed",
        "%(branch)s 与 %(village)s 的协议 %(agreement_no)s 于 %(renewed_on)s 续期至 %(ends_on)s",
        "Agreement %(agreement_no)s of %(branch)s and %(village)s renewed on %(renewed_on)s until %(ends_on)s",
    ),
    "pairing.AgreementEnded": event(
        "提前终止协议",
        "Agreement ended early",
        "%(branch)s 与 %(village)s 的协议 %(agreement_no)s 于 %(ended_on)s 提前终止：%(because)s",
        "Agreement %(agreement_no)s of %(branch)s and %(village)s ended early on %(ended_on)s: %(because)s",
    ),
}
FIELDS = {
    "amended_on": field("约定日期", "Agreed on"),
    "judge_number.other": field(
        "另一结对",
        "The other pairing",
        "其协议编号相同；与文书同号的不填",
        "whose agreement bears the number; none where a document does",
    ),
    "judge_number.agreement_no": field("协议编号", "Number of the agreement"),
    "judge_number.verdict": field("认定", "Verdict"),
    "judge_number.because": field("理由", "Reason"),
    "others": field(
        "其他签约方", "Other parties", "联建单位和村（社区）以外的", "beside the unit and the village"
    ),
    "duties": field("双方职责", "Duties of the two", "写全现在约定的内容", "the whole of what is agreed now"),
    "amend_agreement.ends_on": field(
        "到期日", "Last day", "不填的与结对同止", "empty where it lasts as long as the pairing"
    ),
    "renew_agreement.ends_on": field("续期至", "Until"),
    "renew_agreement.renewed_on": field("续期日期", "Renewed on"),
    "amend_agreement.because": field(
        "变更理由", "Reason", "首次约定不填", "empty where nothing was stated before"
    ),
    "end_agreement.because": field("终止理由", "Reason"),
    "end_agreement.ended_on": field("最后一日", "Last day"),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "ends_on": Phrase("到期日", "Last day"),
    "others_before": Phrase("原其他签约方", "Other parties before"),
    "duties_before": Phrase("原职责", "Duties before"),
    "ends_before": Phrase("原到期日", "Last day before"),
    "renewed_on": Phrase("续结日期", "Renewed on"),
    "number_verdict": Phrase("认定结果", "What they are"),
    "other_pairing": Phrase("另一结对", "The other pairing"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
