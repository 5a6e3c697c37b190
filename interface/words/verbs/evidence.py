"""Words of reviewing evidence, of samples, and of the cut-off."""

from __future__ import annotations

from interface.words.phrase import field, verb

VERBS = {
    "set_cut_off": verb(
        "确定录入截止日",
        "Set the cut-off",
        "录入截止日已确定，其后录入的不计分。",
        "The cut-off is set; what is entered later does not count.",
    ),
    "review_evidence": verb(
        "审核佐证",
        "Review evidence",
        "审核结论已登记；不予认可的，须由另一人复审后才生效。",
        "The verdict is recorded; a rejection takes effect once another person confirms it.",
    ),
    "review_evidence_again": verb(
        "复审佐证",
        "Review evidence again",
        "复审结论已登记；不予认可的，不再计分。",
        "The second verdict is recorded; what it rejects counts nowhere from now on.",
    ),
    "draw_sample": verb(
        "抽取样本",
        "Draw a sample",
        "样本已抽取，请逐项复审；任何人可按种子重新抽取核对。",
        "The sample is drawn; review each item. Anybody can draw it again from the seed.",
    ),
}
FIELDS = {
    "because": field("理由", "Reason", "不予认可的须填写", "needed for a rejection"),
    "set_cut_off.because": field("理由", "Reason", "变更截止日的须填写", "needed where the day is moved"),
    "percent": field("比例（%）", "Percent"),
    "record_on": field("录入截止日", "Last day of entries"),
    "seed": field("随机种子", "Seed"),
    "verdict": field("审核结论", "Verdict"),
    "year": field("考核年度", "Year of the assessment"),
}
