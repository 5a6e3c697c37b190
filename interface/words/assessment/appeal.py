"""Words of appeals."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "appeal_status": {
        "filed": Phrase("已提交", "Submitted"),
        "admitted": Phrase("已受理", "Admitted"),
        "refused": Phrase("不予受理", "Refuse admission"),
        "decided": Phrase("已决定", "Decided"),
        "withdrawn": Phrase("已撤回", "Withdrawn"),
    },
    "side": {
        "unit": Phrase("联建单位", "Unit"),
        "village": Phrase("联建村（社区）", "Village or community"),
    },
    "outcome": {
        "upheld": Phrase("维持", "Upheld"),
        "varied": Phrase("变更得分", "Points changed"),
        "revoked": Phrase("撤销问题", "Withdraw the finding"),
    },
}
"""What may be chosen or be the case: a group to its identifiers."""
VERBS = {
    "file_appeal": verb(
        "提出申诉", "File an appeal", "申诉已提交，等待受理。", "The appeal is filed; wait for its admission."
    ),
    "withdraw_appeal": verb("撤回申诉", "Withdraw the appeal", "申诉已撤回。", "The appeal is withdrawn."),
    "admit_appeal": verb(
        "受理申诉",
        "Admit the appeal",
        "申诉已受理，请在三十日内作出决定。",
        "The appeal is admitted; decide it within thirty days.",
    ),
    "refuse_appeal": verb(
        "不予受理",
        "Refuse the appeal",
        "已决定不予受理，请告知申诉人。",
        "It is refused; tell the applicant.",
    ),
    "decide_appeal": verb(
        "作出决定",
        "Decide the appeal",
        "决定已作出；需要更正的已更正，并已重新核定。",
        "It is decided; what it corrects is corrected, and a new run is frozen.",
    ),
}
EVENTS = {
    "appeal.AppealNumbered": event("申诉编号", "Appeal", "申诉编号 %(number)s", "Appeal numbered %(number)s"),
    "appeal.AppealRegistered": event(
        "登记申诉", "Appeal registered", "登记申诉 %(appeal_id)s", "Appeal %(appeal_id)s registered"
    ),
    "appeal.AppealFiled": event(
        "提出申诉",
        "File an appeal",
        "%(filed_by)s 提出申诉 %(appeal_id)s：%(grounds)s",
        "%(filed_by)s filed appeal %(appeal_id)s: %(grounds)s",
    ),
    "appeal.AppealAdmitted": event(
        "受理申诉",
        "Appeal admitted",
        "受理申诉 %(appeal_id)s，应于 %(due_on)s 前决定",
        "Appeal %(appeal_id)s admitted; to be decided by %(due_on)s",
    ),
    "appeal.AppealRefused": event(
        "不予受理",
        "Refuse admission",
        "不予受理申诉 %(appeal_id)s：%(because)s",
        "Appeal %(appeal_id)s not admitted: %(because)s",
    ),
    "appeal.AppealDecided": event(
        "决定申诉",
        "Appeal decided",
        "申诉 %(appeal_id)s 决定：%(outcome)s。%(reasons)s",
        "Appeal %(appeal_id)s decided: %(outcome)s. %(reasons)s",
    ),
    "appeal.AppealWithdrawn": event(
        "撤回申诉", "Withdraw the appeal", "撤回申诉 %(appeal_id)s", "Appeal %(appeal_id)s withdrawn"
    ),
}
FIELDS = {
    "because": field("理由", "Reason"),
    "corrected_points_hundredths": field(
        "更正后得分", "Corrected points", "仅更正得分时填写", "only where points are corrected"
    ),
    "finding_id": field(
        "申诉的问题", "Finding", "对得分申诉的留空", "left empty for an appeal against points"
    ),
    "grounds": field("申诉理由", "Grounds"),
    "indicator": field(
        "申诉的指标", "Indicator", "对问题申诉的留空", "left empty for an appeal against a finding"
    ),
    "outcome": field("决定", "Outcome"),
    "pairing_id": field("结对", "Pairing"),
    "reasons": field("决定理由", "Reasons"),
    "year": field("考核年度", "Year of the assessment"),
}
"""Of its verbs; what one of them calls otherwise stands under ``verb.field``."""
TITLES = {
    "admitted_on": Phrase("受理日期", "Admitted on"),
    "contested_points_hundredths": Phrase("争议分值（百分之一分）", "Contested points (hundredths)"),
    "corrected_points_hundredths": Phrase("更正分值（百分之一分）", "Corrected points (hundredths)"),
    "decided_on": Phrase("决定日期", "Decided on"),
    "facts_digest": Phrase("所依事实摘要", "Digest of the facts behind it"),
    "numbered_on": Phrase("编号日期", "Numbered on"),
    "contested": Phrase("申诉事项", "Contested"),
    "side": Phrase("申诉方", "Side that appeals"),
    "outcome": Phrase("结论", "Outcome"),
    "reasons": Phrase("理由", "Reason"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
