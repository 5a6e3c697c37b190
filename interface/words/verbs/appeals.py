"""Words of what is done with appeals."""

from __future__ import annotations

from interface.words.phrase import field, verb

VERBS = {
    "file_appeal": verb(
        "提出申诉",
        "File an appeal",
        "申诉已提交，等待受理。",
        "The appeal is filed; wait for its admission.",
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
